import { type Db, inTransaction, violated } from '../../db/database.ts';
import type { RegistrationState } from '../../db/tables/registrations.ts';
import type { Viewer } from '../accounts/access.ts';
import { NotFound, Refused } from '../errors.ts';
import { exchangePlaces } from '../places/actions.ts';
import { organises } from './access.ts';
import { tell } from './actions.ts';
import { recordChange } from './admission.ts';
import { refuseBeyondAllowance } from './allowance.ts';
import { lockRegistration } from './locking.ts';

/**
 * Takes back that a registration was cancelled or refused by the organiser: it is pending again, or confirmed if its places are
 * still free; whoever waited went back to the end of the queue when they left it, and must register again. Errors: NotFound,
 * Refused('has-not-ended' | 'no-places' | 'allowance' | 'already-registered' | 'lost-their-rank').
 */
export async function restoreRegistration(
  db: Db,
  viewer: Viewer,
  id: string,
  to: RegistrationState,
  now: Temporal.Instant,
): Promise<void> {
  if (to !== 'pending' && to !== 'confirmed') throw new Refused('lost-their-rank');
  await inTransaction(db, async (tx) => {
    const back = to === 'confirmed';
    const { registration, event } = await lockRegistration(tx, id, { freeing: back, admitting: back });
    if (!organises(viewer, event)) throw new NotFound();
    if (registration.ended_at === null) throw new Refused('has-not-ended');
    if (back) {
      await refuseBeyondAllowance(tx, event);
      if (!(await exchangePlaces(tx, id, [], registration.pool_ids))) throw new Refused('no-places');
    }
    try {
      await tx
        .updateTable('registrations')
        .set((eb) => ({
          state: to,
          ended_at: null,
          ended_by: null,
          reason_code: null,
          reason: null,
          waiting_id: null,
          confirmed_at: to === 'confirmed' ? (registration.confirmed_at ?? now) : null,
          calendar_sequence: eb('calendar_sequence', '+', 1),
        }))
        .where('id', '=', id)
        .execute();
    } catch (error) {
      if (violated(error) === 'registrations_once') throw new Refused('already-registered');
      throw error;
    }
    await recordChange(tx, registration, {
      actor: viewer.personId,
      action: 'restored',
      before: { state: registration.state },
      after: { state: to },
    });
    const told = { event: event.eventId, delegation: null, confirmed: [] as string[], waiting: [], pending: [] as string[] };
    await tell(tx, 'registered', to === 'confirmed' ? { ...told, confirmed: [id] } : { ...told, pending: [id] });
  });
}
