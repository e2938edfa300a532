import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { Client } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { z } from 'zod';
import { connect } from './database.ts';
import { migrate } from './migrate.ts';

// A backup is one gzip file. Uncompressed: the line "convivium backup 1", then for each table one line of JSON
// {"table": name, "columns": [names]}, the rows as PostgreSQL's COPY writes them in text, and the line "\." at their end; at last
// the line {"end": number of tables}. It is readable by any PostgreSQL from 15 on, and by people.

const FIRST_LINE = 'convivium backup 1';

export interface Copied {
  tables: number;
  rows: number;
}

/** Copies every row, as they are at one moment, into `file`; what is there is replaced only when the copy is complete. */
export async function backUp(databaseUrl: string, file: string): Promise<Copied> {
  const client = await connected(databaseUrl);
  const half = `${file}.unfinished`;
  try {
    await client.query('begin isolation level repeatable read read only');
    const tables = await tablesOf(client);
    let rows = 0;
    await pipeline(
      async function* () {
        yield `${FIRST_LINE}\n`;
        for (const { table, columns } of tables) {
          yield `${JSON.stringify({ table, columns })}\n`;
          const copy = client.query(copyTo(`copy ${quoted(table)} (${columns.map(quoted).join(', ')}) to stdout`));
          yield* copy;
          rows += copy.rowCount;
          yield '\\.\n';
        }
        yield `${JSON.stringify({ end: tables.length })}\n`;
      },
      createGzip({ level: 4 }),
      createWriteStream(half, { mode: 0o600 }),
    );
    await rename(half, file);
    return { tables: tables.length, rows };
  } finally {
    await client.end();
    await rm(half, { force: true });
  }
}

/**
 * Puts a backup into an empty database, in one transaction: all of it or nothing. The backup may come from another version of
 * PostgreSQL, and from an older Convivium as long as each of its columns is still there.
 * @throws when the database has rows, or the file is not a complete backup
 */
export async function restore(databaseUrl: string, file: string): Promise<Copied> {
  const { db } = connect(databaseUrl, 1);
  await migrate(db).finally(() => db.destroy());
  const client = await connected(databaseUrl);
  try {
    await client.query('begin');
    const tables = await tablesOf(client);
    const filled = await firstFilled(client, tables);
    if (filled)
      throw new Error(`This database is not empty (there are rows in ${filled}). A backup is put into an empty one only.`);
    await keysAside(client, tables);
    const copied = await fill(client, file, new Map(tables.map((table) => [table.table, table])));
    await client.query(keysBack);
    await client.query('commit');
    return copied;
  } finally {
    await client.end();
  }
}

interface Table {
  table: string;
  columns: string[];
}

/** Our tables with the columns that are not computed, without the list of migrations. */
async function tablesOf(client: Client): Promise<Table[]> {
  const { rows } = await client.query<Table>(`
    select c.relname as table, array_agg(a.attname::text order by a.attnum) as columns
    from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' and c.relname not like 'kysely\\_%'
    group by c.relname order by c.relname`);
  return rows;
}

async function firstFilled(client: Client, tables: Table[]): Promise<string | undefined> {
  for (const { table } of tables) {
    const { rows } = await client.query(`select 1 from ${quoted(table)} limit 1`);
    if (rows.length > 0 && !SEEDED.has(table)) return table;
    if (rows.length > 0) await client.query(`delete from ${quoted(table)}`);
  }
  return undefined;
}

/** Tables that migrations themselves put rows into. */
const SEEDED = new Set<string>();

// Tables refer to one another in circles: foreign keys are dropped and made again, which also checks them. Triggers stay quiet.
async function keysAside(client: Client, tables: Table[]): Promise<void> {
  await client.query(`
    create temporary table foreign_keys on commit drop as
    select conrelid::regclass::text as "table", quote_ident(conname) as name, pg_get_constraintdef(oid) as definition
    from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace and conparentid = 0`);
  await client.query(`do $$ declare key record; begin
    for key in select * from foreign_keys loop execute format('alter table %s drop constraint %s', key."table", key.name); end loop;
  end $$`);
  for (const { table } of tables) await client.query(`alter table ${quoted(table)} disable trigger user`);
}

const keysBack = `do $$ declare key record; t record; begin
  for key in select * from foreign_keys loop execute format('alter table %s add constraint %s %s', key."table", key.name, key.definition); end loop;
  for t in select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') loop
    execute format('alter table %I enable trigger user', t.relname);
  end loop;
end $$`;

const header = z.union([z.object({ table: z.string(), columns: z.array(z.string()) }), z.object({ end: z.number() })]);

async function fill(client: Client, file: string, known: Map<string, Table>): Promise<Copied> {
  const source = createReadStream(file);
  const unzipped = createGunzip();
  source.on('error', (error) => unzipped.destroy(error));
  const lines = linesOf(source.pipe(unzipped))[Symbol.asyncIterator]();
  const next = async () => (await lines.next()).value?.toString() as string | undefined;
  if ((await next()) !== FIRST_LINE) throw new Error(`${file} is not a backup of Convivium.`);
  const copied: Copied = { tables: 0, rows: 0 };
  for (;;) {
    const line = await next();
    if (line === undefined) throw new Error(`${file} is not complete.`);
    const part = header.parse(JSON.parse(line));
    if ('end' in part) return copied;
    const missing = part.columns.filter((column) => !known.get(part.table)?.columns.includes(column));
    if (missing.length > 0)
      throw new Error(`The backup has ${part.table}.${missing.join(`, ${part.table}.`)}, which this Convivium does not know.`);
    const copy = client.query(copyFrom(`copy ${quoted(part.table)} (${part.columns.map(quoted).join(', ')}) from stdin`));
    await pipeline(() => rowsOf(lines, file), copy);
    copied.tables += 1;
    copied.rows += copy.rowCount;
  }
}

const NEWLINE = Buffer.from('\n');

async function* rowsOf(lines: AsyncIterator<Buffer>, file: string): AsyncGenerator<Buffer> {
  let together: Buffer[] = [];
  let size = 0;
  for (;;) {
    const { value, done } = await lines.next();
    if (done) throw new Error(`${file} is not complete.`);
    if (value.length === 2 && value.toString() === '\\.') break;
    together.push(value, NEWLINE);
    size += value.length;
    if (size < 65_536) continue;
    yield Buffer.concat(together);
    together = [];
    size = 0;
  }
  if (together.length > 0) yield Buffer.concat(together);
}

async function* linesOf(stream: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of stream) {
    let text = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    for (let end = text.indexOf(10); end >= 0; end = text.indexOf(10)) {
      yield text.subarray(0, end);
      text = text.subarray(end + 1);
    }
    rest = text;
  }
}

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

async function connected(databaseUrl: string): Promise<Client> {
  const client = new Client({ connectionString: databaseUrl, application_name: 'convivium-backup' });
  client.on('error', () => {});
  await client.connect();
  return client;
}
