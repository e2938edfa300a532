import { record } from '../../db/changes.ts';
import { type Db, inTransaction } from '../../db/database.ts';
import type { Viewer } from '../accounts/access.ts';
import { NotFound, Refused } from '../errors.ts';
import { lockPools } from '../places/actions.ts';
import { liveSession, lockedChoices } from './choices.ts';
import { lastRelease } from './queries.ts';
import { waitingRefusal } from './rules.ts';
import { endWaiting, passOnSessions } from './waiting.ts';

/** Joins the waiting list of a full session; twice is once. Errors: NotFound, Refused. */
export async function waitForSession(
  db: Db,
  viewer: Viewer,
  eventId: string,
  sessionId: string,
  now: Temporal.Instant,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    await lockPools(tx, eventId);
    const session = (await lastRelease(tx, eventId))?.programme.sessions.find(({ id }) => id === sessionId);
    const live = await liveSession(tx, eventId, sessionId);
    if (!session || !live) throw new NotFound();
    const own = await lockedChoices(tx, eventId, viewer.personId);
    const asked = { ...session, places: live.poolId !== null, allotted: live.allotted };
    const why = waitingRefusal(asked, { registered: own.registrationId !== null, chosen: own.chosen.includes(sessionId) }, now);
    if (why) throw new Refused(why);
    const joined = await tx
      .insertInto('session_waitings')
      .values({
        event_id: eventId,
        session_id: sessionId,
        registration_id: own.registrationId ?? '',
        joined_at: now,
        ended_at: null,
        ended_by: null,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst();
    if (!joined) return;
    await record(tx, {
      actor: viewer.personId,
      feature: 'programme',
      row: sessionId,
      event: eventId,
      action: 'sessionWaitedFor',
    });
    await passOnSessions(tx, eventId, now);
  });
}

/** Leaves it. Errors: NotFound. */
export async function stopWaiting(
  db: Db,
  viewer: Viewer,
  eventId: string,
  sessionId: string,
  now: Temporal.Instant,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const live = await liveSession(tx, eventId, sessionId);
    const { registrationId } = await lockedChoices(tx, eventId, viewer.personId);
    if (!live || registrationId === null) throw new NotFound();
    if (await endWaiting(tx, sessionId, registrationId, 'withdrawn', now))
      await record(tx, {
        actor: viewer.personId,
        feature: 'programme',
        row: sessionId,
        event: eventId,
        action: 'sessionWaitingLeft',
      });
  });
}
