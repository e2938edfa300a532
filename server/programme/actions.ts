import { sql } from 'kysely';
import { record, recordAll } from '../../db/changes.ts';
import { type Db, inTransaction, json, type Transaction } from '../../db/database.ts';
import { newId } from '../../db/ids.ts';
import { emit } from '../../db/outbox.ts';
import type { Viewer } from '../accounts/access.ts';
import { Invalid, NotFound, Refused } from '../errors.ts';
import { lockEvent } from '../events/actions.ts';
import type { EventDetails } from '../events/queries.ts';
import { instantOf } from '../events/rules.ts';
import { isSame } from './differences.ts';
import type { SessionChange, SessionMove, SessionWrite } from './input.ts';
import { writeMaterials } from './materials.ts';
import { setPlaces } from './places.ts';
import { draftProgramme, lastRelease } from './queries.ts';
import { minutesOf, stepped } from './rules.ts';
import { nameSpeakers, writeSpeakers } from './speakers.ts';
import { passOnSessions } from './waiting.ts';

/** A new session in the draft of a programme. Returns its id. Errors: NotFound, NotAllowed, Invalid. */
export async function createSession(
  db: Db,
  viewer: Viewer,
  slug: string,
  written: SessionWrite,
  now: Temporal.Instant,
): Promise<string> {
  return inTransaction(db, async (tx) => {
    const event = await lockEvent(tx, viewer, slug);
    await holdReferences(tx, event.id, written);
    const [id = ''] = await addSessions(tx, viewer, event, [{ written, speakers: [] }], now);
    await writeSpeakers(tx, viewer, id, written.speakers);
    await writeMaterials(tx, viewer, id, written.materials);
    await setPlaces(tx, { id, eventId: event.id, poolId: null }, written.capacity ?? null);
    return id;
  });
}

export interface NewSession {
  written: SessionWrite;
  /** Those who are people already. */
  speakers: readonly { personId: string; name: string; organisation: string }[];
}

/**
 * New sessions, without materials or places of their own, in the draft of a programme whose event the transaction has locked. Answers their ids in the order given: a fixed number of statements for any number of sessions.
 */
export async function addSessions(
  tx: Transaction,
  viewer: Viewer,
  event: EventDetails,
  sessions: readonly NewSession[],
  now: Temporal.Instant,
): Promise<string[]> {
  if (sessions.length === 0) return [];
  const made = sessions.map((session) => ({ ...session, id: newId() }));
  const rows = made.map(({ id, written }) => ({
    ...columnsOf(event, written, written.starts, written.minutes),
    id,
    event_id: event.id,
    created_by: viewer.personId,
    created_at: now,
    updated_at: now,
  }));
  await tx
    .insertInto('sessions')
    .values(rows as never)
    .execute();
  await nameSpeakers(tx, made);
  const changes = made.map(({ id, written }) => ({
    ...about(viewer, event, id),
    action: 'sessionCreated',
    after: { title: written.title },
  }));
  await recordAll(tx, changes);
  return made.map(({ id }) => id);
}

/** Changes of a session what is mentioned; the released programme stays as it is. Errors: NotFound, NotAllowed, Invalid. */
export async function changeSession(
  db: Db,
  viewer: Viewer,
  slug: string,
  id: string,
  change: SessionChange,
  now: Temporal.Instant,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const event = await lockEvent(tx, viewer, slug);
    await applyChange(tx, viewer, event, id, change, now);
  });
}

/** Moves a session as the grid does: one step, or to a time, a length and a room. Errors: NotFound, NotAllowed, Invalid. */
export async function moveSession(
  db: Db,
  viewer: Viewer,
  slug: string,
  id: string,
  move: SessionMove,
  now: Temporal.Instant,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const event = await lockEvent(tx, viewer, slug);
    const was = await sessionNow(tx, event.id, id);
    const span = { starts: move.starts ?? was.starts, minutes: move.minutes ?? was.minutes };
    const to = move.step ? stepped(span, move.step) : span;
    await applyChange(tx, viewer, event, id, { ...to, ...(move.roomId === undefined ? {} : { roomId: move.roomId }) }, now);
  });
}

async function applyChange(
  tx: Transaction,
  viewer: Viewer,
  event: EventDetails,
  id: string,
  change: SessionChange,
  now: Temporal.Instant,
): Promise<void> {
  const was = await sessionNow(tx, event.id, id);
  await holdReferences(tx, event.id, change);
  const columns = columnsOf(event, change, change.starts ?? was.starts, change.minutes ?? was.minutes);
  const before = (await draftProgramme(tx, event.id)).sessions.find((session) => session.id === id);
  await tx
    .updateTable('sessions')
    .set({ ...columns, updated_at: now, sequence: sql`sequence + 1` } as never)
    .where('id', '=', id)
    .execute();
  if (change.speakers) await writeSpeakers(tx, viewer, id, change.speakers);
  if (change.materials) await writeMaterials(tx, viewer, id, change.materials);
  if (change.capacity !== undefined) {
    await setPlaces(tx, { id, eventId: event.id, poolId: was.poolId }, change.capacity);
    await passOnSessions(tx, event.id, now);
  }
  const after = (await draftProgramme(tx, event.id)).sessions.find((session) => session.id === id);
  await record(tx, { ...about(viewer, event, id), action: 'sessionChanged', before: audited(before), after: audited(after) });
}

/** Takes a session out of the draft; who chose it or speaks in it is told at the next release. Errors: NotFound, NotAllowed. */
export async function removeSession(db: Db, viewer: Viewer, slug: string, id: string, now: Temporal.Instant): Promise<void> {
  await inTransaction(db, async (tx) => {
    const event = await lockEvent(tx, viewer, slug);
    await sessionNow(tx, event.id, id);
    await tx
      .updateTable('sessions')
      .set({ removed_at: now, updated_at: now, sequence: sql`sequence + 1` })
      .where('id', '=', id)
      .execute();
    await record(tx, { ...about(viewer, event, id), action: 'sessionRemoved' });
  });
}

/** Makes what is drafted the programme that everybody sees. Returns its number. Errors: NotFound, NotAllowed, Refused. */
export async function releaseProgramme(
  db: Db,
  viewer: Viewer,
  slug: string,
  note: string,
  now: Temporal.Instant,
): Promise<{ id: string; no: number }> {
  return inTransaction(db, async (tx) => {
    const event = await lockEvent(tx, viewer, slug);
    const programme = await draftProgramme(tx, event.id);
    const last = await lastRelease(tx, event.id);
    if (!last && programme.sessions.length === 0) throw new Refused('programme-empty');
    if (last && isSame(last.programme, programme)) throw new Refused('programme-unchanged');
    const no = (last?.no ?? 0) + 1;
    const { id } = await tx
      .insertInto('programme_releases')
      .values({
        event_id: event.id,
        no,
        snapshot: json(programme as unknown),
        note,
        released_by: viewer.personId,
        released_at: now,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await emit(tx, 'programme.released', { release: id });
    await record(tx, { ...about(viewer, event, id), action: 'programmeReleased', after: { no, note } });
    return { id, no };
  });
}

/** Derives the instants of all sessions anew: the event's zone, or the rules of the zone, may be others. */
export async function rederiveTimes(db: Db, eventId: string): Promise<void> {
  await inTransaction(db, async (tx) => {
    const event = await tx.selectFrom('events').select('zone').where('id', '=', eventId).forNoKeyUpdate().executeTakeFirst();
    if (!event) return;
    const sessions = await tx
      .selectFrom('sessions')
      .select(['id', 'starts_local', 'ends_local', 'starts_at'])
      .where('event_id', '=', eventId)
      .execute();
    const moved = sessions
      .map((session) => ({
        id: session.id,
        starts: instantOf(session.starts_local, event.zone).toString(),
        ends: instantOf(session.ends_local, event.zone).toString(),
        was: session.starts_at.toString(),
      }))
      .filter(({ starts, was }) => starts !== was);
    if (moved.length === 0) return;
    await sql`update sessions s set starts_at = m.starts, ends_at = m.ends, sequence = s.sequence + 1
      from jsonb_to_recordset(${JSON.stringify(moved)}::jsonb) as m(id uuid, starts timestamptz, ends timestamptz) where s.id = m.id`.execute(
      tx,
    );
  });
}

const about = (viewer: Viewer, event: EventDetails, row: string) => ({
  actor: viewer.personId,
  feature: 'programme',
  row,
  event: event.id,
});

// Who speaks is a person's matter: the trail says how many.
function audited(session: Awaited<ReturnType<typeof draftProgramme>>['sessions'][number] | undefined) {
  if (!session) return null;
  const { speakers, materials, updatedAt: _at, sequence: _sequence, ...rest } = session;
  return { ...rest, speakers: speakers.length, materials: materials.length };
}

async function sessionNow(tx: Transaction, eventId: string, id: string) {
  const row = await tx
    .selectFrom('sessions')
    .select(['starts_local as starts', 'ends_local as ends', 'pool_id as poolId'])
    .where('id', '=', id)
    .where('event_id', '=', eventId)
    .where('removed_at', 'is', null)
    .executeTakeFirst();
  if (!row) throw new NotFound();
  return { ...row, minutes: minutesOf({ starts: row.starts.toString(), ends: row.ends.toString() }) };
}

async function holdReferences(tx: Transaction, eventId: string, { roomId, trackId }: SessionChange): Promise<void> {
  const { rows } = await sql<{ room: boolean; track: boolean }>`
    select ${roomId ?? null}::uuid is null or exists (select from rooms where id = ${roomId ?? null} and event_id = ${eventId} and removed_at is null) as room,
      ${trackId ?? null}::uuid is null or exists (select from tracks where id = ${trackId ?? null} and event_id = ${eventId} and removed_at is null) as track`.execute(
    tx,
  );
  const wrong = [...(rows[0]?.room ? [] : ['roomId']), ...(rows[0]?.track ? [] : ['trackId'])];
  if (wrong.length > 0) throw new Invalid(wrong.map((path) => ({ path, code: 'choice' })));
}

function columnsOf(event: EventDetails, change: SessionChange, starts: Temporal.PlainDateTime, minutes: number) {
  const ends = starts.add({ minutes });
  const [startsAt, endsAt] = [instantOf(starts, event.zone), instantOf(ends, event.zone)];
  // A night on which clocks go back is the only one on which a session could end before it begins.
  if (Temporal.Instant.compare(endsAt, startsAt) <= 0)
    throw new Invalid([{ path: 'minutes', code: 'tooSmall', params: { min: 5 } }]);
  return {
    ...(change.kind === undefined ? {} : { kind: change.kind }),
    ...(change.title === undefined ? {} : { title: json(change.title) }),
    ...(change.abstract === undefined ? {} : { abstract: json(change.abstract) }),
    ...(change.roomId === undefined ? {} : { room_id: change.roomId }),
    ...(change.trackId === undefined ? {} : { track_id: change.trackId }),
    ...(change.languages === undefined ? {} : { languages: [...new Set(change.languages)] }),
    ...(change.interpreting === undefined ? {} : { interpreting: [...new Set(change.interpreting)] }),
    starts_local: starts,
    ends_local: ends,
    starts_at: startsAt,
    ends_at: endsAt,
  };
}
