import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDefinition } from '../../server/forms/definition.ts';
import { type Parts, tally } from '../../server/questionnaires/figures.ts';
import { mayFollow, sharesOf, shownGroups } from '../../server/questionnaires/suppression.ts';

// Whoever has every figure that was ever published, at every moment of looking, adds and subtracts them. What they get must never be
// a set of one to four people.

const DEFINITION = parseDefinition({
  key: 'groups',
  kind: 'questionnaire',
  languages: ['en'],
  defaultLanguage: 'en',
  title: { en: 'Groups' },
  pages: [
    {
      key: 'page',
      items: [
        {
          key: 'role',
          type: 'choice',
          segment: true,
          label: { en: 'Role' },
          choices: ['a', 'b', 'c', 'd'].map((code) => ({ code, label: { en: code } })),
        },
        {
          key: 'mode',
          type: 'choice',
          segment: true,
          label: { en: 'Mode' },
          choices: ['x', 'y', 'z'].map((code) => ({ code, label: { en: code } })),
        },
        {
          key: 'first',
          type: 'choice',
          segment: true,
          label: { en: 'First time?' },
          choices: ['yes', 'no'].map((code) => ({ code, label: { en: code } })),
        },
        { key: 'nps', type: 'scale', min: 0, max: 10, label: { en: 'Recommend' } },
      ],
    },
  ],
});

interface Person {
  role?: string;
  mode?: string;
  first?: string;
  nps?: number;
}
const person: fc.Arbitrary<Person> = fc.record(
  {
    role: fc.constantFrom('a', 'b', 'c', 'd'),
    mode: fc.constantFrom('x', 'y', 'z'),
    first: fc.constantFrom('yes', 'no'),
    nps: fc.integer({ min: 0, max: 10 }),
  },
  { requiredKeys: [] },
);

/** Sets of people whose figures on one item are published: of all at each moment, and of groups in the end. */
function published(people: Person[], batches: number[], least: number): Set<number>[] {
  const sets: Set<number>[] = [];
  let shown: number | undefined;
  let upTo = 0;
  const history: Parts[] = [];
  const answered = (until: number) => people.slice(0, until).flatMap((one, at) => (one.nps === undefined ? [] : [at]));
  const look = (until: number, settled: boolean) => {
    const counted = tally(DEFINITION, least);
    counted.add(people.slice(0, until) as Record<string, unknown>[]);
    const whole = counted.whole(settled).find(({ item }) => item === 'nps');
    if (whole && mayFollow(shown, whole.base, least)) {
      shown = whole.base;
      history.push(counted.partsOf('nps'));
      sets.push(new Set(answered(until)));
    }
    if (!settled || !whole || whole.base !== shown) return;
    for (const cell of counted.groups(() => history).filter(({ item }) => item === 'nps')) {
      // `role`, or `role*mode` of those who are of two groups at once.
      const codes = cell.code.split('*');
      const set = answered(until).filter((at) =>
        cell.segment.split('*').every((segment, n) => people[at]?.[segment as 'role' | 'mode' | 'first'] === codes[n]),
      );
      expect(cell.base).toBe(set.length);
      sets.push(new Set(set));
    }
  };
  for (const size of batches) {
    upTo = Math.min(people.length, upTo + size);
    look(upTo, false);
  }
  look(people.length, true);
  return sets;
}

/** Every set of people that sums and differences of published figures single out: coefficients of -1, 0 and 1. */
function derivable(sets: Set<number>[], people: number): number[] {
  const sizes: number[] = [];
  const vector = new Int8Array(people);
  const walk = (at: number) => {
    if (at === sets.length) {
      let size = 0;
      for (const value of vector) {
        if (value !== 0 && value !== 1) return;
        size += value;
      }
      sizes.push(size);
      return;
    }
    walk(at + 1);
    for (const sign of [1, -1]) {
      for (const member of sets[at] ?? []) vector[member] = (vector[member] ?? 0) + sign;
      walk(at + 1);
      for (const member of sets[at] ?? []) vector[member] = (vector[member] ?? 0) - sign;
    }
  };
  walk(0);
  return sizes;
}

/**
 * The sizes of all sets of one to four people that any linear combination of the published sets is, with whatever coefficients:
 * exact, by the null space over the rationals. Nobody can be told from somebody who is in the same sets.
 */
function singledOut(sets: Set<number>[], people: number): number[] {
  const classes = new Map<string, number>();
  for (let one = 0; one < people; one++) {
    const key = sets.map((set) => Number(set.has(one))).join('');
    if (key.includes('1')) classes.set(key, (classes.get(key) ?? 0) + 1);
  }
  const atoms = [...classes];
  const across = nullSpace(
    sets.map((_, row) => atoms.map(([key]) => BigInt(key[row] ?? 0))),
    atoms.length,
  );
  const small = atoms.flatMap(([, n], at) => (n < 5 ? [{ n, at }] : []));
  const found: number[] = [];
  const walk = (from: number, size: number, sums: bigint[]) => {
    if (size > 0 && sums.every((sum) => sum === 0n)) found.push(size);
    for (let next = from; next < small.length; next++) {
      const { n, at } = small[next] ?? { n: 9, at: 0 };
      if (size + n < 5)
        walk(
          next + 1,
          size + n,
          sums.map((sum, v) => sum + (across[v]?.[at] ?? 0n)),
        );
    }
  };
  walk(
    0,
    0,
    across.map(() => 0n),
  );
  return found;
}

/** Whole vectors that span everything at right angles to these rows: fraction-free elimination (Bareiss). */
function nullSpace(matrix: bigint[][], width: number): bigint[][] {
  const rows = matrix.map((row) => [...row]);
  const pivots: number[] = [];
  for (let column = 0; column < width && pivots.length < rows.length; column++) {
    const at = rows.findIndex((row, n) => n >= pivots.length && row[column] !== 0n);
    if (at === -1) continue;
    const here = pivots.length;
    [rows[here], rows[at]] = [rows[at] ?? [], rows[here] ?? []];
    const pivot = rows[here]?.[column] ?? 1n;
    for (const [n, row] of rows.entries()) {
      const factor = row[column] ?? 0n;
      if (n !== here && factor !== 0n) rows[n] = row.map((value, c) => value * pivot - (rows[here]?.[c] ?? 0n) * factor);
    }
    pivots.push(column);
  }
  const free = Array.from({ length: width }, (_, column) => column).filter((column) => !pivots.includes(column));
  return free.map((column) => {
    const scale = pivots.reduce((product, at, n) => product * (rows[n]?.[at] ?? 1n), 1n);
    const vector = Array.from({ length: width }, (_, at) => (at === column ? scale : 0n));
    pivots.forEach((at, n) => {
      vector[at] = (-(rows[n]?.[column] ?? 0n) * scale) / (rows[n]?.[at] ?? 1n);
    });
    return vector;
  });
}

const batch = fc.integer({ min: 5, max: 12 });

describe('what is published', () => {
  it('lets nobody derive a base of one to four, by groups, by differences, by the time of looking', () => {
    fc.assert(
      fc.property(fc.array(person, { minLength: 5, maxLength: 45 }), fc.array(batch, { maxLength: 3 }), (people, batches) => {
        const sets = published(people, batches, 5);
        const small = derivable(sets.slice(0, 8), people.length).filter((size) => size > 0 && size < 5);
        expect(small).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('lets nobody derive one from groups of three kinds and of two at once, by any sum with any weights', () => {
    let crossed = 0;
    fc.assert(
      fc.property(fc.array(person, { minLength: 20, maxLength: 70 }), fc.array(batch, { maxLength: 3 }), (people, batches) => {
        const sets = published(people, batches, 5);
        if (sets.length > batches.length + 8) crossed++;
        expect(singledOut(sets, people.length)).toEqual([]);
      }),
      { numRuns: 800 },
    );
    expect(crossed).toBeGreaterThan(20);
  });

  it('would be found out where every group of five and more were told', () => {
    const people: Person[] = Array.from({ length: 40 }, (_, n) => ({
      role: 'abcd'[n % 4],
      mode: 'xyz'[n % 3],
      first: n < 18 ? 'yes' : 'no',
      nps: 9,
    }));
    const of = (belongs: (one: Person) => boolean) => new Set([...people.keys()].filter((at) => belongs(people[at] ?? {})));
    const told = [
      of(() => true),
      ...'abcd'.split('').map((role) => of((one) => one.role === role)),
      ...'abcd'.split('').map((role) => of((one) => one.role === role && one.first === 'no')),
    ];
    expect(told.every((set) => set.size >= 5)).toBe(true);
    expect(singledOut(told, people.length)).toContain(4);
  });

  it('would let it where a small group alone were hidden, or a figure followed every answer', () => {
    const people: Person[] = [
      ...Array.from({ length: 20 }, () => ({ role: 'a', nps: 9 })),
      ...Array.from({ length: 3 }, () => ({ role: 'b', nps: 1 })),
    ];
    const all = new Set(people.keys());
    const a = new Set([...people.keys()].filter((at) => people[at]?.role === 'a'));
    expect(derivable([all, a], people.length)).toContain(3);
    expect(published(people, [], 5)).toEqual([all]);
    const before = new Set([...people.keys()].slice(0, 22));
    expect(derivable([all, before], people.length)).toContain(1);
    expect(published(people, [22], 5)).toEqual([before]);
  });

  it('is worked out soon, however often a figure was shown', () => {
    const people: Person[] = Array.from({ length: 900 }, (_, n) => ({
      role: 'abcd'[(n * 7) % 4],
      mode: 'xyz'[(n * 5) % 3],
      first: 'yes',
      nps: n % 11,
    }));
    const began = performance.now();
    const sets = published(
      people,
      Array.from({ length: 120 }, () => 7),
      5,
    );
    expect(sets.length).toBeGreaterThan(120);
    expect(performance.now() - began).toBeLessThan(20_000);
  });

  it('holds the limit that a questionnaire sets higher', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 5, max: 20 }),
        (sizes, least) => {
          const bases = new Map(sizes.map((n, at) => [`g${at}`, n]));
          const base = sizes.reduce((sum, n) => sum + n, 0);
          const shown = shownGroups(bases, base, least);
          const hidden = base - [...shown].reduce((sum, code) => sum + (bases.get(code) ?? 0), 0);
          for (const code of shown) expect(bases.get(code)).toBeGreaterThanOrEqual(least);
          expect(hidden === 0 || hidden >= least || shown.size === 0).toBe(true);
        },
      ),
    );
  });

  it('does not say that all of a small group agree', () => {
    expect(sharesOf({ yes: 8 }, 8)).toEqual({ percent: {}, nearlyAll: 'yes' });
    expect(sharesOf({ yes: 7, no: 1 }, 8)).toEqual({ percent: { yes: 88, no: 13 } });
    expect(sharesOf({ yes: 12 }, 12)).toEqual({ percent: { yes: 100 } });
  });
});
