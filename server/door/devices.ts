import { sql } from 'kysely';
import type { Db } from '../../db/database.ts';
import type { EventDetails } from '../events/queries.ts';
import { keptUntil } from './access.ts';
import { BY, BY_JOINS, everyGuest, type Guest, type Seen } from './guests.ts';
import { passHash, passToken } from './pass.ts';

export interface DoorSession {
  id: string;
  title: Record<string, string>;
  startsAt: Temporal.Instant;
  endsAt: Temporal.Instant;
  starts: Temporal.PlainDateTime;
  /** Whether one needs a place of it. */
  places: boolean;
}

/** The sessions at whose doors people can be checked in, by start. One query. */
export async function doorSessions(db: Db, eventId: string): Promise<DoorSession[]> {
  const { rows } = await sql<DoorSession>`
    select id, title, starts_at as "startsAt", ends_at as "endsAt", starts_local as starts, pool_id is not null as places
    from sessions where event_id = ${eventId} and removed_at is null and kind <> 'break' order by starts_at, id`.execute(db);
  return rows;
}

/** All that a device needs to keep the door without connection: nobody's address, and of the passes only what they hash to. */
export async function deviceList(db: Db, event: EventDetails, { secret, now }: { secret: string; now: Temporal.Instant }) {
  const [sessions, guests] = await Promise.all([doorSessions(db, event.id), everyGuest(db, event.id)]);
  return {
    at: now,
    until: keptUntil(event),
    event: {
      slug: event.slug,
      cancelled: event.cancelledAt !== null,
      zone: event.zone,
      defaultLanguage: event.defaultLanguage,
    },
    categories: event.categories.map(({ key, name }) => ({ key, name })),
    sessions: sessions.map(({ id, startsAt, endsAt, places }) => ({ id, startsAt, endsAt, places })),
    guests: guests.map((guest): Guest & { pass: string } => ({ ...guest, pass: passHash(passToken(secret, guest)) })),
  };
}

// What was being written while somebody read is read again the next time.
const OVERLAP = 20;

/**
 * Whose presence changed since a device asked last, and whether registrations did, so that it asks for the whole list again. The
 * device may be told twice. Two queries.
 */
export async function changesSince(db: Db, eventId: string, since: Temporal.Instant, now: Temporal.Instant) {
  const from = since.subtract({ seconds: OVERLAP });
  const [seen, list] = await Promise.all([
    sql<{ registrationId: string; personId: string; sessionId: string | null; seen: Seen | null }>`
      select c.registration_id as "registrationId", c.person_id as "personId", c.session_id as "sessionId",
        case when c.step_id is null then null else jsonb_build_object('sessionId', c.session_id, 'cameAt', c.came_at, 'by', ${BY},
          'steps', jsonb_build_array(c.step_id)) end as seen
      from check_ins c left join check_in_steps s on s.id = c.step_id ${BY_JOINS}
      where c.event_id = ${eventId} and c.changed_at >= ${from}`.execute(db),
    sql<{
      stale: boolean;
    }>`select exists (select from changes where event_id = ${eventId} and feature in ('registrations', 'programme',
      'study-visits') and at >= ${since}) as stale`.execute(db),
  ]);
  return { at: now, seen: seen.rows, stale: list.rows[0]?.stale ?? false };
}
