import { type Db, inTransaction, json, type Transaction, violated } from '../../db/database.ts';
import type { RegistrationState } from '../../db/tables/registrations.ts';
import type { Viewer } from '../accounts/access.ts';
import { findOrCreatePerson } from '../accounts/actions.ts';
import { Invalid, NotAllowed, NotFound, Refused } from '../errors.ts';
import { priceOf } from '../events/rules.ts';
import type { AffiliationWrite } from '../organisations/input.ts';
import { addToRoster } from '../organisations/roster.ts';
import { endWaiting, exchangePlaces, lockPools, passOn, releasePlaces } from '../places/actions.ts';
import { mayChange, organises } from './access.ts';
import { checkAnswers, tell } from './actions.ts';
import { poolsOf, recordChange } from './admission.ts';
import { type EventContext, eventContextById } from './context.ts';
import type { RegistrationChange } from './input.ts';
import { changeableUntil, possible } from './rules.ts';

export interface Locked {
  id: string;
  event_id: string;
  person_id: string;
  organisation_id: string | null;
  delegation_id: string | null;
  category_id: string;
  state: RegistrationState;
  pool_ids: string[];
  waiting_id: string | null;
  answers: Record<string, unknown>;
}

/** The registration, locked, with its event. Pools come first where places will be freed: `freeing`. */
async function lock(tx: Transaction, id: string, freeing: boolean): Promise<{ registration: Locked; event: EventContext }> {
  const seen = await tx
    .selectFrom('registrations')
    .select(['event_id', 'organisation_id'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (!seen) throw new NotFound();
  if (freeing) await lockPools(tx, seen.event_id);
  const registration = await tx
    .selectFrom('registrations')
    .selectAll()
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow();
  return { registration, event: await eventContextById(tx, seen.event_id, registration.organisation_id) };
}

/** Errors: NotFound for whoever may not know of it. */
function mustMayChange(viewer: Viewer, registration: Locked, event: EventContext): void {
  const scope = {
    eventId: event.eventId,
    networkId: event.networkId,
    personId: registration.person_id,
    organisationId: registration.organisation_id,
  };
  if (!mayChange(viewer, scope)) throw new NotFound();
}

export interface Ending {
  state: 'cancelled' | 'refused';
  code: string;
  reason?: string | null;
  actor: string | null;
}

/** Ends a registration and frees what it held, inside the caller's transaction, which holds the pools' locks. */
export async function end(tx: Transaction, registration: Locked, ending: Ending, now: Temporal.Instant): Promise<void> {
  await releasePlaces(tx, [registration.id]);
  await tx
    .updateTable('registrations')
    .set((eb) => ({
      state: ending.state,
      ended_at: now,
      ended_by: ending.actor,
      reason_code: ending.code,
      reason: ending.reason ?? null,
      calendar_sequence: eb('calendar_sequence', '+', 1),
    }))
    .where('id', '=', registration.id)
    .execute();
  if (registration.waiting_id && registration.state === 'waiting') await shrinkParty(tx, registration.waiting_id, now);
  await recordChange(tx, registration, {
    actor: ending.actor,
    action: ending.state,
    before: { state: registration.state },
    after: { state: ending.state, reasonCode: ending.code, reason: ending.reason ?? null },
  });
  await tell(tx, ending.state, { registration: registration.id, before: registration.state, code: ending.code });
}

// Who leaves a waiting party does not end the others' wait; the last one does.
async function shrinkParty(tx: Transaction, waitingId: string, now: Temporal.Instant): Promise<void> {
  const { left } = await tx
    .selectFrom('registrations')
    .select((eb) => eb.fn.countAll<number>().as('left'))
    .where('waiting_id', '=', waitingId)
    .where('state', '=', 'waiting')
    .executeTakeFirstOrThrow();
  if (Number(left) > 0) {
    await tx
      .updateTable('waitings')
      .set({ party_size: Number(left) })
      .where('id', '=', waitingId)
      .execute();
    return;
  }
  await tx
    .updateTable('offers')
    .set({ declined_at: now })
    .where('waiting_id', '=', waitingId)
    .where('accepted_at', 'is', null)
    .where('declined_at', 'is', null)
    .where('expired_at', 'is', null)
    .execute();
  await endWaiting(tx, waitingId, 'withdrawn', now);
}

/**
 * Gives a registration back (by the person or their contact) or cancels it (by the organiser); its places pass on to who waits in
 * the same transaction. Cancelling one that has ended changes nothing. Errors: NotFound.
 */
export async function cancelRegistration(
  db: Db,
  viewer: Viewer,
  id: string,
  now: Temporal.Instant,
  reason?: string,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const { registration, event } = await lock(tx, id, true);
    mustMayChange(viewer, registration, event);
    if (!possible(registration.state).cancel) return;
    const runs = organises(viewer, event) && viewer.personId !== registration.person_id;
    await end(
      tx,
      registration,
      { state: 'cancelled', code: runs ? 'by-organiser' : 'given-back', reason, actor: viewer.personId },
      now,
    );
    await passOn(tx, registration.event_id, now);
  });
}

/** What a change may be, all in one transaction: answers, category, the person, approval or refusal. Errors: NotFound, NotAllowed, Refused, Invalid. */
export async function changeRegistration(
  db: Db,
  viewer: Viewer,
  id: string,
  change: RegistrationChange,
  now: Temporal.Instant,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const { registration, event } = await lock(tx, id, change.category !== undefined || change.state !== undefined);
    mustMayChange(viewer, registration, event);
    const runs = organises(viewer, event);
    if (!runs && Temporal.Instant.compare(now, changeableUntil(event)) >= 0) throw new Refused('too-late-to-change');
    if (change.state !== undefined) {
      if (!runs) throw new NotAllowed();
      await decide(tx, viewer, registration, event, change.state, change.reason ?? null, now);
      return;
    }
    if (!possible(registration.state).change) throw new Refused('has-ended');
    if (change.person) await replace(tx, viewer, registration, event, change.person);
    if (change.category !== undefined) await changeCategory(tx, viewer, registration, event, change.category, now, runs);
    if (change.answers !== undefined) await changeAnswers(tx, viewer, registration, event, change.answers);
  });
}

async function decide(
  tx: Transaction,
  viewer: Viewer,
  registration: Locked,
  event: EventContext,
  state: 'confirmed' | 'refused',
  reason: string | null,
  now: Temporal.Instant,
) {
  if (state === 'refused') {
    if (!possible(registration.state).refuse) throw new Refused('has-ended');
    await end(tx, registration, { state: 'refused', code: 'by-organiser', reason, actor: viewer.personId }, now);
    if (registration.state === 'waiting') await passOn(tx, registration.event_id, now);
    return;
  }
  if (!possible(registration.state).approve) throw new Refused('not-pending');
  await admitPending(tx, registration, event, viewer.personId, now);
}

/**
 * Gives an approved registration its places, or a place in the queue: the row stays, only its state changes. The pools' locks are
 * held, so plain locking reads tell the truth.
 */
export async function admitPending(
  tx: Transaction,
  registration: Locked,
  event: EventContext,
  actor: string | null,
  now: Temporal.Instant,
): Promise<RegistrationState> {
  await ensureAllowance(tx, registration, event);
  const taken = await exchangePlaces(tx, registration.id, [], registration.pool_ids);
  if (!taken) {
    await releasePlaces(tx, [registration.id]);
    if (!event.waitingList) throw new Refused('no-places');
    const waiting = await tx
      .insertInto('waitings')
      .values({
        event_id: event.eventId,
        organisation_id: registration.organisation_id,
        party_size: 1,
        pool_ids: registration.pool_ids,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await tx.updateTable('pools').set({ queue_open: true }).where('id', 'in', registration.pool_ids).execute();
    await tx
      .updateTable('registrations')
      .set({ state: 'waiting', waiting_id: waiting.id })
      .where('id', '=', registration.id)
      .execute();
  } else {
    await tx
      .updateTable('registrations')
      .set({ state: 'confirmed', confirmed_at: now })
      .where('id', '=', registration.id)
      .execute();
  }
  const state = taken ? 'confirmed' : 'waiting';
  await recordChange(tx, registration, { actor, action: 'approved', before: { state: registration.state }, after: { state } });
  await tell(tx, 'registered', {
    event: event.eventId,
    delegation: null,
    confirmed: taken ? [registration.id] : [],
    waiting: taken ? [] : [registration.id],
  });
  return state;
}

async function ensureAllowance(tx: Transaction, registration: Locked, event: EventContext): Promise<void> {
  const organisation = event.organisation;
  if (!organisation) return;
  const limit = organisation.membership === 'member' ? event.limitMember : event.limitNonMember;
  await tx
    .insertInto('allowances')
    .values({ event_id: event.eventId, organisation_id: organisation.id, size: null })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const row = await tx
    .selectFrom('allowances')
    .select('size')
    .where('event_id', '=', event.eventId)
    .where('organisation_id', '=', organisation.id)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow();
  const size = row.size ?? limit;
  if (size === null) return;
  const { used } = await tx
    .selectFrom('registrations')
    .select((eb) => eb.fn.countAll<number>().as('used'))
    .where('event_id', '=', registration.event_id)
    .where('organisation_id', '=', organisation.id)
    .where('state', 'in', ['confirmed', 'waiting'])
    .executeTakeFirstOrThrow();
  if (Number(used) >= size) throw new Refused('allowance');
}

/** Another person in the same registration: the place, the price and the rank stay; a row says who came and who left. */
async function replace(
  tx: Transaction,
  viewer: Viewer,
  registration: Locked,
  event: EventContext,
  person: NonNullable<RegistrationChange['person']>,
): Promise<void> {
  if (!person.personId && !person.name) throw new Invalid([{ path: 'person.name', code: 'required' }]);
  const to =
    person.personId ?? (await newcomer(tx, viewer, registration.organisation_id, { ...person, name: person.name ?? '' }));
  if (to === registration.person_id) return;
  if (person.personId && !organises(viewer, event) && registration.organisation_id)
    await mustBelong(tx, person.personId, registration.organisation_id);
  try {
    await tx
      .updateTable('registrations')
      .set((eb) => ({
        person_id: to,
        contact_email: viewer.personId === to ? null : viewer.email,
        calendar_sequence: eb('calendar_sequence', '+', 1),
      }))
      .where('id', '=', registration.id)
      .execute();
  } catch (error) {
    if (violated(error) === 'registrations_once') throw new Refused('already-registered');
    throw error;
  }
  const replacement = await tx
    .insertInto('replacements')
    .values({ registration_id: registration.id, from_person_id: registration.person_id, to_person_id: to, by: viewer.personId })
    .returning('id')
    .executeTakeFirstOrThrow();
  await recordChange(tx, registration, {
    actor: viewer.personId,
    action: 'replaced',
    before: { personId: registration.person_id },
    after: { personId: to },
  });
  await tell(tx, 'replaced', { registration: registration.id, replacement: replacement.id });
}

// Somebody by name: on the roster of the organisation, if the registration has one.
async function newcomer(
  tx: Transaction,
  viewer: Viewer,
  organisationId: string | null,
  person: { name: string; email?: string; language?: string },
): Promise<string> {
  if (organisationId === null) return findOrCreatePerson(tx, person, viewer.personId);
  const input = { ...person, zone: viewer.zone, title: '' } as AffiliationWrite;
  return (await addToRoster(tx, viewer.personId, organisationId, input)).personId;
}

async function mustBelong(tx: Transaction, personId: string, organisationId: string): Promise<void> {
  const row = await tx
    .selectFrom('affiliations')
    .select('id')
    .where('person_id', '=', personId)
    .where('organisation_id', '=', organisationId)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  if (!row) throw new Invalid([{ path: 'person.personId', code: 'choice' }]);
}

async function changeCategory(
  tx: Transaction,
  viewer: Viewer,
  registration: Locked,
  event: EventContext,
  key: string,
  now: Temporal.Instant,
  runs: boolean,
): Promise<void> {
  const category = event.categories.find((candidate) => candidate.key === key);
  if (!category || (!runs && category.openTo === 'organiser')) throw new Invalid([{ path: 'category', code: 'choice' }]);
  if (category.id === registration.category_id) return;
  const pools = poolsOf(event, category);
  const takes = pools.filter((poolId) => !registration.pool_ids.includes(poolId));
  const gives = registration.pool_ids.filter((poolId) => !pools.includes(poolId));
  if (registration.state === 'confirmed' && !(await exchangePlaces(tx, registration.id, gives, takes)))
    throw new Refused('category-full');
  if (registration.state === 'waiting') throw new Refused('waiting-keeps-category');
  const amount = priceOf(category, event, { at: now, country: event.organisation?.country ?? null });
  await tx
    .updateTable('registrations')
    .set({ category_id: category.id, pool_ids: pools, amount })
    .where('id', '=', registration.id)
    .execute();
  await recordChange(tx, registration, {
    actor: viewer.personId,
    action: 'categoryChanged',
    after: { category: category.key, amount },
  });
  await tell(tx, 'changed', { registration: registration.id, what: 'category' });
  if (gives.length > 0) await passOn(tx, registration.event_id, now);
}

async function changeAnswers(
  tx: Transaction,
  viewer: Viewer,
  registration: Locked,
  event: EventContext,
  raw: Record<string, unknown>,
): Promise<void> {
  const answers = checkAnswers(event, raw, 'person', 'answers');
  await tx
    .updateTable('registrations')
    .set({ answers: json(answers), form_version_id: event.formVersionId })
    .where('id', '=', registration.id)
    .execute();
  await recordChange(tx, registration, {
    actor: viewer.personId,
    action: 'answersChanged',
    before: registration.answers,
    after: answers,
  });
}
