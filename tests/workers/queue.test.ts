import { expect, test } from 'vitest';
import { emit } from '../../db/outbox.ts';
import { readConfig } from '../../server/config.ts';
import { closeSystem, openSystem } from '../../server/system.ts';
import type { Handlers, Recurring } from '../../workers/handler.ts';
import { startWorkers } from '../../workers/main.ts';
import { openQueues } from '../../workers/queue.ts';
import { afterFile } from '../support/after-file.ts';
import { testDatabase } from '../support/database.ts';
import { quietLog } from '../support/quiet-log.ts';
import { until } from '../support/wait.ts';

const redisUrl = process.env.TEST_REDIS_URL || undefined;
const { url } = await testDatabase();
const config = {
  ...readConfig({ DATABASE_URL: url, SECRET: 'x'.repeat(40), REDIS_URL: redisUrl, LOG_LEVEL: 'silent' }),
  databaseUrl: url,
};
const queues = await openQueues(config, quietLog);
const system = openSystem(config, { log: quietLog, queue: queues });
afterFile(async () => {
  await queues.close();
  await closeSystem(system);
});

const seen: string[] = [];
const handlers: Handlers = {
  'test.fact': async (payload) => void seen.push(`fact ${String(payload.n)}`),
  'test.flaky': async (_payload, _system, job) => {
    seen.push(`attempt ${job.attempt}`);
    if (job.attempt === 1) throw new Error('the first attempt fails');
  },
};
const schedule: Recurring[] = [{ name: 'test-tick', every: 1, what: 'Ticks', run: async () => void seen.push('tick') }];

test(`facts reach their handlers, and the clock its jobs (${queues.backend})`, async () => {
  const stop = await startWorkers(system, queues, { handlers, schedule });
  await system.db.transaction().execute(async (tx) => {
    for (let n = 0; n < 450; n++) await emit(tx, 'test.fact', { n });
    await emit(tx, 'test.flaky', {});
    await emit(tx, 'test.unknown', {});
  });
  await until('all facts', () => seen.filter((line) => line.startsWith('fact')).length >= 450);
  await until('a second attempt', () => seen.includes('attempt 2'));
  await until('two ticks', () => seen.filter((line) => line === 'tick').length >= 2);
  await until('the unknown topic is put aside', async () => (await queues.counts()).facts?.failed === 1);
  expect(new Set(seen.filter((line) => line.startsWith('fact'))).size).toBe(450);
  const metrics = await system.metrics.registry.metrics();
  expect(metrics).toContain('convivium_queue_jobs{queue="facts",state="failed"} 1');
  expect(metrics).toContain('convivium_outbox_rows 0');
  await stop();
});
