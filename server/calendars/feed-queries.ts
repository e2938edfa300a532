import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../../db/database.ts';
import type { FeedKind } from '../../db/tables/calendars.ts';
import type { RegistrationState } from '../../db/tables/registrations.ts';
import { coordinated, isSecretariat, organised, type Viewer } from '../accounts/access.ts';

/** An event as a feed shows it. */
export interface FeedEvent {
  id: string;
  slug: string;
  title: Record<string, string>;
  summary: Record<string, string>;
  venue: Record<string, string>;
  address: string;
  defaultLanguage: string;
  zone: string;
  startsAt: Temporal.Instant;
  endsAt: Temporal.Instant;
  latitude: number | null;
  longitude: number | null;
  sequence: number;
  createdAt: Temporal.Instant;
  updatedAt: Temporal.Instant;
  published: boolean;
  cancelled: boolean;
}

/** The columns of a `FeedEvent`, of `events e`. */
export const eventFields = sql`e.id, e.slug, e.title, e.summary, e.venue, e.address, e.default_language as "defaultLanguage", e.zone,
  e.starts_at as "startsAt", e.ends_at as "endsAt", e.latitude, e.longitude, e.sequence, e.created_at as "createdAt",
  e.updated_at as "updatedAt", e.published_at is not null as published, e.cancelled_at is not null as cancelled`;

// What a calendar program reads in one go; nobody scrolls back further than that.
const MOST = 1000;

/** From when on events are in a feed: whole months, so that the bytes stay the same for weeks. */
export const feedStart = (now: Temporal.Instant): Temporal.Instant =>
  now.toZonedDateTimeISO('UTC').with({ day: 1 }).startOfDay().subtract({ months: 24 }).toInstant();

/** Published events of the whole network, or of one; cancelled ones too. One query. */
export function publicEvents(db: Db, networkId: string | null, now: Temporal.Instant): Promise<FeedEvent[]> {
  return events(db, sql`e.published_at is not null${networkId ? sql` and e.network_id = ${networkId}` : sql``}`, now);
}

/** What somebody organises, drafts too. One query. */
export function organisedEvents(db: Db, viewer: Viewer, now: Temporal.Instant): Promise<FeedEvent[]> {
  return events(
    db,
    isSecretariat(viewer)
      ? sql`true`
      : sql`(e.network_id = any (${coordinated(viewer)}::uuid[]) or e.id = any (${organised(viewer)}::uuid[]))`,
    now,
  );
}

async function events(db: Db, which: RawBuilder<unknown>, now: Temporal.Instant): Promise<FeedEvent[]> {
  const { rows } = await sql<FeedEvent>`select ${eventFields} from events e
    where ${which} and e.ends_at >= ${feedStart(now)} order by e.starts_at desc, e.id limit ${MOST}`.execute(db);
  return rows;
}

/** A released session as a feed shows it. */
export interface FeedSession {
  id: string;
  title: Record<string, string>;
  room: Record<string, string>;
  startsAt: string;
  endsAt: string;
  sequence: number;
  updatedAt: string;
  /** It was in a release and has been taken out since. */
  cancelled: boolean;
}

const roomOf = sql`coalesce((select o->'name' from jsonb_array_elements(last.snapshot->'rooms') o where o->>'id' = s->>'roomId'), '{}')`;

/** The sessions of an event as they were released last, and those that were released once and are no more. One query. */
export async function releasedSessions(db: Db, eventId: string): Promise<FeedSession[]> {
  const { rows } = await sql<FeedSession>`
    with last as (select no, released_at, snapshot from programme_releases where event_id = ${eventId} order by no desc limit 1)
    select s->>'id' as id, s->'title' as title, ${roomOf} as room, s->>'startsAt' as "startsAt", s->>'endsAt' as "endsAt",
      (s->>'sequence')::int as sequence, s->>'updatedAt' as "updatedAt", false as cancelled
    from last, jsonb_array_elements(last.snapshot->'sessions') s
    union all
    (select distinct on (s->>'id') s->>'id', s->'title', '{}'::jsonb, s->>'startsAt', s->>'endsAt', (s->>'sequence')::int + 1,
      to_jsonb(last.released_at)#>>'{}', true
    from last, programme_releases r, jsonb_array_elements(r.snapshot->'sessions') s
    where r.event_id = ${eventId} and r.no < last.no
      and not exists (select from jsonb_array_elements(last.snapshot->'sessions') n where n->>'id' = s->>'id')
    order by s->>'id', r.no desc)`.execute(db);
  return rows;
}

/** Of one event, by its slug: whatever state it is in. */
export async function feedEventBySlug(db: Db, slug: string): Promise<FeedEvent | undefined> {
  const { rows } = await sql<FeedEvent>`select ${eventFields} from events e where e.slug = ${slug}`.execute(db);
  return rows[0];
}

/** A registration as its person's feed shows it, with the released sessions that they chose or speak in. */
export interface FeedRegistration extends FeedEvent {
  registrationId: string;
  state: RegistrationState;
  onlineUrl: string | null;
  /** As it was sent last, where it was: a feed must not look older than a mail. */
  sentSequence: number | null;
  sentStamp: Temporal.Instant | null;
  joinedAt: Temporal.Instant;
  changedAt: Temporal.Instant;
  ownSequence: number;
  sessions: FeedSession[];
}

/** What somebody takes part in, awaits, or took part in before it was cancelled. One query. */
export async function registrationsToFeed(db: Db, personId: string, now: Temporal.Instant): Promise<FeedRegistration[]> {
  const { rows } = await sql<FeedRegistration>`
    select ${eventFields}, r.id as "registrationId", r.state, e.online_url as "onlineUrl", r.joined_at as "joinedAt",
      greatest(r.joined_at, r.confirmed_at, r.ended_at) as "changedAt", r.calendar_sequence as "ownSequence",
      c.sequence as "sentSequence", c.stamp as "sentStamp",
      coalesce((select jsonb_agg(jsonb_build_object('id', s->>'id', 'title', s->'title', 'room', ${roomOf}, 'startsAt', s->>'startsAt',
          'endsAt', s->>'endsAt', 'sequence', (s->>'sequence')::int, 'updatedAt', s->>'updatedAt', 'cancelled', false) order by s->>'id')
        from (select snapshot from programme_releases where event_id = e.id order by no desc limit 1) last,
          jsonb_array_elements(last.snapshot->'sessions') s
        where r.state = 'confirmed' and (s->'speakers' @> ${spokenBy(personId)}
          or s->>'id' in (select x.session_id::text from session_choices x where x.registration_id = r.id))), '[]') as sessions
    from registrations r join events e on e.id = r.event_id join people p on p.id = r.person_id
    left join calendar_entries c on c.registration_id = r.id and c.address = p.email
    where r.person_id = ${personId} and e.ends_at >= ${feedStart(now)}
      and (r.state in ('confirmed', 'pending', 'waiting') or (r.state in ('cancelled', 'refused') and r.confirmed_at is not null))
    order by e.starts_at desc, r.id limit ${MOST}`.execute(db);
  return rows;
}

const spokenBy = (personId: string) => sql`jsonb_build_array(jsonb_build_object('personId', ${personId}::text))`;

/** An event for which somebody is not registered, and the released sessions in which they speak there. */
export interface FeedSpeaking extends FeedEvent {
  sessions: FeedSession[];
}

/** Where somebody speaks without being registered. One query. */
export async function speakingToFeed(db: Db, personId: string, now: Temporal.Instant): Promise<FeedSpeaking[]> {
  const { rows } = await sql<FeedSpeaking>`
    select * from (
      select ${eventFields},
        (select jsonb_agg(jsonb_build_object('id', s->>'id', 'title', s->'title', 'room', ${roomOf}, 'startsAt', s->>'startsAt',
            'endsAt', s->>'endsAt', 'sequence', (s->>'sequence')::int, 'updatedAt', s->>'updatedAt', 'cancelled', false) order by s->>'id')
          from (select snapshot from programme_releases where event_id = e.id order by no desc limit 1) last,
            jsonb_array_elements(last.snapshot->'sessions') s where s->'speakers' @> ${spokenBy(personId)}) as sessions
      from events e where e.published_at is not null and e.ends_at >= ${feedStart(now)}
        and e.id in (select d.event_id from session_speakers k join sessions d on d.id = k.session_id where k.person_id = ${personId})
        and not exists (select from registrations r where r.event_id = e.id and r.person_id = ${personId} and r.state = 'confirmed')
      order by e.starts_at desc, e.id limit ${MOST}) spoken where sessions is not null`.execute(db);
  return rows;
}

/** A feed that somebody made for themselves. */
export interface Feed {
  id: string;
  kind: FeedKind;
  name: string;
  createdAt: Temporal.Instant;
  lastReadOn: Temporal.PlainDate | null;
}

/** Those of a person that work, the oldest first. */
export function feedsOf(db: Db, personId: string): Promise<Feed[]> {
  return db
    .selectFrom('calendar_feeds')
    .select(['id', 'kind', 'name', 'created_at as createdAt', 'last_read_on as lastReadOn'])
    .where('person_id', '=', personId)
    .where('revoked_at', 'is', null)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
}

/** The feed that a token opens; undefined when it was revoked or never was. One query. */
export function feedByToken(db: Db, tokenHash: Buffer) {
  return db
    .selectFrom('calendar_feeds as f')
    .innerJoin('people as p', 'p.id', 'f.person_id')
    .select(['f.id', 'f.kind', 'f.person_id as personId', 'f.last_read_on as lastReadOn'])
    .where('f.token_hash', '=', tokenHash)
    .where('f.revoked_at', 'is', null)
    .where('p.erased_at', 'is', null)
    .executeTakeFirst();
}

export interface FeedNetwork {
  id: string;
  slug: string;
  name: Record<string, string>;
}

/** The networks that have a calendar of their own: those with a published event. One query. */
export async function networksWithEvents(db: Db): Promise<FeedNetwork[]> {
  const { rows } = await sql<FeedNetwork>`select n.id, n.slug, n.name from networks n
    where exists (select from events e where e.network_id = n.id and e.published_at is not null) order by n.slug limit 500`.execute(
    db,
  );
  return rows;
}
