import { record } from '../../db/changes.ts';
import { type Db, inTransaction, json, type Transaction } from '../../db/database.ts';
import { emit } from '../../db/outbox.ts';
import type { Viewer } from '../accounts/access.ts';
import { Refused } from '../errors.ts';
import { lockEvent } from './actions.ts';
import { missing } from './completeness.ts';
import type { EventDetails } from './queries.ts';

/** Publishes an event. Errors: Refused('not-complete') with what is missing; NotFound, NotAllowed. */
export async function publishEvent(db: Db, viewer: Viewer, slug: string, now: Temporal.Instant): Promise<void> {
  await inTransaction(db, async (tx) => {
    const event = await lockEvent(tx, viewer, slug);
    if (event.publishedAt) return;
    const lacks = missing(event).filter((item) => item.blocks);
    if (lacks.length > 0)
      throw new Refused('not-complete', {
        missing: [...new Set(lacks.map((item) => `@events.missing.${item.code}`))].join(', '),
      });
    await setState(tx, viewer, event, 'published', { published_at: now, published_by: viewer.personId }, now);
  });
}

/** Takes an event back to a draft. Errors: Refused('has-registrations'), NotFound, NotAllowed. */
export async function unpublishEvent(db: Db, viewer: Viewer, slug: string, now: Temporal.Instant): Promise<void> {
  await inTransaction(db, async (tx) => {
    const event = await lockEvent(tx, viewer, slug);
    if (!event.publishedAt) return;
    const taken = await tx
      .selectFrom('registrations')
      .select('id')
      .where('event_id', '=', event.id)
      .where('state', 'in', ['pending', 'confirmed', 'waiting'])
      .limit(1)
      .executeTakeFirst();
    if (taken) throw new Refused('has-registrations');
    await setState(tx, viewer, event, 'unpublished', { published_at: null, published_by: null }, now);
  });
}

/** Closes registration whatever its window says; who is registered stays so. Errors: NotFound, NotAllowed. */
export async function closeEvent(db: Db, viewer: Viewer, slug: string, now: Temporal.Instant): Promise<void> {
  await inTransaction(db, async (tx) => {
    const event = await lockEvent(tx, viewer, slug);
    if (!event.closedAt) await setState(tx, viewer, event, 'closed', { closed_at: now, closed_by: viewer.personId }, now);
  });
}

/** Lets the registration window decide again. Errors: NotFound, NotAllowed. */
export async function reopenEvent(db: Db, viewer: Viewer, slug: string, now: Temporal.Instant): Promise<void> {
  await inTransaction(db, async (tx) => {
    const event = await lockEvent(tx, viewer, slug);
    if (event.closedAt) await setState(tx, viewer, event, 'reopened', { closed_at: null, closed_by: null }, now);
  });
}

/** Cancels an event, with a reason in its languages, or takes that back. Errors: NotFound, NotAllowed. */
export async function cancelEvent(
  db: Db,
  viewer: Viewer,
  slug: string,
  cancellation: { reason: Record<string, string> } | null,
  now: Temporal.Instant,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const event = await lockEvent(tx, viewer, slug);
    if ((event.cancelledAt !== null) === (cancellation !== null)) return;
    const columns = {
      cancelled_at: cancellation ? now : null,
      cancelled_by: cancellation ? viewer.personId : null,
      cancellation_reason: json(cancellation?.reason ?? {}),
      sequence: event.sequence + 1,
    };
    await setState(tx, viewer, event, cancellation ? 'cancelled' : 'reinstated', columns, now, cancellation);
    if (event.publishedAt) await emit(tx, 'events.changed', { event: event.id });
  });
}

async function setState(
  tx: Transaction,
  viewer: Viewer,
  event: EventDetails,
  action: string,
  columns: Record<string, unknown>,
  now: Temporal.Instant,
  after: Record<string, unknown> | null = null,
): Promise<void> {
  await tx
    .updateTable('events')
    .set({ ...columns, updated_at: now } as never)
    .where('id', '=', event.id)
    .execute();
  await record(tx, { actor: viewer.personId, feature: 'events', row: event.id, event: event.id, action, after });
}
