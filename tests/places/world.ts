import { sql } from 'kysely';
import { type Db, inTransaction } from '../../db/database.ts';
import type { Viewer } from '../../server/accounts/access.ts';
import { createPool } from '../../server/places/actions.ts';

export interface World {
  eventId: string;
  poolId: string;
  categoryIds: string[];
  organisationIds: string[];
  /** People by organisation. */
  people: string[][];
}

/** An event with `places`, some limited categories, and organisations with people: rows only, the fewest that registering needs. */
export async function makeWorld(
  db: Db,
  shape: {
    places: number;
    limit: number | null;
    organisations: number;
    people: number;
    categories?: (number | null)[];
    starts?: string;
  },
): Promise<World> {
  const starts = shape.starts ?? '2027-05-26T07:00:00Z';
  return inTransaction(db, async (tx) => {
    const { rows: organisations } = await sql<{ id: string }>`
      insert into organisations (slug, name, country, zone)
      select 'city-' || gen_random_uuid(), 'City ' || gen_random_uuid(), 'ES', 'Europe/Madrid' from generate_series(1, ${shape.organisations}) returning id`.execute(
      tx,
    );
    const { rows: people } = await sql<{ id: string }>`
      insert into people (name) select 'Delegate ' || i from generate_series(1, ${shape.organisations * shape.people}) i returning id`.execute(
      tx,
    );
    const { rows: events } = await sql<{ id: string }>`
      insert into events (slug, kind, title, languages, default_language, zone, starts_local, ends_local, starts_at, ends_at, limit_member, published_at)
      values ('event-' || gen_random_uuid(), 'congress', '{"en":"Congress"}', '{en}', 'en', 'UTC', ${starts.slice(0, 19)}, ${starts.slice(0, 19)}::timestamp + interval '3 days',
        ${starts}, ${starts}::timestamptz + interval '3 days', ${shape.limit}, now()) returning id`.execute(tx);
    const eventId = events[0]?.id ?? '';
    const poolId = await createPool(tx, eventId, 'event', shape.places);
    const categoryIds: string[] = [];
    for (const [index, capacity] of (shape.categories ?? [null]).entries()) {
      const pool = capacity === null ? null : await createPool(tx, eventId, 'category', capacity);
      const { rows } = await sql<{ id: string }>`
        insert into categories (event_id, key, name, position, pool_id) values (${eventId}, ${`category-${index}`}, '{}', ${index}, ${pool}) returning id`.execute(
        tx,
      );
      categoryIds.push(rows[0]?.id ?? '');
    }
    const organisationIds = organisations.map((row) => row.id);
    return {
      eventId,
      poolId,
      categoryIds,
      organisationIds,
      people: organisationIds.map((_, index) =>
        people.slice(index * shape.people, (index + 1) * shape.people).map((row) => row.id),
      ),
    };
  });
}

/** Somebody of the secretariat, as whom the tests act. */
export const secretariat = (personId: string): Viewer => ({
  personId,
  name: 'Secretariat',
  email: null,
  language: 'en',
  zone: 'UTC',
  roles: [{ role: 'secretariat', scopeId: null }],
  contactOf: [],
  signInId: null,
  tokenId: null,
});

/** What must hold at every moment, read from the rows themselves. */
export async function truths(db: Db, eventId: string) {
  const { rows } = await sql<Record<string, number>>`
    select
      (select count(*)::int from pools p where p.event_id = ${eventId}
        and (select count(*) from places s where s.pool_id = p.id) > p.capacity
        and exists (select from places s where s.pool_id = p.id and s.registration_id is null and s.delegation_id is null)) as "aboveTarget",
      (select count(*)::int from registrations r, unnest(r.pool_ids) need where r.event_id = ${eventId} and r.state = 'confirmed'
        and not exists (select from places s where s.pool_id = need and s.registration_id = r.id)) as "confirmedWithoutPlace",
      (select count(*)::int from places s join pools p on p.id = s.pool_id join registrations r on r.id = s.registration_id
        where p.event_id = ${eventId} and r.state in ('cancelled', 'refused', 'pending')) as "heldByNobody",
      (select count(*)::int from (select r.organisation_id from registrations r join events e on e.id = r.event_id
        where r.event_id = ${eventId} and r.state in ('confirmed', 'waiting') and e.limit_member is not null
        group by r.organisation_id, e.limit_member having count(*) > e.limit_member) over_limit) as "overAllowance",
      (select count(*)::int from registrations r where r.event_id = ${eventId} and r.state = 'confirmed') as confirmed,
      (select count(*)::int from registrations r where r.event_id = ${eventId} and r.state = 'waiting') as waiting,
      (select count(*)::int from places s join pools p on p.id = s.pool_id where p.event_id = ${eventId} and p.kind = 'event'
        and s.registration_id is null) as free`.execute(db);
  const row = rows[0];
  if (!row) throw new Error('no truths');
  return row;
}

/** How many parties wait whom the free places would serve whole: a number that is always 0. */
export async function idle(db: Db, eventId: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    with free as (select p.id, count(s.no) filter (where s.registration_id is null and s.delegation_id is null) as free
      from pools p left join places s on s.pool_id = p.id where p.event_id = ${eventId} group by p.id),
    needs as (select r.waiting_id, need as pool_id, count(*) as n from registrations r, unnest(r.pool_ids) need
      where r.event_id = ${eventId} and r.state = 'waiting'
        and not exists (select from places s where s.pool_id = need and s.registration_id = r.id) group by 1, 2)
    select count(*)::int as n from (select waiting_id from needs join free on free.id = needs.pool_id
      group by waiting_id having bool_and(free.free >= needs.n)) served`.execute(db);
  return rows[0]?.n ?? 0;
}
