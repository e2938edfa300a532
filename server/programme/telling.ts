import { sql } from 'kysely';
import type { Db } from '../../db/database.ts';
import { type Difference, differencesOf, speakersConcerned, tellsThoseWhoChose } from './differences.ts';
import { EMPTY, type Programme, type Texts } from './programme.ts';
import { releaseWithFormer } from './queries.ts';

export interface Recipient {
  personId: string;
  address: string;
  language: string;
  endsAt: Temporal.Instant;
}

// Who holds a place in a session, and who waits for one or did until the session went.
const PARTAKERS = sql`(select session_id, registration_id from session_choices union
  select session_id, registration_id from session_waitings where ended_at is null or ended_by = 'gone')`;

/**
 * Whom a release concerns: who speaks in a session that is another than before, and who chose or waits for one that is at another
 * time, elsewhere or gone. Everybody once; nobody when the event is not public. People without an address are not here.
 */
export async function concernedBy(db: Db, releaseId: string): Promise<Recipient[]> {
  const release = await releaseWithFormer(db, releaseId);
  if (!release) return [];
  const differences = differencesOf(release.former ?? EMPTY, release.programme);
  const speakers = [...speakersConcerned(differences).keys()];
  const chosen = differences.filter(tellsThoseWhoChose).map((difference) => difference.session);
  const { rows } = await sql<Recipient>`
    select p.id as "personId", p.email as address, p.language, e.ends_at as "endsAt" from people p, events e
    where e.id = ${release.eventId} and e.published_at is not null and e.cancelled_at is null and p.email is not null and p.erased_at is null
      and p.id in (select unnest(${speakers}::uuid[]) union
        select r.person_id from ${PARTAKERS} c join registrations r on r.id = c.registration_id and r.state = 'confirmed'
        where c.session_id = any (${chosen}::uuid[])) order by p.id`.execute(db);
  return rows;
}

export interface TellingFacts {
  name: string;
  event: { slug: string; title: Texts; defaultLanguage: string; zone: string };
  no: number;
  programme: Programme;
  former: Programme;
  /** Of the person alone, in the order of the days. */
  differences: Difference[];
}

/** What one person is told of a release; undefined when nothing in it concerns them any more. */
export async function tellingFacts(db: Db, releaseId: string, personId: string): Promise<TellingFacts | undefined> {
  const release = await releaseWithFormer(db, releaseId);
  if (!release) return undefined;
  const { rows } = await sql<{ name: string; event: TellingFacts['event']; chosen: string[]; cancelled: boolean }>`
    select p.name, jsonb_build_object('slug', e.slug, 'title', e.title, 'defaultLanguage', e.default_language, 'zone', e.zone) as event,
      e.cancelled_at is not null as cancelled,
      array(select c.session_id::text from ${PARTAKERS} c join registrations r on r.id = c.registration_id
        where r.person_id = p.id and r.event_id = e.id and r.state = 'confirmed') as chosen
    from people p, events e where p.id = ${personId} and e.id = ${release.eventId}`.execute(db);
  const found = rows[0];
  if (!found || found.cancelled) return undefined;
  const former = release.former ?? EMPTY;
  const all = differencesOf(former, release.programme);
  const spoken = new Set(speakersConcerned(all).get(personId));
  const differences = all.filter(
    (difference) =>
      spoken.has(difference.session) || (found.chosen.includes(difference.session) && tellsThoseWhoChose(difference)),
  );
  if (differences.length === 0) return undefined;
  return { name: found.name, event: found.event, no: release.no, programme: release.programme, former, differences };
}
