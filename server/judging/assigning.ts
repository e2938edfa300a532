import { sql } from 'kysely';
import { record } from '../../db/changes.ts';
import { type Db, inTransaction, json, type Transaction } from '../../db/database.ts';
import type { Viewer } from '../accounts/access.ts';
import { Invalid, NotFound, Refused } from '../errors.ts';
import type { Assignment, AssignmentProblem, Pair } from './assignment.ts';
import { computeAssignment } from './computing.ts';
import { panelsOf } from './connectivity.ts';
import { chairedCall, type JudgedCall, runCall } from './found.ts';
import type { AssignmentsWrite, AutomaticWrite } from './input.ts';
import { entryHashes, prove } from './proof.ts';
import { openScoring, tellJurors } from './rounds.ts';
import { JUDGED } from './visible.ts';

/** What an assignment would mean, before anybody sees it. */
export interface RunPreview {
  number: number;
  byHand: boolean;
  madeAt: Temporal.Instant;
  publishedAt: Temporal.Instant | null;
  seed: number | null;
  pairs: Pair[];
  shortage: Assignment['shortage'];
  underload: Assignment['underload'];
  connected: boolean;
  /** How many entries each juror gets. */
  load: { juror: string; entries: number }[];
  /** How many pairs were ruled out, by why. */
  conflicts: { kind: string; pairs: number }[];
  /** Against what jurors have now. */
  added: number;
  withdrawn: number;
  kept: number;
}

/**
 * Makes an assignment, automatic or of given pairs, and keeps it for preview; jurors see it when it is published. Errors: NotFound,
 * NotAllowed, Invalid for a pair in conflict, Refused('no-jury'), Refused('no-entries').
 */
export async function makeRun(
  db: Db,
  viewer: Viewer,
  slug: string,
  input: AssignmentsWrite,
  now: Temporal.Instant,
): Promise<RunPreview> {
  const call = await runCall(db, viewer, slug);
  if (call.resultsPublishedAt) throw new Refused('call-decided');
  const problem = await problemOf(db, call, input.automatic ?? { reviews: 1, language: 'any' });
  if (problem.jurors.length === 0) throw new Refused('no-jury');
  if (problem.entries.length === 0) throw new Refused('no-entries');
  const result = input.pairs ? byHand(problem, input.pairs) : await computeAssignment(problem);
  await inTransaction(db, async (tx) => {
    await runCall(tx, viewer, slug, true);
    const { rows } = await sql<{ number: number }>`
      insert into assignment_runs (call_id, number, by_hand, problem, result, made_by, made_at)
      select ${call.id}, coalesce(max(number), 0) + 1, ${input.pairs !== undefined}, ${json(problem)}, ${json(result)}, ${viewer.personId}, ${now}::timestamptz
      from assignment_runs where call_id = ${call.id} returning number`.execute(tx);
    const after = { number: rows[0]?.number, pairs: result.pairs.length };
    await record(tx, { actor: viewer.personId, feature: 'judging', row: call.id, action: 'assignmentMade', after });
  });
  if (input.publish) await publishRun(db, viewer, slug, now);
  const preview = await lastRun(db, call.id);
  if (!preview) throw new NotFound();
  return preview;
}

function byHand(problem: AssignmentProblem, pairs: readonly Pair[]): Assignment {
  const key = (pair: Pair) => `${pair.entry}\n${pair.juror}`;
  const entries = new Set(problem.entries.map((entry) => entry.id));
  const jurors = new Set(problem.jurors.map((juror) => juror.id));
  const forbidden = new Set(problem.forbidden.map(key));
  const errors = pairs.flatMap((pair, at) => {
    if (!entries.has(pair.entry)) return [{ path: `pairs.${at}.entry`, code: 'choice' }];
    if (!jurors.has(pair.juror)) return [{ path: `pairs.${at}.juror`, code: 'choice' }];
    return forbidden.has(key(pair)) ? [{ path: `pairs.${at}`, code: 'inConflict' }] : [];
  });
  if (errors.length > 0) throw new Invalid(errors);
  const kept = problem.started.filter((pair) => !forbidden.has(key(pair)));
  const all = [...new Map([...pairs, ...kept].map((pair) => [key(pair), pair])).values()];
  return { pairs: all, shortage: [], underload: [], connected: panelsOf(all).length <= 1, objective: 0, rounds: 0 };
}

/** What an assignment is made of, as of now. */
export async function problemOf(db: Db | Transaction, call: JudgedCall, asked: AutomaticWrite): Promise<AssignmentProblem> {
  const judged = sql`n.call_id = ${call.id} and n.state = any (${[...JUDGED]}::text[])`;
  const { rows: entries } = await sql<AssignmentProblem['entries'][number]>`
    select n.id, ${asked.reviews}::int as reviews, n.theme, case when cardinality(n.languages) > 0 then n.languages else array[n.language] end as languages
    from entries n where ${judged} order by n.id`.execute(db);
  const { rows: jurors } = await sql<AssignmentProblem['jurors'][number]>`
    select m.person_id as id, m.least, coalesce(m.most, ${entries.length}::int) as most, m.themes, m.languages
    from jury_members m where m.call_id = ${call.id} and m.seat = 'juror' and m.ended_at is null order by m.person_id`.execute(
    db,
  );
  const { rows: forbidden } = await sql<Pair>`
    select distinct entry_id as entry, person_id as juror from juror_conflicts where call_id = ${call.id}`.execute(db);
  const { rows: current } = await sql<Pair>`
    select entry_id as entry, person_id as juror from assignments where call_id = ${call.id} and withdrawn_at is null`.execute(
    db,
  );
  const { rows: begun } = await sql<Pair>`
    select r.entry_id as entry, r.person_id as juror from reviews r join assignments a using (entry_id, person_id)
    where r.call_id = ${call.id} and r.removed_at is null and a.withdrawn_at is null`.execute(db);
  const never = new Set(forbidden.map((pair) => `${pair.entry}\n${pair.juror}`));
  const started = begun.filter((pair) => !never.has(`${pair.entry}\n${pair.juror}`));
  const { language, worstOffFirst = false, seed = 1 } = asked;
  const { rows: bids } =
    await sql<Pair>`select entry_id as entry, person_id as juror from wishes where call_id = ${call.id}`.execute(db);
  return { entries, jurors, forbidden, started, current, bids, language, worstOffFirst, seed };
}

/** The newest run, published or not, with what it would change. */
export async function lastRun(db: Db | Transaction, callId: string): Promise<RunPreview | null> {
  const run = await db
    .selectFrom('assignment_runs')
    .selectAll()
    .where('call_id', '=', callId)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!run) return null;
  const result = run.result as Assignment;
  const problem = run.problem as AssignmentProblem;
  const { rows: conflicts } = await sql<{ kind: string; pairs: number }>`
    select kind, count(*)::int as pairs from juror_conflicts where call_id = ${callId} group by kind order by kind`.execute(db);
  const { rows: now } = await sql<Pair>`
    select entry_id as entry, person_id as juror from assignments where call_id = ${callId} and withdrawn_at is null`.execute(db);
  const key = (pair: Pair) => `${pair.entry}\n${pair.juror}`;
  const planned = new Set(result.pairs.map(key));
  const held = new Set(now.map(key));
  const kept = [...planned].filter((pair) => held.has(pair)).length;
  return {
    number: run.number,
    byHand: run.by_hand,
    madeAt: run.made_at,
    publishedAt: run.published_at,
    seed: run.by_hand ? null : problem.seed,
    pairs: result.pairs,
    shortage: result.shortage,
    underload: result.underload,
    connected: result.connected,
    load: problem.jurors.map(({ id }) => ({ juror: id, entries: result.pairs.filter((pair) => pair.juror === id).length })),
    conflicts,
    added: planned.size - kept,
    withdrawn: held.size - kept,
    kept,
  };
}

/** The same for who may see it. Errors: NotFound, NotAllowed. */
export async function runOf(db: Db, viewer: Viewer, slug: string): Promise<RunPreview | null> {
  return lastRun(db, (await chairedCall(db, viewer, slug)).id);
}

/**
 * Publishes the newest run: from now on jurors see what they were given. What it no longer has is withdrawn and stays on record; what
 * was started meanwhile stays, and whoever got into conflict meanwhile gets nothing. They are told by mail. Errors: NotFound, NotAllowed,
 * Refused('no-run'), Refused('scoring-closed').
 */
export async function publishRun(db: Db, viewer: Viewer, slug: string, now: Temporal.Instant): Promise<void> {
  await inTransaction(db, async (tx) => {
    const call = await runCall(tx, viewer, slug, true);
    const run = await tx
      .selectFrom('assignment_runs')
      .selectAll()
      .where('call_id', '=', call.id)
      .orderBy('number', 'desc')
      .limit(1)
      .executeTakeFirst();
    if (!run) throw new Refused('no-run');
    if (run.published_at) return;
    if (call.scoring.closedAt) throw new Refused('scoring-closed');
    const { pairs } = run.result as Assignment;
    const wanted = sql`select (pair ->> 'entry')::uuid as entry_id, (pair ->> 'juror')::uuid as person_id from jsonb_array_elements(${json(pairs)}) pair`;
    await sql`update assignments a set withdrawn_at = ${now}, withdrawn_by = ${viewer.personId}, withdrawal_reason = 'reassigned'
      where a.call_id = ${call.id} and a.withdrawn_at is null and not exists (select from (${wanted}) w where w.entry_id = a.entry_id and w.person_id = a.person_id)
        and not exists (select from reviews r where r.entry_id = a.entry_id and r.person_id = a.person_id and r.removed_at is null)`.execute(
      tx,
    );
    const { rows: given } = await sql<{
      person: string;
    }>`insert into assignments (entry_id, person_id, call_id, run_id, published_at, published_by)
      select w.entry_id, w.person_id, ${call.id}, ${run.id}, ${now}::timestamptz, ${viewer.personId}::uuid from (${wanted}) w
        join jury_members m on m.call_id = ${call.id} and m.person_id = w.person_id and m.ended_at is null
        join entries n on n.id = w.entry_id and n.state = any (${[...JUDGED]}::text[])
      where not exists (select from juror_conflicts x where x.call_id = ${call.id} and x.entry_id = w.entry_id and x.person_id = w.person_id)
      on conflict (entry_id, person_id) do update set withdrawn_at = null, withdrawn_by = null, withdrawal_reason = '', run_id = excluded.run_id,
        published_at = excluded.published_at where assignments.withdrawn_at is not null returning person_id as person`.execute(
      tx,
    );
    await openScoring(tx, viewer, call.id, now);
    const readers = [...new Set(given.map(({ person }) => person))].map((person) => ({ call: call.id, person }));
    await tellJurors(tx, 'judging.assigned', readers, now);
    await tx
      .updateTable('assignment_runs')
      .set({ published_at: now, published_by: viewer.personId })
      .where('id', '=', run.id)
      .execute();
    await prove(tx, call.id, 'assignments', { run: run.number, entries: await entryHashes(tx, call.id), pairs }, now);
    await record(tx, {
      actor: viewer.personId,
      feature: 'judging',
      row: call.id,
      action: 'assignmentsPublished',
      after: { number: run.number },
    });
  });
}
