import { sql } from 'kysely';
import type { Db, Transaction } from '../../db/database.ts';
import { NotFound } from '../errors.ts';
import type { Problem } from './allocation.ts';
import { HELD } from './held.ts';

interface VisitRow {
  id: string;
  startsAt: Temporal.Instant;
  endsAt: Temporal.Instant;
  places: number;
  kept: number;
  minimum: number;
  languages: string[];
}

interface PersonRow {
  id: string;
  city: string | null;
  host: boolean;
  together: boolean;
  languages: string[];
  wishes: string[];
  busy: { starts: string; ends: string }[];
  held: string[];
  proposed: string[];
  fixed: string[];
}

const ms = (instant: Temporal.Instant | string) => Temporal.Instant.from(instant).epochMilliseconds;

/** All that an allocation is made from, of an event as it stands now. Three queries, however many people there are. Errors: NotFound where nobody has said how visits are given out. */
export async function problemOf(db: Db | Transaction, eventId: string, seed: number): Promise<Problem> {
  const choices = await db
    .selectFrom('visit_choices')
    .select(['each', 'per_city as perCity', 'released_at as releasedAt'])
    .where('event_id', '=', eventId)
    .executeTakeFirst();
  if (!choices) throw new NotFound();
  const visits = await sql<VisitRow>`
    select s.id, s.starts_at as "startsAt", s.ends_at as "endsAt", v.places, v.kept, v.minimum,
      array(select distinct unnest(s.languages || s.interpreting) order by 1) as languages
    from visits v join sessions s on s.id = v.session_id where v.event_id = ${eventId} and s.removed_at is null and s.kind = 'visit'
    order by s.id`.execute(db);
  const people = await sql<PersonRow>`
    select r.id, r.organisation_id as city, coalesce(f.languages, '{}') as languages,
      coalesce(r.organisation_id = e.host_organisation_id, false) or c.key = 'host'
        or exists (select from visits v where v.event_id = e.id and v.host_organisation_id = r.organisation_id) as host,
      exists (select from visit_togethers t where t.event_id = e.id and t.organisation_id = r.organisation_id) as together,
      array(select w.session_id::text from visit_wishes w join sessions s on s.id = w.session_id and s.removed_at is null
        where w.registration_id = r.id order by w.rank) as wishes,
      coalesce((select jsonb_agg(jsonb_build_object('starts', s.starts_at, 'ends', s.ends_at)) from sessions s
        where s.event_id = e.id and s.removed_at is null and s.kind <> 'visit' and (
          exists (select from session_choices h where h.session_id = s.id and h.registration_id = r.id)
          or exists (select from session_speakers k where k.session_id = s.id and k.person_id = r.person_id))), '[]') as busy,
      array(select h.session_id::text from ${HELD} h where h.registration_id = r.id order by 1) as held,
      coalesce((select a.visits::text[] from allocation_people a where a.registration_id = r.id and a.allocation_id = (
        select id from allocations where event_id = e.id and ended_at is not null and not failed order by ordered_at desc limit 1)), '{}') as proposed,
      array(select p.session_id::text from visit_pins p where p.registration_id = r.id order by 1) as fixed
    from registrations r join events e on e.id = r.event_id join categories c on c.id = r.category_id
    left join visit_preferences f on f.registration_id = r.id
    where r.event_id = ${eventId} and r.state = 'confirmed' order by r.id`.execute(db);
  return {
    visits: visits.rows.map(({ startsAt, endsAt, ...rest }) => ({ ...rest, starts: ms(startsAt), ends: ms(endsAt) })),
    participants: people.rows.map(({ held, proposed, busy, ...rest }) => ({
      ...rest,
      busy: busy.map(({ starts, ends }) => ({ starts: ms(starts), ends: ms(ends) })),
      former: choices.releasedAt ? held : proposed,
    })),
    each: choices.each,
    perCity: choices.perCity,
    seed,
  };
}

/** Who holds which visit now: what was released and what came of it since. */
export async function holdings(db: Db | Transaction, eventId: string): Promise<Record<string, string[]>> {
  const { rows } = await sql<{ id: string; visits: string[] }>`
    select registration_id as id, array_agg(session_id::text order by session_id) as visits from ${HELD} h
    where event_id = ${eventId} group by 1`.execute(db);
  return Object.fromEntries(rows.map(({ id, visits }) => [id, visits]));
}
