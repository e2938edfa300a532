import { spawn } from 'node:child_process';
import path from 'node:path';
import { Client } from 'pg';
import { expect, test } from 'vitest';
import { startEmbedded } from '../../db/embedded.ts';
import { temporaryFolder } from '../support/temporary.ts';

const version = async (url: string) => {
  const client = new Client(url);
  await client.connect();
  const { rows } = await client.query<{ n: number }>("select current_setting('server_version_num')::int as n");
  await client.end();
  return rows[0]?.n ?? 0;
};

test('two that start at once share one server, and only the one that started it stops it', async () => {
  const dir = path.join(temporaryFolder(), 'never made before');
  const [one, two] = await Promise.all([startEmbedded({ dir, fast: true }), startEmbedded({ dir, fast: true })]);
  expect(new URL(one.url).port).toBe(new URL(two.url).port);
  expect(await version(two.url)).toBeGreaterThanOrEqual(180000);
  await one.stop();
  await two.stop();
  await expect(version(one.url)).rejects.toThrow('ECONNREFUSED');
});

test('a server whose owner was killed is used, and stopped at the end', async () => {
  const dir = temporaryFolder();
  const url = await startedAndKilled(dir);
  expect(await version(url)).toBeGreaterThanOrEqual(180000);
  const heir = await startEmbedded({ dir, fast: true });
  expect(heir).toMatchObject({ url, owned: true });
  await heir.stop();
  await expect(version(url)).rejects.toThrow('ECONNREFUSED');
});

function startedAndKilled(dir: string): Promise<string> {
  const code = `
    const { startEmbedded } = await import(${JSON.stringify(path.resolve('db/embedded.ts'))});
    process.stdout.write((await startEmbedded({ dir: ${JSON.stringify(dir)}, fast: true })).url + '\\n');
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((resolve, reject) => {
    let url = '';
    child.stdout.on('data', (chunk: Buffer) => {
      url += chunk.toString();
      if (url.endsWith('\n')) child.kill('SIGKILL');
    });
    child.on('error', reject);
    child.on('exit', () => (url ? resolve(url.trim()) : reject(new Error('it did not start'))));
  });
}
