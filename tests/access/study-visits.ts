import { sql } from 'kysely';
import type { Db } from '../../db/database.ts';
import type { Things } from './world.ts';

/** Two visits of an event whose places were given out, of which one is somebody's, wishes, a proposal, a swap that is offered, and a visit that one city asks another for. */
export async function makeStudyVisits(
  db: Db,
  { event, registration, person, city, rival }: Record<'event' | 'registration' | 'person' | 'city' | 'rival', string>,
): Promise<Things> {
  const { rows } = await sql<{ id: string }>`
    insert into sessions (event_id, kind, title, starts_local, ends_local, starts_at, ends_at, allotted)
    select ${event}, 'visit', jsonb_build_object('en', 'Visit ' || n), '2090-05-28 16:00', '2090-05-28 18:00', '2090-05-28T16:00Z', '2090-05-28T18:00Z', true
    from generate_series(1, 2) n returning id`.execute(db);
  const [visit = '', otherVisit = ''] = rows.map(({ id }) => id);
  await sql`insert into visit_choices (event_id, released_at) values (${event}, now())`.execute(db);
  await sql`insert into visits (session_id, event_id, places) values (${visit}, ${event}, 5), (${otherVisit}, ${event}, 5)`.execute(
    db,
  );
  await sql`insert into visit_wishes (registration_id, rank, event_id, session_id) values (${registration}, 1, ${event}, ${visit})`.execute(
    db,
  );
  const allocation = await sql<{
    id: string;
  }>`insert into allocations (event_id, seed, ordered_by, ended_at, people, assigned, cost, moved, gap, chosen_assigned, chosen_cost)
    values (${event}, 1, ${person}, now(), 1, 1, 1, 0, 0, 1, 1) returning id`.execute(db);
  const reasons = JSON.stringify([{ code: 'got', visit, rank: 1 }]);
  await sql`insert into allocation_people (allocation_id, registration_id, visits, reasons)
    values (${allocation.rows[0]?.id}, ${registration}, array[${visit}::uuid], ${reasons}::jsonb)`.execute(db);
  await sql`with pool as (insert into pools (event_id, kind, capacity) select ${event}::uuid, 'session', 5 from generate_series(1, 2) returning id),
      place as (insert into places (pool_id, no) select id, no from pool, generate_series(1, 5) no),
      numbered as (select id, row_number() over (order by id) as n from pool)
    update sessions s set pool_id = p.id from numbered p where s.id = (array[${visit}, ${otherVisit}]::uuid[])[p.n]`.execute(db);
  await sql`update places set registration_id = ${registration} where no = 1 and pool_id = (select pool_id from sessions where id = ${visit})`.execute(
    db,
  );
  await sql`insert into session_choices (session_id, registration_id) values (${visit}, ${registration})`.execute(db);
  const swap = await sql<{ id: string }>`insert into visit_swaps (event_id, registration_id, gives, wants)
    values (${event}, ${registration}, ${visit}, ${otherVisit}) returning id`.execute(db);
  const request = await sql<{ id: string }>`insert into visit_requests (guest_id, host_id, topic, people, asked_by)
    values (${city}, ${rival}, 'Schools', 3, ${person}) returning id`.execute(db);
  await sql`insert into visit_request_steps (request_id, no, kind, organisation_id, by, starts, ends)
    values (${request.rows[0]?.id}, 1, 'asked', ${city}, ${person}, '2090-03-01', '2090-03-02')`.execute(db);
  return {
    visit,
    otherVisit,
    swap: swap.rows[0]?.id ?? '',
    visitRequest: request.rows[0]?.id ?? '',
    guestId: city,
    hostId: rival,
  };
}
