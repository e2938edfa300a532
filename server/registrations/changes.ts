import { isDeepStrictEqual } from 'node:util';
import { type Db, inTransaction, json, type Transaction } from '../../db/database.ts';
import type { Viewer } from '../accounts/access.ts';
import { Invalid, NotAllowed, NotFound, Refused } from '../errors.ts';
import { priceOf } from '../events/rules.ts';
import { exchangePlaces, passOn } from '../places/actions.ts';
import { actsFor, mayChange, organises } from './access.ts';
import { tell } from './actions.ts';
import { poolsOf, recordChange } from './admission.ts';
import { checkAnswers, keepFiles, underVersion } from './answers.ts';
import { decide } from './approval.ts';
import { type EventContext } from './context.ts';
import { end, type Locked } from './ending.ts';
import type { RegistrationChange } from './input.ts';
import { lockRegistration } from './locking.ts';
import { replace } from './replacement.ts';
import { changeableUntil, possible } from './rules.ts';

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
    const { registration, event } = await lockRegistration(tx, id, { freeing: true });
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
    const { registration, event } = await lockRegistration(tx, id, {
      freeing: change.category !== undefined || change.state !== undefined,
      admitting: change.state === 'confirmed',
    });
    mustMayChange(viewer, registration, event);
    const runs = organises(viewer, event);
    if (!runs && change.state === undefined && Temporal.Instant.compare(now, changeableUntil(event)) >= 0)
      throw new Refused('too-late-to-change');
    if (change.state !== undefined) {
      const theirs = registration.approval_by === 'organisation' && actsFor(viewer, registration.organisation_id);
      if (!runs && !theirs) throw new NotAllowed();
      await decide(tx, viewer, registration, event, { state: change.state, reason: change.reason ?? null, runs }, now);
      return;
    }
    if (!possible(registration.state).change) throw new Refused('has-ended');
    if (change.person) await replace(tx, viewer, registration, event, change.person);
    if (change.category !== undefined) await changeCategory(tx, viewer, registration, event, change.category, now, runs);
    if (change.answers !== undefined) await changeAnswers(tx, viewer, registration, event, change.answers, change.formVersionId);
  });
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
  await tell(tx, 'changed', { registration: registration.id, what: 'category', by: viewer.personId });
  if (gives.length > 0) await passOn(tx, registration.event_id, now);
}

async function changeAnswers(
  tx: Transaction,
  viewer: Viewer,
  registration: Locked,
  newest: EventContext,
  raw: Record<string, unknown>,
  chosen: string | undefined,
): Promise<void> {
  const { form_version_id: given } = registration;
  // The version they answered, or the newest where they choose to answer that.
  if (chosen && chosen !== given && chosen !== newest.formVersionId)
    throw new Invalid([{ path: 'formVersionId', code: 'choice' }]);
  const event = await underVersion(tx, newest, chosen ?? given);
  const answers = checkAnswers(event, raw, 'person', 'answers');
  if (isDeepStrictEqual(answers, registration.answers) && event.formVersionId === given) return;
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
  await keepFiles(tx, event, answers, {
    kind: 'registration',
    id: registration.id,
    uploadedBy: viewer.personId,
    path: 'answers',
  });
  await tell(tx, 'changed', { registration: registration.id, what: 'answers', by: viewer.personId });
}
