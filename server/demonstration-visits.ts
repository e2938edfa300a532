import type { Db } from '../db/database.ts';
import { visits } from '../db/demo/visits.ts';
import type { Viewer } from './accounts/access.ts';
import { eventBySlug } from './events/queries.ts';
import { createSession } from './programme/actions.ts';
import { SessionWrite } from './programme/input.ts';
import { setChoices, writeVisit } from './study-visits/actions.ts';
import { orderAllocation } from './study-visits/allocating.ts';
import { ChoicesWrite, PreferencesWrite, VisitWrite } from './study-visits/input.ts';
import { lot } from './study-visits/lots.ts';
import { statePreferences } from './study-visits/wishes.ts';

/** Parallel visits of the congress, in the draft of its programme. Answers their ids. */
export async function loadVisits(db: Db, viewer: Viewer, congress: string, now: Temporal.Instant): Promise<string[]> {
  const event = await eventBySlug(db, congress);
  if (!event) return [];
  const starts = `${event.starts.toPlainDate().add({ days: 1 }).toString()}T16:00`;
  const host = event.hostOrganisationId;
  const ids: string[] = [];
  for (const { title, languages, ...visit } of visits) {
    const session = SessionWrite.parse({ kind: 'visit', title, languages, starts, minutes: 150 });
    const id = await createSession(db, viewer, congress, session, now);
    await writeVisit(db, viewer, congress, id, VisitWrite.parse({ ...visit, hostOrganisationId: host, kept: 1 }));
    ids.push(id);
  }
  await setChoices(db, viewer, congress, ChoicesWrite.parse({ mode: 'wishes', wishes: 3, perCity: 2 }));
  return ids;
}

const PEOPLE = 90;

/** Wishes of the first who are confirmed, and a first proposal, which a worker computes. */
export async function loadWishes(
  db: Db,
  viewer: Viewer,
  congress: string,
  ids: readonly string[],
  now: Temporal.Instant,
): Promise<void> {
  const registrations = await db
    .selectFrom('registrations')
    .innerJoin('events', 'events.id', 'registrations.event_id')
    .select('registrations.id')
    .where('events.slug', '=', congress)
    .where('registrations.state', '=', 'confirmed')
    .orderBy('registrations.id')
    .limit(PEOPLE)
    .execute();
  for (const [at, { id }] of registrations.entries()) {
    // The same world each time: whom a person would rather see follows from their place in the list.
    const liked = [...ids.entries()].sort(([a], [b]) => lot(b, `wish ${at}`) ** (b + 1) - lot(a, `wish ${at}`) ** (a + 1));
    const wishes = liked.slice(0, 1 + (at % 3)).map(([, visit]) => visit);
    await statePreferences(db, viewer, id, PreferencesWrite.parse({ wishes }), now);
  }
  await orderAllocation(db, viewer, congress, { seed: 18 }, now);
}
