import { sql } from 'kysely';
import type { Transaction } from '../../db/database.ts';
import { createPool, lockPools, setCapacity } from '../places/actions.ts';

/**
 * Gives a session places of its own, changes how many, or (null) takes them away. Whoever chose it keeps a place even where there
 * are more of them than places from now on: nobody is evicted.
 */
export async function setPlaces(
  tx: Transaction,
  session: { id: string; eventId: string; poolId: string | null },
  capacity: number | null,
): Promise<void> {
  if (session.poolId !== null) await lockPools(tx, session.eventId);
  if (capacity === null) return session.poolId === null ? undefined : freeForAll(tx, session.id, session.poolId);
  if (session.poolId !== null) return setCapacity(tx, session.poolId, capacity);
  const { n } = await tx
    .selectFrom('session_choices')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('session_id', '=', session.id)
    .executeTakeFirstOrThrow();
  const poolId = await createPool(tx, session.eventId, 'session', Math.max(capacity, Number(n)));
  await sql`
    update places p set registration_id = c.registration_id
    from (select c.registration_id, row_number() over (order by c.chosen_at, c.registration_id) as no from session_choices c
      join registrations r on r.id = c.registration_id and r.state = 'confirmed' where c.session_id = ${session.id}) c
    where p.pool_id = ${poolId} and p.no = c.no`.execute(tx);
  await setCapacity(tx, poolId, capacity);
  await tx.updateTable('sessions').set({ pool_id: poolId }).where('id', '=', session.id).execute();
}

async function freeForAll(tx: Transaction, sessionId: string, poolId: string): Promise<void> {
  await tx.updateTable('sessions').set({ pool_id: null }).where('id', '=', sessionId).execute();
  await tx.deleteFrom('places').where('pool_id', '=', poolId).execute();
  await tx.deleteFrom('pools').where('id', '=', poolId).execute();
}
