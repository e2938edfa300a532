import { Kysely, type Transaction as KyselyTransaction, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import type { AccountsTables } from './tables/accounts.ts';
import type { BaseTables } from './tables/base.ts';
import type { EventsTables } from './tables/events.ts';
import type { FormsTables } from './tables/forms.ts';
import type { OrganisationsTables } from './tables/organisations.ts';
import type { PlacesTables } from './tables/places.ts';
import type { RegistrationsTables } from './tables/registrations.ts';
import type { SendsTables } from './tables/sends.ts';

export type Database = BaseTables &
  AccountsTables &
  OrganisationsTables &
  FormsTables &
  PlacesTables &
  SendsTables &
  EventsTables &
  RegistrationsTables;

export type Db = Kysely<Database>;
export type Transaction = KyselyTransaction<Database>;

const { builtins } = pg.types;
pg.types.setTypeParser(builtins.TIMESTAMPTZ, (text) => Temporal.Instant.from(text));
pg.types.setTypeParser(builtins.TIMESTAMP, (text) => Temporal.PlainDateTime.from(text));
pg.types.setTypeParser(builtins.DATE, (text) => Temporal.PlainDate.from(text));
pg.types.setTypeParser(builtins.INT8, Number);

// node-postgres turns an object parameter into JSON unless it says how it wants to be written.
for (const kind of [Temporal.Instant, Temporal.PlainDateTime, Temporal.PlainDate]) {
  Object.defineProperty(kind.prototype, 'toPostgres', {
    configurable: true,
    value(this: { toString(): string }) {
      return this.toString();
    },
  });
}

/** A pool on `url`. `max` is the number of connections. Errors of idle connections are swallowed: the next query meets them. */
export function connect(url: string, max = 16): { db: Db; pool: pg.Pool } {
  const pool = new pg.Pool({ connectionString: url, max, keepAlive: true, application_name: 'convivium' });
  pool.on('error', () => {});
  pool.on('connect', keepStatements);
  return { db: new Kysely<Database>({ dialect: new PostgresDialect({ pool }) }), pool };
}

/**
 * Begins a statement whose text never varies and that every request sends: each connection keeps it parsed and planned under a
 * name, which halves what it costs. Not for statements put together from parts: each text would be kept for ever.
 */
export const KEPT = sql`/* kept */`;

// Behind a pooler that shares connections by transaction, it has to know named statements (PgBouncer from 1.21 on).
function keepStatements(client: pg.PoolClient): void {
  const query = client.query.bind(client) as (...args: unknown[]) => unknown;
  const keeping = (text: unknown, values: unknown, ...rest: unknown[]) =>
    typeof text === 'string' && text.trimStart().startsWith('/* kept */')
      ? query({ name: nameOf(text), text, values }, ...rest)
      : query(text, values, ...rest);
  client.query = keeping as typeof client.query;
}

const names = new Map<string, string>();

function nameOf(text: string): string {
  const name = names.get(text) ?? `kept_${names.size}`;
  names.set(text, name);
  return name;
}

const RETRYABLE = new Set(['40001', '40P01']);

/**
 * Runs `work` in one READ COMMITTED transaction. A deadlock or serialisation failure is tried again (three times in all),
 * so `work` must have no effect outside the database.
 */
export async function inTransaction<Result>(db: Db, work: (tx: Transaction) => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.transaction().execute(work);
    } catch (error) {
      if (attempt === 3 || !RETRYABLE.has(sqlState(error) ?? '')) throw error;
    }
  }
}

/** The SQLSTATE of a database error, or undefined for any other. */
export function sqlState(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** The name of the constraint that a database error reports as violated. */
export function violated(error: unknown): string | undefined {
  return error instanceof Error && 'constraint' in error && typeof error.constraint === 'string' ? error.constraint : undefined;
}

/** A value as a jsonb parameter. */
export function json<Value>(value: Value) {
  return sql<Value>`${JSON.stringify(value)}::jsonb`;
}
