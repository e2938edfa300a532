import { sql } from 'kysely';
import type { Db } from '../../db/database.ts';
import type { Viewer } from '../accounts/access.ts';
import { type RegistrationRow, registrationsOf } from './queries.ts';

export interface EventDates {
  id: string;
  slug: string;
  title: Record<string, string>;
  defaultLanguage: string;
  zone: string;
  startsAt: Temporal.Instant;
  endsAt: Temporal.Instant;
}

function eventDates(db: Db, ids: readonly string[]): Promise<EventDates[]> {
  return db
    .selectFrom('events')
    .select(['id', 'slug', 'title', 'default_language as defaultLanguage', 'zone', 'starts_at as startsAt', 'ends_at as endsAt'])
    .where('id', '=', sql<string>`any (${ids}::uuid[])`)
    .execute();
}

/** What a person has registered for, with the dates of its events: those to come first, the nearest first. */
export async function myRegistrations(
  db: Db,
  personId: string,
  now: Temporal.Instant,
): Promise<(Omit<RegistrationRow, 'event'> & { event: EventDates })[]> {
  const rows = await registrationsOf(db, personId);
  const events = new Map((await eventDates(db, [...new Set(rows.map((row) => row.event.id))])).map((event) => [event.id, event]));
  const over = (event: EventDates) => Temporal.Instant.compare(event.endsAt, now) < 0;
  return rows
    .flatMap((row) => {
      const event = events.get(row.event.id);
      return event ? [{ ...row, event }] : [];
    })
    .toSorted((a, b) =>
      over(a.event) === over(b.event)
        ? Temporal.Instant.compare(a.event.startsAt, b.event.startsAt) * (over(a.event) ? -1 : 1)
        : over(a.event)
          ? 1
          : -1,
    );
}

/** The delegations of these organisations for events that are not over, the nearest first. One query. */
export async function myDelegations(db: Db, organisationIds: readonly string[], now: Temporal.Instant) {
  if (organisationIds.length === 0) return [];
  const { rows } = await sql<
    EventDates & {
      organisation: { slug: string; name: string };
      confirmed: number;
      waiting: number;
      pending: number;
      toDecide: number;
      offers: number;
    }
  >`
    select e.id, e.slug, e.title, e.default_language as "defaultLanguage", e.zone, e.starts_at as "startsAt", e.ends_at as "endsAt",
      jsonb_build_object('slug', o.slug, 'name', o.name) as organisation,
      count(*) filter (where r.state = 'confirmed')::int as confirmed, count(*) filter (where r.state = 'waiting')::int as waiting,
      count(*) filter (where r.state = 'pending')::int as pending,
      count(*) filter (where r.state = 'pending' and r.approval_by = 'organisation')::int as "toDecide",
      count(*) filter (where r.state = 'waiting' and exists (select from offers f where f.waiting_id = r.waiting_id
        and num_nonnulls(f.accepted_at, f.declined_at, f.expired_at) = 0))::int as offers
    from registrations r join events e on e.id = r.event_id join organisations o on o.id = r.organisation_id
    where r.organisation_id = any (${organisationIds}::uuid[]) and r.state in ('pending', 'confirmed', 'waiting') and e.ends_at >= ${now}
    group by e.id, o.id order by e.starts_at, o.name limit 200`.execute(db);
  return rows.map(({ organisation, confirmed, waiting, pending, toDecide, offers, ...event }) => ({
    event,
    organisation,
    confirmed,
    waiting,
    pending,
    toDecide,
    offers,
  }));
}

/** The people of an organisation, as it knows them, with their registration for an event if they have one. */
export async function rosterFor(db: Db, organisationId: string, eventId: string) {
  const { rows } = await sql<{
    personId: string;
    name: string;
    title: string;
    hasAddress: boolean;
    registration: { id: string; state: 'pending' | 'confirmed' | 'waiting' } | null;
  }>`
    select p.id as "personId", coalesce(a.known_as, p.name) as name, a.title, p.email is not null as "hasAddress",
      (select jsonb_build_object('id', r.id, 'state', r.state) from registrations r
        where r.event_id = ${eventId} and r.person_id = p.id and r.state in ('pending', 'confirmed', 'waiting')
          and r.organisation_id = a.organisation_id) as registration
    from affiliations a join people p on p.id = a.person_id
    where a.organisation_id = ${organisationId} and a.ended_at is null and p.erased_at is null
    order by fold(coalesce(a.known_as, p.name)), p.id limit 1000`.execute(db);
  return rows;
}

/** Whether this person votes in the assembly of an event, or a city does whose contact they are. */
export async function hasVotes(db: Db, eventId: string, viewer: Viewer): Promise<boolean> {
  const { rows } = await sql`
    select from assembly_voters where event_id = ${eventId}
      and (delegate_id = ${viewer.personId} or organisation_id = any (${viewer.contactOf}::uuid[])) limit 1`.execute(db);
  return rows.length > 0;
}

/** Whether an event has visits of the kind that are given out. */
export async function hasVisits(db: Db, eventId: string): Promise<boolean> {
  const { rows } =
    await sql`select from sessions where event_id = ${eventId} and allotted and removed_at is null limit 1`.execute(db);
  return rows.length > 0;
}
