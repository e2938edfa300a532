import { sql } from 'kysely';
import { record } from '../../db/changes.ts';
import { type Db, inTransaction, json } from '../../db/database.ts';
import type { Viewer } from '../accounts/access.ts';
import { NotFound, Refused } from '../errors.ts';
import { lockEvent } from '../events/actions.ts';
import type { RoomWrite, TrackWrite } from './input.ts';

/** What a programme is divided into: rooms, and tracks. */
export type Division = 'rooms' | 'tracks';

const SINGULAR = { rooms: 'room', tracks: 'track' } as const;

/** A new room or track, or (with its id) one as it is from now on. Returns its id. Errors: NotFound, NotAllowed. */
export async function writeDivision(
  db: Db,
  viewer: Viewer,
  slug: string,
  division: Division,
  written: RoomWrite | TrackWrite,
  id: string | null,
): Promise<string> {
  return inTransaction(db, async (tx) => {
    const event = await lockEvent(tx, viewer, slug);
    const capacity = 'capacity' in written ? (written.capacity ?? null) : null;
    const columns = { name: json(written.name), ...(division === 'rooms' ? { capacity } : {}) };
    const done =
      id === null
        ? await tx
            .insertInto(division)
            .values({
              ...columns,
              event_id: event.id,
              removed_at: null,
              position: sql`(select coalesce(max(position), 0) + 1 from ${sql.table(division)} where event_id = ${event.id})`,
            } as never)
            .returning('id')
            .executeTakeFirst()
        : await tx
            .updateTable(division)
            .set(columns as never)
            .where('id', '=', id)
            .where('event_id', '=', event.id)
            .where('removed_at', 'is', null)
            .returning('id')
            .executeTakeFirst();
    if (!done) throw new NotFound();
    const action = `${SINGULAR[division]}${id === null ? 'Added' : 'Changed'}`;
    await record(tx, {
      actor: viewer.personId,
      feature: 'programme',
      row: done.id,
      event: event.id,
      action,
      after: { ...written },
    });
    return done.id;
  });
}

/** Removes a room or track. Errors: Refused while a session is in it, NotFound, NotAllowed. */
export async function removeDivision(
  db: Db,
  viewer: Viewer,
  slug: string,
  division: Division,
  id: string,
  now: Temporal.Instant,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const event = await lockEvent(tx, viewer, slug);
    const used = await tx
      .selectFrom('sessions')
      .select('id')
      .where('event_id', '=', event.id)
      .where(division === 'rooms' ? 'room_id' : 'track_id', '=', id)
      .where('removed_at', 'is', null)
      .limit(1)
      .executeTakeFirst();
    if (used) throw new Refused(`${SINGULAR[division]}-in-use`);
    const gone = await tx
      .updateTable(division)
      .set({ removed_at: now } as never)
      .where('id', '=', id)
      .where('event_id', '=', event.id)
      .where('removed_at', 'is', null)
      .returning('id')
      .executeTakeFirst();
    if (!gone) throw new NotFound();
    const action = `${SINGULAR[division]}Removed`;
    await record(tx, { actor: viewer.personId, feature: 'programme', row: id, event: event.id, action });
  });
}
