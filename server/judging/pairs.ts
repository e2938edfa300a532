import { sql } from 'kysely';
import { record } from '../../db/changes.ts';
import { type Db, inTransaction, json, type Transaction } from '../../db/database.ts';
import type { Viewer } from '../accounts/access.ts';
import { Invalid, Refused } from '../errors.ts';
import { problemOf } from './assigning.ts';
import type { Assignment, AssignmentProblem, Pair } from './assignment.ts';
import { panelsOf } from './connectivity.ts';
import { chairedCall, type JudgedCall, runCall } from './found.ts';

/** One juror's reading of one entry, planned or not: what forbids it and what it would cost to change it. */
export interface PairCost {
  entry: string;
  juror: string;
  /** Whether the newest assignment, published or not, has it. */
  planned: boolean;
  /** A review that was begun stays. */
  started: boolean;
  /** Why it may not be: kinds of conflict. Empty when it may. */
  conflicts: string[];
  /** How many entries the juror reads now and would read after the change. */
  load: { now: number; after: number; least: number; most: number };
  /** How many jurors the entry has now and would have after the change. */
  reviews: { now: number; after: number };
  readsLanguage: boolean;
  /** Null where the entry has no theme or the juror named none. */
  matchesTheme: boolean | null;
  /** Whether every score could still be compared with every other after the change. */
  connected: boolean;
}

const key = (pair: Pair) => `${pair.entry}\n${pair.juror}`;

interface Plan {
  problem: AssignmentProblem;
  pairs: Pair[];
}

// The newest run without what came into conflict since; before there is one, what is assigned.
async function planOf(db: Db | Transaction, call: JudgedCall): Promise<Plan> {
  const problem = await problemOf(db, call, { reviews: 1, language: 'any' });
  const run = await db
    .selectFrom('assignment_runs')
    .select('result')
    .where('call_id', '=', call.id)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  const planned = run ? (run.result as Assignment).pairs : problem.current;
  const never = new Set(problem.forbidden.map(key));
  const [entries, jurors] = [new Set(problem.entries.map((one) => one.id)), new Set(problem.jurors.map((one) => one.id))];
  const stands = (pair: Pair) => !never.has(key(pair)) && entries.has(pair.entry) && jurors.has(pair.juror);
  return {
    problem,
    pairs: [...new Map([...planned, ...problem.started].filter(stands).map((pair) => [key(pair), pair])).values()],
  };
}

/** The pairs of the newest assignment, by hand or not. Errors: NotFound, NotAllowed. */
export async function plannedPairs(db: Db, viewer: Viewer, slug: string): Promise<{ pairs: Pair[]; started: Pair[] }> {
  const { pairs, problem } = await planOf(db, await chairedCall(db, viewer, slug));
  return { pairs, started: [...problem.started] };
}

/** What one pair would cost, for a look before it is changed. Errors: NotFound, NotAllowed, Invalid. */
export async function pairCost(db: Db, viewer: Viewer, slug: string, pair: Pair): Promise<PairCost> {
  const call = await chairedCall(db, viewer, slug);
  const plan = await planOf(db, call);
  const { rows } = await sql<{ kind: string }>`
    select distinct kind from juror_conflicts where call_id = ${call.id} and entry_id = ${pair.entry} and person_id = ${pair.juror} order by 1`.execute(
    db,
  );
  return costOf(
    plan,
    pair,
    rows.map((row) => row.kind),
  );
}

function costOf({ problem, pairs }: Plan, pair: Pair, conflicts: string[]): PairCost {
  const entry = problem.entries.find((one) => one.id === pair.entry);
  const juror = problem.jurors.find((one) => one.id === pair.juror);
  if (!entry) throw new Invalid([{ path: 'entry', code: 'choice' }]);
  if (!juror) throw new Invalid([{ path: 'juror', code: 'choice' }]);
  const planned = pairs.some((one) => key(one) === key(pair));
  const after = planned ? pairs.filter((one) => key(one) !== key(pair)) : [...pairs, pair];
  const load = (of: readonly Pair[]) => of.filter((one) => one.juror === pair.juror).length;
  const reviews = (of: readonly Pair[]) => of.filter((one) => one.entry === pair.entry).length;
  return {
    ...pair,
    planned,
    started: problem.started.some((one) => key(one) === key(pair)),
    conflicts,
    load: { now: load(pairs), after: load(after), least: juror.least, most: juror.most },
    reviews: { now: reviews(pairs), after: reviews(after) },
    readsLanguage: juror.languages.some((tag) => entry.languages.includes(tag)),
    matchesTheme: entry.theme && juror.themes.length > 0 ? juror.themes.includes(entry.theme) : null,
    connected: panelsOf(after).length <= 1,
  };
}

/**
 * Adds a pair to the newest assignment, or takes it out: a new assignment by hand, for preview until it is published. What is so
 * already stays so. Errors: NotFound, NotAllowed, Invalid for a pair in conflict, Refused('review-begun'), Refused('call-decided').
 */
export async function changePair(
  db: Db,
  viewer: Viewer,
  slug: string,
  pair: Pair,
  wanted: boolean,
  now: Temporal.Instant,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const call = await runCall(tx, viewer, slug, true);
    if (call.resultsPublishedAt) throw new Refused('call-decided');
    const plan = await planOf(tx, call);
    const forbidden = plan.problem.forbidden.some((one) => key(one) === key(pair));
    const cost = costOf(plan, pair, []);
    if (cost.planned === wanted) return;
    if (wanted && forbidden) throw new Invalid([{ path: 'juror', code: 'inConflict' }]);
    if (!wanted && cost.started) throw new Refused('review-begun');
    const pairs = wanted ? [...plan.pairs, pair] : plan.pairs.filter((one) => key(one) !== key(pair));
    const result: Assignment = { pairs, shortage: [], underload: [], connected: cost.connected, objective: 0, rounds: 0 };
    await sql`
      insert into assignment_runs (call_id, number, by_hand, problem, result, made_by, made_at)
      select ${call.id}, coalesce(max(number), 0) + 1, true, ${json(plan.problem)}, ${json(result)}, ${viewer.personId}, ${now}::timestamptz
      from assignment_runs where call_id = ${call.id}`.execute(tx);
    const after = { ...pair, assigned: wanted };
    await record(tx, { actor: viewer.personId, feature: 'judging', row: call.id, action: 'pairChanged', after });
  });
}
