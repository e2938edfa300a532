import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { FastifyInstance } from 'fastify';

export interface Assets {
  css: string;
  js: string;
  /** The script of the door's app alone. */
  door: string;
  /** What reads codes where the browser itself cannot: asked for only then. */
  reader: string;
  /** What lets sessions of the programme's grid be dragged. */
  grid: string;
}

/** The folder with package.json: the same whether we run from the sources or from dist. */
export function projectFolder(from = import.meta.dirname): string {
  try {
    readFileSync(path.join(from, 'package.json'));
    return from;
  } catch {
    return projectFolder(path.dirname(from));
  }
}

/**
 * Bundles the one stylesheet, the one script of all pages and those of the door's app (about 50 ms), names them by their content, and
 * serves them for ever. What works for the door without connection has a fixed address: a browser looks there for a newer one.
 */
export async function serveAssets(app: FastifyInstance): Promise<Assets> {
  const { build, stop } = await import('esbuild');
  const client = path.join(projectFolder(), 'web', 'client');
  const bundle = async (entry: string, ending: string, type: string, at?: string) => {
    const { outputFiles } = await build({
      entryPoints: [path.join(client, entry)],
      bundle: true,
      minify: true,
      write: false,
      format: 'esm',
      target: ['es2022', 'chrome111', 'firefox115', 'safari16.4'],
    });
    const text = outputFiles[0]?.text ?? '';
    const url = at ?? `/assets/${createHash('sha256').update(text).digest('hex').slice(0, 16)}.${ending}`;
    const cache = at ? 'no-cache' : 'public, max-age=31536000, immutable';
    app.get(url, { config: { audience: 'public', rateLimit: false }, schema: { hide: true } }, (_request, reply) =>
      reply.type(type).header('cache-control', cache).send(text),
    );
    return url;
  };
  const script = 'text/javascript; charset=utf-8';
  const [css, js, door, reader, grid] = await Promise.all([
    bundle('main.css', 'css', 'text/css; charset=utf-8'),
    bundle('main.ts', 'js', script),
    bundle('door.ts', 'js', script),
    bundle('door-reader.ts', 'js', script),
    bundle('grid.ts', 'js', script),
    bundle('door-worker.ts', 'js', script, '/door/worker.js'),
  ]);
  // The bundler is a process of its own, and has nothing more to do.
  await stop();
  return { css, js, door, reader, grid };
}
