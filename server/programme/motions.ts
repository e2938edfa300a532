import { sql } from 'kysely';
import { record } from '../../db/changes.ts';
import { type Db, inTransaction, json, type Transaction } from '../../db/database.ts';
import type { VoteChoice } from '../../db/tables/programme.ts';
import type { Viewer } from '../accounts/access.ts';
import { Invalid, NotFound, Refused } from '../errors.ts';
import { about, lockAssembly } from './assembly.ts';
import type { MotionWrite, VoteWrite } from './assembly-input.ts';
import { assemblyOf, votersOf } from './assembly-queries.ts';
import { newBallotKey, openVote, sealVote } from './secret-ballot.ts';
import { attendanceOf, type Result, resultOf, votesOf } from './voting.ts';

/** A new motion, or (with its id) one as it is from now on, while nobody votes on it yet. Errors: NotFound, NotAllowed, Refused, Invalid. */
export async function writeMotion(
  db: Db,
  viewer: Viewer,
  slug: string,
  written: MotionWrite,
  id: string | null,
): Promise<string> {
  return inTransaction(db, async (tx) => {
    const event = await lockAssembly(tx, viewer, slug);
    const agenda = (await assemblyOf(tx, event.id))?.agenda ?? [];
    if (written.itemId && !agenda.some((item) => item.id === written.itemId))
      throw new Invalid([{ path: 'itemId', code: 'choice' }]);
    const { ballot, majority, itemId } = written;
    const columns = { title: json(written.title), text: json(written.text), ballot, majority, item_id: itemId ?? null };
    if (id !== null) {
      const motion = await lockMotion(tx, event.id, id);
      if (motion.openedAt) throw new Refused('motion-opened');
      await tx.updateTable('motions').set(columns).where('id', '=', id).execute();
    }
    const motion = id ?? (await insertMotion(tx, event.id, columns));
    const action = id === null ? 'motionAdded' : 'motionChanged';
    await record(tx, { ...about(viewer, event.id), row: motion, action, after: { title: written.title, ballot, majority } });
    return motion;
  });
}

async function insertMotion(tx: Transaction, eventId: string, columns: object): Promise<string> {
  const { id } = await tx
    .insertInto('motions')
    .values({
      ...columns,
      event_id: eventId,
      position: sql`(select coalesce(max(position), 0) + 1 from motions where event_id = ${eventId})`,
      result: null,
    } as never)
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** Takes back a motion on which nobody has voted. Errors: NotFound, NotAllowed, Refused. */
export async function removeMotion(db: Db, viewer: Viewer, slug: string, id: string, now: Temporal.Instant): Promise<void> {
  await inTransaction(db, async (tx) => {
    const event = await lockAssembly(tx, viewer, slug);
    if ((await lockMotion(tx, event.id, id)).openedAt) throw new Refused('motion-opened');
    await tx.updateTable('motions').set({ removed_at: now }).where('id', '=', id).execute();
    await record(tx, { ...about(viewer, event.id), row: id, action: 'motionRemoved' });
  });
}

/** Opens the ballot on a motion: from now on what is voted on does not change. Errors: NotFound, NotAllowed, Refused. */
export async function openBallot(db: Db, viewer: Viewer, slug: string, id: string, now: Temporal.Instant): Promise<void> {
  await inTransaction(db, async (tx) => {
    const event = await lockAssembly(tx, viewer, slug);
    const motion = await lockMotion(tx, event.id, id);
    if (motion.openedAt) throw new Refused('motion-opened');
    const attendance = attendanceOf(await votersOf(tx, event.id), (await assemblyOf(tx, event.id))?.quorumPercent ?? 0);
    if (!attendance.quorum)
      throw new Refused('no-quorum', { there: attendance.present + attendance.represented, needed: attendance.needed });
    await tx
      .updateTable('motions')
      .set({ opened_at: now, opened_by: viewer.personId, ballot_key: motion.ballot === 'secret' ? newBallotKey() : null })
      .where('id', '=', id)
      .execute();
    await record(tx, { ...about(viewer, event.id), row: id, action: 'ballotOpened' });
  });
}

/**
 * Casts the vote of a city: by its delegate who has come, or by the one who carries it; once. In a secret ballot that it was cast is
 * kept apart from what. Errors: NotFound, Refused.
 */
export async function castVote(
  { db, secret }: { db: Db; secret: string },
  viewer: Viewer,
  eventId: string,
  id: string,
  { organisationId, choice }: VoteWrite,
  now: Temporal.Instant,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const { rows } = await sql<{ ballot: 'open' | 'secret'; open: boolean; key: Buffer | null }>`
      select ballot, opened_at is not null and closed_at is null as open, ballot_key as key from motions
      where id = ${id} and event_id = ${eventId} and removed_at is null for key share`.execute(tx);
    const motion = rows[0];
    if (!motion) throw new NotFound();
    const mine = votesOf(await votersOf(tx, eventId), viewer.personId);
    if (mine.length === 0) throw new NotFound();
    if (!mine.includes(organisationId)) throw new Refused('vote-not-yours');
    if (!motion.open) throw new Refused('ballot-not-open');
    const isSecret = motion.ballot === 'secret';
    const cast = await tx
      .insertInto('motion_votes')
      .values({
        motion_id: id,
        organisation_id: organisationId,
        cast_by: viewer.personId,
        choice: isSecret ? null : choice,
        cast_at: isSecret ? null : now,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('organisation_id')
      .executeTakeFirst();
    if (!cast) throw new Refused('vote-cast');
    if (motion.key)
      await tx
        .insertInto('sealed_ballots')
        .values({ motion_id: id, sealed: sealVote(secret, motion.key, id, choice) })
        .execute();
  });
}

/**
 * Closes a ballot and freezes its result. A secret one is opened and counted here; then what was sealed and its key are destroyed, and
 * only the numbers remain. Errors: NotFound, NotAllowed, Refused.
 */
export async function closeBallot(
  { db, secret }: { db: Db; secret: string },
  viewer: Viewer,
  slug: string,
  id: string,
  now: Temporal.Instant,
): Promise<Result> {
  return inTransaction(db, async (tx) => {
    const event = await lockAssembly(tx, viewer, slug);
    const motion = await lockMotion(tx, event.id, id);
    if (!motion.openedAt || motion.closedAt) throw new Refused('ballot-not-open');
    const choices = motion.key ? await openAll(tx, secret, motion.key, id) : await openChoices(tx, id);
    const attendance = attendanceOf(await votersOf(tx, event.id), (await assemblyOf(tx, event.id))?.quorumPercent ?? 0);
    const result = resultOf(choices, motion.majority, attendance);
    await tx
      .updateTable('motions')
      .set({ closed_at: now, closed_by: viewer.personId, ballot_key: null, result: json(result as unknown) })
      .where('id', '=', id)
      .execute();
    await tx.deleteFrom('sealed_ballots').where('motion_id', '=', id).execute();
    await record(tx, { ...about(viewer, event.id), row: id, action: 'ballotClosed', after: { carried: result.carried } });
    return result;
  });
}

async function openAll(tx: Transaction, secret: string, key: Buffer, id: string): Promise<VoteChoice[]> {
  const sealed = await tx.selectFrom('sealed_ballots').select('sealed').where('motion_id', '=', id).execute();
  return sealed.map((one) => openVote(secret, key, id, one.sealed));
}

async function openChoices(tx: Transaction, id: string): Promise<VoteChoice[]> {
  const votes = await tx.selectFrom('motion_votes').select('choice').where('motion_id', '=', id).execute();
  return votes.flatMap(({ choice }) => choice ?? []);
}

// Against votes that are being cast: they hold the row until they are in.
async function lockMotion(tx: Transaction, eventId: string, id: string) {
  const motion = await tx
    .selectFrom('motions')
    .select(['opened_at as openedAt', 'closed_at as closedAt', 'ballot', 'majority', 'ballot_key as key'])
    .where('id', '=', id)
    .where('event_id', '=', eventId)
    .where('removed_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  if (!motion) throw new NotFound();
  return motion;
}
