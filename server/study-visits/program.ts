import type { Problem } from './allocation.ts';
import { lot } from './lots.ts';
import { meet, type Options, type Party } from './options.ts';

export interface Column {
  cost: number;
  lower: number;
  upper: number;
  /** Whether it must be whole. */
  whole: boolean;
}

export interface Row {
  terms: readonly (readonly [column: number, factor: number])[];
  lower: number;
  upper: number;
}

/** A mixed integer programme: the least cost of columns within their limits and those of the rows. */
export interface Program {
  columns: readonly Column[];
  rows: readonly Row[];
}

/**
 * Finds the least, to within `gap` of it or until so many nodes were opened. `bound`: nothing costs less than this. Undefined: there
 * is nothing within the limits.
 */
export type Solve = (
  program: Program,
  limits: { gap: number; nodes: number; start?: Float64Array | undefined },
) => { values: Float64Array; objective: number; bound: number } | undefined;

export type Goal =
  | { kind: 'people' }
  | {
      kind: 'ranks';
      weights: { rank: number; move: number; lot: number };
      /** How many people get something at the least. */
      atLeast: number;
      /** Positions of the visits that take place, once that is settled. */
      open?: ReadonlySet<number>;
    };

/**
 * The allocation as a programme. Columns: x of each option (this party goes to this visit), y of each visit (it takes place), and
 * with several visits each z of each party (it got something). What was fixed by hand outranks places, minimums and spread: they
 * yield to it, and to nothing else.
 */
export function programOf(problem: Problem, { parties, options }: Options, goal: Goal) {
  const columns: Column[] = [];
  const rows: Row[] = [];
  const { visits } = problem;
  const weight = (party: number) => parties[party]?.members.length ?? 0;
  const several = problem.each > 1;
  let constant = 0;

  for (const { party, visit, fixed } of options) {
    const cost = goal.kind === 'people' ? (several ? 0 : -weight(party)) : 0;
    columns.push({
      cost: cost + worth(problem, parties[party] as Party, visit, goal),
      lower: fixed ? 1 : 0,
      upper: 1,
      whole: true,
    });
  }
  const decided = new Set(options.filter(({ fixed }) => fixed).map(({ visit }) => visit));
  visits.forEach((_, at) => {
    const open = goal.kind === 'ranks' ? goal.open : undefined;
    const stands = decided.has(at) || open?.has(at);
    columns.push({ cost: 0, lower: stands ? 1 : 0, upper: open && !stands ? 0 : 1, whole: true });
  });
  const byParty = group(options.map(({ party }) => party));
  const byVisit = group(options.map(({ visit }) => visit));
  const y = (visit: number) => options.length + visit;

  for (const [party, own] of byParty) {
    const held = own.filter((at) => options[at]?.fixed).length;
    rows.push(
      atMost(
        own.map((at) => [at, 1]),
        Math.max(problem.each, held),
      ),
    );
    if (several) {
      for (const clique of cliques(
        own
          .filter((at) => !options[at]?.fixed)
          .map((at) => ({ at, span: visits[options[at]?.visit ?? 0] as Problem['visits'][number] })),
      ))
        rows.push(
          atMost(
            clique.map((at) => [at, 1]),
            1,
          ),
        );
      columns.push({ cost: goal.kind === 'people' ? -weight(party) : 0, lower: 0, upper: 1, whole: false });
      rows.push(atMost([[columns.length - 1, 1], ...own.map((at) => [at, -1] as const)], 0));
    }
  }
  for (const [visit, own] of byVisit) {
    const { places, kept, minimum } = visits[visit] as Problem['visits'][number];
    const size = (at: number) => weight(options[at]?.party ?? 0);
    const sum = (list: readonly number[]) => list.reduce((total, at) => total + size(at), 0);
    const fixed = (list: readonly number[]) => sum(list.filter((at) => options[at]?.fixed));
    const guests = own.filter((at) => !parties[options[at]?.party ?? 0]?.members.every(({ host }) => host));
    const all = own.map((at) => [at, size(at)] as const);
    const most = Math.max(places, fixed(own));
    rows.push(atMost([...all, [y(visit), -most]], 0));
    rows.push(
      atMost(
        guests.map((at) => [at, size(at)]),
        Math.max(places - kept, fixed(guests)),
      ),
    );
    const least = decided.has(visit) ? Math.min(minimum, fixed(own)) : minimum;
    rows.push({ terms: [...all, [y(visit), -least]], lower: 0, upper: Number.POSITIVE_INFINITY });
    if (problem.perCity === null) continue;
    const apart = own.filter(
      (at) => parties[options[at]?.party ?? 0]?.city !== null && !parties[options[at]?.party ?? 0]?.together,
    );
    for (const same of Map.groupBy(apart, (at) => parties[options[at]?.party ?? 0]?.city).values())
      if (sum(same) > problem.perCity)
        rows.push(
          atMost(
            same.map((at) => [at, size(at)]),
            Math.max(problem.perCity, fixed(same)),
          ),
        );
  }
  if (goal.kind === 'ranks') {
    const got: (readonly [number, number])[] = several
      ? [...byParty.keys()].map((party, at) => [options.length + visits.length + at, weight(party)] as const)
      : options.map(({ party }, at) => [at, weight(party)] as const);
    rows.push({ terms: got, lower: goal.atLeast, upper: Number.POSITIVE_INFINITY });
    constant = constantOf(problem, goal.weights);
  }

  return {
    columns: options.length === 0 ? [] : columns,
    rows,
    /** What the objective leaves out: the cost when nobody gets anything. */
    constant,
    given: (values: Float64Array): Record<string, string[]> => {
      const given: Record<string, string[]> = {};
      options.forEach(({ party, visit }, at) => {
        if ((values[at] ?? 0) < 0.5) return;
        for (const { id } of parties[party]?.members ?? []) (given[id] ??= []).push(visits[visit]?.id ?? '');
      });
      for (const list of Object.values(given)) list.sort();
      return given;
    },
    opened: (values: Float64Array): Set<number> => new Set(visits.flatMap((_, at) => ((values[y(at)] ?? 0) > 0.5 ? [at] : []))),
  };
}

// What giving a visit to a party changes of the cost: its rank instead of one more than the number of wishes, a former place kept,
// and a hair for those whose lot comes first.
function worth(problem: Problem, party: Party, visit: number, goal: Goal): number {
  if (goal.kind === 'people') return 0;
  const { id } = problem.visits[visit] as Problem['visits'][number];
  const { rank, move, lot: hair } = goal.weights;
  return party.members.reduce((sum, one) => {
    const at = one.wishes.indexOf(id);
    const saved = at < 0 ? 0 : one.wishes.length - at;
    return sum - saved * (rank + hair * lot(problem.seed, one.id)) - (one.former.includes(id) ? move : 0);
  }, 0);
}

function constantOf(problem: Problem, { rank, move, lot: hair }: { rank: number; move: number; lot: number }): number {
  return problem.participants.reduce((sum, one) => {
    const units = Math.min(problem.each, one.wishes.length);
    return sum + units * (one.wishes.length + 1) * (rank + hair * lot(problem.seed, one.id)) + one.former.length * move;
  }, 0);
}

/** The largest sets of spans that have a moment in common, each by its positions. */
function cliques(list: readonly { at: number; span: { starts: number; ends: number } }[]): number[][] {
  const sets = list.map(({ span }) =>
    list.filter((other) => meet(other.span, { starts: span.starts, ends: span.starts + 1 })).map(({ at }) => at),
  );
  return sets.filter((set, n) => set.length > 1 && !sets.some((other, m) => m < n && set.every((at) => other.includes(at))));
}

const atMost = (terms: readonly (readonly [number, number])[], upper: number): Row => ({
  terms,
  lower: Number.NEGATIVE_INFINITY,
  upper,
});

function group(keys: readonly number[]): Map<number, number[]> {
  return Map.groupBy(
    keys.map((_, at) => at),
    (at) => keys[at] as number,
  );
}
