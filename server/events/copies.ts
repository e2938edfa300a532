import { type Db, inTransaction, type Transaction } from '../../db/database.ts';
import type { Viewer } from '../accounts/access.ts';
import { NotAllowed } from '../errors.ts';
import { insertEvent, lockEvent } from './actions.ts';
import type { EventDetails } from './queries.ts';
import { mayCreate } from './rules.ts';
import { insertSeries } from './series.ts';
import { movedTo } from './timetable.ts';
import { writtenOf } from './written.ts';

/**
 * Makes the next edition of an event: a draft with its texts, categories, limits and form, whose dates begin at `starts` and keep
 * their distances. Both are then editions of one series. Returns the copy's slug. Errors: NotFound, NotAllowed, Invalid.
 */
export async function copyEvent(
  db: Db,
  viewer: Viewer,
  slug: string,
  starts: Temporal.PlainDateTime,
  now: Temporal.Instant,
): Promise<string> {
  return inTransaction(db, async (tx) => {
    const event = await lockEvent(tx, viewer, slug);
    if (!mayCreate(viewer, event.networkId)) throw new NotAllowed();
    const seriesId = event.seriesId ?? (await newSeries(tx, viewer, event));
    const written = writtenOf(event);
    const edition = await nextEdition(tx, seriesId, event.edition);
    const copy = { ...written, ...movedTo(written, starts), seriesId, edition };
    return (await insertEvent(tx, viewer, copy, 'copied', now, event.slug)).slug;
  });
}

async function newSeries(tx: Transaction, viewer: Viewer, event: EventDetails): Promise<string> {
  const { id } = await insertSeries(tx, viewer, event.title);
  await tx.updateTable('events').set({ series_id: id }).where('id', '=', event.id).execute();
  return id;
}

// The number after the highest; none where the editions are not numbered.
async function nextEdition(tx: Transaction, seriesId: string, edition: number | null): Promise<number | null> {
  const { last } = await tx
    .selectFrom('events')
    .select((eb) => eb.fn.max('edition').as('last'))
    .where('series_id', '=', seriesId)
    .executeTakeFirstOrThrow();
  const highest = Math.max(last ?? 0, edition ?? 0);
  return highest > 0 ? highest + 1 : null;
}
