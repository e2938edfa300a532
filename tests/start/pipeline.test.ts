import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { inTransaction, SHARED } from '../../db/database.ts';
import { testDatabase } from '../support/database.ts';
import { until } from '../support/wait.ts';

const { db } = await testDatabase({ connections: 4 });

const backend = async (executor = db) =>
  (await sql<{ pid: number }>`${SHARED} select pg_backend_pid() as pid`.execute(executor)).rows[0]?.pid;

describe('short reads', () => {
  it('share one connection, however many ask at once', async () => {
    const pids = await Promise.all(Array.from({ length: 50 }, () => backend()));
    expect(new Set(pids).size).toBe(1);
  });

  it('each get their own answer', async () => {
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, n) => sql<{ n: number }>`${SHARED} select ${n}::int as n`.execute(db)),
    );
    expect(answers.map(({ rows }) => rows[0]?.n)).toEqual(Array.from({ length: 50 }, (_, n) => n));
  });

  it('see what their own transaction has written', async () => {
    await sql`create table seen (n int)`.execute(db);
    const [inside, outside] = await inTransaction(db, async (tx) => {
      await sql`insert into seen values (1)`.execute(tx);
      const count = sql<{ n: number }>`${SHARED} select count(*)::int as n from seen`;
      return [(await count.execute(tx)).rows[0]?.n, (await count.execute(db)).rows[0]?.n];
    });
    expect([inside, outside]).toEqual([1, 0]);
  });

  it('fail alone: one that is wrong leaves the others their answers', async () => {
    const results = await Promise.allSettled(
      [1, 0, 2].map((n) => sql<{ n: number }>`${SHARED} select 2 / ${n}::int as n`.execute(db)),
    );
    expect(results.map((result) => (result.status === 'fulfilled' ? result.value.rows[0]?.n : 'wrong'))).toEqual([2, 'wrong', 1]);
  });

  it('go on after the server has ended their connection', async () => {
    const before = await backend();
    await sql`select pg_terminate_backend(${before})`.execute(db);
    const after = await until('a new connection', () => backend().catch(() => undefined));
    expect(after).not.toBe(before);
  });
});
