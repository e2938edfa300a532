import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { connect } from '../../db/database.ts';
import { startEmbedded } from '../../db/embedded.ts';
import { migrate } from '../../db/migrate.ts';
import { projectFolder } from '../../server/http/assets.ts';

export const SECRET = 'a secret of the benchmark, as long as it must be';

/** A durable PostgreSQL of its own (fsync on), migrated, and a way to start web processes on it. */
export async function openGround() {
  const dir = mkdtempSync(path.join(tmpdir(), 'convivium bench '));
  const cluster = await startEmbedded({ dir });
  const { db, pool } = connect(cluster.url, 8);
  await migrate(db);
  const children = new Set<ChildProcess>();
  const startWeb = async () => {
    const port = await freePort();
    const child = spawn(process.execPath, [path.join(projectFolder(), 'start.mjs'), 'web'], {
      env: {
        ...process.env,
        DATABASE_URL: cluster.url,
        SECRET,
        PORT: String(port),
        HOST: '127.0.0.1',
        DATA_DIR: dir,
        LOG_LEVEL: 'error',
        SMTP_URL: '',
        NODE_ENV: 'production',
      },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    children.add(child);
    child.once('exit', () => children.delete(child));
    for (let tries = 0; ; tries++) {
      const ready = await fetch(`http://127.0.0.1:${port}/readyz`).then(
        (response) => response.ok,
        () => false,
      );
      if (ready) return { port, child };
      if (tries > 200) throw new Error('the web process did not start');
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };
  const close = async () => {
    for (const child of children) child.kill('SIGKILL');
    await db.destroy();
    await cluster.stop();
    rmSync(dir, { recursive: true, force: true });
  };
  return { db, pool, url: cluster.url, dir, startWeb, close };
}
export type Ground = Awaited<ReturnType<typeof openGround>>;

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject).listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** Runs one of our programs to its end and gives what it printed. */
export function runToEnd(file: string, args: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', 'tsx', path.join(import.meta.dirname, file), ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8');
    });
    child.once('exit', (code) => (code === 0 ? resolve(text) : reject(new Error(`${file} ended with ${code}`))));
  });
}
