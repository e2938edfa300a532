import { sql } from 'kysely';
import type { Transaction } from '../../db/database.ts';
import { exchangePlaces } from '../places/actions.ts';

// Whoever has a visit holds one of its places: the rows are those of the programme's sessions. The pools' locks are held.

/** Gives somebody a place of a visit; beyond its places only where an organiser insists. False: it is full. */
export async function putIn(
  tx: Transaction,
  visitId: string,
  registrationId: string,
  now: Temporal.Instant,
  insist = false,
): Promise<boolean> {
  const poolId = await poolOf(tx, visitId);
  if (!(await exchangePlaces(tx, registrationId, [], [poolId]))) {
    if (!insist) return false;
    await sql`insert into places (pool_id, no, registration_id)
      select ${poolId}, coalesce(max(no), 0) + 1, ${registrationId} from places where pool_id = ${poolId}`.execute(tx);
  }
  await tx
    .insertInto('session_choices')
    .values({ session_id: visitId, registration_id: registrationId, chosen_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return true;
}

/** Takes somebody's place of a visit back: it is free at once. */
export async function takeOut(tx: Transaction, visitId: string, registrationId: string): Promise<void> {
  await tx
    .deleteFrom('session_choices')
    .where('session_id', '=', visitId)
    .where('registration_id', '=', registrationId)
    .execute();
  await exchangePlaces(tx, registrationId, [await poolOf(tx, visitId)], []);
}

async function poolOf(tx: Transaction, visitId: string): Promise<string> {
  const { pool_id } = await tx.selectFrom('sessions').select('pool_id').where('id', '=', visitId).executeTakeFirstOrThrow();
  if (!pool_id) throw new Error('A visit that was released has places.');
  return pool_id;
}
