import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { Client } from 'pg';
import { beforeAll, expect, test } from 'vitest';
import { afterFile } from '../support/after-file.ts';
import { buildProgram, type Program, startProgram } from '../support/program.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { until } from '../support/wait.ts';

const dataDir = path.join(temporaryFolder(), 'data of a city');
afterFile(() => {
  const pid = postgresPid();
  if (pid) process.kill(pid, 'SIGKILL');
});

beforeAll(buildProgram);

const start = (mode = 'all', settings: Record<string, string> = {}): Promise<Program> =>
  startProgram(mode, { DATA_DIR: dataDir, ...settings });

async function ready(one: Program, says = ''): Promise<void> {
  const answers = async () =>
    (await fetch(`${one.url}/readyz`).catch(() => undefined))?.status === 200 && one.output().includes(says);
  const died = one.exited.then((code) => Promise.reject(new Error(`it ended with ${code}: ${one.output()}`)));
  await Promise.race([until('readiness', answers, 60_000), died]);
}

function postgresPid(): number | undefined {
  try {
    return Number(readFileSync(path.join(dataDir, 'pg18', 'postmaster.pid'), 'utf8').split('\n')[0]);
  } catch {
    return undefined;
  }
}

/** The command lines of living processes that name the folder; a minimal Debian has no `ps`. */
function processesOf(folder: string): string[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const lines = pids.map((pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    } catch {
      return '';
    }
  });
  return lines.filter((line) => line.includes(folder));
}

test('it starts from nothing, says where it is, and leaves no process when it is stopped', async () => {
  const one = await start();
  await ready(one, 'Ctrl-C stops it');
  expect(one.output()).toContain(`Convivium is at ${one.url}`);
  expect((await fetch(`${one.url}/healthz`)).status).toBe(200);
  await until('the facts of the demonstration world are taken', async () =>
    /convivium_outbox_rows 0/.test(await (await fetch(`${one.url}/metrics`)).text()),
  );
  expect((await fetch(`${one.url}/dev/mail`)).status).toBe(200);
  expect(statSync(path.join(dataDir, 'secret')).mode & 0o077).toBe(0);
  expect(processesOf(dataDir).length).toBeGreaterThan(0);
  one.kill('SIGINT');
  expect(await one.exited).toBe(0);
  expect(processesOf(dataDir)).toEqual([]);
}, 120_000);

test('killed without a warning, it starts again on the same data and loses nothing', async () => {
  const first = await start();
  await ready(first, 'Ctrl-C stops it');
  await insertFact();
  first.kill('SIGKILL');
  await first.exited;
  const second = await start();
  await ready(second, 'Ctrl-C stops it');
  await until('the fact is taken', async () =>
    /convivium_outbox_rows 0/.test(await (await fetch(`${second.url}/metrics`)).text()),
  );
  await until('nobody knows the fact', async () =>
    /queue="facts",state="failed"} 1/.test(await (await fetch(`${second.url}/metrics`)).text()),
  );
  second.kill('SIGTERM');
  expect(await second.exited).toBe(0);
  expect(processesOf(dataDir)).toEqual([]);
}, 120_000);

test('web and worker run apart on one embedded database, and the one that came second leaves it running', async () => {
  const web = await start('web');
  await ready(web);
  const worker = await start('worker');
  await until('the worker works', () => worker.output().includes('working'), 60_000);
  worker.kill('SIGTERM');
  expect(await worker.exited).toBe(0);
  expect((await fetch(`${web.url}/readyz`)).status).toBe(200);
  web.kill('SIGTERM');
  expect(await web.exited).toBe(0);
}, 120_000);

test('a wrong setting and a port that is taken are said in a sentence', async () => {
  const wrong = await start('all', { PORT: '99999', SMTP_URL: 'nonsense' });
  expect(await wrong.exited).toBe(1);
  expect(wrong.output()).toContain('PORT must be a whole number');
  expect(wrong.output()).toContain('SMTP_URL must be a URL');
  const web = await start('web');
  await ready(web);
  const taken = await start('web', { PORT: new URL(web.url).port });
  expect(await taken.exited).toBe(1);
  expect(taken.output()).toContain('is in use by another program');
  web.kill('SIGINT');
  expect(await web.exited).toBe(0);
}, 120_000);

async function insertFact(): Promise<void> {
  const [, , , port] = readFileSync(path.join(dataDir, 'pg18', 'postmaster.pid'), 'utf8').split('\n');
  const password = readFileSync(path.join(dataDir, 'pg18', 'app.password'), 'utf8').trim();
  const client = new Client(`postgres://app:${password}@127.0.0.1:${port}/postgres`);
  await client.connect();
  await client.query(`insert into outbox (topic, payload) values ('test.unknown', '{}')`);
  await client.end();
}
