import { sql } from 'kysely';
import type { Db } from '../../db/database.ts';
import type { CalendarMethod } from '../../db/tables/calendars.ts';

/** A chosen session in somebody's calendar: as it should be there, and as it is. */
export interface SessionEntry {
  uid: string;
  address: string;
  registrationId: string;
  sessionId: string;
  /** Chosen, released, and the person takes part. */
  wanted: boolean;
  personId: string | null;
  name: string;
  language: string;
  readerZone: string;
  eventId: string;
  slug: string;
  eventTitle: Record<string, string>;
  defaultLanguage: string;
  zone: string;
  venue: Record<string, string>;
  eventAddress: string;
  title: Record<string, string>;
  room: Record<string, string>;
  startsAt: string;
  endsAt: string;
  sequence: number;
  joinedAt: Temporal.Instant;
  /** Of what is there; null where nothing is. */
  heldMethod: CalendarMethod | null;
  heldSubstance: string | null;
}

/**
 * The chosen sessions of registrations, or of all of an event, beside what was sent of them. What was sent once is known also when
 * the choice, the session or the person is gone: that is taken out of the calendar. One query. `host` is that of the UIDs.
 */
export async function sessionEntries(
  db: Db,
  host: string,
  of: { registrationIds: readonly string[] } | { eventId: string },
): Promise<SessionEntry[]> {
  const which = 'eventId' in of ? sql`r.event_id = ${of.eventId}` : sql`r.id = any (${of.registrationIds}::uuid[])`;
  const { rows } = await sql<SessionEntry>`
    with parts as (
      select r.id, r.person_id, r.state, r.joined_at, e.id as event_id, p.email, e.cancelled_at from registrations r
      join events e on e.id = r.event_id join people p on p.id = r.person_id
      where ${which} and (exists (select from session_choices c where c.registration_id = r.id)
        or exists (select from calendar_entries h where h.registration_id = r.id and h.uid not like r.id::text || '@%'))),
    pairs as (
      select x.id as registration_id, c.session_id, x.email as address,
        x.state = 'confirmed' and x.cancelled_at is null as chosen from parts x join session_choices c on c.registration_id = x.id
        where x.email is not null
      union
      select x.id, split_part(h.uid, '.', 1)::uuid, h.address, false from parts x join calendar_entries h on h.registration_id = x.id
        where h.uid not like x.id::text || '@%'),
    one as (select registration_id, session_id, address, bool_or(chosen) as chosen from pairs group by 1, 2, 3)
    select o.session_id || '.' || o.registration_id || '@' || ${host}::text as uid, o.address, o.registration_id as "registrationId",
      o.session_id as "sessionId", o.chosen and s.item is not null as wanted, p.id as "personId", coalesce(p.name, '') as name,
      coalesce(p.language, e.default_language) as language, coalesce(p.zone, e.zone) as "readerZone", e.id as "eventId", e.slug,
      e.title as "eventTitle", e.default_language as "defaultLanguage", e.zone, e.venue, e.address as "eventAddress",
      coalesce(s.item->'title', d.title) as title, coalesce((select m->'name' from jsonb_array_elements(last.snapshot->'rooms') m where m->>'id' = s.item->>'roomId'), '{}') as room,
      coalesce(s.item->>'startsAt', to_jsonb(d.starts_at)#>>'{}') as "startsAt", coalesce(s.item->>'endsAt', to_jsonb(d.ends_at)#>>'{}') as "endsAt",
      coalesce((s.item->>'sequence')::int, d.sequence) as sequence, x.joined_at as "joinedAt", h.method as "heldMethod", h.substance as "heldSubstance"
    from one o join parts x on x.id = o.registration_id join events e on e.id = x.event_id join sessions d on d.id = o.session_id
    left join people p on p.email = o.address and p.erased_at is null and (p.id = x.person_id or o.address is distinct from x.email)
    left join lateral (select r.snapshot from programme_releases r where r.event_id = e.id order by r.no desc limit 1) last on true
    left join lateral (select i as item from jsonb_array_elements(last.snapshot->'sessions') i where i->>'id' = o.session_id::text limit 1) s on true
    left join calendar_entries h on h.address = o.address and h.uid = o.session_id || '.' || o.registration_id || '@' || ${host}::text
    order by o.registration_id, o.session_id, o.address, p.id`.execute(db);
  return rows;
}
