import { sql } from 'kysely';
import { record } from '../../db/changes.ts';
import { type Db, inTransaction, type Transaction } from '../../db/database.ts';
import { emit } from '../../db/outbox.ts';
import { exchangePlaces, lockPools } from '../places/actions.ts';
import type { Texts } from './programme.ts';

/** Whether anybody waits for a session. */
export async function somebodyWaits(tx: Transaction, sessionId: string): Promise<boolean> {
  const { rows } = await sql`select from session_waitings where session_id = ${sessionId} and ended_at is null limit 1`.execute(
    tx,
  );
  return rows.length > 0;
}

/** Somebody waits no more. False: they did not. */
export async function endWaiting(
  tx: Transaction,
  sessionId: string,
  registrationId: string,
  how: 'served' | 'withdrawn',
  now: Temporal.Instant,
): Promise<boolean> {
  const ended = await tx
    .updateTable('session_waitings')
    .set({ ended_at: now, ended_by: how })
    .where('session_id', '=', sessionId)
    .where('registration_id', '=', registrationId)
    .where('ended_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return ended !== undefined;
}

interface Next {
  id: string;
  session: string;
  registration: string;
  pool: string;
  /** What they hold at the same time, and give back for it. */
  gives: { session: string; pool: string }[];
}

/**
 * Passes free places of sessions on to who waits for them, in order of joining: whoever holds a place at the same time gives it back,
 * and that is passed on too. Takes the locks of the pools itself; call it after a place came free, and now and then, since a
 * registration that is cancelled frees places as well. Returns how many were served.
 */
export async function passOnSessions(tx: Transaction, eventId: string, now: Temporal.Instant): Promise<number> {
  await lockPools(tx, eventId);
  await sql`
    update session_waitings w set ended_at = ${now}, ended_by = 'gone' from sessions s, registrations r
    where w.event_id = ${eventId} and w.ended_at is null and s.id = w.session_id and r.id = w.registration_id
      and (s.removed_at is not null or s.allotted or s.pool_id is null or s.ends_at <= ${now} or r.state <> 'confirmed')`.execute(
    tx,
  );
  const passed: string[] = [];
  for (;;) {
    const next = await nextServed(tx, eventId, passed);
    if (!next) return passed.length;
    passed.push(next.id);
    await serve(tx, eventId, next, now);
  }
}

async function nextServed(tx: Transaction, eventId: string, passed: readonly string[]): Promise<Next | undefined> {
  const { rows } = await sql<Next>`
    select w.id, s.id as session, w.registration_id as registration, s.pool_id as pool,
      coalesce((select jsonb_agg(jsonb_build_object('session', o.id, 'pool', o.pool_id) order by o.id) from session_choices c
        join sessions o on o.id = c.session_id and o.removed_at is null and o.pool_id is not null and o.id <> s.id
        where c.registration_id = w.registration_id and o.starts_at < s.ends_at and s.starts_at < o.ends_at), '[]') as gives
    from session_waitings w join sessions s on s.id = w.session_id join events e on e.id = w.event_id
    where w.event_id = ${eventId} and w.ended_at is null and e.cancelled_at is null and not w.id = any (${passed}::uuid[])
      and exists (select from places p where p.pool_id = s.pool_id and p.registration_id is null and p.delegation_id is null)
      -- What was given out stays theirs: they wait until that is settled.
      and not exists (select from session_choices c join sessions o on o.id = c.session_id and o.allotted and o.removed_at is null
        where c.registration_id = w.registration_id and o.starts_at < s.ends_at and s.starts_at < o.ends_at)
    order by w.rank limit 1`.execute(tx);
  return rows[0];
}

async function serve(tx: Transaction, eventId: string, { session, registration, pool, gives }: Next, now: Temporal.Instant) {
  const sessions = gives.map((given) => given.session);
  if (sessions.length > 0)
    await tx
      .deleteFrom('session_choices')
      .where('registration_id', '=', registration)
      .where('session_id', 'in', sessions)
      .execute();
  const taken = await exchangePlaces(
    tx,
    registration,
    gives.map((given) => given.pool),
    [pool],
  );
  if (!taken) throw new Error('A place that was seen to be free is not.');
  await tx
    .insertInto('session_choices')
    .values({ session_id: session, registration_id: registration, chosen_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await endWaiting(tx, session, registration, 'served', now);
  await record(tx, {
    actor: null,
    feature: 'programme',
    row: session,
    event: eventId,
    action: 'sessionPlacePassed',
    after: { registration, gives: sessions },
  });
  await emit(tx, 'programme.place-passed', { registration, session, gives: sessions });
  await emit(tx, 'programme.choices-changed', { registration });
}

/** Passes on what is free, of all events in which somebody waits for a session. */
export async function sweepSessions(db: Db, now: Temporal.Instant): Promise<void> {
  const { rows } = await sql<{
    event: string;
  }>`select distinct event_id as event from session_waitings where ended_at is null order by 1`.execute(db);
  for (const { event } of rows) await inTransaction(db, (tx) => passOnSessions(tx, event, now));
}

export interface WaitingRow {
  registrationId: string;
  name: string;
  organisation: string | null;
  joinedAt: Temporal.Instant;
  /** Null: they wait. */
  endedAt: Temporal.Instant | null;
  endedBy: 'served' | 'withdrawn' | 'gone' | null;
}

const MOST = 500;

/** Who waits for a session, in order, and after them who got up or left, the latest first. One query. */
export async function waitingFor(db: Db, sessionId: string): Promise<WaitingRow[]> {
  const { rows } = await sql<WaitingRow>`
    select w.registration_id as "registrationId", p.name, o.name as organisation, w.joined_at as "joinedAt",
      w.ended_at as "endedAt", w.ended_by as "endedBy"
    from session_waitings w join registrations r on r.id = w.registration_id join people p on p.id = r.person_id
      left join organisations o on o.id = r.organisation_id
    where w.session_id = ${sessionId} order by w.ended_at desc nulls first, w.rank limit ${MOST}`.execute(db);
  return rows;
}

export interface PlaceFacts {
  personId: string;
  name: string;
  address: string | null;
  language: string;
  event: { slug: string; title: Texts; defaultLanguage: string; zone: string };
  session: { id: string; title: Texts; startsAt: string; endsAt: string };
  room: Texts | null;
  gives: Texts[];
}

/** What somebody is told who got a place they waited for; undefined when it is theirs no more. One query. */
export async function placeFacts(
  db: Db,
  { registration, session, gives }: { registration: string; session: string; gives: readonly string[] },
): Promise<PlaceFacts | undefined> {
  const { rows } = await sql<PlaceFacts>`
    select p.id as "personId", p.name, p.email as address, p.language,
      jsonb_build_object('slug', e.slug, 'title', e.title, 'defaultLanguage', e.default_language, 'zone', e.zone) as event,
      jsonb_build_object('id', s.id, 'title', s.title, 'startsAt', s.starts_at, 'endsAt', s.ends_at) as session, o.name as room,
      coalesce((select jsonb_agg(g.title order by g.id) from sessions g where g.id = any (${gives}::uuid[])), '[]') as gives
    from session_choices c join sessions s on s.id = c.session_id and s.removed_at is null
      join registrations r on r.id = c.registration_id and r.state = 'confirmed' join people p on p.id = r.person_id and p.erased_at is null
      join events e on e.id = r.event_id and e.cancelled_at is null left join rooms o on o.id = s.room_id
    where c.session_id = ${session} and c.registration_id = ${registration}`.execute(db);
  return rows[0];
}
