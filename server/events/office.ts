import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../../db/database.ts';
import { coordinated, isSecretariat, organised, type Viewer } from '../accounts/access.ts';
import { decodeCursor, MOST_COUNTED, type Page, pageOf } from '../http/cursor.ts';
import type { OfficeFilter, OfficeSort } from './input.ts';
import { type EventDetails, eventColumns, eventDetails, eventTables } from './queries.ts';

/** How many events a page of the back office's list has: each comes with all that decides what it needs. */
export const OFFICE_ROWS = 30;

/** An event with the numbers by which whoever runs it sees what needs them. */
export interface OfficeEvent extends EventDetails {
  confirmed: number;
  pending: number;
  /** Parties on the waiting list, and the people in them. */
  waitingPeople: number;
}

/** The part of a query that keeps events to those this person runs; `e` is the table of events. */
export function runBy(viewer: Viewer): RawBuilder<unknown> {
  if (isSecretariat(viewer)) return sql`true`;
  return sql`(e.network_id = any (${coordinated(viewer)}::uuid[]) or e.id = any (${organised(viewer)}::uuid[]))`;
}

const counted = (state: string) =>
  sql`(select count(*)::int from (select from registrations r where r.event_id = e.id and r.state = ${sql.lit(state)} limit ${sql.lit(MOST_COUNTED + 1)}) r)`;
const numbers = sql`${counted('confirmed')} as confirmed, ${counted('pending')} as pending, ${counted('waiting')} as "waitingPeople"`;

function matching(viewer: Viewer, filter: OfficeFilter, now: Temporal.Instant): RawBuilder<unknown> {
  const parts: RawBuilder<unknown>[] = [runBy(viewer)];
  if (filter.q) {
    const like = `%${filter.q.replace(/[\\%_]/g, '\\$&')}%`;
    parts.push(sql`fold(e.title::text) like fold(${like})`);
  }
  if (filter.kind) parts.push(sql`e.kind = ${filter.kind}`);
  if (filter.network) parts.push(sql`n.slug = ${filter.network}`);
  if (filter.country) parts.push(sql`e.country = ${filter.country}`);
  if (filter.year)
    parts.push(
      sql`e.starts_local >= ${`${filter.year}-01-01`}::timestamp and e.starts_local < ${`${filter.year + 1}-01-01`}::timestamp`,
    );
  if (filter.state) parts.push(inState(filter.state, now));
  return sql.join(parts, sql` and `);
}

function inState(state: NonNullable<OfficeFilter['state']>, now: Temporal.Instant): RawBuilder<unknown> {
  if (state === 'cancelled') return sql`e.cancelled_at is not null`;
  if (state === 'draft') return sql`e.published_at is null and e.cancelled_at is null`;
  if (state === 'past') return sql`e.ends_at < ${now} and e.published_at is not null and e.cancelled_at is null`;
  const current = sql`e.published_at is not null and e.cancelled_at is null and e.ends_at >= ${now}`;
  return state === 'closed' ? sql`${current} and e.closed_at is not null` : sql`${current} and e.closed_at is null`;
}

interface Order {
  keys: RawBuilder<unknown>;
  order: RawBuilder<unknown>;
  descending: boolean;
  of: (row: OfficeEvent) => string;
  cast: RawBuilder<unknown>;
}

const ORDERS: Record<OfficeSort, Order> = {
  '-starts': {
    keys: sql`e.starts_at`,
    order: sql`e.starts_at desc, e.id desc`,
    descending: true,
    of: (row) => row.startsAt.toString(),
    cast: sql`timestamptz`,
  },
  starts: {
    keys: sql`e.starts_at`,
    order: sql`e.starts_at, e.id`,
    descending: false,
    of: (row) => row.startsAt.toString(),
    cast: sql`timestamptz`,
  },
  '-changed': {
    keys: sql`e.updated_at`,
    order: sql`e.updated_at desc, e.id desc`,
    descending: true,
    of: (row) => row.updatedAt.toString(),
    cast: sql`timestamptz`,
  },
};

/** A page of the events this person runs, by `filter.sort`: the latest first, when it says nothing. One query. */
export async function officePage(
  db: Db,
  viewer: Viewer,
  filter: OfficeFilter,
  now: Temporal.Instant,
  page: { cursor?: string; limit: number },
): Promise<Page<OfficeEvent>> {
  const order = ORDERS[filter.sort ?? '-starts'];
  const after = decodeCursor(page.cursor, 2);
  const beyond = after
    ? sql`and (${order.keys}, e.id) ${order.descending ? sql`<` : sql`>`} (${after[0]}::${order.cast}, ${after[1]}::uuid)`
    : sql``;
  const { rows } = await sql<OfficeEvent>`
    select ${eventColumns}, ${eventDetails}, ${numbers} from ${eventTables}
    where ${matching(viewer, filter, now)} ${beyond} order by ${order.order} limit ${page.limit + 1}`.execute(db);
  return pageOf(rows, page.limit, (row) => [order.of(row), row.id]);
}

/** All of them, 200 at a time, for an export. */
export async function* everyEvent(
  db: Db,
  viewer: Viewer,
  filter: OfficeFilter,
  now: Temporal.Instant,
): AsyncGenerator<OfficeEvent> {
  let cursor: string | undefined;
  do {
    const page = await officePage(db, viewer, filter, now, { cursor, limit: 200 });
    yield* page.items;
    cursor = page.next ?? undefined;
  } while (cursor);
}

/** How many there are, exact up to MOST_COUNTED. */
export async function countEvents(db: Db, viewer: Viewer, filter: OfficeFilter, now: Temporal.Instant): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from (select from ${eventTables} where ${matching(viewer, filter, now)} limit ${MOST_COUNTED + 1}) found`.execute(
    db,
  );
  return rows[0]?.n ?? 0;
}

const LOOKED_AHEAD = 100;

/** The coming events this person runs, the next first, 100 at most: what "today" is made of. One query. */
export async function comingEvents(db: Db, viewer: Viewer, now: Temporal.Instant): Promise<OfficeEvent[]> {
  const { rows } = await sql<OfficeEvent>`
    select ${eventColumns}, ${eventDetails}, ${numbers} from ${eventTables}
    where ${runBy(viewer)} and e.ends_at >= ${now} and e.cancelled_at is null order by e.starts_at, e.id limit ${LOOKED_AHEAD}`.execute(
    db,
  );
  return rows;
}

/** How many people live in each state in one event: what a confirmation says. */
export async function livingRegistrations(db: Db, eventId: string) {
  const { rows } = await sql<{ confirmed: number; waiting: number; pending: number; delegations: number }>`
    select count(*) filter (where state = 'confirmed')::int as confirmed, count(*) filter (where state = 'waiting')::int as waiting,
      count(*) filter (where state = 'pending')::int as pending, count(distinct organisation_id)::int as delegations
    from registrations where event_id = ${eventId} and state in ('confirmed', 'waiting', 'pending')`.execute(db);
  return rows[0] ?? { confirmed: 0, waiting: 0, pending: 0, delegations: 0 };
}

/** What occurs among the latest 500 events this person runs: the choices of the list's filters. One query. */
export async function officeChoices(db: Db, viewer: Viewer) {
  const { rows } = await sql<{
    countries: string[];
    years: number[];
    networks: { slug: string; name: Record<string, string> }[];
  }>`
    with seen as (select e.country, e.network_id, e.starts_local from events e where ${runBy(viewer)} order by e.starts_at desc, e.id desc limit 500)
    select (select coalesce(array_agg(distinct country) filter (where country is not null), '{}') from seen) as countries,
      (select coalesce(array_agg(distinct extract(year from starts_local)::int), '{}') from seen) as years,
      (select coalesce(jsonb_agg(jsonb_build_object('slug', n.slug, 'name', n.name) order by n.slug), '[]') from networks n
        where n.id in (select network_id from seen)) as networks`.execute(db);
  return rows[0] ?? { countries: [], years: [], networks: [] };
}
