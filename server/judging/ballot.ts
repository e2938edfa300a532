/** One juror's order of preference: groups of equally good ones, the best first. What is left out comes last, all equal. */
export type Ballot = readonly (readonly string[])[];

/** Candidates on which a juror has no say, for a conflict: their ballot neither helps nor harms them. */
export type Abstention = ReadonlySet<string>;

export interface BallotResult {
  /** Groups of candidates, the best first; several in one group are tied. */
  order: string[][];
  /** How many prefer `a` to `b`. */
  preferences: { a: string; b: string; voters: number }[];
  /** The strongest path from `a` to `b`: its weakest link, and the candidates on it from `a` to `b`. None where there is no path. */
  paths: { a: string; b: string; strength: number; through: string[] }[];
}

/**
 * Schulze's method (Social Choice and Welfare 36, 2011), with winning votes: who beats everybody one to one wins, and whatever
 * circles are left are cut at their weakest link.
 */
export function schulze(
  candidates: readonly string[],
  ballots: readonly Ballot[],
  abstentions: readonly Abstention[] = [],
): BallotResult {
  const ids = candidates.toSorted();
  const n = ids.length;
  const counts = pairwise(ids, ballots, abstentions);
  const strength = counts.map((row, a) => row.map((voters, b) => (voters > (counts[b]?.[a] ?? 0) ? voters : 0)));
  // The last candidate before the end on the strongest path.
  const before = ids.map((_, a) => ids.map(() => a));
  for (let via = 0; via < n; via++) {
    for (let a = 0; a < n; a++) {
      if (a === via) continue;
      for (let b = 0; b < n; b++) {
        if (b === a || b === via) continue;
        const through = Math.min(cell(strength, a, via), cell(strength, via, b));
        if (through <= cell(strength, a, b)) continue;
        (strength[a] as number[])[b] = through;
        (before[a] as number[])[b] = cell(before, via, b);
      }
    }
  }
  const losses = ids.map((_, a) => ids.filter((_, b) => b !== a && cell(strength, b, a) > cell(strength, a, b)).length);
  const groups = Map.groupBy(ids, (_, at) => losses[at] as number);
  return {
    order: [...groups].sort(([a], [b]) => a - b).map(([, group]) => group),
    preferences: ids.flatMap((a, i) => ids.flatMap((b, j) => (i === j ? [] : [{ a, b, voters: cell(counts, i, j) }]))),
    paths: ids.flatMap((a, i) =>
      ids.flatMap((b, j) =>
        i === j || cell(strength, i, j) === 0
          ? []
          : [{ a, b, strength: cell(strength, i, j), through: pathBetween(before, i, j).map((at) => ids[at] as string) }],
      ),
    ),
  };
}

function pathBetween(before: readonly (readonly number[])[], from: number, to: number): number[] {
  const path = [to];
  while (path[0] !== from && path.length <= before.length) path.unshift(cell(before, from, path[0] as number));
  return path;
}

function pairwise(ids: readonly string[], ballots: readonly Ballot[], abstentions: readonly Abstention[]): number[][] {
  const counts = ids.map(() => ids.map(() => 0));
  for (const [voter, ballot] of ballots.entries()) {
    const silent = (id: string) => abstentions[voter]?.has(id) ?? false;
    const place = new Map(ballot.flatMap((group, at) => group.map((id): [string, number] => [id, at])));
    const placeOf = (id: string) => place.get(id) ?? ballot.length;
    ids.forEach((a, i) => {
      ids.forEach((b, j) => {
        if (!silent(a) && !silent(b) && placeOf(a) < placeOf(b)) (counts[i] as number[])[j] = cell(counts, i, j) + 1;
      });
    });
  }
  return counts;
}

const cell = (matrix: readonly (readonly number[])[], a: number, b: number) => matrix[a]?.[b] ?? 0;
