import type { Transaction } from '../../db/database.ts';
import { Refused } from '../errors.ts';
import type { EventContext } from './context.ts';
import { limitFor } from './rules.ts';

/** Locks the allowance of the event's organisation, before all else. Nothing where somebody registers alone. */
export async function lockAllowance(tx: Transaction, event: EventContext): Promise<void> {
  if (!event.organisation) return;
  const row = { event_id: event.eventId, organisation_id: event.organisation.id };
  await tx
    .insertInto('allowances')
    .values({ ...row, size: null })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await tx
    .selectFrom('allowances')
    .select('size')
    .where('event_id', '=', row.event_id)
    .where('organisation_id', '=', row.organisation_id)
    .forNoKeyUpdate()
    .execute();
}

/** Refuses one more of the organisation beyond its allowance, whose lock is held. Errors: Refused('allowance'). */
export async function refuseBeyondAllowance(tx: Transaction, event: EventContext): Promise<void> {
  const { organisation } = event;
  if (!organisation) return;
  const { size, used } = await tx
    .selectFrom('allowances')
    .select((eb) => [
      'size',
      eb
        .selectFrom('registrations')
        .select((inner) => inner.fn.countAll<number>().as('used'))
        .where('event_id', '=', event.eventId)
        .where('organisation_id', '=', organisation.id)
        .where('state', 'in', ['confirmed', 'waiting'])
        .as('used'),
    ])
    .where('event_id', '=', event.eventId)
    .where('organisation_id', '=', organisation.id)
    .executeTakeFirstOrThrow();
  const allowed = size ?? limitFor(event, organisation.membership);
  if (allowed !== null && Number(used) >= allowed) throw new Refused('allowance');
}
