import { sql } from 'kysely';
import { record } from '../../db/changes.ts';
import { type Db, inTransaction, type Transaction } from '../../db/database.ts';
import { emit } from '../../db/outbox.ts';
import type { Viewer } from '../accounts/access.ts';
import { NotFound, Refused } from '../errors.ts';
import { lockEvent } from '../events/actions.ts';
import { lockPools } from '../places/actions.ts';
import { setPlaces } from '../programme/places.ts';
import { HELD } from './held.ts';
import { choicesOf, lastAllocation } from './queries.ts';
import { workRefusal } from './rules.ts';

/**
 * Makes the proposal that was computed last what holds: everybody gets the places it says, and whoever has something else than
 * before is told why. Errors: NotFound, NotAllowed, Refused.
 */
export async function releaseAllocation(db: Db, viewer: Viewer, slug: string, now: Temporal.Instant): Promise<void> {
  await inTransaction(db, async (tx) => {
    const event = await lockEvent(tx, viewer, slug);
    const why = workRefusal(await choicesOf(tx, event.id));
    if (why) throw new Refused(why);
    const last = await lastAllocation(tx, event.id);
    if (!last) throw new NotFound();
    if (!last.endedAt) throw new Refused('not-finished');
    if (last.failed) throw new Refused('visits-failed');
    if (last.releasedAt) return;
    await lockPools(tx, event.id);
    if (await overtaken(tx, last.id)) throw new Refused('visits-stale');
    await givePlaces(tx, event.id, last.id, now);
    await tx
      .updateTable('allocations')
      .set({ released_at: now, released_by: viewer.personId })
      .where('id', '=', last.id)
      .execute();
    await tx.updateTable('visit_choices').set({ released_at: now }).where('event_id', '=', event.id).execute();
    // Whoever got what they waited for waits no more, and what was offered of a place that is gone is no offer.
    await sql`update visit_waitings w set ended_at = ${now}, ended_by = 'served' where w.event_id = ${event.id} and w.ended_at is null
      and exists (select from session_choices c where c.session_id = w.session_id and c.registration_id = w.registration_id)`.execute(
      tx,
    );
    await sql`update visit_swaps x set withdrawn_at = ${now} where x.event_id = ${event.id} and x.accepted_at is null and x.withdrawn_at is null
      and not exists (select from session_choices c where c.session_id = x.gives and c.registration_id = x.registration_id)`.execute(
      tx,
    );
    await emit(tx, 'study-visits.released', { allocation: last.id });
    await record(tx, {
      actor: viewer.personId,
      feature: 'study-visits',
      row: event.id,
      event: event.id,
      action: 'allocationReleased',
      after: { seed: last.seed },
    });
  });
}

// What people did about their visits since it was computed must not be undone by it.
async function overtaken(tx: Transaction, id: string): Promise<boolean> {
  const { rows } =
    await sql`select from allocation_people a join registrations r on r.id = a.registration_id and r.state = 'confirmed'
    where a.allocation_id = ${id} and array(select unnest(a.before) order by 1)
      <> array(select c.session_id from ${HELD} c where c.registration_id = a.registration_id order by 1) limit 1`.execute(tx);
  return rows.length > 0;
}

async function givePlaces(tx: Transaction, eventId: string, id: string, now: Temporal.Instant): Promise<void> {
  const { rows: visits } = await sql<{ id: string; poolId: string | null; capacity: number }>`
    select s.id, s.pool_id as "poolId", greatest(v.places, (select count(*) from allocation_people a
      join registrations r on r.id = a.registration_id and r.state = 'confirmed' where a.allocation_id = ${id} and s.id = any (a.visits)))::int as capacity
    from visits v join sessions s on s.id = v.session_id where v.event_id = ${eventId} and s.removed_at is null order by s.id`.execute(
    tx,
  );
  await sql`with gone as (
      delete from session_choices c using visits v where v.session_id = c.session_id and v.event_id = ${eventId} and not exists (
        select from allocation_people a where a.allocation_id = ${id} and a.registration_id = c.registration_id and c.session_id = any (a.visits))
      returning c.session_id, c.registration_id)
    update places p set registration_id = null, held_until = null from gone g join sessions s on s.id = g.session_id
    where p.pool_id = s.pool_id and p.registration_id = g.registration_id`.execute(tx);
  for (const { id: visit, poolId, capacity } of visits) await setPlaces(tx, { id: visit, eventId, poolId }, capacity);
  await sql`with lacking as (
      select s.pool_id, a.registration_id, row_number() over (partition by s.pool_id order by a.registration_id) as n
      from allocation_people a join registrations r on r.id = a.registration_id and r.state = 'confirmed'
      join visits v on v.session_id = any (a.visits) and v.event_id = ${eventId} join sessions s on s.id = v.session_id and s.removed_at is null
      where a.allocation_id = ${id} and not exists (select from places h where h.pool_id = s.pool_id and h.registration_id = a.registration_id)),
    free as (
      select p.pool_id, p.no, row_number() over (partition by p.pool_id order by p.no) as n
      from places p where p.pool_id in (select pool_id from lacking) and p.registration_id is null and p.delegation_id is null)
    update places p set registration_id = l.registration_id from lacking l join free f on f.pool_id = l.pool_id and f.n = l.n
    where p.pool_id = f.pool_id and p.no = f.no`.execute(tx);
  await sql`insert into session_choices (session_id, registration_id, chosen_at)
    select s.id, a.registration_id, ${now} from allocation_people a join registrations r on r.id = a.registration_id and r.state = 'confirmed'
    join visits v on v.session_id = any (a.visits) and v.event_id = ${eventId} join sessions s on s.id = v.session_id and s.removed_at is null
    where a.allocation_id = ${id} on conflict do nothing`.execute(tx);
}
