import { sql } from 'kysely';
import { record } from '../../db/changes.ts';
import { type Db, inTransaction, type Transaction } from '../../db/database.ts';
import { emit } from '../../db/outbox.ts';
import type { Viewer } from '../accounts/access.ts';
import { NotFound, Refused } from '../errors.ts';
import { exchangePlaces, lockPools } from '../places/actions.ts';
import { lastRelease } from './queries.ts';
import { choiceRefusal } from './rules.ts';
import { endWaiting, passOnSessions, somebodyWaits } from './waiting.ts';

// A choice counts while the registration is confirmed and, where the session has places, holds one.
const counts = sql`r.state = 'confirmed' and (s.pool_id is null
  or exists (select from places p where p.pool_id = s.pool_id and p.registration_id = c.registration_id))`;

export interface OwnChoices {
  registrationId: string | null;
  chosen: string[];
  /** The sessions whose places are given out: nobody chooses them. */
  allotted: string[];
  /** For which full sessions they wait, and as which. */
  waiting: Record<string, number>;
}

/** The confirmed registration of a person for an event, and the ids of the sessions they chose. One query. */
export async function ownChoices(db: Db | Transaction, eventId: string, personId: string): Promise<OwnChoices> {
  const { rows } = await sql<OwnChoices>`
    select r.id as "registrationId", array(select c.session_id::text from session_choices c join sessions s on s.id = c.session_id
      where c.registration_id = r.id and s.removed_at is null and ${counts}) as chosen,
      array(select s.id::text from sessions s where s.event_id = r.event_id and s.allotted) as allotted,
      coalesce((select jsonb_object_agg(w.session_id, (select count(*) from session_waitings b where b.session_id = w.session_id
        and b.ended_at is null and b.rank <= w.rank)) from session_waitings w where w.registration_id = r.id and w.ended_at is null), '{}') as waiting
    from registrations r where r.event_id = ${eventId} and r.person_id = ${personId} and r.state = 'confirmed' limit 1`.execute(
    db,
  );
  return rows[0] ?? { registrationId: null, chosen: [], allotted: [], waiting: {} };
}

/**
 * Puts a session of the released programme into somebody's own, with one of its places where it has any. Choosing twice is one
 * choice. Errors: NotFound, Refused.
 */
export async function chooseSession(
  db: Db,
  viewer: Viewer,
  eventId: string,
  sessionId: string,
  now: Temporal.Instant,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const sessions = (await lastRelease(tx, eventId))?.programme.sessions ?? [];
    // Nobody overtakes who waits: what is free is theirs first.
    if (await somebodyWaits(tx, sessionId)) await passOnSessions(tx, eventId, now);
    const live = await liveSession(tx, eventId, sessionId);
    const session = sessions.find((one) => one.id === sessionId);
    if (!session || !live) throw new NotFound();
    const own = await lockedChoices(tx, eventId, viewer.personId);
    if (own.chosen.includes(sessionId)) return;
    if (live.allotted) throw new Refused('session-allotted');
    // The place is of the session as it is today, the time is what everybody was told.
    const asked = { ...session, capacity: live.poolId === null ? null : (session.capacity ?? 1) };
    const others = sessions.filter((one) => own.chosen.includes(one.id));
    const why = choiceRefusal(asked, { registered: own.registrationId !== null, chosen: others, free: null }, now);
    if (why) throw new Refused(why);
    const registration = own.registrationId ?? '';
    if (live.poolId !== null && !(await exchangePlaces(tx, registration, [], [live.poolId]))) throw new Refused('session-full');
    await tx
      .insertInto('session_choices')
      .values({ session_id: sessionId, registration_id: registration, chosen_at: now })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    await endWaiting(tx, sessionId, registration, 'served', now);
    await record(tx, { actor: viewer.personId, feature: 'programme', row: sessionId, event: eventId, action: 'sessionChosen' });
    await emit(tx, 'programme.choices-changed', { registration });
  });
}

/** Takes a session out of somebody's own programme; its place goes to the first who waits for it. Errors: NotFound. */
export async function leaveSession(
  db: Db,
  viewer: Viewer,
  eventId: string,
  sessionId: string,
  now: Temporal.Instant,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    await lockPools(tx, eventId);
    const live = await liveSession(tx, eventId, sessionId);
    const own = await lockedChoices(tx, eventId, viewer.personId);
    if (!live || own.registrationId === null) throw new NotFound();
    if (live.allotted) throw new Refused('session-allotted');
    const left = await tx
      .deleteFrom('session_choices')
      .where('session_id', '=', sessionId)
      .where('registration_id', '=', own.registrationId)
      .returning('session_id')
      .executeTakeFirst();
    if (!left) return;
    if (live.poolId !== null) await exchangePlaces(tx, own.registrationId, [live.poolId], []);
    await record(tx, { actor: viewer.personId, feature: 'programme', row: sessionId, event: eventId, action: 'sessionLeft' });
    await emit(tx, 'programme.choices-changed', { registration: own.registrationId });
    await passOnSessions(tx, eventId, now);
  });
}

// Two choices of one person take turns: each sees what the other chose.
export async function lockedChoices(tx: Transaction, eventId: string, personId: string) {
  await sql`select from registrations where event_id = ${eventId} and person_id = ${personId} and state = 'confirmed' for no key update`.execute(
    tx,
  );
  return ownChoices(tx, eventId, personId);
}

/** A session of the draft as it is now. */
export async function liveSession(
  tx: Transaction,
  eventId: string,
  id: string,
): Promise<{ poolId: string | null; allotted: boolean } | undefined> {
  return tx
    .selectFrom('sessions')
    .select(['pool_id as poolId', 'allotted'])
    .where('id', '=', id)
    .where('event_id', '=', eventId)
    .where('removed_at', 'is', null)
    .executeTakeFirst();
}
