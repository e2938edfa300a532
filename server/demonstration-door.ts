import { dialogueSessions, dialogueToday } from '../db/demo/today.ts';
import { newId } from '../db/ids.ts';
import type { Viewer } from './accounts/access.ts';
import { viewerOf } from './accounts/queries.ts';
import { keeperOf } from './door/access.ts';
import { takeSteps } from './door/actions.ts';
import { doorKeeper, keepDoor, openDoor } from './door/doors.ts';
import { takeWalkIns } from './door/walk-ins.ts';
import { createEvent } from './events/actions.ts';
import { EventWrite } from './events/input.ts';
import { eventBySlug } from './events/queries.ts';
import { publishEvent } from './events/states.ts';
import { createSession, releaseProgramme } from './programme/actions.ts';
import { chooseSession } from './programme/choices.ts';
import { SessionWrite } from './programme/input.ts';
import { waitForSession } from './programme/waiting-actions.ts';
import { eventContext } from './registrations/context.ts';
import { registerDelegation } from './registrations/delegation.ts';
import { DelegationWrite } from './registrations/input.ts';
import type { System } from './system.ts';
import { hashToken } from './tokens.ts';

// Before nine in the morning the event of yesterday is still going on.
const OPENS = 9;
const CITIES = 14;
/** Of three, two have come so far. */
const COMING = 3;
const MINUTES = 75;
const CHOOSING = 4;
const WAITING = 2;

/** An event that is going on: some have come through two doors, one without having registered, and some wait for a session. */
export async function loadDoor(system: System, viewer: Viewer, congress: string, host: string | undefined): Promise<void> {
  const { db, config, clock } = system;
  const now = clock();
  const today = now.toZonedDateTimeISO('Europe/Madrid').subtract({ hours: OPENS }).toPlainDate();
  const written = EventWrite.parse({
    ...dialogueToday(today.toString(), today.add({ days: 1 }).toString()),
    hostOrganisationId: host,
  });
  const slug = await createEvent(db, viewer, written, now);
  await publishEvent(db, viewer, slug, now);
  const sessions: string[] = [];
  for (const { at, ...session } of dialogueSessions) {
    const starts = `${today.add({ days: 1 }).toString()}${at}`;
    sessions.push(await createSession(db, viewer, slug, SessionWrite.parse({ ...session, starts }), now));
  }
  await releaseProgramme(db, viewer, slug, '', now);
  const people = await register(system, viewer, { congress, slug });
  const event = await eventBySlug(db, slug);
  if (!event) return;
  const session = sessions.at(-1) ?? '';
  for (const [at, { personId }] of people.slice(0, CHOOSING + WAITING).entries()) {
    const one = await viewerOf(db, personId);
    if (one) await (at < CHOOSING ? chooseSession : waitForSession)(db, one, event.id, session, now);
  }
  const came = people.filter((_, at) => at % COMING !== 0);
  const share = Math.ceil(came.length / 2);
  for (const [n, name] of ['Main entrance', 'Side entrance'].entries()) {
    const { token } = await openDoor(db, viewer, event.id, { name }, now);
    const { token: own } = await keepDoor(db, token, { name: `Volunteer ${n + 1}` }, now);
    const keeper = keeperOf(event, null, await doorKeeper(db, hashToken(own)), now);
    if (!keeper) continue;
    const steps = came.slice(n * share, (n + 1) * share).map(({ registrationId, personId }, at) => ({
      id: newId(),
      kind: 'in' as const,
      registration: registrationId,
      person: personId,
      at: now.subtract({ minutes: MINUTES - ((at * 7 + n * 3) % MINUTES) }),
      anyway: false,
      undoes: [],
    }));
    await takeSteps(db, keeper, event, { steps, sentAt: now }, { secret: config.secret, now });
    if (n > 0) continue;
    const walkIn = {
      id: newId(),
      name: 'Neighbourhood council',
      email: '',
      organisation: 'A city nearby',
      category: 'member',
      at: now,
    };
    await takeWalkIns(db, keeper, event, { walkIns: [walkIn], sentAt: now }, { secret: config.secret, now });
  }
}

/** Those of the first cities of the congress come to this event as well. */
async function register({ db, clock }: System, viewer: Viewer, { congress, slug }: { congress: string; slug: string }) {
  const rows = await db
    .selectFrom('registrations as r')
    .innerJoin('events as e', 'e.id', 'r.event_id')
    .select(['r.person_id as personId', 'r.organisation_id as organisationId'])
    .where('e.slug', '=', congress)
    .where('r.state', '=', 'confirmed')
    .orderBy('r.id')
    .execute();
  const byCity = Map.groupBy(rows, ({ organisationId }) => organisationId ?? '');
  const made: { registrationId: string; personId: string }[] = [];
  for (const [organisationId, members] of [...byCity].filter(([id]) => id !== '').slice(0, CITIES)) {
    const people = members.map(({ personId }) => personId);
    const delegation = DelegationWrite.parse({
      organisationId,
      mode: 'as-many-as-fit',
      people: people.map((personId) => ({ personId, category: 'member' })),
    });
    const context = await eventContext(db, slug, organisationId, people);
    const { outcomes } = await registerDelegation(db, viewer, context, delegation, clock());
    made.push(...outcomes.filter(({ outcome }) => outcome === 'confirmed'));
  }
  return made;
}
