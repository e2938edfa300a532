import { sql } from 'kysely';
import { type Db, SHARED, type Transaction } from '../../db/database.ts';
import type { Programme, Room, Session, Track } from './programme.ts';

interface SessionColumns extends Omit<Session, 'starts' | 'ends' | 'startsAt' | 'endsAt' | 'updatedAt'> {
  starts: Temporal.PlainDateTime;
  ends: Temporal.PlainDateTime;
  startsAt: Temporal.Instant;
  endsAt: Temporal.Instant;
  updatedAt: Temporal.Instant;
}

const sessionColumns = sql`s.id, s.kind, s.title, s.abstract, s.starts_local as starts, s.ends_local as ends, s.starts_at as "startsAt",
  s.ends_at as "endsAt", s.room_id as "roomId", s.track_id as "trackId", s.languages, s.interpreting, p.capacity, s.sequence,
  s.updated_at as "updatedAt",
  coalesce((select jsonb_agg(jsonb_build_object('id', k.id, 'personId', k.person_id, 'name', k.name, 'organisation', k.organisation,
    'role', k.role) order by k.position, k.id) from session_speakers k where k.session_id = s.id), '[]') as speakers,
  coalesce((select jsonb_agg(jsonb_build_object('id', m.id, 'title', m.title, 'url', m.url, 'fileId', m.file_id) order by m.position, m.id)
    from session_materials m where m.session_id = s.id), '[]') as materials`;

/** The programme as it is being written. Three queries, however large it is. */
export async function draftProgramme(db: Db | Transaction, eventId: string): Promise<Programme> {
  const rooms = await sql<Room>`select id, name, capacity from rooms where event_id = ${eventId} and removed_at is null
    order by position, id`.execute(db);
  const tracks = await sql<Track>`select id, name from tracks where event_id = ${eventId} and removed_at is null
    order by position, id`.execute(db);
  const sessions = await sql<SessionColumns>`select ${sessionColumns} from sessions s left join pools p on p.id = s.pool_id
    where s.event_id = ${eventId} and s.removed_at is null order by s.starts_at, s.id`.execute(db);
  return { rooms: rooms.rows, tracks: tracks.rows, sessions: sessions.rows.map(plain) };
}

function plain(row: SessionColumns): Session {
  return {
    ...row,
    starts: row.starts.toString({ smallestUnit: 'minute' }),
    ends: row.ends.toString({ smallestUnit: 'minute' }),
    startsAt: row.startsAt.toString(),
    endsAt: row.endsAt.toString(),
    updatedAt: row.updatedAt.toString(),
  };
}

export interface Release {
  id: string;
  no: number;
  note: string;
  releasedAt: Temporal.Instant;
  programme: Programme;
}

/** The programme that everybody sees: what was released last; undefined before the first release. */
export async function lastRelease(db: Db | Transaction, eventId: string): Promise<Release | undefined> {
  const { rows } = await sql<Release>`select id, no, note, released_at as "releasedAt", snapshot as programme
    from programme_releases where event_id = ${eventId} order by no desc limit 1`.execute(db);
  return rows[0];
}

/** Whether everybody may see a programme of this event. */
export async function isReleased(db: Db, slug: string): Promise<boolean> {
  const { rows } =
    await sql`${SHARED} select from programme_releases r join events e on e.id = r.event_id where e.slug = ${slug} limit 1`.execute(
      db,
    );
  return rows.length > 0;
}

/** A release with the one before it, whose programme is null for the first. */
export async function releaseWithFormer(db: Db, id: string) {
  const { rows } = await sql<Release & { eventId: string; former: Programme | null }>`
    select r.id, r.no, r.note, r.released_at as "releasedAt", r.snapshot as programme, r.event_id as "eventId", f.snapshot as former
    from programme_releases r left join programme_releases f on f.event_id = r.event_id and f.no = r.no - 1 where r.id = ${id}`.execute(
    db,
  );
  return rows[0];
}

/** All releases of an event, the latest first, without what they hold. */
export async function releasesOf(db: Db, eventId: string) {
  const { rows } = await sql<{ id: string; no: number; note: string; releasedAt: Temporal.Instant; releasedBy: string | null }>`
    select r.id, r.no, r.note, r.released_at as "releasedAt", p.name as "releasedBy"
    from programme_releases r left join people p on p.id = r.released_by where r.event_id = ${eventId} order by r.no desc limit 200`.execute(
    db,
  );
  return rows;
}

export interface SessionTime {
  id: string;
  eventId: string;
  kind: string;
  startsAt: Temporal.Instant;
  endsAt: Temporal.Instant;
  poolId: string | null;
}

/** When the sessions of an event take place, as drafted: for whatever must not overlap them. By start. */
export async function sessionTimes(db: Db | Transaction, eventId: string): Promise<SessionTime[]> {
  const { rows } = await sql<SessionTime>`select id, event_id as "eventId", kind, starts_at as "startsAt", ends_at as "endsAt",
    pool_id as "poolId" from sessions where event_id = ${eventId} and removed_at is null order by starts_at, id`.execute(db);
  return rows;
}

/** How many places are free in each session that has places of its own. */
export async function freePlacesOf(db: Db | Transaction, eventId: string): Promise<Map<string, number>> {
  const { rows } = await sql<{ id: string; free: number }>`
    select s.id, (select count(*) from places p where p.pool_id = s.pool_id and p.registration_id is null and p.delegation_id is null)::int as free
    from sessions s where s.event_id = ${eventId} and s.pool_id is not null and s.removed_at is null`.execute(db);
  return new Map(rows.map(({ id, free }) => [id, free]));
}
