import { sql } from 'kysely';
import { type Db, SHARED, type Transaction } from '../../db/database.ts';
import type { Attendance, CategoryAudience, EventKind } from '../../db/tables/events.ts';
import { coordinated, isSecretariat, organised, type Viewer } from '../accounts/access.ts';
import { decodeCursor, type Page, pageOf } from '../http/cursor.ts';
import type { EventFilter } from './input.ts';

export interface EventRow {
  id: string;
  slug: string;
  kind: EventKind;
  edition: number | null;
  series: { slug: string; name: Record<string, string> } | null;
  networkId: string | null;
  network: { slug: string; name: Record<string, string> } | null;
  host: { slug: string; name: string; country: string } | null;
  title: Record<string, string>;
  summary: Record<string, string>;
  languages: string[];
  defaultLanguage: string;
  zone: string;
  starts: Temporal.PlainDateTime;
  ends: Temporal.PlainDateTime;
  startsAt: Temporal.Instant;
  endsAt: Temporal.Instant;
  attendance: Attendance;
  venue: Record<string, string>;
  country: string | null;
  registrationOpensAt: Temporal.Instant | null;
  registrationClosesAt: Temporal.Instant | null;
  publishedAt: Temporal.Instant | null;
  closedAt: Temporal.Instant | null;
  cancelledAt: Temporal.Instant | null;
}

export const eventColumns = sql`
  e.id, e.slug, e.kind, e.edition, e.network_id as "networkId",
  case when s.id is not null then jsonb_build_object('slug', s.slug, 'name', s.name) end as series,
  case when n.id is not null then jsonb_build_object('slug', n.slug, 'name', n.name) end as network,
  case when h.id is not null then jsonb_build_object('slug', h.slug, 'name', h.name, 'country', h.country) end as host,
  e.title, e.summary, e.languages, e.default_language as "defaultLanguage", e.zone, e.starts_local as starts, e.ends_local as ends,
  e.starts_at as "startsAt", e.ends_at as "endsAt", e.attendance, e.venue, e.country,
  e.registration_opens_at as "registrationOpensAt", e.registration_closes_at as "registrationClosesAt",
  e.published_at as "publishedAt", e.closed_at as "closedAt", e.cancelled_at as "cancelledAt"`;
export const eventTables = sql`events e left join networks n on n.id = e.network_id left join organisations h on h.id = e.host_organisation_id
  left join series s on s.id = e.series_id`;

export const eventDetails = sql`
  e.series_id as "seriesId", e.host_organisation_id as "hostOrganisationId", e.description, e.address, e.latitude, e.longitude, e.online_url as "onlineUrl", e.registration_opens_local as "registrationOpens",
  e.registration_closes_local as "registrationCloses", e.changes_until_local as "changesUntilLocal", e.changes_until as "changesUntil",
  e.approval, e.waiting_list as "waitingList", e.self_registration as "selfRegistration", e.limit_member as "limitMember",
  e.limit_non_member as "limitNonMember", e.currency, e.late_from_local as "lateFromLocal", e.late_from as "lateFrom",
  e.reduced_countries as "reducedCountries", e.payment_details as "paymentDetails", e.form_id as "formId", e.sequence,
  e.created_at as "createdAt", e.updated_at as "updatedAt", e.cancellation_reason as "cancellationReason",
  coalesce((select jsonb_agg(jsonb_build_object('key', c.key, 'name', c.name, 'note', c.note, 'openTo', c.open_to, 'priceEarly', c.price_early,
      'priceLate', c.price_late, 'priceReduced', c.price_reduced, 'capacity', p.capacity,
      'free', case when p.id is not null then (select count(*) from places s where s.pool_id = p.id and s.registration_id is null and s.delegation_id is null) end)
      order by c.position)
    from categories c left join pools p on p.id = c.pool_id where c.event_id = e.id and c.removed_at is null), '[]') as categories,
  (select jsonb_build_object('capacity', p.capacity,
      'free', (select count(*) from places s where s.pool_id = p.id and s.registration_id is null and s.delegation_id is null),
      'waiting', (select count(*) from (select from waitings w where w.event_id = e.id and w.ended_at is null limit 10001) w))
    from pools p where p.event_id = e.id and p.kind = 'event') as places`;

export interface EventDetails extends EventRow {
  seriesId: string | null;
  hostOrganisationId: string | null;
  description: Record<string, string>;
  address: string;
  latitude: number | null;
  longitude: number | null;
  onlineUrl: string | null;
  registrationOpens: Temporal.PlainDateTime | null;
  registrationCloses: Temporal.PlainDateTime | null;
  changesUntilLocal: Temporal.PlainDateTime | null;
  changesUntil: Temporal.Instant | null;
  approval: boolean;
  waitingList: boolean;
  selfRegistration: boolean;
  limitMember: number | null;
  limitNonMember: number | null;
  currency: string;
  lateFromLocal: Temporal.PlainDateTime | null;
  lateFrom: Temporal.Instant | null;
  reducedCountries: string[];
  paymentDetails: Record<string, string>;
  formId: string | null;
  sequence: number;
  createdAt: Temporal.Instant;
  updatedAt: Temporal.Instant;
  cancellationReason: Record<string, string>;
  categories: {
    key: string;
    name: Record<string, string>;
    note: Record<string, string>;
    openTo: CategoryAudience;
    priceEarly: number;
    priceLate: number | null;
    priceReduced: number | null;
    capacity: number | null;
    free: number | null;
  }[];
  places: { capacity: number; free: number; waiting: number };
}

/** One event with all that its page shows, or undefined. Whether this viewer may know of it is for the caller to ask. */
export async function eventBySlug(db: Db | Transaction, slug: string): Promise<EventDetails | undefined> {
  const { rows } =
    await sql<EventDetails>`${SHARED} select ${eventColumns}, ${eventDetails} from ${eventTables} where e.slug = ${slug}`.execute(
      db,
    );
  return rows[0];
}

/** Where a slug of earlier has gone; undefined when there was none. */
export async function newSlug(db: Db, slug: string): Promise<string | undefined> {
  const found = await db
    .selectFrom('old_slugs')
    .innerJoin('events', 'events.id', 'old_slugs.row_id')
    .select('events.slug')
    .where('old_slugs.kind', '=', 'event')
    .where('old_slugs.slug', '=', slug)
    .executeTakeFirst();
  return found?.slug;
}

// How far the choices of a filter look: enough for any reader, and the same cost with ten thousand events.
const LOOKED_AT = 500;

export interface EventChoices {
  kinds: EventKind[];
  countries: string[];
  languages: string[];
  months: string[];
  networks: { slug: string; name: Record<string, string> }[];
  /** When the next event ends and goes from the coming ones to the past ones. */
  nextEnd: Temporal.Instant | null;
}

/** What occurs among the published events, coming or past: the choices of the list's filters. One query. */
export async function eventChoices(db: Db, past: boolean, now: Temporal.Instant): Promise<EventChoices> {
  const { rows } = await sql<EventChoices>`${SHARED}
    with seen as (select e.kind, e.country, e.languages, e.network_id, e.starts_local from events e
      where e.published_at is not null and ${past ? sql`e.ends_at < ${now}` : sql`e.ends_at >= ${now}`}
      order by e.starts_at ${past ? sql`desc` : sql`asc`} limit ${LOOKED_AT})
    select (select coalesce(array_agg(distinct kind), '{}') from seen) as kinds,
      (select coalesce(array_agg(distinct country) filter (where country is not null), '{}') from seen) as countries,
      (select coalesce(array_agg(distinct tag), '{}') from seen, unnest(languages) tag) as languages,
      (select coalesce(array_agg(distinct to_char(starts_local, 'YYYY-MM')), '{}') from seen) as months,
      (select coalesce(jsonb_agg(jsonb_build_object('slug', n.slug, 'name', n.name) order by n.slug), '[]') from networks n
        where n.id in (select network_id from seen)) as networks,
      (select min(ends_at) from events where published_at is not null and ends_at >= ${now}) as "nextEnd"`.execute(db);
  return rows[0] ?? { kinds: [], countries: [], languages: [], months: [], networks: [], nextEnd: null };
}

/** A page of the events this viewer may see: coming ones by date, or past ones, the latest first. One query. */
export async function eventPage(
  db: Db,
  viewer: Viewer | null,
  filter: EventFilter,
  now: Temporal.Instant,
  page: { cursor?: string; limit: number },
): Promise<Page<EventRow>> {
  const after = decodeCursor(page.cursor, 2);
  const past = filter.past ?? false;
  const parts = [past ? sql`e.ends_at < ${now}` : sql`e.ends_at >= ${now}`];
  if (!isSecretariat(viewer)) {
    parts.push(
      sql`(e.published_at is not null or e.network_id = any (${coordinated(viewer)}::uuid[]) or e.id = any (${organised(viewer)}::uuid[]))`,
    );
  }
  if (filter.kind) parts.push(sql`e.kind = ${filter.kind}`);
  if (filter.network) parts.push(sql`n.slug = ${filter.network}`);
  if (filter.series) parts.push(sql`s.slug = ${filter.series}`);
  if (filter.country) parts.push(sql`e.country = ${filter.country}`);
  if (filter.language) parts.push(sql`${filter.language} = any (e.languages)`);
  if (filter.month)
    parts.push(
      sql`e.starts_local >= ${`${filter.month}-01`}::timestamp and e.starts_local < ${`${filter.month}-01`}::timestamp + interval '1 month'`,
    );
  if (filter.q) parts.push(sql`fold(e.title::text) like fold(${`%${filter.q.replace(/[\\%_]/g, '\\$&')}%`})`);
  if (after)
    parts.push(
      past
        ? sql`(e.starts_at, e.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`
        : sql`(e.starts_at, e.id) > (${after[0]}::timestamptz, ${after[1]}::uuid)`,
    );
  const order = past ? sql`e.starts_at desc, e.id desc` : sql`e.starts_at, e.id`;
  const { rows } =
    await sql<EventRow>`${SHARED} select ${eventColumns} from ${eventTables} where ${sql.join(parts, sql` and `)} order by ${order} limit ${page.limit + 1}`.execute(
      db,
    );
  return pageOf(rows, page.limit, (item) => [item.startsAt.toString(), item.id]);
}
