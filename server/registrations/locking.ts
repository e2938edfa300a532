import type { Transaction } from '../../db/database.ts';
import { NotFound } from '../errors.ts';
import { lockPools } from '../places/actions.ts';
import { lockAllowance } from './allowance.ts';
import { type EventContext, eventContextById } from './context.ts';
import type { Locked } from './ending.ts';

/**
 * The registration, locked, with its event. The order of locks is the same everywhere: the organisation's allowance where
 * somebody will be let in, then the pools where places will be taken or freed, then the registration. Errors: NotFound.
 */
export async function lockRegistration(
  tx: Transaction,
  id: string,
  { freeing, admitting = false }: { freeing: boolean; admitting?: boolean },
): Promise<{ registration: Locked; event: EventContext }> {
  const seen = await tx
    .selectFrom('registrations')
    .select(['event_id', 'organisation_id'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (!seen) throw new NotFound();
  const event = await eventContextById(tx, seen.event_id, seen.organisation_id);
  if (admitting) await lockAllowance(tx, event);
  if (freeing) await lockPools(tx, seen.event_id);
  const registration = await tx
    .selectFrom('registrations')
    .selectAll()
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow();
  return { registration, event };
}
