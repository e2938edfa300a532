import { sql } from 'kysely';
import { z } from 'zod';
import type { Db, Transaction } from '../../db/database.ts';
import { Invalid } from '../errors.ts';
import { decodeCursor, type Page, pageOf } from '../http/cursor.ts';
import { BY, BY_JOINS } from './guests.ts';

/** That somebody was there: who, at what, since when. */
export interface Presence {
  registrationId: string;
  personId: string;
  organisationId: string | null;
  /** The session or visit; null: the event itself. */
  sessionId: string | null;
  cameAt: Temporal.Instant;
}

/**
 * Who was present at what, from when: one row of a person and a place, by time of coming. Whoever was replaced after coming was
 * there, and so was whoever came in their stead. What was undone is not in it. One query.
 */
export async function presences(db: Db | Transaction, eventId: string): Promise<Presence[]> {
  const { rows } = await sql<Presence>`
    select c.registration_id as "registrationId", c.person_id as "personId", r.organisation_id as "organisationId",
      c.session_id as "sessionId", c.came_at as "cameAt"
    from check_ins c join registrations r on r.id = c.registration_id
    where c.event_id = ${eventId} and c.came_at is not null order by c.came_at, c.registration_id, c.session_id`.execute(db);
  return rows;
}

/**
 * Who was at an event at all, as a table to select from with `event_id, registration_id, person_id, came_at`: seen at its door or at
 * one of its sessions, since when. For figures that count in the database.
 */
export const ATTENDED = sql`(select event_id, registration_id, person_id, min(came_at) as came_at from check_ins
  where came_at is not null group by event_id, registration_id, person_id)`;

export interface PlaceCount {
  /** The session or visit; null: the event itself. */
  sessionId: string | null;
  /** Who may be expected: confirmed registrations, of a session with places of its own those who have one. */
  expected: number;
  present: number;
}

/** How many were expected and came, of the event (first) and of each of its sessions. One query. */
export async function counts(db: Db, eventId: string): Promise<PlaceCount[]> {
  const { rows } = await sql<PlaceCount>`
    with came as (select session_id, count(*)::int as n from check_ins where event_id = ${eventId} and came_at is not null group by 1),
      confirmed as (select count(*)::int as n from registrations where event_id = ${eventId} and state = 'confirmed')
    select null as "sessionId", confirmed.n as expected, coalesce((select n from came where session_id is null), 0) as present, null as starts
    from confirmed
    union all
    select s.id, case when s.pool_id is null then confirmed.n else
        (select count(*)::int from places p join registrations r on r.id = p.registration_id
          where p.pool_id = s.pool_id and r.state = 'confirmed') end,
      coalesce(came.n, 0), s.starts_at
    from confirmed, sessions s left join came on came.session_id = s.id
    where s.event_id = ${eventId} and (s.removed_at is null or came.n > 0)
    order by starts nulls first, "sessionId"`.execute(db);
  return rows.map(({ sessionId, expected, present }) => ({ sessionId, expected, present }));
}

export interface CheckIn {
  registrationId: string;
  name: string;
  organisation: string | null;
  country: string | null;
  category: string;
  /** What the category is called, by language. */
  categoryName: Record<string, string>;
  cameAt: Temporal.Instant;
  /** Who saw them first, in words. */
  by: string;
}

const columns = sql`c.registration_id as "registrationId", n.name, o.name as organisation, o.country, y.key as category, y.name as "categoryName", c.came_at as "cameAt",
  ${BY} as by`;
const joined = sql`check_ins c join registrations r on r.id = c.registration_id join people n on n.id = c.person_id
  join categories y on y.id = r.category_id left join organisations o on o.id = r.organisation_id
  join check_in_steps s on s.id = c.step_id ${BY_JOINS}`;
const at = (eventId: string, sessionId: string | null) =>
  sql`c.event_id = ${eventId} and c.session_id is not distinct from ${sessionId} and c.came_at is not null`;

/** Who came to the event (null) or one of its sessions, the latest first. One query. */
export async function checkIns(
  db: Db,
  eventId: string,
  sessionId: string | null,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<Page<CheckIn>> {
  const after = decodeCursor(cursor, 2);
  if (after && !isPlace(after)) throw new Invalid([{ path: 'cursor', code: 'format' }]);
  const beyond = after ? sql`and (c.came_at, c.registration_id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``;
  const { rows } = await sql<CheckIn>`select ${columns} from ${joined} where ${at(eventId, sessionId)} ${beyond}
    order by c.came_at desc, c.registration_id desc limit ${limit + 1}`.execute(db);
  return pageOf(rows, limit, (row) => [row.cameAt.toString(), row.registrationId]);
}

function isPlace([at, id]: string[]): boolean {
  return z.iso.datetime().safeParse(at).success && z.uuid().safeParse(id).success;
}

const BATCH = 500;

/** The same, all of them, by time of coming, read in batches. */
export async function* everyCheckIn(db: Db, eventId: string, sessionId: string | null): AsyncGenerator<CheckIn> {
  let last: CheckIn | undefined;
  for (;;) {
    const beyond = last ? sql`and (c.came_at, c.registration_id) > (${last.cameAt}, ${last.registrationId}::uuid)` : sql``;
    const { rows } = await sql<CheckIn>`select ${columns} from ${joined} where ${at(eventId, sessionId)} ${beyond}
      order by c.came_at, c.registration_id limit ${BATCH}`.execute(db);
    yield* rows;
    if (rows.length < BATCH) return;
    last = rows.at(-1);
  }
}
