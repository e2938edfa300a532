import { sql } from 'kysely';
import { record } from '../../db/changes.ts';
import { type Db, inTransaction } from '../../db/database.ts';
import type { Viewer } from '../accounts/access.ts';
import { NotFound, Refused } from '../errors.ts';
import { hashToken, newToken } from '../tokens.ts';
import { type DoorKeeper, keptUntil } from './access.ts';

/** A volunteer's device by its token, whether it may still do anything or not. One query. */
export async function doorKeeper(db: Db, hash: Buffer): Promise<DoorKeeper | undefined> {
  const { rows } = await sql<DoorKeeper>`
    select k.id, k.name, d.name as door, d.event_id as "eventId", d.registered_only as "registeredOnly", coalesce(k.left_at, d.closed_at) as "endedAt", e.ends_at as "eventEndsAt"
    from door_keepers k join doors d on d.id = k.door_id join events e on e.id = d.event_id where k.token_hash = ${hash}`.execute(
    db,
  );
  return rows[0];
}

export interface DoorRow {
  id: string;
  name: string;
  createdAt: Temporal.Instant;
  closedAt: Temporal.Instant | null;
  /** Its volunteers register nobody who comes without having registered. */
  registeredOnly: boolean;
  /** Who has opened it on a device, the latest first. */
  keepers: { name: string; openedAt: string; leftAt: string | null }[];
}

/** The doors of an event, open ones first. One query. */
export async function doorsOf(db: Db, eventId: string): Promise<DoorRow[]> {
  const { rows } = await sql<DoorRow>`
    select d.id, d.name, d.created_at as "createdAt", d.closed_at as "closedAt", d.registered_only as "registeredOnly",
      coalesce((select jsonb_agg(jsonb_build_object('name', k.name, 'openedAt', k.opened_at, 'leftAt', k.left_at) order by k.id desc)
        from door_keepers k where k.door_id = d.id), '[]') as keepers
    from doors d where d.event_id = ${eventId} order by d.closed_at nulls first, d.id limit 200`.execute(db);
  return rows;
}

/** Makes a door for volunteers. Its link is known now and never again: only the token's hash is kept. */
export async function openDoor(
  db: Db,
  viewer: Viewer,
  eventId: string,
  { name, registeredOnly = false }: { name: string; registeredOnly?: boolean | undefined },
  now: Temporal.Instant,
): Promise<{ id: string; token: string }> {
  const { token, hash } = newToken();
  return inTransaction(db, async (tx) => {
    const { id } = await tx
      .insertInto('doors')
      .values({
        event_id: eventId,
        name,
        token_hash: hash,
        registered_only: registeredOnly,
        created_by: viewer.personId,
        created_at: now,
        closed_at: null,
        closed_by: null,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await record(tx, {
      actor: viewer.personId,
      feature: 'door',
      row: id,
      event: eventId,
      action: 'doorOpened',
      after: { name, registeredOnly },
    });
    return { id, token };
  });
}

/** Closes a door: its link and every device that opened it know nothing more at once. Errors: NotFound. */
export async function closeDoor(db: Db, viewer: Viewer, eventId: string, id: string, now: Temporal.Instant): Promise<void> {
  await inTransaction(db, async (tx) => {
    const door = await tx
      .selectFrom('doors')
      .select(['name', 'closed_at'])
      .where('id', '=', id)
      .where('event_id', '=', eventId)
      .forUpdate()
      .executeTakeFirst();
    if (!door) throw new NotFound();
    if (door.closed_at) return;
    await tx.updateTable('doors').set({ closed_at: now, closed_by: viewer.personId }).where('id', '=', id).execute();
    await record(tx, {
      actor: viewer.personId,
      feature: 'door',
      row: id,
      event: eventId,
      action: 'doorClosed',
      before: { name: door.name },
    });
  });
}

export interface LinkedDoor {
  id: string;
  name: string;
  event: { id: string; slug: string; title: Record<string, string>; defaultLanguage: string; endsAt: Temporal.Instant };
}

/** The open door of a link. Errors: NotFound for one that is closed, or after the event. */
export async function doorByLink(db: Db, token: string, now: Temporal.Instant): Promise<LinkedDoor> {
  const found = await db
    .selectFrom('doors')
    .innerJoin('events', 'events.id', 'doors.event_id')
    .select(['doors.id', 'doors.name', 'doors.closed_at', 'events.id as eventId', 'events.slug', 'events.title'])
    .select(['events.default_language as defaultLanguage', 'events.ends_at as endsAt'])
    .where('doors.token_hash', '=', hashToken(token))
    .executeTakeFirst();
  if (!found || found.closed_at || Temporal.Instant.compare(now, keptUntil(found)) >= 0) throw new NotFound();
  const { id, name, eventId, slug, title, defaultLanguage, endsAt } = found;
  return { id, name, event: { id: eventId, slug, title, defaultLanguage, endsAt } };
}

// One link for more devices than any congress has doors is a link that went astray.
const MOST_DEVICES = 50;

/** Somebody takes their place at a door, with a device that it knows from now on. Errors: NotFound, Refused('door-crowded'). */
export async function keepDoor(
  db: Db,
  token: string,
  { name }: { name: string },
  now: Temporal.Instant,
): Promise<{ door: LinkedDoor; token: string }> {
  const door = await doorByLink(db, token, now);
  const own = newToken();
  return inTransaction(db, async (tx) => {
    const { rows } = await sql<{ n: number }>`select (select count(*)::int from door_keepers where door_id = ${door.id}) as n
      from doors where id = ${door.id} for no key update`.execute(tx);
    if ((rows[0]?.n ?? 0) >= MOST_DEVICES) throw new Refused('door-crowded');
    const { id } = await tx
      .insertInto('door_keepers')
      .values({ door_id: door.id, name, token_hash: own.hash, opened_at: now, left_at: null })
      .returning('id')
      .executeTakeFirstOrThrow();
    await record(tx, {
      actor: null,
      feature: 'door',
      row: id,
      event: door.event.id,
      action: 'doorKept',
      after: { name, door: door.name },
    });
    return { door, token: own.token };
  });
}

/** Somebody leaves their door: the device knows nothing more. */
export async function leaveDoor(db: Db, keeper: DoorKeeper, now: Temporal.Instant): Promise<void> {
  await inTransaction(db, async (tx) => {
    const left = await tx
      .updateTable('door_keepers')
      .set({ left_at: now })
      .where('id', '=', keeper.id)
      .where('left_at', 'is', null)
      .returning('id')
      .executeTakeFirst();
    if (!left) return;
    await record(tx, { actor: null, feature: 'door', row: keeper.id, event: keeper.eventId, action: 'doorLeft' });
  });
}
