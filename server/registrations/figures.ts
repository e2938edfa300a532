import { sql } from 'kysely';
import type { Db } from '../../db/database.ts';

export interface Figures {
  confirmed: number;
  pending: number;
  waiting: number;
  organisations: number;
  /** Minor units: what the fees of those who are confirmed come to, and what has been received of them. */
  fees: number;
  received: number;
  pools: { kind: string; category: Record<string, string> | null; capacity: number; taken: number }[];
  /** How many were confirmed by the end of each day, in the event's zone of the days on which that changed. */
  days: { day: Temporal.PlainDate; confirmed: number }[];
  countries: { country: string; n: number }[];
  categories: { key: string; name: Record<string, string>; n: number }[];
  cities: { name: string; latitude: number; longitude: number; n: number }[];
}

/** What an event's registrations come to. One query for each picture, however many there are. */
export async function figuresOf(db: Db, eventId: string, zone: string): Promise<Figures> {
  const [totals, pools, moments, countries, categories, cities] = await Promise.all([
    sql<Pick<Figures, 'confirmed' | 'pending' | 'waiting' | 'organisations' | 'fees' | 'received'>>`
      select (count(*) filter (where state = 'confirmed'))::int as confirmed, (count(*) filter (where state = 'pending'))::int as pending,
        (count(*) filter (where state = 'waiting'))::int as waiting, (count(distinct organisation_id) filter (where state = 'confirmed'))::int as organisations,
        coalesce(sum(amount) filter (where state = 'confirmed'), 0)::int8 as fees,
        coalesce((select sum(y.amount) from payments y join registrations r on r.id = y.registration_id
          where r.event_id = ${eventId} and y.removed_at is null), 0)::int8 as received
      from registrations where event_id = ${eventId}`.execute(db),
    sql<Figures['pools'][number]>`
      select p.kind, c.name as category, p.capacity, (select count(*)::int from places s where s.pool_id = p.id and s.registration_id is not null) as taken
      from pools p left join categories c on c.pool_id = p.id and c.removed_at is null
      where p.event_id = ${eventId} and (p.kind = 'event' or c.id is not null) order by p.kind desc, c.position`.execute(db),
    sql<{ hour: Temporal.Instant; n: number }>`
      select date_trunc('hour', confirmed_at) as hour, count(*)::int as n from registrations
      where event_id = ${eventId} and state = 'confirmed' group by 1 order by 1`.execute(db),
    sql<Figures['countries'][number]>`
      select o.country, count(*)::int as n from registrations r join organisations o on o.id = r.organisation_id
      where r.event_id = ${eventId} and r.state = 'confirmed' group by 1 order by 2 desc, 1`.execute(db),
    sql<Figures['categories'][number]>`
      select c.key, c.name, count(*)::int as n from registrations r join categories c on c.id = r.category_id
      where r.event_id = ${eventId} and r.state = 'confirmed' group by c.id order by c.position`.execute(db),
    sql<Figures['cities'][number]>`
      select o.name, o.latitude, o.longitude, count(*)::int as n from registrations r join organisations o on o.id = r.organisation_id
      where r.event_id = ${eventId} and r.state = 'confirmed' and o.latitude is not null and o.longitude is not null group by o.id`.execute(
      db,
    ),
  ]);
  const sums = totals.rows[0] ?? { confirmed: 0, pending: 0, waiting: 0, organisations: 0, fees: 0, received: 0 };
  return {
    ...sums,
    pools: pools.rows,
    days: byDay(moments.rows, zone),
    countries: countries.rows,
    categories: categories.rows,
    cities: cities.rows,
  };
}

// Local days are the application's to find: hours from the database are put into the days of the event's zone here.
function byDay(hours: readonly { hour: Temporal.Instant; n: number }[], zone: string): Figures['days'] {
  const days = new Map<string, number>();
  let sum = 0;
  for (const { hour, n } of hours) {
    sum += n;
    days.set(hour.toZonedDateTimeISO(zone).toPlainDate().toString(), sum);
  }
  return [...days].map(([day, confirmed]) => ({ day: Temporal.PlainDate.from(day), confirmed }));
}

/** The member organisations of the event's network, or of all, for which nobody is registered. At most `most`. */
export async function missingMembers(db: Db, eventId: string, networkId: string | null, most = 500) {
  const { rows } = await sql<{ id: string; slug: string; name: string; country: string }>`
    select o.id, o.slug, o.name, o.country from organisations o
    where o.membership = 'member'
      and (${networkId}::uuid is null or exists (select from organisation_networks n where n.organisation_id = o.id and n.network_id = ${networkId}))
      and not exists (select from registrations r where r.organisation_id = o.id and r.event_id = ${eventId} and r.state in ('pending', 'confirmed', 'waiting'))
    order by fold(o.name), o.id limit ${most}`.execute(db);
  return rows;
}

export interface Served {
  rank: number;
  name: string;
  partySize: number;
  poolIds: string[];
  at: Temporal.Instant;
}

/** Who got places from the waiting list, the latest to join first. At most five hundred. */
export async function servedParties(db: Db, eventId: string): Promise<Served[]> {
  const { rows } = await sql<Served>`
    select w.rank, w.party_size as "partySize", w.pool_ids as "poolIds", w.ended_at as at,
      coalesce(o.name, (select min(p.name) from registrations r join people p on p.id = r.person_id where r.waiting_id = w.id), '–') as name
    from waitings w left join organisations o on o.id = w.organisation_id
    where w.event_id = ${eventId} and w.ended_by in ('served', 'accepted') order by w.rank desc limit 500`.execute(db);
  return rows;
}

/** The offers of an event that have ended, the newest first. */
export async function pastOffers(db: Db, eventId: string) {
  const { rows } = await sql<{
    id: string;
    names: string;
    offeredAt: Temporal.Instant;
    endedAt: Temporal.Instant;
    how: 'accepted' | 'declined' | 'expired';
  }>`
    select o.id, o.offered_at as "offeredAt", coalesce(o.accepted_at, o.declined_at, o.expired_at) as "endedAt",
      case when o.accepted_at is not null then 'accepted' when o.declined_at is not null then 'declined' else 'expired' end as how,
      coalesce((select string_agg(p.name, ', ' order by p.name) from registrations r join people p on p.id = r.person_id where r.waiting_id = w.id), '–') as names
    from offers o join waitings w on w.id = o.waiting_id
    where w.event_id = ${eventId} and num_nonnulls(o.accepted_at, o.declined_at, o.expired_at) = 1
    order by o.offered_at desc, o.id desc limit 100`.execute(db);
  return rows;
}
