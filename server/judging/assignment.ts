import { type Model, modelText, type Step } from './assignment-model.ts';
import { groupsOf } from './connectivity.ts';
import { seeded } from './draws.ts';

export interface AssignableEntry {
  id: string;
  /** How many jurors are to read it. */
  reviews: number;
  theme: string | null;
  languages: readonly string[];
}

export interface AssignableJuror {
  id: string;
  /** The fewest and the most entries this juror should have. */
  least: number;
  most: number;
  themes: readonly string[];
  languages: readonly string[];
}

export interface Pair {
  entry: string;
  juror: string;
}

export interface AssignmentProblem {
  entries: readonly AssignableEntry[];
  jurors: readonly AssignableJuror[];
  /** Pairs that must never be: conflicts, recusals. */
  forbidden: readonly Pair[];
  /** Reviews that were started: they stay. */
  started: readonly Pair[];
  /** What is assigned now, and should move little. */
  current: readonly Pair[];
  bids: readonly Pair[];
  /** all: only who reads a language of the entry; one: at least one of its jurors does; any: a mere preference. */
  language: 'all' | 'one' | 'any';
  /** First make the worst-off entry's jurors fit as well as possible, then all together. */
  worstOffFirst: boolean;
  seed: number;
}

export interface Assignment {
  pairs: Pair[];
  /** Reviews that nobody may write, by entry. */
  shortage: { entry: string; reviews: number }[];
  /** Jurors with fewer entries than they should have. */
  underload: { juror: string; entries: number }[];
  /** Whether every score will be comparable with every other. */
  connected: boolean;
  objective: number;
  rounds: number;
}

/** What a solver of mixed-integer programmes answers to a model in CPLEX LP format: the value of each variable by name. */
export type Solve = (model: string) => { optimal: boolean; objective: number; values: ReadonlyMap<string, number> };

// Points of the objective. A review that nobody writes outweighs every preference; a panel cut off outweighs one missing review,
// because without it no ranking can be published at all.
export const THEME = 300;
export const LANGUAGE = 200;
export const BID = 100;
export const KEEP = 400;
export const LOAD = 20;
export const SHORTAGE = 1_000_000;
export const UNDERLOAD = 200_000;
export const CUT_OFF = 2_000_000;
const TIE_BREAKER = 10;
const MOST_ROUNDS = 25;

/**
 * The assignment of the greatest fit that conflicts allow: exact, by a mixed-integer programme, again with a cut for each part of
 * the jury that would share nothing with the rest until there is none. The same problem and seed give the same assignment.
 */
export function assign(problem: AssignmentProblem, solve: Solve): Assignment {
  const model = modelOf(problem);
  const floor = problem.worstOffFirst
    ? Math.round(solved(solve, modelText(model, { cuts: [], worstOff: 'find' })).objective)
    : null;
  const cuts: number[][] = [];
  for (let round = 1; ; round++) {
    const step: Step = { cuts, worstOff: floor };
    const found = solved(solve, modelText(model, step));
    const chosen = model.pairs.filter((pair) => (found.values.get(pair.name) ?? 0) > 0.5);
    const fresh = missingCuts(model, chosen);
    const parted = fresh === 'whole' ? false : fresh.length === 0 || round >= MOST_ROUNDS;
    if (fresh === 'whole' || parted) return report(problem, chosen, fresh === 'whole', found.objective, round);
    if (cuts.length > 0 && fresh.every((cut) => cuts.some((known) => sameCut(known, cut)))) {
      return report(problem, chosen, false, found.objective, round);
    }
    cuts.push(...fresh);
  }
}

function solved(solve: Solve, text: string): ReturnType<Solve> {
  const found = solve(text);
  if (!found.optimal) throw new Error('The solver found no optimal assignment.');
  return found;
}

const sameCut = (a: readonly number[], b: readonly number[]) => a.length === b.length && a.every((pair, at) => pair === b[at]);

function modelOf(problem: AssignmentProblem): Model {
  const random = seeded(problem.seed);
  const key = (pair: Pair) => `${pair.entry}\n${pair.juror}`;
  const setOf = (pairs: readonly Pair[]) => new Set(pairs.map(key));
  const [forbidden, started, current, bids] = [problem.forbidden, problem.started, problem.current, problem.bids].map(setOf) as [
    Set<string>,
    Set<string>,
    Set<string>,
    Set<string>,
  ];
  const entries = problem.entries.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const jurors = problem.jurors.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const pairs = entries.flatMap((entry, i) =>
    jurors.flatMap((juror, j) => {
      const tie = Math.floor(random() * TIE_BREAKER);
      const pair = key({ entry: entry.id, juror: juror.id });
      const reads = entry.languages.some((language) => juror.languages.includes(language));
      const fixed = started.has(pair);
      if (!fixed && (forbidden.has(pair) || (problem.language === 'all' && !reads))) return [];
      const fit = fitOf(entry, juror, reads, bids.has(pair));
      const gain = fit + tie + (current.has(pair) ? KEEP : 0);
      return [{ name: `x${i}_${j}`, entry: i, juror: j, fit, gain, fixed, reads }];
    }),
  );
  return { entries, jurors, pairs, language: problem.language };
}

/** How well a juror fits an entry: three for its theme, two for its language, one for having asked for it, in hundreds. */
export function fitOf(entry: AssignableEntry, juror: AssignableJuror, reads: boolean, bid: boolean): number {
  const theme = entry.theme !== null && juror.themes.includes(entry.theme);
  return (theme ? THEME : 0) + (reads ? LANGUAGE : 0) + (bid ? BID : 0);
}

/** The pairs of which one must be added for each part that hangs with nothing else; "whole" when all of it hangs together. */
function missingCuts(model: Model, chosen: Model['pairs']): number[][] | 'whole' {
  const size = model.entries.length + model.jurors.length;
  const nodes = (pair: Model['pairs'][number]) => [pair.entry, model.entries.length + pair.juror] as const;
  const groups = groupsOf(size, chosen.map(nodes));
  const used = new Set(chosen.flatMap((pair) => groups[pair.entry] as number));
  if (used.size <= 1) return 'whole';
  const cuts = [...used].map((group) =>
    model.pairs.flatMap((pair, at) => {
      const [entry, juror] = nodes(pair);
      return (groups[entry] === group) !== (groups[juror] === group) ? [at] : [];
    }),
  );
  return cuts.filter((cut) => cut.length > 0);
}

function report(
  problem: AssignmentProblem,
  chosen: readonly { entry: number; juror: number }[],
  connected: boolean,
  objective: number,
  rounds: number,
): Assignment {
  const entries = problem.entries.map((entry) => entry.id).toSorted();
  const jurors = problem.jurors.map((juror) => juror.id).toSorted();
  const pairs = chosen.map((pair) => ({ entry: entries[pair.entry] as string, juror: jurors[pair.juror] as string }));
  const times = (of: (pair: Pair) => string) => Map.groupBy(pairs, of);
  const byEntry = times((pair) => pair.entry);
  const byJuror = times((pair) => pair.juror);
  return {
    pairs,
    shortage: problem.entries
      .map((entry) => ({ entry: entry.id, reviews: entry.reviews - (byEntry.get(entry.id)?.length ?? 0) }))
      .filter(({ reviews }) => reviews > 0),
    underload: problem.jurors
      .map((juror) => ({ juror: juror.id, entries: juror.least - (byJuror.get(juror.id)?.length ?? 0) }))
      .filter(({ entries }) => entries > 0),
    connected,
    objective,
    rounds,
  };
}
