import { record } from '../../db/changes.ts';
import { type Db, inTransaction, json, type Transaction } from '../../db/database.ts';
import type { Viewer } from '../accounts/access.ts';
import { NotAllowed, NotFound, Refused } from '../errors.ts';
import type { TableFile } from '../http/table-file.ts';
import { mayRunMembership } from './access.ts';

/** What an import would do, of any kind. */
export interface AnyPlan {
  counts: { created: number; updated: number; unchanged: number; wrong: number };
  /** Of everything that would be done: an application that names it does what was previewed or nothing. */
  fingerprint: string;
}

/** A kind of table that can be imported: how it is read, what it would do, and how that is written. */
export interface ImportKind<Row, Plan extends AnyPlan, Result extends object> {
  kind: 'organisations' | 'people';
  /** Errors: Invalid of `file`. */
  read: (bytes: Uint8Array) => { rows: Row[]; ignored: TableFile<string>['ignored'] };
  plan: (db: Db | Transaction, rows: readonly Row[]) => Promise<Plan>;
  /** Keeps still what the decision looks at, until it is written. */
  still: (tx: Transaction) => Promise<unknown>;
  write: (tx: Transaction, viewer: Viewer, plan: Plan) => Promise<Result>;
}

export interface Import<Plan, Result> {
  id: string;
  fileName: string;
  ignored: string[];
  createdAt: Temporal.Instant;
  appliedAt: Temporal.Instant | null;
  result: Result | null;
  plan: Plan | null;
}

/** Keeps the rows of an uploaded file; nothing else is written. Errors: NotAllowed, Invalid of `file`. Returns the import's id. */
export async function createImport<Row, Plan extends AnyPlan, Result extends object>(
  db: Db,
  viewer: Viewer,
  { kind, read }: ImportKind<Row, Plan, Result>,
  fileName: string,
  bytes: Uint8Array,
): Promise<string> {
  if (!mayRunMembership(viewer)) throw new NotAllowed();
  const row = await db
    .insertInto('imports')
    .values({
      kind,
      file_name: fileName.slice(0, 200),
      rows: json<unknown>(read(bytes)),
      created_by: viewer.personId,
      result: json<unknown>(null),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

/** An import with what it would do to the database as it is now; once applied, what it did. Errors: NotFound. */
export async function importById<Row, Plan extends AnyPlan, Result extends object>(
  db: Db | Transaction,
  { kind, plan }: ImportKind<Row, Plan, Result>,
  id: string,
  lock = false,
): Promise<Import<Plan, Result>> {
  const query = db.selectFrom('imports').selectAll().where('id', '=', id).where('kind', '=', kind);
  const row = await (lock ? query.forUpdate() : query).executeTakeFirst();
  if (!row) throw new NotFound();
  const file = row.rows as { rows: Row[]; ignored: string[] };
  return {
    id: row.id,
    fileName: row.file_name,
    ignored: file.ignored,
    createdAt: row.created_at,
    appliedAt: row.applied_at,
    result: row.result as Result | null,
    plan: row.applied_at ? null : await plan(db, file.rows),
  };
}

/**
 * Does the whole import or nothing of it, decided anew on the database as it is. Applied again, it answers what it did. Errors:
 * NotAllowed, NotFound, Refused('import-has-errors'), Refused('import-stale') when it would do other than the preview of `fingerprint`.
 */
export async function applyImport<Row, Plan extends AnyPlan, Result extends object>(
  db: Db,
  viewer: Viewer,
  kind: ImportKind<Row, Plan, Result>,
  id: string,
  now: Temporal.Instant,
  fingerprint?: string,
): Promise<Result> {
  if (!mayRunMembership(viewer)) throw new NotAllowed();
  return inTransaction(db, async (tx) => {
    await kind.still(tx);
    const { plan, result } = await importById(tx, kind, id, true);
    if (result) return result;
    if (!plan || plan.counts.wrong > 0) throw new Refused('import-has-errors', { n: plan?.counts.wrong ?? 0 });
    if (fingerprint !== undefined && fingerprint !== plan.fingerprint) throw new Refused('import-stale');
    const done = await kind.write(tx, viewer, plan);
    await tx
      .updateTable('imports')
      .set({ applied_at: now, result: json<unknown>(done) })
      .where('id', '=', id)
      .execute();
    await record(tx, {
      actor: viewer.personId,
      feature: 'organisations',
      row: id,
      action: 'imported',
      after: Object.fromEntries(Object.entries(done)),
    });
    return done;
  });
}
