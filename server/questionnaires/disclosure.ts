// Whether somebody who adds and subtracts everything that is published can single out one to four people. People who belong to the
// same published sets cannot be told apart: they are one atom. What can be derived are the linear combinations of the sets; a set of
// atoms is one of them exactly where it is at right angles to every vector that all published sets are at right angles to (the null
// space). Source of the view: the audit of linear queries, Chin and Özsoyoğlu, "Auditing and inference control in statistical
// databases", IEEE TSE 8 (1982).

/** Derived sets of fewer people are never allowed, whatever else a questionnaire asks for. */
const LEAST = 5;
/** The largest prime below 2^26: products stay whole numbers. Where it misleads, more is thought derivable, and hidden. */
const P = 67_108_859;

interface Row {
  pivot: number;
  values: Float64Array;
}

export interface Audit {
  /** Adds a set of atoms unless something of one to four people could then be derived. Says whether it was added. */
  admit: (set: readonly number[]) => boolean;
}

/** An audit over atoms of these sizes (numbers of people), at first with nothing published. */
export function auditOf(sizes: readonly number[]): Audit {
  let rows: Row[] = [];
  const small = sizes.flatMap((size, atom) => (size > 0 && size < LEAST ? [atom] : []));
  // Fixed numbers from a simple generator: the same publication is audited alike each time.
  const chance = numbers();

  return {
    admit(set) {
      const next = withSet(rows, set, sizes.length);
      if (next === rows) return true;
      if (small.length > 0 && singlesOut(next)) return false;
      rows = next;
      return true;
    },
  };

  function singlesOut(basis: readonly Row[]): boolean {
    const [a, b] = [acrossAll(basis, sizes.length, chance), acrossAll(basis, sizes.length, chance)];
    return zeroSum(small.map((atom) => ({ people: sizes[atom] ?? 0, mark: [a[atom] ?? 0, b[atom] ?? 0] as const })));
  }
}

/** The basis of what can be derived, each row with a column of its own, with one set more; the same where it was derivable. */
function withSet(rows: Row[], set: readonly number[], width: number): Row[] {
  const values = new Float64Array(width);
  for (const atom of set) values[atom] = 1;
  for (const row of rows) subtract(values, row.values, values[row.pivot] ?? 0);
  const pivot = values.findIndex((value) => value !== 0);
  if (pivot === -1) return rows;
  const by = inverse(values[pivot] ?? 1);
  for (let at = 0; at < width; at++) values[at] = ((values[at] ?? 0) * by) % P;
  const others = rows.map((row) => {
    const factor = row.values[pivot] ?? 0;
    if (factor === 0) return row;
    const copy = row.values.slice();
    subtract(copy, values, factor);
    return { pivot: row.pivot, values: copy };
  });
  return [...others, { pivot, values }];
}

function subtract(from: Float64Array, what: Float64Array, times: number): void {
  if (times === 0) return;
  for (let at = 0; at < from.length; at++) {
    const value = what[at] ?? 0;
    if (value !== 0) from[at] = ((from[at] ?? 0) + (P - times) * value) % P;
  }
}

/** A random vector at right angles to every row: chance in the free columns, the others follow. */
function acrossAll(rows: readonly Row[], width: number, chance: () => number): Float64Array {
  const pivots = new Set(rows.map(({ pivot }) => pivot));
  const vector = new Float64Array(width);
  for (let at = 0; at < width; at++) if (!pivots.has(at)) vector[at] = chance();
  for (const { pivot, values } of rows) {
    let sum = 0;
    for (let at = 0; at < width; at++) if (!pivots.has(at)) sum = (sum + (values[at] ?? 0) * (vector[at] ?? 0)) % P;
    vector[pivot] = (P - sum) % P;
  }
  return vector;
}

interface Atom {
  people: number;
  mark: readonly [number, number];
}

/** Whether some atoms of one to four people together have marks that sum to nothing: then their union can be derived. */
function zeroSum(atoms: readonly Atom[]): boolean {
  const keyOf = ([a, b]: readonly [number, number]) => a * P + b;
  const against = ([a, b]: readonly [number, number]) => keyOf([(P - a) % P, (P - b) % P]);
  const plus = (x: readonly [number, number], y: readonly [number, number]) => [(x[0] + y[0]) % P, (x[1] + y[1]) % P] as const;
  if (atoms.some(({ mark }) => keyOf(mark) === 0)) return true;
  // Of each mark the fewest people that have it, with who they are, so that nobody is counted twice.
  const single = new Map<number, { people: number; at: number }[]>();
  atoms.forEach(({ people, mark }, at) => {
    const key = keyOf(mark);
    single.set(key, [...(single.get(key) ?? []), { people, at }]);
  });
  const pairs: { people: number; one: number; other: number; mark: readonly [number, number] }[] = [];
  for (const [one, x] of atoms.entries())
    for (let other = one + 1; other < atoms.length; other++) {
      const y = atoms[other];
      if (!y || x.people + y.people >= LEAST) continue;
      const mark = plus(x.mark, y.mark);
      if (keyOf(mark) === 0) return true;
      pairs.push({ people: x.people + y.people, one, other, mark });
    }
  const byMark = new Map<number, { people: number; one: number; other: number }[]>();
  for (const pair of pairs) {
    const wanted = against(pair.mark);
    const third = single
      .get(wanted)
      ?.some(({ people, at }) => at !== pair.one && at !== pair.other && people + pair.people < LEAST);
    if (third) return true;
    const fourth = byMark
      .get(wanted)
      ?.some(
        ({ people, one, other }) =>
          people + pair.people < LEAST && ![one, other].some((at) => at === pair.one || at === pair.other),
      );
    if (fourth) return true;
    const key = keyOf(pair.mark);
    const known = byMark.get(key);
    if (known) known.push(pair);
    else byMark.set(key, [pair]);
  }
  return false;
}

function inverse(value: number): number {
  // Fermat: value^(P-2).
  let [result, base, power] = [1, value % P, P - 2];
  for (; power > 0; power = Math.floor(power / 2)) {
    if (power % 2 === 1) result = (result * base) % P;
    base = (base * base) % P;
  }
  return result;
}

// A linear congruential generator: quality is not the point, repeatability is.
function numbers(): () => number {
  let state = 20_260_529;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state % P;
  };
}
