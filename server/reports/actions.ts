import { record } from '../../db/changes.ts';
import { type Db, inTransaction, json } from '../../db/database.ts';
import type { Viewer } from '../accounts/access.ts';
import { NotAllowed, NotFound, Refused } from '../errors.ts';
import type { ReleaseWrite } from './input.ts';
import { reportOf } from './report.ts';
import { mayRelease } from './rules.ts';

/**
 * Lets everybody read the report of a year, as it is now: what happens later changes nothing of it until it is released anew.
 * Errors: NotAllowed, Refused where there was no event.
 */
export async function releaseYear(
  db: Db,
  viewer: Viewer,
  year: number,
  { note }: ReleaseWrite,
  now: Temporal.Instant,
): Promise<void> {
  if (!mayRelease(viewer)) throw new NotAllowed();
  const report = await reportOf(db, { year, networkId: null }, now);
  if (report.events.length === 0) throw new Refused('report-empty');
  const row = { note: json(note), report: json(report), released_at: now, released_by: viewer.personId };
  await inTransaction(db, async (tx) => {
    const { id } = await tx
      .insertInto('released_years')
      .values({ year, ...row })
      .onConflict((conflict) => conflict.column('year').doUpdateSet(row))
      .returning('id')
      .executeTakeFirstOrThrow();
    await record(tx, { actor: viewer.personId, feature: 'reports', row: id, action: 'released', after: { year, note } });
  });
}

/** Nobody but the back office reads it any more. Errors: NotAllowed, NotFound. */
export async function withdrawYear(db: Db, viewer: Viewer, year: number): Promise<void> {
  if (!mayRelease(viewer)) throw new NotAllowed();
  await inTransaction(db, async (tx) => {
    const gone = await tx.deleteFrom('released_years').where('year', '=', year).returning('id').executeTakeFirst();
    if (!gone) throw new NotFound();
    await record(tx, { actor: viewer.personId, feature: 'reports', row: gone.id, action: 'withdrawn', before: { year } });
  });
}
