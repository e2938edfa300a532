import { Client, type Pool } from 'pg';
import { inject } from 'vitest';
import { connect, type Db } from '../../db/database.ts';
import { afterFile } from './after-file.ts';

export interface TestDatabase {
  db: Db;
  pool: Pool;
  url: string;
  close(): Promise<void>;
}

let made = 0;

/**
 * A migrated, empty database of its own for this test file, dropped after it. Call it at the top of the file:
 * `const { db } = await testDatabase();`
 */
export async function testDatabase({ connections = 16, empty = false } = {}): Promise<TestDatabase> {
  const error = inject('templateError');
  if (error && !empty) throw new Error(`The test database could not be made: ${error}`);
  const name = `${inject('template')}_${process.pid}_${++made}`;
  await onServer(`create database ${name} ${empty ? '' : `template ${inject('template')} strategy wal_log`}`);
  const url = databaseUrl(name);
  const { db, pool } = connect(url, connections);
  let closed: Promise<void> | undefined;
  const close = () =>
    (closed ??= (async () => {
      await db.destroy();
      await onServer(`drop database if exists ${name} with (force)`);
    })());
  afterFile(close);
  return { db, pool, url, close };
}

function databaseUrl(name: string): string {
  const url = new URL(inject('server'));
  url.pathname = name;
  return url.href;
}

async function onServer(statement: string): Promise<void> {
  const client = new Client(inject('server'));
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
