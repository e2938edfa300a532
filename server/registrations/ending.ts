import type { Selectable } from 'kysely';
import type { Transaction } from '../../db/database.ts';
import type { RegistrationsTable } from '../../db/tables/registrations.ts';
import { endOffer, endWaiting, releasePlaces } from '../places/actions.ts';
import { tell } from './actions.ts';
import { recordChange } from './admission.ts';

/** A registration whose row this transaction has locked. */
export type Locked = Selectable<RegistrationsTable>;

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
  await endOffer(tx, waitingId, 'declined', now);
  await endWaiting(tx, waitingId, 'withdrawn', now);
}
