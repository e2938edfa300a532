import { Kysely, PostgresDialect, type PostgresPoolClient } from 'kysely';
import pg from 'pg';
import type { Database, Db } from '../../db/database.ts';

/**
 * A database in which everything is undone on demand: one connection inside one transaction, in which the product's own
 * transactions are savepoints. For tests that ask the same world very many things.
 */
export async function undoneDatabase(url: string): Promise<{ db: Db; undo(): Promise<void>; close(): Promise<void> }> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('begin');
  const db = new Kysely<Database>({
    dialect: new PostgresDialect({
      controlClient: pg.Client,
      pool: { options: {}, connect: async () => oneAtATime(client), end: async () => {} },
    }),
  });
  return {
    db,
    undo: async () => {
      await client.query('rollback');
      await client.query('begin');
    },
    close: () => client.end(),
  };
}

// Whoever begins a transaction waits for the one before; whoever only reads does not. An error inside a transaction of ours is
// undone to its savepoint, and one outside of any to a savepoint of its own, as if each statement stood alone.
let turn: Promise<void> = Promise.resolve();

function oneAtATime(client: pg.Client): PostgresPoolClient {
  let end: (() => void) | undefined;
  const query = async (text: string, values: readonly unknown[] = []) => {
    if (text === 'begin' || text.startsWith('start transaction')) {
      const before = turn;
      turn = new Promise((resolve) => (end = resolve));
      await before;
      return client.query('savepoint ours');
    }
    if (text === 'commit') return done(await client.query('release savepoint ours'));
    if (text === 'rollback') {
      await client.query('rollback to savepoint ours');
      return done(await client.query('release savepoint ours'));
    }
    if (end) return client.query(text, [...values]);
    return alone(client, text, values);
  };
  const done = <Result>(result: Result): Result => {
    end?.();
    end = undefined;
    return result;
  };
  return { query, release: () => done(undefined) } as unknown as PostgresPoolClient;
}

let names = 0;

// A statement outside of a transaction that fails must leave what others have done.
async function alone(client: pg.Client, text: string, values: readonly unknown[]) {
  const before = turn;
  let end = () => {};
  turn = new Promise<void>((resolve) => (end = resolve));
  await before;
  const name = `alone_${++names}`;
  try {
    await client.query(`savepoint ${name}`);
    const result = await client.query(text, [...values]);
    await client.query(`release savepoint ${name}`);
    return result;
  } catch (error) {
    await client.query(`rollback to savepoint ${name}`);
    throw error;
  } finally {
    end();
  }
}
