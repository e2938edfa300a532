import { sql } from 'kysely';
import { record } from '../../db/changes.ts';
import { type Db, inTransaction, json, type Transaction } from '../../db/database.ts';
import type { Viewer } from '../accounts/access.ts';
import { Invalid, NotFound, Refused } from '../errors.ts';
import { type Ballot, type BallotResult, schulze } from './ballot.ts';
import { canonical, sha256 } from './chain.ts';
import { chairedCall, seatedCall } from './found.ts';
import { prove } from './proof.ts';
import { FINALIST, visibleTo } from './visible.ts';

export interface Note {
  id: string;
  entry: string | null;
  text: string;
  writtenBy: string | null;
  writtenAt: Temporal.Instant;
}

/** What was said, as the chair wrote it down. Errors: NotFound, NotAllowed. */
export async function notesOf(db: Db, viewer: Viewer, slug: string): Promise<Note[]> {
  const call = await chairedCall(db, viewer, slug);
  return db
    .selectFrom('deliberation_notes as d')
    .leftJoin('people as p', 'p.id', 'd.written_by')
    .select(['d.id', 'd.entry_id as entry', 'd.text', 'p.name as writtenBy', 'd.written_at as writtenAt'])
    .where('d.call_id', '=', call.id)
    .orderBy('d.written_at')
    .limit(1000)
    .execute();
}

/** Writes down what was said, of one entry or of all. Errors: NotFound, NotAllowed, Invalid. */
export async function addNote(
  db: Db,
  viewer: Viewer,
  slug: string,
  note: { text: string; entry?: string | null | undefined },
  now: Temporal.Instant,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const call = await chairedCall(tx, viewer, slug, true);
    if (call.resultsPublishedAt) throw new Refused('call-decided');
    if (note.entry) {
      const entry = await tx
        .selectFrom('entries')
        .select('id')
        .where('id', '=', note.entry)
        .where('call_id', '=', call.id)
        .executeTakeFirst();
      if (!entry) throw new Invalid([{ path: 'entry', code: 'choice' }]);
    }
    await tx
      .insertInto('deliberation_notes')
      .values({ call_id: call.id, entry_id: note.entry ?? null, text: note.text, written_by: viewer.personId, written_at: now })
      .execute();
    await record(tx, { actor: viewer.personId, feature: 'judging', row: note.entry ?? call.id, action: 'noteWritten' });
  });
}

const FINAL = 2;

/** Opens the final, in which jurors read and rank what was shortlisted. Errors: NotFound, NotAllowed, Refused. */
export async function openBallot(db: Db, viewer: Viewer, slug: string, now: Temporal.Instant): Promise<void> {
  await inTransaction(db, async (tx) => {
    const call = await chairedCall(tx, viewer, slug, true);
    if (call.resultsPublishedAt) throw new Refused('call-decided');
    if ((await candidatesOf(tx, call.id)).length < 2) throw new Refused('too-few-finalists');
    await sql`insert into rounds (call_id, number, kind, opened_at, opened_by, ballot_opened_at)
      values (${call.id}, ${FINAL}, 'final', ${now}, ${viewer.personId}, ${now})
      on conflict (call_id, number) do update set closed_at = null, ballot_closed_at = null, ballot_opened_at = coalesce(rounds.ballot_opened_at, ${now})`.execute(
      tx,
    );
    await record(tx, { actor: viewer.personId, feature: 'judging', row: call.id, action: 'ballotOpened' });
  });
}

/** Closes the final: its result is proved, and no ballot changes any more. Errors: NotFound, NotAllowed, Refused('ballot-closed'). */
export async function closeBallot(db: Db, viewer: Viewer, slug: string, now: Temporal.Instant): Promise<BallotResult> {
  return inTransaction(db, async (tx) => {
    const call = await chairedCall(tx, viewer, slug, true);
    const closed = await tx
      .updateTable('rounds')
      .set({ closed_at: now, ballot_closed_at: now })
      .where('call_id', '=', call.id)
      .where('number', '=', FINAL)
      .where('closed_at', 'is', null)
      .executeTakeFirst();
    if (closed.numUpdatedRows === 0n) throw new Refused('ballot-closed');
    const result = await resultOf(tx, call.id);
    await prove(tx, call.id, 'ballot', { order: result.order, preferencesHash: sha256(canonical(result.preferences)) }, now);
    await record(tx, {
      actor: viewer.personId,
      feature: 'judging',
      row: call.id,
      action: 'ballotClosed',
      after: { order: result.order },
    });
    return result;
  });
}

/** A juror's order of the finalists that they may see; cast again it replaces the last. Errors: NotFound, Refused, Invalid. */
export async function castBallot(
  db: Db,
  viewer: Viewer,
  slug: string,
  ranking: string[][],
  now: Temporal.Instant,
): Promise<void> {
  const call = await seatedCall(db, viewer, slug);
  await inTransaction(db, async (tx) => {
    const round = await tx
      .selectFrom('rounds')
      .select('closed_at')
      .where('call_id', '=', call.id)
      .where('number', '=', FINAL)
      .forShare()
      .executeTakeFirst();
    if (!round || round.closed_at) throw new Refused('ballot-closed');
    const { rows } = await sql<{ id: string }>`
      select n.id from entries n where n.call_id = ${call.id} and n.state = 'shortlisted' and ${visibleTo(viewer.personId)}`.execute(
      tx,
    );
    const may = new Set(rows.map((row) => row.id));
    const named = ranking.flat();
    const wrong = named.findIndex((id, at) => !may.has(id) || named.indexOf(id) !== at);
    if (wrong >= 0) throw new Invalid([{ path: 'ranking', code: 'choice' }]);
    await sql`insert into ballots (call_id, person_id, ranking, cast_at) values (${call.id}, ${viewer.personId}, ${json(ranking)}, ${now})
      on conflict (call_id, person_id) do update set ranking = excluded.ranking, cast_at = excluded.cast_at`.execute(tx);
    await record(tx, { actor: viewer.personId, feature: 'judging', row: call.id, action: 'ballotCast' });
  });
}

/** How the ballot stands: who has voted while it is open, the result when it is closed. Errors: NotFound, NotAllowed. */
export async function ballotOf(
  db: Db,
  viewer: Viewer,
  slug: string,
): Promise<{ open: boolean; cast: number; result: BallotResult | null }> {
  const call = await chairedCall(db, viewer, slug);
  const round = await db
    .selectFrom('rounds')
    .select('closed_at')
    .where('call_id', '=', call.id)
    .where('number', '=', FINAL)
    .executeTakeFirst();
  if (!round) throw new NotFound();
  const cast = await db
    .selectFrom('ballots')
    .select((eb) => eb.fn.countAll<string>().as('n'))
    .where('call_id', '=', call.id)
    .executeTakeFirstOrThrow();
  return { open: round.closed_at === null, cast: Number(cast.n), result: round.closed_at ? await resultOf(db, call.id) : null };
}

async function candidatesOf(db: Db | Transaction, callId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('entries')
    .select('id')
    .where('call_id', '=', callId)
    .where('state', '=', 'shortlisted')
    .orderBy('id')
    .execute();
  return rows.map((row) => row.id);
}

async function resultOf(db: Db | Transaction, callId: string): Promise<BallotResult> {
  const { rows } = await sql<{ ranking: Ballot; abstains: string[] }>`
    select b.ranking, coalesce((select array_agg(distinct x.entry_id::text) from juror_conflicts x where x.call_id = b.call_id and x.person_id = b.person_id), '{}') as abstains
    from ballots b where b.call_id = ${callId} order by b.person_id`.execute(db);
  return schulze(
    await finalists(db, callId),
    rows.map((row) => row.ranking),
    rows.map((row) => new Set(row.abstains)),
  );
}

// Also once some of them are laureates.
async function finalists(db: Db | Transaction, callId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select n.id from entries n where n.call_id = ${callId} and ${FINALIST} order by 1`.execute(db);
  return rows.map((row) => row.id);
}
