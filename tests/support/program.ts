import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { afterFile } from './after-file.ts';
import { freePort } from './port.ts';

const started: ChildProcess[] = [];

export interface Program {
  url: string;
  output(): string;
  kill(signal: NodeJS.Signals): void;
  exited: Promise<number | null>;
}

/** What `npm start` does first. A type error stops `npm run check`; here the program only has to be there. */
export function buildProgram(): void {
  spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json']);
  if (!existsSync('dist/server/start.js')) throw new Error('the sources could not be compiled');
}

/** The program as somebody starts it, in a process of its own that ends with the test file. */
export async function startProgram(mode: string, settings: Record<string, string>, args: string[] = []): Promise<Program> {
  if (started.length === 0)
    afterFile(() => {
      for (const child of started.splice(0)) if (child.exitCode === null) child.kill('SIGKILL');
    });
  const port = await freePort();
  const child = spawn(process.execPath, ['start.mjs', mode, ...args], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, PORT: String(port), ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return { url: `http://127.0.0.1:${port}`, output: () => output, kill: (signal) => void child.kill(signal), exited };
}
