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
        { key: 'nps', type: 'scale', min: 0, max: 10, label: { en: 'Recommend' } },
      ],
    },
  ],
});

interface Person {
  role?: string;
  mode?: string;
  nps?: number;
}
const person: fc.Arbitrary<Person> = fc.record(
  { role: fc.constantFrom('a', 'b', 'c', 'd'), mode: fc.constantFrom('x', 'y', 'z'), nps: fc.integer({ min: 0, max: 10 }) },
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
      const set = answered(until).filter((at) => people[at]?.[cell.segment as 'role' | 'mode'] === cell.code);
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

const batch = fc.integer({ min: 5, max: 12 });

describe('what is published', () => {
  it('lets nobody derive a base of one to four, by groups, by differences, by the time of looking', () => {
    fc.assert(
      fc.property(fc.array(person, { minLength: 5, maxLength: 45 }), fc.array(batch, { maxLength: 3 }), (people, batches) => {
        const sets = published(people, batches, 5);
        const small = derivable(sets.slice(0, 9), people.length).filter((size) => size > 0 && size < 5);
        expect(small).toEqual([]);
      }),
      { numRuns: 1500 },
    );
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
