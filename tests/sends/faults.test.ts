import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { confirmedCrowd } from '../support/confirmed-crowd.ts';
import { testDatabase } from '../support/database.ts';
import { gateTo } from '../support/gate.ts';
import { mailServer } from '../support/mail-server.ts';
import { buildProgram, startProgram } from '../support/program.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { until } from '../support/wait.ts';

const CONNECTIONS = 5;
const { db, url } = await testDatabase();
const server = await mailServer();
const database = await gateTo(url);
// A database of its own: on one Redis the workers of other tests would take our jobs, and ours theirs.
const queue = process.env.TEST_REDIS_URL ? await gateTo(`${process.env.TEST_REDIS_URL}/1`) : undefined;
const dataDir = temporaryFolder();

beforeAll(buildProgram);

const startWorker = () =>
  startProgram('worker', {
    DATABASE_URL: database.url,
    ...(queue ? { REDIS_URL: queue.url } : {}),
    SECRET: 'a secret of this test, as long as it must be',
    SMTP_URL: server.url,
    MAIL_CONNECTIONS: String(CONNECTIONS),
    MAIL_PER_MINUTE: '100000',
    DATA_DIR: dataDir,
  });

async function send(count: number): Promise<void> {
  await confirmedCrowd(db, count);
  await sql`update sends set not_before = now() where state = 'queued'`.execute(db);
  await sql`insert into outbox (topic, payload) values ('sends.kick', '{}')`.execute(db);
}

const states = async () =>
  (await sql<{ state: string; n: number }>`select state, count(*)::int as n from sends group by 1`.execute(db)).rows;

// What a lease is for is tried elsewhere: here nobody waits three minutes for it.
const endLeases = () => sql`update sends set lease_until = now() where state = 'sending'`.execute(db);

test('R26 workers that are killed lose nothing, and send no more twice than they had on the way', async () => {
  let worker = await startWorker();
  await send(500);
  const kills = [60, 200, 340];
  for (const after of kills) {
    await until(`${after} have left`, () => server.received.length >= after, 60_000);
    worker.kill('SIGKILL');
    await worker.exited;
    await endLeases();
    worker = await startWorker();
  }
  await until('all have left', async () => (await states()).every(({ state }) => state === 'accepted'), 60_000);
  worker.kill('SIGTERM');
  expect(await worker.exited).toBe(0);
  const ids = server.received.map(({ raw }) => /^Message-ID: (.*)$/im.exec(raw)?.[1]);
  expect(new Set(ids).size).toBe(500);
  expect(ids.length - 500).toBeLessThanOrEqual(kills.length * CONNECTIONS);
}, 120_000);

test('R34 a worker goes on when its database, or its queue, is there again', async () => {
  server.received.length = 0;
  const worker = await startWorker();
  await until('the worker works', () => worker.output().includes('working'), 60_000);
  const arrives = async (what: string) => {
    await send(1);
    const before = server.received.length;
    await until(`${what}: the mail has left`, () => server.received.length > before, 5000);
  };
  await arrives('at first');
  await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`
    .execute(db)
    .catch(() => {});
  await arrives('after every connection was ended');
  for (const gate of [database, ...(queue ? [queue] : [])]) {
    await gate.shut();
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await gate.open();
    await arrives('after it was away');
  }
  worker.kill('SIGTERM');
  expect(await worker.exited).toBe(0);
}, 120_000);
