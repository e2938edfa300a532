import { sql } from 'kysely';
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

/**
 * The word of the organiser, or of the organisation that was named, on a registration: refused, or let in. Where the organiser
 * approves too, the organisation's yes only passes it on to them. The locks of `changes.ts` are held. Errors: Refused.
 */
export async function decide(
  tx: Transaction,
  viewer: Viewer,
  registration: Locked,
  event: EventContext,
  { state, reason, runs }: { state: 'confirmed' | 'refused'; reason: string | null; runs: boolean },
  now: Temporal.Instant,
): Promise<void> {
  if (state === 'refused') {
    if (!possible(registration.state).refuse || (!runs && registration.state !== 'pending')) throw new Refused('has-ended');
    await end(
      tx,
      registration,
      { state: 'refused', code: runs ? 'by-organiser' : 'by-organisation', reason, actor: viewer.personId },
      now,
    );
    if (registration.state === 'waiting') await passOn(tx, registration.event_id, now);
    return;
  }
  if (!possible(registration.state).approve) throw new Refused('not-pending');
  if (registration.approval_by === 'organisation') await joinDelegation(tx, registration);
  if (!runs && event.approval) return passToOrganiser(tx, registration, viewer.personId);
  await admitPending(tx, registration, event, viewer.personId, now);
}

// Who comes for an organisation after all is one of its delegation, if there is one.
async function joinDelegation(tx: Transaction, { id, event_id, organisation_id }: Locked): Promise<void> {
  await tx
    .updateTable('registrations')
    .set((eb) => ({
      delegation_id: eb
        .selectFrom('delegations')
        .select('delegations.id')
        .where('delegations.event_id', '=', event_id)
        .where('delegations.organisation_id', '=', organisation_id),
    }))
    .where('id', '=', id)
    .execute();
}

async function passToOrganiser(tx: Transaction, registration: Locked, actor: string): Promise<void> {
  await tx.updateTable('registrations').set({ approval_by: 'organiser' }).where('id', '=', registration.id).execute();
  await recordChange(tx, registration, { actor, action: 'organisationApproved' });
  await tell(tx, 'registered', {
    event: registration.event_id,
    delegation: registration.delegation_id,
    confirmed: [],
    waiting: [],
    pending: [registration.id],
  });
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
    // Only where no place is free does a queue open: elsewhere others may go on taking places.
    await sql`
      update pools p set queue_open = true where p.id = any (${registration.pool_ids}::uuid[]) and not p.queue_open
        and not exists (select from places s where s.pool_id = p.id and s.registration_id is null and s.delegation_id is null)`.execute(
      tx,
    );
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
  if (!taken) await passOn(tx, event.eventId, now);
  const state = taken ? 'confirmed' : 'waiting';
  await recordChange(tx, registration, { actor, action: 'approved', before: { state: registration.state }, after: { state } });
  await tell(tx, 'registered', {
    event: event.eventId,
    delegation: null,
    confirmed: taken ? [registration.id] : [],
    waiting: taken ? [] : [registration.id],
  });
}
