import { copyFileSync, readFileSync, statSync, truncateSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { backUp, restore } from '../../db/backup.ts';
import { testDatabase } from '../support/database.ts';
import { temporaryFolder } from '../support/temporary.ts';

const folder = temporaryFolder();
const file = path.join(folder, 'all of it.backup');
const full = await testDatabase();
const NASTY = 'tab\t newline\n backslash \\ and \\. and “quotes” ☃ \\N';
await full.pool.query(
  `insert into changes (feature, row_id, action, after) select 'test', gen_random_uuid(), $1::text, jsonb_build_object('n', n, 'text', $1::text) from generate_series(1, 5000) n`,
  [NASTY],
);

const contents = async (pool: typeof full.pool) => (await pool.query('select * from changes order by id')).rows;

test('a backup comes back whole into an empty database', async () => {
  const saved = await backUp(full.url, file);
  expect(saved.rows).toBe(5000);
  expect(gunzipSync(readFileSync(file)).toString().split('\n')[0]).toBe('convivium backup 1');
  const empty = await testDatabase();
  expect(await restore(empty.url, file)).toEqual(saved);
  expect(await contents(empty.pool)).toEqual(await contents(full.pool));
  const keys = `select conrelid::regclass::text, conname, pg_get_constraintdef(oid), convalidated from pg_constraint where connamespace = 'public'::regnamespace order by 1, 2`;
  expect((await empty.pool.query(keys)).rows).toEqual((await full.pool.query(keys)).rows);
});

test('a database that has rows is left as it is', async () => {
  await expect(restore(full.url, file)).rejects.toThrow('not empty');
  expect(await contents(full.pool)).toHaveLength(5000);
});

test('half a backup, or something else, restores nothing', async () => {
  const empty = await testDatabase();
  const half = path.join(folder, 'half.backup');
  copyFileSync(file, half);
  truncateSync(half, Math.floor(statSync(half).size / 2));
  await expect(restore(empty.url, half)).rejects.toThrow(/unexpected end|not complete/);
  await expect(restore(empty.url, path.resolve('package.json'))).rejects.toThrow('incorrect header');
  await expect(restore(empty.url, path.join(folder, 'missing'))).rejects.toThrow('no such file');
  expect(await contents(empty.pool)).toHaveLength(0);
});
