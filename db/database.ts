import { AsyncLocalStorage } from 'node:async_hooks';
import { Kysely, type Transaction as KyselyTransaction, PostgresDialect, type PostgresPoolClient, sql } from 'kysely';
import pg, { type Submittable } from 'pg';
import { type Pipeline, pipeline } from './pipeline.ts';
import './times.ts';
import type { AccountsTables } from './tables/accounts.ts';
import type { ActivitiesTables } from './tables/activities.ts';
import type { BaseTables } from './tables/base.ts';
import type { CalendarsTables } from './tables/calendars.ts';
import type { CallsTables } from './tables/calls.ts';
import type { DocumentsTables } from './tables/documents.ts';
import type { DoorTables } from './tables/door.ts';
import type { EventsTables } from './tables/events.ts';
import type { FormsTables } from './tables/forms.ts';
import type { JudgingTables } from './tables/judging.ts';
import type { MailingsTables } from './tables/mailings.ts';
import type { OrganisationsTables } from './tables/organisations.ts';
import type { PlacesTables } from './tables/places.ts';
import type { ProgrammeTables } from './tables/programme.ts';
import type { QuestionnairesTables } from './tables/questionnaires.ts';
import type { RegistrationsTables } from './tables/registrations.ts';
import type { ReportsTables } from './tables/reports.ts';
import type { SendsTables } from './tables/sends.ts';
import type { StudyVisitsTables } from './tables/study-visits.ts';

export type Database = BaseTables &
  AccountsTables &
  OrganisationsTables &
  FormsTables &
  PlacesTables &
  SendsTables &
  EventsTables &
  ActivitiesTables &
  ProgrammeTables &
  RegistrationsTables &
  StudyVisitsTables &
  ReportsTables &
  CallsTables &
  JudgingTables &
  QuestionnairesTables &
  MailingsTables &
  CalendarsTables &
  DocumentsTables &
  DoorTables;

export type Db = Kysely<Database>;
export type Transaction = KyselyTransaction<Database>;

// node-postgres turns an object parameter into JSON unless it says how it wants to be written.
for (const kind of [Temporal.Instant, Temporal.PlainDateTime, Temporal.PlainDate]) {
  Object.defineProperty(kind.prototype, 'toPostgres', {
    configurable: true,
    value(this: { toString(): string }) {
      return this.toString();
    },
  });
}

/**
 * A pool on `url`. `max` is the number of connections, beside the one that short reads share. Errors of idle connections are
 * swallowed: the next query meets them.
 */
export function connect(url: string, max = 16): { db: Db; pool: pg.Pool } {
  const pool = new pg.Pool({ connectionString: url, max, keepAlive: true, application_name: 'convivium' });
  pool.on('error', () => {});
  // One that is cut off in the middle of a transaction says so twice: to whoever waits for it, and here.
  pool.on('connect', (client) => void client.on('error', () => {}));
  const shared = pipeline(url);
  const dialect = new PostgresDialect({
    controlClient: pg.Client,
    pool: {
      options: pool.options,
      connect: async () => lazyClient(pool, shared),
      end: async () => void (await Promise.all([shared.end(), pool.end()])),
    },
  });
  return { db: new Kysely<Database>({ dialect }), pool };
}

/**
 * Begins a statement that many requests send with the same text: each connection keeps it parsed and planned under a name, which
 * halves what it costs. Of statements put together from parts the first few hundred are kept, so that no connection grows for ever.
 */
export const KEPT = sql`/* kept */`;

/** The same for a short read that waits for no lock: outside of a transaction it shares a connection (`pipeline.ts`). */
export const SHARED = sql`/* shared */`;

// A connection of the pool is taken when the first statement needs one; then all that follow go there, as in a transaction they must.
function lazyClient(pool: pg.Pool, shared: Pipeline): PostgresPoolClient {
  let own: Promise<pg.PoolClient> | undefined;
  const query = async (text: string | Submittable, values: readonly unknown[] = []) => {
    if (typeof text !== 'string') return (await (own ??= pool.connect())).query(text);
    if (!own && text.startsWith('/* shared */')) return shared.query({ name: nameOf(text), text, values: [...values] });
    const client = await (own ??= pool.connect());
    return /^\/\* (kept|shared) \*\//.test(text)
      ? client.query({ name: nameOf(text), text, values: [...values] })
      : client.query(text, [...values]);
  };
  const release = (discard?: boolean | Error) => void own?.then((client) => client.release(discard)).catch(() => {});
  return { query, release } as unknown as PostgresPoolClient;
}

// Behind a pooler that shares connections by transaction, it has to know named statements (PgBouncer from 1.21 on).
const MOST_NAMES = 300;
const names = new Map<string, string>();

function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known || names.size >= MOST_NAMES) return known;
  const name = `kept_${names.size}`;
  names.set(text, name);
  return name;
}

/** What is said at the end of each transaction of the work that is under way, as a part of it. */
export const beforeCommit = new AsyncLocalStorage<(tx: Transaction) => Promise<unknown>>();

const RETRYABLE = new Set(['40001', '40P01']);

/**
 * Runs `work` in one READ COMMITTED transaction. A deadlock or serialisation failure is tried again (three times in all),
 * so `work` must have no effect outside the database. Within a transaction it is a part of that one.
 */
export async function inTransaction<Result>(db: Db | Transaction, work: (tx: Transaction) => Promise<Result>): Promise<Result> {
  if (isTransaction(db)) return work(db);
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.transaction().execute(async (tx) => {
        const result = await work(tx);
        await beforeCommit.getStore()?.(tx);
        return result;
      });
    } catch (error) {
      if (attempt === 3 || !RETRYABLE.has(sqlState(error) ?? '')) throw error;
    }
  }
}

/** Whether this is a transaction that has begun. */
export const isTransaction = (db: Db | Transaction): db is Transaction => db.isTransaction;

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
