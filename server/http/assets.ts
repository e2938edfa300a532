import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { FastifyInstance } from 'fastify';

const SHEET = { ending: 'css', type: 'text/css; charset=utf-8' };
const SCRIPT = { ending: 'js', type: 'text/javascript; charset=utf-8' };

/** What browsers are sent, by where it begins in `web/client`. What has a fixed address is looked for there by a browser that has it. */
export const BUNDLES: Record<keyof Assets | 'worker', { entry: string; at?: string }> = {
  css: { entry: 'main.css' },
  js: { entry: 'main.ts' },
  door: { entry: 'door.ts' },
  reader: { entry: 'door-reader.ts' },
  grid: { entry: 'grid.ts' },
  worker: { entry: 'door-worker.ts', at: '/door/worker.js' },
};

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
  const bundle = async (entry: string, at?: string) => {
    const { ending, type } = entry.endsWith('.css') ? SHEET : SCRIPT;
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
  const bundled = await Promise.all(
    Object.entries(BUNDLES).map(async ([name, { entry, at }]) => [name, await bundle(entry, at)] as const),
  );
  // The bundler is a process of its own, and has nothing more to do.
  await stop();
  return Object.fromEntries(bundled) as Record<keyof typeof BUNDLES, string>;
}
