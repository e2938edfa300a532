import type { Transaction } from '../../db/database.ts';
import type { Viewer } from '../accounts/access.ts';
import { Refused } from '../errors.ts';
import { exchangePlaces, passOn, releasePlaces } from '../places/actions.ts';
import { tell } from './actions.ts';
import { recordChange } from './admission.ts';
import { refuseBeyondAllowance } from './allowance.ts';
import type { EventContext } from './context.ts';
import { end, type Locked } from './ending.ts';
import { possible } from './rules.ts';

/** The organiser's word on a registration: refused, or let in. The locks of `changes.ts` are held. Errors: Refused. */
export async function decide(
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
async function admitPending(
  tx: Transaction,
  registration: Locked,
  event: EventContext,
  actor: string | null,
  now: Temporal.Instant,
): Promise<void> {
  await refuseBeyondAllowance(tx, event);
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
}
