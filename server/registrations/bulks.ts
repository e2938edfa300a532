import { sql } from 'kysely';
import { type Db, inTransaction, json, type Transaction } from '../../db/database.ts';
import { emit } from '../../db/outbox.ts';
import type { Viewer } from '../accounts/access.ts';
import { viewerOf } from '../accounts/queries.ts';
import { Invalid, NotFound, Refused } from '../errors.ts';
import { UNDO_HOURS, UNDOABLE } from './bulk-rules.ts';
import { doOne, undoOne } from './bulk-step.ts';
import type { EventContext } from './context.ts';
import type { BulkWrite } from './input.ts';
import { chosenIds } from './office-queries.ts';

/**
 * Orders that something be done with many registrations of an event; workers do it one by one. `id` is given by whoever asks: the
 * same order sent twice is one. Errors: Invalid of `ids`.
 */
export async function orderBulk(
  db: Db,
  viewer: Viewer,
  event: EventContext,
  order: BulkWrite,
  id: string,
  now: Temporal.Instant,
): Promise<string> {
  if (order.category && !event.categories.some((category) => category.key === order.category))
    throw new Invalid([{ path: 'category', code: 'choice' }]);
  return inTransaction(db, async (tx) => {
    const ids = await chosenIds(tx, event.eventId, order);
    if (ids.length === 0) throw new Invalid([{ path: 'ids', code: 'required' }]);
    const made = await tx
      .insertInto('bulks')
      .values({
        id,
        event_id: event.eventId,
        action: order.action,
        category: order.action === 'category' ? (order.category ?? null) : null,
        reason: order.reason ?? null,
        received_on: order.action === 'paid' ? (order.receivedOn ?? null) : null,
        created_by: viewer.personId,
        created_at: now,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst();
    if (!made) return id;
    await sql`
      insert into bulk_items (bulk_id, no, registration_id)
      select ${id}, ordinality, r from unnest(${ids}::uuid[]) with ordinality t(r, ordinality)`.execute(tx);
    await emit(tx, 'registrations.bulk', { bulk: id });
    return id;
  });
}

/** Orders that it be taken back. Errors: Refused('cannot-be-undone' | 'too-late-to-undo' | 'not-finished'). Twice is once. */
export async function undoBulk(db: Db, viewer: Viewer, eventId: string, id: string, now: Temporal.Instant): Promise<void> {
  await inTransaction(db, async (tx) => {
    const bulk = await tx
      .selectFrom('bulks')
      .selectAll()
      .where('id', '=', id)
      .where('event_id', '=', eventId)
      .forNoKeyUpdate()
      .executeTakeFirst();
    if (!bulk) throw new NotFound();
    if (bulk.undone_at) return;
    if (!UNDOABLE.includes(bulk.action)) throw new Refused('cannot-be-undone');
    if (!bulk.ended_at) throw new Refused('not-finished');
    if (Temporal.Instant.compare(now, bulk.ended_at.add({ hours: UNDO_HOURS })) > 0) throw new Refused('too-late-to-undo');
    await tx.updateTable('bulks').set({ undone_at: now, undone_by: viewer.personId }).where('id', '=', id).execute();
    await emit(tx, 'registrations.bulk', { bulk: id });
  });
}

// What one job does at most: a process that is to end waits for its jobs, but not for thousands.
const A_JOB = 100;

/**
 * Goes on with an order, or with taking it back. Each registration is done in the transaction that writes down what became of it, so
 * a worker that dies leaves the next one to do and nothing twice.
 */
export async function runBulk(db: Db, id: string, now: Temporal.Instant): Promise<void> {
  for (let done = 0; done < A_JOB; done++) if (!(await runNext(db, id, now))) return;
  await emit(db, 'registrations.bulk', { bulk: id });
}

async function runNext(db: Db, id: string, now: Temporal.Instant): Promise<boolean> {
  let at: { no: number; undoing: boolean } | undefined;
  try {
    return await inTransaction(db, async (tx) => {
      const bulk = await tx.selectFrom('bulks').selectAll().where('id', '=', id).forNoKeyUpdate().executeTakeFirst();
      if (!bulk) return false;
      const undoing = bulk.undone_at !== null;
      const item = await nextItem(tx, id, undoing);
      if (!item) {
        if (undoing ? bulk.undo_ended_at : bulk.ended_at) return false;
        await tx
          .updateTable('bulks')
          .set(undoing ? { undo_ended_at: now } : { ended_at: now })
          .where('id', '=', id)
          .execute();
        return false;
      }
      at = { no: item.no, undoing };
      const viewer = await viewerOf(tx, (undoing ? bulk.undone_by : null) ?? bulk.created_by);
      if (!viewer) throw new Refused('has-ended');
      if (undoing) await undoOne(tx, viewer, bulk, { id: item.registration_id, before: item.before ?? {} }, now);
      const before = undoing ? item.before : await doOne(tx, viewer, bulk, item.registration_id, now);
      await mark(tx, id, item.no, undoing ? { undo_outcome: 'done' } : { outcome: 'done', before: json(before) });
      return true;
    });
  } catch (error) {
    if (!at || !(error instanceof Refused || error instanceof Invalid || error instanceof NotFound)) throw error;
    const code = error instanceof Refused ? error.code : 'has-ended';
    await mark(db, id, at.no, at.undoing ? { undo_outcome: 'refused', undo_code: code } : { outcome: 'refused', code });
    return true;
  }
}

function nextItem(tx: Transaction, id: string, undoing: boolean) {
  const query = tx.selectFrom('bulk_items').select(['no', 'registration_id', 'before']).where('bulk_id', '=', id).limit(1);
  return undoing
    ? query.where('outcome', '=', 'done').where('undo_outcome', 'is', null).orderBy('no', 'desc').executeTakeFirst()
    : query.where('outcome', 'is', null).orderBy('no').executeTakeFirst();
}

async function mark(db: Db | Transaction, id: string, no: number, set: Record<string, unknown>): Promise<void> {
  await db
    .updateTable('bulk_items')
    .set(set)
    .where('bulk_id', '=', id)
    .where('no', '=', no)
    // Another worker may have done it since: what it wrote stays.
    .where('undo_outcome' in set ? 'undo_outcome' : 'outcome', 'is', null)
    .execute();
}
