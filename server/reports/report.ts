import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../../db/database.ts';
import type { EventKind } from '../../db/tables/events.ts';
import { ATTENDED } from '../door/queries.ts';
import { type GenderCounts, type GenderShares, genderShares } from './rules.ts';
import { type Satisfaction, satisfactionOf } from './satisfaction.ts';

type Texts = Record<string, string>;

/** Of which events a report is: one, those of a series, or those of a year (of one territorial network). */
export type Scope =
  | { eventId: string }
  | { seriesId: string; until: Temporal.Instant }
  | { year: number; networkId: string | null };

export interface ReportedEvent {
  id: string;
  slug: string;
  kind: EventKind;
  title: Texts;
  defaultLanguage: string;
  edition: number | null;
  network: Texts | null;
  /** In the event's zone. */
  startsOn: string;
  /** Instants. */
  startsAt: string;
  endsAt: string;
  zone: string;
  country: string | null;
  /** Confirmed registrations, and the cities and countries they come from. */
  people: number;
  cities: number;
  countries: number;
  satisfaction: Satisfaction | null;
}

export interface Count {
  key: string;
  name: Texts | null;
  people: number;
  cities: number;
}

export interface Award {
  slug: string;
  title: Texts;
  defaultLanguage: string;
  entries: number;
  cities: number;
  laureates: { city: string; country: string; title: Texts; language: string }[];
  mentions: number;
}

/** What was organised, who took part and what they thought of it. Dates are ISO 8601; figures are of confirmed registrations. */
export interface Report {
  events: ReportedEvent[];
  registrations: number;
  /** Each person once, however many events they took part in. */
  people: number;
  cities: number;
  countries: number;
  /** Of the people, those who had never been confirmed for an earlier event. */
  firstTimers: number;
  /** Of the events at whose doors people were checked in: who was there, and who had a place and did not come. Null: nobody was. */
  attendance: { attended: number; noShows: number } | null;
  kinds: { key: string; events: number; people: number }[];
  byCountry: Count[];
  byNetwork: Count[];
  /** By the language in which people read us. */
  byLanguage: { key: string; people: number }[];
  places: { name: string; latitude: number; longitude: number; people: number }[];
  gender: { participants: GenderShares | null; speakers: GenderShares | null; juries: GenderShares | null };
  awards: Award[];
  /** Minor units by currency: what fees came to, and what of it was received. */
  money: { currency: string; due: number; received: number }[];
}

const within = (scope: Scope): RawBuilder<unknown> => {
  if ('eventId' in scope) return sql`e.id = ${scope.eventId}`;
  if ('seriesId' in scope)
    return sql`e.series_id = ${scope.seriesId} and e.starts_at <= ${scope.until} and e.published_at is not null and e.cancelled_at is null`;
  const first = `${scope.year}-01-01`;
  const next = `${scope.year + 1}-01-01`;
  return sql`e.published_at is not null and e.cancelled_at is null and e.starts_local >= ${first}::timestamp and e.starts_local < ${next}::timestamp
    ${scope.networkId === null ? sql`` : sql`and e.network_id = ${scope.networkId}::uuid`}`;
};

const confirmed = (scope: Scope) =>
  sql`registrations r join events e on e.id = r.event_id and r.state = 'confirmed' and ${within(scope)}`;

/** The report of a scope as of `now`: a fixed number of queries, however many events there are. */
export async function reportOf(db: Db, scope: Scope, now: Temporal.Instant): Promise<Report> {
  const [events, totals, attendance, countries, networks, languages, places, gender, awards, money] = await Promise.all([
    eventsOf(db, scope),
    totalsOf(db, scope),
    attendanceOf(db, scope, now),
    byCountry(db, scope),
    byNetwork(db, scope),
    byLanguage(db, scope),
    placesOf(db, scope),
    genderOf(db, scope),
    awardsOf(db, scope),
    moneyOf(db, scope),
  ]);
  return {
    events,
    ...totals,
    attendance,
    kinds: kindsOf(events),
    byCountry: countries,
    byNetwork: networks,
    byLanguage: languages,
    places,
    gender,
    awards,
    money,
  };
}

const utc = (at: RawBuilder<unknown>) => sql`to_char(${at} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;

/** The events of a scope with what each came to, by their start. Two queries. */
export async function eventsOf(db: Db, scope: Scope): Promise<ReportedEvent[]> {
  const { rows } = await sql<Omit<ReportedEvent, 'satisfaction'>>`
    select e.id, e.slug, e.kind, e.title, e.default_language as "defaultLanguage", e.edition, n.name as network,
      to_char(e.starts_local, 'YYYY-MM-DD') as "startsOn", ${utc(sql`e.starts_at`)} as "startsAt", ${utc(sql`e.ends_at`)} as "endsAt",
      e.zone, e.country,
      coalesce(c.people, 0) as people, coalesce(c.cities, 0) as cities, coalesce(c.countries, 0) as countries
    from events e left join networks n on n.id = e.network_id left join (
      select r.event_id, count(*)::int as people, count(distinct r.organisation_id)::int as cities, count(distinct o.country)::int as countries
      from ${confirmed(scope)} left join organisations o on o.id = r.organisation_id group by 1) c on c.event_id = e.id
    where ${within(scope)} order by e.starts_at, e.id limit 2000`.execute(db);
  const satisfaction = await satisfactionOf(
    db,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => ({ ...row, satisfaction: satisfaction.get(row.id) ?? null }));
}

function kindsOf(events: readonly ReportedEvent[]): Report['kinds'] {
  const kinds = Map.groupBy(events, ({ kind }) => kind);
  return [...kinds]
    .map(([key, some]) => ({ key, events: some.length, people: some.reduce((sum, { people }) => sum + people, 0) }))
    .toSorted((one, other) => other.events - one.events || one.key.localeCompare(other.key));
}

async function totalsOf(db: Db, scope: Scope) {
  const { rows } = await sql<Pick<Report, 'registrations' | 'people' | 'cities' | 'countries' | 'firstTimers'>>`
    with mine as (select r.person_id, r.organisation_id, e.starts_at from ${confirmed(scope)}),
      persons as (select person_id, min(starts_at) as first from mine group by 1)
    select (select count(*) from mine)::int as registrations, (select count(*) from persons)::int as people,
      (select count(distinct organisation_id) from mine)::int as cities,
      (select count(distinct o.country) from organisations o where o.id in (select organisation_id from mine))::int as countries,
      (select count(*) from persons p where not exists (
        select from registrations x join events y on y.id = x.event_id
        where x.person_id = p.person_id and x.state = 'confirmed' and y.cancelled_at is null and y.starts_at < p.first))::int as "firstTimers"`.execute(
    db,
  );
  return rows[0] ?? { registrations: 0, people: 0, cities: 0, countries: 0, firstTimers: 0 };
}

// Of events that are over: whoever has not come by then does not come.
async function attendanceOf(db: Db, scope: Scope, now: Temporal.Instant): Promise<Report['attendance']> {
  const { rows } = await sql<{ attended: number; noShows: number }>`
    with seen as (select a.event_id, a.registration_id from ${ATTENDED} a join events e on e.id = a.event_id and ${within(scope)} where e.ends_at < ${now})
    select count(s.registration_id)::int as attended, count(*) filter (where s.registration_id is null)::int as "noShows"
    from ${confirmed(scope)} left join (select distinct event_id, registration_id from seen) s on s.registration_id = r.id
    where r.event_id in (select event_id from seen)`.execute(db);
  const { attended = 0, noShows = 0 } = rows[0] ?? {};
  return attended === 0 ? null : { attended, noShows };
}

async function byCountry(db: Db, scope: Scope): Promise<Count[]> {
  const { rows } = await sql<Count>`
    select o.country as key, null as name, count(distinct r.person_id)::int as people, count(distinct o.id)::int as cities
    from ${confirmed(scope)} join organisations o on o.id = r.organisation_id group by 1 order by 3 desc, 1`.execute(db);
  return rows;
}

async function byNetwork(db: Db, scope: Scope): Promise<Count[]> {
  const { rows } = await sql<Count>`
    select n.slug as key, n.name, count(distinct r.person_id)::int as people, count(distinct r.organisation_id)::int as cities
    from ${confirmed(scope)} join organisation_networks m on m.organisation_id = r.organisation_id join networks n on n.id = m.network_id
    group by n.id order by 3 desc, 1`.execute(db);
  return rows;
}

async function byLanguage(db: Db, scope: Scope): Promise<Report['byLanguage']> {
  const { rows } = await sql<Report['byLanguage'][number]>`
    select p.language as key, count(distinct p.id)::int as people from ${confirmed(scope)} join people p on p.id = r.person_id
    group by 1 order by 2 desc, 1`.execute(db);
  return rows;
}

async function placesOf(db: Db, scope: Scope): Promise<Report['places']> {
  const { rows } = await sql<Report['places'][number]>`
    select o.name, o.latitude, o.longitude, count(distinct r.person_id)::int as people
    from ${confirmed(scope)} join organisations o on o.id = r.organisation_id
    where o.latitude is not null and o.longitude is not null group by o.id order by 4 desc, o.name limit 1000`.execute(db);
  return rows;
}

// Of a year: the calls whose results were published in it. Of an event: the calls that belong to it.
const callsWithin = (scope: Scope): RawBuilder<unknown> => {
  if ('eventId' in scope) return sql`k.event_id = ${scope.eventId}`;
  if ('seriesId' in scope || scope.networkId !== null) return sql`false`;
  return sql`k.results_published_at >= ${`${scope.year}-01-01`}::timestamptz and k.results_published_at < ${`${scope.year + 1}-01-01`}::timestamptz`;
};

async function genderOf(db: Db, scope: Scope): Promise<Report['gender']> {
  const sums = sql`(count(*) filter (where p.gender = 'woman'))::int as woman, (count(*) filter (where p.gender = 'man'))::int as man,
    (count(*) filter (where p.gender = 'other'))::int as other, (count(*) filter (where p.gender is null))::int as unsaid`;
  const { rows } = await sql<GenderCounts & { who: keyof Report['gender'] }>`
    select 'participants' as who, ${sums} from people p where p.id in (select r.person_id from ${confirmed(scope)})
    union all
    select 'speakers', ${sums} from people p where p.id in (
      select s.person_id from session_speakers s join sessions x on x.id = s.session_id and x.removed_at is null
        join events e on e.id = x.event_id and ${within(scope)} where s.person_id is not null)
    union all
    select 'juries', ${sums} from people p where p.id in (
      select j.person_id from jury_members j join calls k on k.id = j.call_id where ${callsWithin(scope)})`.execute(db);
  const shares = (who: string) => {
    const counts = rows.find((row) => row.who === who);
    return counts ? genderShares(counts) : null;
  };
  return { participants: shares('participants'), speakers: shares('speakers'), juries: shares('juries') };
}

async function awardsOf(db: Db, scope: Scope): Promise<Award[]> {
  const { rows } = await sql<Award>`
    select k.slug, k.title, k.default_language as "defaultLanguage",
      (select count(*) from entries n where n.call_id = k.id and n.submitted_at is not null and n.state <> 'withdrawn')::int as entries,
      (select count(distinct n.organisation_id) from entries n where n.call_id = k.id and n.submitted_at is not null and n.state <> 'withdrawn')::int as cities,
      coalesce((select jsonb_agg(jsonb_build_object('city', o.name, 'country', o.country, 'title', n.title, 'language', n.language) order by d.place, o.name)
        from decisions d join entries n on n.id = d.entry_id join organisations o on o.id = d.organisation_id
        where d.call_id = k.id and d.kind = 'laureate' and d.revoked_at is null), '[]') as laureates,
      (select count(*) from decisions d where d.call_id = k.id and d.kind = 'mention' and d.revoked_at is null)::int as mentions
    from calls k where k.kind = 'award' and k.results_published_at is not null and ${callsWithin(scope)}
    order by k.results_published_at, k.id`.execute(db);
  return rows;
}

async function moneyOf(db: Db, scope: Scope): Promise<Report['money']> {
  const { rows } = await sql<Report['money'][number]>`
    select r.currency, sum(r.amount)::int8 as due, coalesce(sum(y.received), 0)::int8 as received
    from ${confirmed(scope)} left join lateral (
      select sum(y.amount) as received from payments y where y.registration_id = r.id and y.removed_at is null) y on true
    group by 1 having sum(r.amount) > 0 or sum(y.received) > 0 order by 1`.execute(db);
  return rows;
}
