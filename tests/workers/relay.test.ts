import { expect, test } from 'vitest';
import { emit } from '../../db/outbox.ts';
import type { Fact } from '../../workers/queue.ts';
import { BATCH, relayOnce, startRelay } from '../../workers/relay.ts';
import { testDatabase } from '../support/database.ts';
import { quietLog } from '../support/quiet-log.ts';
import { until } from '../support/wait.ts';

const { db } = await testDatabase();

const emitted = async (count: number) => {
  for (let n = 0; n < count; n++) await emit(db, 'test.fact', { n });
};

test('what the queue did not take stays in the outbox', async () => {
  await emitted(3);
  const broken = relayOnce(db, async () => {
    throw new Error('no queue');
  });
  await expect(broken).rejects.toThrow('no queue');
  const handed: Fact[] = [];
  expect(await relayOnce(db, async (facts) => void handed.push(...facts))).toBe(3);
  expect(handed.map((fact) => fact.topic)).toEqual(['test.fact', 'test.fact', 'test.fact']);
  expect(await relayOnce(db, async () => {})).toBe(0);
});

test('relays that run side by side hand over each fact once', async () => {
  await emitted(3 * BATCH);
  const ids: string[] = [];
  const take = () =>
    relayOnce(db, async (facts) => {
      ids.push(...facts.map(({ id }) => id));
      await new Promise((resolve) => setTimeout(resolve, 20));
    });
  await Promise.all([take(), take(), take()]);
  expect(new Set(ids).size).toBe(3 * BATCH);
  expect(ids.length).toBe(3 * BATCH);
});

test('a relay goes on after an error and ends at once when asked', async () => {
  const handed: Fact[] = [];
  const stop = startRelay(db, async (facts) => void handed.push(...facts), quietLog);
  await emitted(5);
  await until('five facts', () => handed.length === 5);
  const asked = performance.now();
  await stop();
  expect(performance.now() - asked).toBeLessThan(300);
});
