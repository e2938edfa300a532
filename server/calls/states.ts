import { record } from '../../db/changes.ts';
import { type Db, inTransaction, json, type Transaction } from '../../db/database.ts';
import { emit } from '../../db/outbox.ts';
import type { Viewer } from '../accounts/access.ts';
import { Invalid, Refused } from '../errors.ts';
import { instantOf } from '../events/rules.ts';
import { copyForm } from '../forms/actions.ts';
import { insertCall, lockCall } from './actions.ts';
import { missing } from './completeness.ts';
import { type CallDetails, exclusionsOf } from './queries.ts';
import { writtenOf } from './written.ts';

/** Publishes a call. Errors: Refused('not-complete') with what is missing; NotFound, NotAllowed. */
export async function publishCall(db: Db, viewer: Viewer, slug: string, now: Temporal.Instant): Promise<void> {
  await inTransaction(db, async (tx) => {
    const call = await lockCall(tx, viewer, slug);
    if (call.publishedAt) return;
    const lacks = missing(call).filter((item) => item.blocks);
    if (lacks.length > 0) throw new Refused('call-not-complete');
    await setState(tx, viewer, call, 'published', { published_at: now, published_by: viewer.personId }, now);
  });
}

/** Takes a call back to a draft. Errors: Refused('call-has-entries'), NotFound, NotAllowed. */
export async function unpublishCall(db: Db, viewer: Viewer, slug: string, now: Temporal.Instant): Promise<void> {
  await inTransaction(db, async (tx) => {
    const call = await lockCall(tx, viewer, slug);
    if (!call.publishedAt) return;
    const entry = await tx.selectFrom('entries').select('id').where('call_id', '=', call.id).limit(1).executeTakeFirst();
    if (entry) throw new Refused('call-has-entries');
    await setState(tx, viewer, call, 'unpublished', { published_at: null, published_by: null }, now);
  });
}

/** Closes a call before or after its time, exceptions included; or lets its dates decide again. Errors: NotFound, NotAllowed. */
export async function closeCall(db: Db, viewer: Viewer, slug: string, closed: boolean, now: Temporal.Instant): Promise<void> {
  await inTransaction(db, async (tx) => {
    const call = await lockCall(tx, viewer, slug);
    if ((call.closedAt !== null) === closed) return;
    const columns = closed ? { closed_at: now, closed_by: viewer.personId } : { closed_at: null, closed_by: null };
    await setState(tx, viewer, call, closed ? 'closed' : 'reopened', columns, now);
  });
}

/** Cancels a call, with a reason in its languages, or takes that back. Everybody with an entry is told. Errors: NotFound, NotAllowed. */
export async function cancelCall(
  db: Db,
  viewer: Viewer,
  slug: string,
  cancellation: { reason: Record<string, string> } | null,
  now: Temporal.Instant,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const call = await lockCall(tx, viewer, slug);
    if ((call.cancelledAt !== null) === (cancellation !== null)) return;
    const columns = {
      cancelled_at: cancellation ? now : null,
      cancelled_by: cancellation ? viewer.personId : null,
      cancellation_reason: json(cancellation?.reason ?? {}),
    };
    await setState(tx, viewer, call, cancellation ? 'cancelled' : 'reinstated', columns, now, cancellation);
    if (cancellation && call.publishedAt) await emit(tx, 'calls.cancelled', { call: call.id });
  });
}

/**
 * Moves the deadline to a later local time of the call's zone and tells everyone with a draft or an entry. Errors: Invalid for one
 * that is not later; NotFound, NotAllowed, Refused('call-cancelled').
 */
export async function extendCall(
  db: Db,
  viewer: Viewer,
  slug: string,
  { closes, reason }: { closes: Temporal.PlainDateTime; reason: Record<string, string> },
  now: Temporal.Instant,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const call = await lockCall(tx, viewer, slug);
    if (call.cancelledAt) throw new Refused('call-cancelled');
    const closesAt = instantOf(closes, call.zone);
    if (Temporal.Instant.compare(closesAt, call.closesAt) <= 0 || Temporal.PlainDateTime.compare(closes, call.closes) <= 0)
      throw new Invalid([{ path: 'closes', code: 'notLater' }]);
    const { id } = await tx
      .insertInto('call_extensions')
      .values({
        call_id: call.id,
        from_local: call.closes,
        to_local: closes,
        reason: json(reason),
        extended_by: viewer.personId,
        extended_at: now,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    const columns = { closes_local: closes, closes_at: closesAt, closed_at: null, closed_by: null };
    await setState(tx, viewer, call, 'extended', columns, now, { from: call.closes.toString(), to: closes.toString(), reason });
    if (call.publishedAt) await emit(tx, 'calls.extended', { call: call.id, extension: id });
  });
}

/** The call of the next edition: the same texts, rubric, rules and a form of its own, other dates, no one excluded. Returns its slug. */
export async function copyCall(
  db: Db,
  viewer: Viewer,
  slug: string,
  { opens, closes }: { opens: Temporal.PlainDateTime; closes: Temporal.PlainDateTime },
  now: Temporal.Instant,
): Promise<string> {
  return inTransaction(db, async (tx) => {
    const call = await lockCall(tx, viewer, slug);
    const written = writtenOf(call, await exclusionsOf(tx, call.id));
    const formId = call.formId && (await copyForm(tx, call.formId, { actor: viewer.personId, now }));
    const last = call.seriesId
      ? await tx
          .selectFrom('calls')
          .select((eb) => eb.fn.max('edition').as('edition'))
          .where('series_id', '=', call.seriesId)
          .executeTakeFirst()
      : undefined;
    const edition = last?.edition == null ? null : last.edition + 1;
    const copy = { ...written, opens, closes, edition, eventId: null, formId, exclusions: [] };
    return insertCall(tx, viewer, copy, null, now, call.id);
  });
}

async function setState(
  tx: Transaction,
  viewer: Viewer,
  call: CallDetails,
  action: string,
  columns: Record<string, unknown>,
  now: Temporal.Instant,
  after: Record<string, unknown> | null = null,
): Promise<void> {
  await tx
    .updateTable('calls')
    .set({ ...columns, updated_at: now } as never)
    .where('id', '=', call.id)
    .execute();
  await record(tx, { actor: viewer.personId, feature: 'calls', row: call.id, action, after });
}
