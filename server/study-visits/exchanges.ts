import { sql } from 'kysely';
import { record } from '../../db/changes.ts';
import { type Db, inTransaction, type Transaction } from '../../db/database.ts';
import { emit } from '../../db/outbox.ts';
import type { Viewer } from '../accounts/access.ts';
import { NotFound, Refused } from '../errors.ts';
import { lockPools } from '../places/actions.ts';
import { maySee } from '../registrations/access.ts';
import { eventContextById } from '../registrations/context.ts';
import { putIn, takeOut } from './holding.ts';
import { holdings, problemOf } from './problem.ts';
import { choicesOf, type Preferences, preferencesOf } from './queries.ts';
import { exchangeRefusal } from './rules.ts';
import { nextServed, type Waiting } from './waiting.ts';

/** Gives a visit back: its place goes to the first who waits for it. Errors: NotFound, Refused. */
export async function giveBack(
  db: Db,
  viewer: Viewer,
  registrationId: string,
  visitId: string,
  now: Temporal.Instant,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const found = await opened(tx, viewer, registrationId);
    if (!found.visits.includes(visitId)) return;
    await takeOut(tx, visitId, registrationId);
    await tx.deleteFrom('visit_pins').where('registration_id', '=', registrationId).where('session_id', '=', visitId).execute();
    await withdrawOffers(tx, registrationId, visitId, now);
    await noted(tx, viewer, found, 'visitGivenBack', { visit: visitId });
    await passOnVisits(tx, found.event, now);
  });
}

/** Joins the waiting list of a visit; twice is once. Errors: NotFound, Refused. */
export async function joinWaiting(
  db: Db,
  viewer: Viewer,
  registrationId: string,
  visitId: string,
  now: Temporal.Instant,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const found = await opened(tx, viewer, registrationId);
    await holdVisit(tx, found.event, visitId);
    if (found.visits.includes(visitId)) throw new Refused('visits-held-already');
    const joined = await tx
      .insertInto('visit_waitings')
      .values({
        event_id: found.event,
        session_id: visitId,
        registration_id: registrationId,
        joined_at: now,
        ended_at: null,
        ended_by: null,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst();
    if (!joined) return;
    await noted(tx, viewer, found, 'visitWaitedFor', { visit: visitId });
    await passOnVisits(tx, found.event, now);
  });
}

/** Leaves it. Errors: NotFound. */
export async function leaveWaiting(
  db: Db,
  viewer: Viewer,
  registrationId: string,
  visitId: string,
  now: Temporal.Instant,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const found = await opened(tx, viewer, registrationId);
    const left = await tx
      .updateTable('visit_waitings')
      .set({ ended_at: now, ended_by: 'withdrawn' })
      .where('registration_id', '=', registrationId)
      .where('session_id', '=', visitId)
      .where('ended_at', 'is', null)
      .returning('id')
      .executeTakeFirst();
    if (left) await noted(tx, viewer, found, 'visitWaitingLeft', { visit: visitId });
  });
}

/**
 * Passes free places on to whoever waits for them, in order of joining. Takes the locks of the pools itself: call it after a visit was
 * given back, and now and then, since a registration that is cancelled frees its visits, too.
 */
export async function passOnVisits(tx: Transaction, eventId: string, now: Temporal.Instant): Promise<number> {
  await lockPools(tx, eventId);
  const choices = await choicesOf(tx, eventId);
  if (!choices?.releasedAt || choices.frozenAt) return 0;
  const { rows } = await sql<Waiting>`select w.id, w.registration_id as registration, w.session_id as visit from visit_waitings w
    where w.event_id = ${eventId} and w.ended_at is null order by w.rank`.execute(tx);
  if (rows.length === 0) return 0;
  const problem = await problemOf(tx, eventId, 0);
  const given = await holdings(tx, eventId);
  let queue = rows;
  let passed = 0;
  for (;;) {
    const served = nextServed(problem, given, queue);
    if (!served) return passed;
    for (const visit of given[served.registration] ?? [])
      if (!served.visits.includes(visit)) await takeOut(tx, visit, served.registration);
    queue = queue.filter(({ id }) => id !== served.id);
    if (!(await putIn(tx, served.visit, served.registration, now))) throw new Error('A place that the rules saw as free is not.');
    given[served.registration] = served.visits;
    passed += 1;
    await tx.updateTable('visit_waitings').set({ ended_at: now, ended_by: 'served' }).where('id', '=', served.id).execute();
    await emit(tx, 'study-visits.changed', { registration: served.registration, why: 'served' });
  }
}

/** Passes on what is free, of all events in which somebody waits for a visit. */
export async function sweepVisits(db: Db, now: Temporal.Instant): Promise<void> {
  const { rows } = await sql<{
    event: string;
  }>`select distinct event_id as event from visit_waitings where ended_at is null order by 1`.execute(db);
  for (const { event } of rows) await inTransaction(db, (tx) => passOnVisits(tx, event, now));
}

/**
 * A registration whose visits somebody changes, with the pools of its event locked; `refusal` says when that is not possible.
 * Errors: NotFound, Refused.
 */
export async function opened(
  tx: Transaction,
  viewer: Viewer,
  registrationId: string,
  refusal = exchangeRefusal,
): Promise<Preferences> {
  const row = await tx.selectFrom('registrations').select('event_id').where('id', '=', registrationId).executeTakeFirst();
  if (!row) throw new NotFound();
  await lockPools(tx, row.event_id);
  const found = await preferencesOf(tx, registrationId);
  if (!found) throw new NotFound();
  const event = await eventContextById(tx, found.event);
  const scope = {
    eventId: event.eventId,
    networkId: event.networkId,
    personId: found.person.id,
    organisationId: found.organisation?.id ?? null,
  };
  if (!maySee(viewer, scope)) throw new NotFound();
  const why = refusal(await choicesOf(tx, found.event), found.state);
  if (why) throw new Refused(why);
  return found;
}

/** That a visit is one of an event. Errors: NotFound. */
export async function holdVisit(tx: Transaction, eventId: string, visitId: string): Promise<void> {
  const { rows } = await sql`select from visits v join sessions s on s.id = v.session_id
    where v.event_id = ${eventId} and s.id = ${visitId} and s.removed_at is null`.execute(tx);
  if (rows.length === 0) throw new NotFound();
}

/** Whoever has a visit no more offers it no more. */
export async function withdrawOffers(
  tx: Transaction,
  registrationId: string,
  visitId: string,
  now: Temporal.Instant,
): Promise<void> {
  await tx
    .updateTable('visit_swaps')
    .set({ withdrawn_at: now })
    .where('registration_id', '=', registrationId)
    .where('gives', '=', visitId)
    .where('accepted_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .execute();
}

/** Writes down who changed what of whose visits. */
export const noted = (
  tx: Transaction,
  viewer: Viewer,
  { registration, event }: Preferences,
  action: string,
  after: Record<string, unknown>,
) => record(tx, { actor: viewer.personId, feature: 'study-visits', row: registration, event, action, after });
