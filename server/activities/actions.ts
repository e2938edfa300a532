import { sql } from 'kysely';
import { record } from '../../db/changes.ts';
import { type Db, inTransaction, json, type Transaction } from '../../db/database.ts';
import { emit } from '../../db/outbox.ts';
import type { Viewer } from '../accounts/access.ts';
import { Invalid, NotFound, Refused } from '../errors.ts';
import { instantOf } from '../events/rules.ts';
import { attachFiles } from '../forms/uploads.ts';
import type { ActivityChange, ActivityWrite } from './input.ts';
import { PICTURE_FORM } from './picture.ts';
import { type ActivityWriting, lastWriting } from './queries.ts';
import { mayModerate, mayWrite } from './rules.ts';

/** A city writes an activity, which then waits for a moderator. Returns its id. Errors: Invalid. */
export async function proposeActivity(
  db: Db,
  viewer: Viewer,
  { organisationId, ...written }: ActivityWrite,
  now: Temporal.Instant,
): Promise<string> {
  if (!mayWrite(viewer, organisationId)) throw new Invalid([{ path: 'organisationId', code: 'choice' }]);
  return inTransaction(db, async (tx) => {
    const city = await tx.selectFrom('organisations').select('id').where('id', '=', organisationId).executeTakeFirst();
    if (!city) throw new Invalid([{ path: 'organisationId', code: 'choice' }]);
    const { id } = await tx
      .insertInto('activities')
      .values({
        organisation_id: organisationId,
        created_by: viewer.personId,
        created_at: now,
        withdrawn_at: null,
        withdrawn_by: null,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await write(tx, viewer, id, 1, written, now);
    await record(tx, {
      actor: viewer.personId,
      feature: 'activities',
      row: id,
      action: 'proposed',
      after: { title: written.title },
    });
    return id;
  });
}

/** A city writes its activity again: what everybody reads stays until a moderator has read the new writing. Errors: NotFound, Invalid. */
export async function changeActivity(
  db: Db,
  viewer: Viewer,
  id: string,
  written: ActivityChange,
  now: Temporal.Instant,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const last = await locked(tx, id, (found) => mayWrite(viewer, found.organisation.id));
    await tx
      .updateTable('activity_versions')
      .set({ state: 'superseded' })
      .where('activity_id', '=', id)
      .where('state', '=', 'pending')
      .execute();
    await write(
      tx,
      viewer,
      id,
      last.no + 1,
      { ...written, pictureId: written.pictureId === undefined ? last.pictureId : written.pictureId },
      now,
    );
    await record(tx, {
      actor: viewer.personId,
      feature: 'activities',
      row: id,
      action: 'changed',
      before: { title: last.title, place: last.place, starts: last.starts.toString() },
      after: { title: written.title, place: written.place, starts: written.starts.toString() },
    });
  });
}

async function write(
  tx: Transaction,
  viewer: Viewer,
  id: string,
  no: number,
  written: ActivityChange,
  now: Temporal.Instant,
): Promise<void> {
  if (written.pictureId)
    await attachFiles(
      tx,
      { definition: PICTURE_FORM, answers: { picture: [written.pictureId] }, path: 'pictureId' },
      { kind: 'activity', id, uploadedBy: viewer.personId },
    );
  await tx
    .insertInto('activity_versions')
    .values({
      activity_id: id,
      no,
      title: json(written.title),
      description: json(written.description),
      place: written.place,
      zone: written.zone,
      starts_local: written.starts,
      ends_local: written.ends,
      starts_at: instantOf(written.starts, written.zone),
      ends_at: endOf(written),
      url: written.url ?? null,
      latitude: written.latitude ?? null,
      longitude: written.longitude ?? null,
      picture_id: written.pictureId ?? null,
      state: 'pending',
      reason: null,
      written_by: viewer.personId,
      written_at: now,
      decided_by: null,
      decided_at: null,
    })
    .execute();
}

// Where the clock goes back, an hour of the plan is none at all.
function endOf({ starts, ends, zone }: ActivityChange): Temporal.Instant {
  const [from, to] = [instantOf(starts, zone), instantOf(ends, zone)];
  if (Temporal.Instant.compare(from, to) >= 0) throw new Invalid([{ path: 'ends', code: 'endsBeforeStarts' }]);
  return to;
}

/** Lets everybody read the writing that waits, which must be the one that the moderator has seen. Errors: NotFound, Refused. */
export async function publishActivity(
  db: Db,
  viewer: Viewer,
  id: string,
  no: number | undefined,
  now: Temporal.Instant,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const last = await locked(tx, id, (found) => mayModerate(viewer, found.networkIds));
    waitsFor(last, no);
    await tx
      .updateTable('activity_versions')
      .set({ state: 'superseded' })
      .where('activity_id', '=', id)
      .where('state', '=', 'published')
      .execute();
    await decide(tx, viewer, last, { state: 'published', reason: null }, now);
  });
}

/** Sends the writing that waits back to its city, which is told why. What was published before stays. Errors: NotFound, Refused. */
export async function returnActivity(
  db: Db,
  viewer: Viewer,
  id: string,
  { reason, no }: { reason: string; no?: number | undefined },
  now: Temporal.Instant,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const last = await locked(tx, id, (found) => mayModerate(viewer, found.networkIds));
    waitsFor(last, no);
    await decide(tx, viewer, last, { state: 'returned', reason }, now);
  });
}

function waitsFor(last: ActivityWriting, no: number | undefined): void {
  if (last.state !== 'pending') throw new Refused('activity-decided');
  if (no !== undefined && no !== last.no) throw new Refused('activity-changed');
}

async function decide(
  tx: Transaction,
  viewer: Viewer,
  { id, no }: ActivityWriting,
  to: { state: 'published' | 'returned'; reason: string | null },
  now: Temporal.Instant,
) {
  await tx
    .updateTable('activity_versions')
    .set({ ...to, decided_by: viewer.personId, decided_at: now })
    .where('activity_id', '=', id)
    .where('no', '=', no)
    .execute();
  await emit(tx, 'activities.decided', { activity: id, no });
  await record(tx, {
    actor: viewer.personId,
    feature: 'activities',
    row: id,
    action: to.state,
    after: { no, ...(to.reason ? { reason: to.reason } : {}) },
  });
}

/** Takes an activity away: nobody reads it any more. Its city may, and whoever moderates it. Errors: NotFound. */
export async function withdrawActivity(db: Db, viewer: Viewer, id: string, now: Temporal.Instant): Promise<void> {
  await inTransaction(db, async (tx) => {
    await locked(tx, id, (found) => mayWrite(viewer, found.organisation.id) || mayModerate(viewer, found.networkIds));
    await tx.updateTable('activities').set({ withdrawn_at: now, withdrawn_by: viewer.personId }).where('id', '=', id).execute();
    await record(tx, { actor: viewer.personId, feature: 'activities', row: id, action: 'withdrawn' });
  });
}

async function locked(tx: Transaction, id: string, may: (found: ActivityWriting) => boolean): Promise<ActivityWriting> {
  await sql`select from activities where id = ${id} for no key update`.execute(tx);
  const found = await lastWriting(tx, id);
  if (!found || !may(found)) throw new NotFound();
  return found;
}
