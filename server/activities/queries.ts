import { type RawBuilder, sql } from 'kysely';
import type { Db, Transaction } from '../../db/database.ts';
import type { ActivityState } from '../../db/tables/activities.ts';
import { coordinated, isSecretariat, type Viewer } from '../accounts/access.ts';
import { decodeCursor, type Page, pageOf } from '../http/cursor.ts';
import type { ActivityFilter } from './input.ts';

/** One writing of an activity, with the city whose it is. */
export interface ActivityRow {
  id: string;
  no: number;
  title: Record<string, string>;
  description: Record<string, string>;
  place: string;
  zone: string;
  starts: Temporal.PlainDateTime;
  ends: Temporal.PlainDateTime;
  startsAt: Temporal.Instant;
  endsAt: Temporal.Instant;
  url: string | null;
  /** Where it is, or where its city is. */
  latitude: number | null;
  longitude: number | null;
  pictureId: string | null;
  organisation: { id: string; slug: string; name: string; country: string; language: string };
  createdAt: Temporal.Instant;
  /** When it was published; null while it is not. */
  decidedAt: Temporal.Instant | null;
}

/** The same for whoever writes or moderates it. */
export interface ActivityWriting extends ActivityRow {
  state: ActivityState;
  reason: string | null;
  ownLatitude: number | null;
  ownLongitude: number | null;
  writtenAt: Temporal.Instant;
  /** Whether everybody reads this writing or an earlier one. */
  published: boolean;
  networkIds: string[];
}

const columns = sql`a.id, v.no, v.title, v.description, v.place, v.zone, v.starts_local as starts, v.ends_local as ends,
  v.starts_at as "startsAt", v.ends_at as "endsAt", v.url, coalesce(v.latitude, o.latitude) as latitude,
  case when v.latitude is null then o.longitude else v.longitude end as longitude, v.picture_id as "pictureId",
  jsonb_build_object('id', o.id, 'slug', o.slug, 'name', o.name, 'country', o.country, 'language', coalesce(o.languages[1], 'en')) as organisation,
  a.created_at as "createdAt", v.decided_at as "decidedAt"`;
const tables = sql`activity_versions v join activities a on a.id = v.activity_id join organisations o on o.id = a.organisation_id`;

/** From and to when: a span of time that activities overlap. */
export interface Span {
  from: Temporal.Instant;
  to: Temporal.Instant;
}

function shown(filter: ActivityFilter, span?: Span): RawBuilder<unknown> {
  const parts = [sql`v.state = 'published' and a.withdrawn_at is null`];
  if (filter.year)
    parts.push(
      sql`v.starts_local >= make_timestamp(${filter.year}, 1, 1, 0, 0, 0) and v.starts_local < make_timestamp(${filter.year + 1}, 1, 1, 0, 0, 0)`,
    );
  if (filter.country) parts.push(sql`o.country = ${filter.country}`);
  if (filter.network)
    parts.push(sql`exists (select from organisation_networks m join networks n on n.id = m.network_id
      where m.organisation_id = o.id and n.slug = ${filter.network})`);
  if (span) parts.push(sql`v.starts_at < ${span.to} and v.ends_at > ${span.from}`);
  return sql.join(parts, sql` and `);
}

/** What everybody reads, in the order of days. One query. */
export async function activityPage(
  db: Db,
  filter: ActivityFilter,
  page: { cursor?: string | undefined; limit: number },
): Promise<Page<ActivityRow>> {
  const after = decodeCursor(page.cursor, 2);
  const rest = after ? sql`and (v.starts_at, a.id) > (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``;
  const { rows } = await sql<ActivityRow>`select ${columns} from ${tables} where ${shown(filter)} ${rest}
    order by v.starts_at, a.id limit ${page.limit + 1}`.execute(db);
  return pageOf(rows, page.limit, (row) => [row.startsAt.toString(), row.id]);
}

// What a calendar, a map or a feed shows at once.
const MOST = 2000;

/** The published activities of a span of time. One query. */
export async function activitiesBetween(db: Db, filter: ActivityFilter, span: Span): Promise<ActivityRow[]> {
  const { rows } =
    await sql<ActivityRow>`select ${columns} from ${tables} where ${shown(filter, span)} order by v.starts_at, a.id limit ${MOST}`.execute(
      db,
    );
  return rows;
}

/** The published activities, the newest first: for programs that read what is new. One query. */
export async function newestActivities(db: Db, filter: ActivityFilter, limit = 100): Promise<ActivityRow[]> {
  const { rows } =
    await sql<ActivityRow>`select ${columns} from ${tables} where ${shown(filter)} order by v.decided_at desc, a.id limit ${limit}`.execute(
      db,
    );
  return rows;
}

/** What everybody reads of an activity, or undefined. */
export async function publishedActivity(db: Db, id: string): Promise<ActivityRow | undefined> {
  const { rows } = await sql<ActivityRow>`select ${columns} from ${tables} where ${shown({})} and a.id = ${id}`.execute(db);
  return rows[0];
}

export interface ActivityChoices {
  years: number[];
  countries: string[];
  networks: { slug: string; name: Record<string, string> }[];
}

/** What occurs among the published activities: the choices of the filters. One query. */
export async function activityChoices(db: Db): Promise<ActivityChoices> {
  const { rows } = await sql<ActivityChoices>`
    with seen as (select v.starts_local, o.id, o.country from ${tables} where ${shown({})})
    select (select coalesce(array_agg(distinct extract(year from starts_local)::int order by extract(year from starts_local)::int desc), '{}') from seen) as years,
      (select coalesce(array_agg(distinct country), '{}') from seen) as countries,
      (select coalesce(jsonb_agg(jsonb_build_object('slug', n.slug, 'name', n.name) order by n.slug), '[]') from networks n
        where n.id in (select m.network_id from organisation_networks m join seen on seen.id = m.organisation_id)) as networks`.execute(
    db,
  );
  return rows[0] ?? { years: [], countries: [], networks: [] };
}

const writing = sql`${columns}, v.state, v.reason, v.latitude as "ownLatitude", v.longitude as "ownLongitude", v.written_at as "writtenAt",
  exists (select from activity_versions p where p.activity_id = a.id and p.state = 'published') as published,
  array(select m.network_id from organisation_networks m where m.organisation_id = o.id) as "networkIds"`;

/** The last writing of an activity; undefined where there is none or it was withdrawn. */
export async function lastWriting(db: Db | Transaction, id: string): Promise<ActivityWriting | undefined> {
  const { rows } =
    await sql<ActivityWriting>`select ${writing} from ${tables} where a.id = ${id} and a.withdrawn_at is null order by v.no desc limit 1`.execute(
      db,
    );
  return rows[0];
}

/** The activities of somebody's cities, the newest first. One query. */
export async function activitiesOf(db: Db, organisationIds: readonly string[]): Promise<ActivityWriting[]> {
  const { rows } = await sql<ActivityWriting>`select ${writing} from ${tables}
    where a.organisation_id = any (${organisationIds}::uuid[]) and a.withdrawn_at is null
      and v.no = (select max(no) from activity_versions l where l.activity_id = a.id) order by a.id desc limit 500`.execute(db);
  return rows;
}

/** What waits for a word of this moderator, the longest first. One query. */
export async function waitingActivities(
  db: Db,
  viewer: Viewer,
  page: { cursor?: string | undefined; limit: number },
): Promise<Page<ActivityWriting>> {
  const after = decodeCursor(page.cursor, 2);
  const rest = after ? sql`and (v.written_at, v.activity_id) > (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``;
  const { rows } = await sql<ActivityWriting>`select ${writing} from ${tables}
    where v.state = 'pending' and a.withdrawn_at is null and ${within(viewer)} ${rest}
    order by v.written_at, v.activity_id limit ${page.limit + 1}`.execute(db);
  return pageOf(rows, page.limit, (row) => [row.writtenAt.toString(), row.id]);
}

function within(viewer: Viewer): RawBuilder<unknown> {
  if (isSecretariat(viewer)) return sql`true`;
  return sql`exists (select from organisation_networks m where m.organisation_id = o.id and m.network_id = any (${coordinated(viewer)}::uuid[]))`;
}

/** The cities that somebody may write for, with what a form begins with. One query. */
export async function citiesOf(
  db: Db,
  organisationIds: readonly string[],
): Promise<{ id: string; name: string; zone: string; languages: string[] }[]> {
  const { rows } = await sql<{ id: string; name: string; zone: string; languages: string[] }>`
    select id, name, zone, languages from organisations where id = any (${organisationIds}::uuid[]) order by name`.execute(db);
  return rows;
}

/** Who wrote a version, and what became of it: for the mail that tells them. */
export async function decisionOn(db: Db, id: string, no: number) {
  const { rows } = await sql<{
    personId: string;
    name: string;
    address: string | null;
    language: string;
    state: ActivityState;
    reason: string | null;
    title: Record<string, string>;
    city: string;
    cityLanguage: string;
  }>`
    select p.id as "personId", p.name, p.email as address, p.language, v.state, v.reason, v.title, o.name as city, coalesce(o.languages[1], 'en') as "cityLanguage"
    from ${tables} join people p on p.id = v.written_by where v.activity_id = ${id} and v.no = ${no}`.execute(db);
  return rows[0];
}
