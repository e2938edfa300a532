import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CONTINENTS, type Continent, continentOf } from '../../server/calls/continents.ts';
import { type Declared, failures, type Rule, type Standing, verdicts } from '../../server/calls/eligibility.ts';

const rule: fc.Arbitrary<Rule> = fc.oneof(
  fc.constantFrom<Rule>(
    { kind: 'member' },
    { kind: 'not-jury' },
    { kind: 'not-host' },
    { kind: 'not-laureate' },
    { kind: 'endorsed' },
  ),
  fc.integer({ min: 2020, max: 2030 }).map((year): Rule => ({ kind: 'fee', year })),
  fc.constant<Rule>({ kind: 'started-before', item: 'started', date: '2023-06-01' }),
  fc
    .tuple(fc.nat(500_000), fc.nat(500_000))
    .map(([a, b]): Rule => ({ kind: 'population', min: Math.min(a, b), max: Math.max(a, b) })),
  fc
    .tuple(fc.subarray(['ES', 'PT', 'BR', 'KR']), fc.boolean())
    .map(([codes, except]): Rule => ({ kind: 'countries', codes, except })),
  fc.subarray<Continent>(CONTINENTS).map((names): Rule => ({ kind: 'continents', names })),
);
const call: fc.Arbitrary<Declared> = fc.record({
  rules: fc.array(rule, { maxLength: 8 }),
  maxEntries: fc.option(fc.integer({ min: 1, max: 3 })),
  maxEntriesPerTheme: fc.option(fc.integer({ min: 1, max: 3 })),
});
const standing: fc.Arbitrary<Standing> = fc.record({
  country: fc.constantFrom('ES', 'PT', 'BR', 'KR', 'CV'),
  population: fc.option(fc.nat(500_000)),
  membership: fc.constantFrom('member', 'candidate', 'former', 'none'),
  feeYears: fc.subarray([2024, 2025, 2026]),
  exclusions: fc.subarray(['jury', 'host', 'laureate', 'other']),
  laureateBefore: fc.boolean(),
  entries: fc.array(fc.record({ theme: fc.option(fc.constantFrom('a', 'b')) }), { maxLength: 4 }),
  exceptions: fc.subarray(['member', 'fee', 'not-jury', 'started-before', 'max-entries', 'population']),
});
const entry = fc.option(
  fc.record({
    theme: fc.option(fc.constantFrom('a', 'b')),
    answers: fc.record({ started: fc.option(fc.constantFrom('2019-09-01', '2023-06-01', '2025-01-01'), { nil: undefined }) }),
    endorsed: fc.boolean(),
  }),
);

const plain: Standing = {
  country: 'ES',
  population: 60_000,
  membership: 'member',
  feeYears: [2026],
  exclusions: [],
  laureateBefore: false,
  entries: [],
  exceptions: [],
};
const only = (one: Rule): Declared => ({ rules: [one], maxEntries: null, maxEntriesPerTheme: null });
const result = (one: Rule, change: Partial<Standing>, answers: Record<string, unknown> = {}, endorsed = false) =>
  verdicts(only(one), { ...plain, ...change }, { theme: null, answers, endorsed })[0]?.result;

describe('who may enter', () => {
  it.each<[Rule, Partial<Standing>, 'met' | 'failed' | 'unknown']>([
    [{ kind: 'member' }, {}, 'met'],
    [{ kind: 'member' }, { membership: 'candidate' }, 'failed'],
    [{ kind: 'fee', year: 2026 }, {}, 'met'],
    [{ kind: 'fee', year: 2025 }, {}, 'failed'],
    [{ kind: 'not-jury' }, { exclusions: ['host'] }, 'met'],
    [{ kind: 'not-jury' }, { exclusions: ['jury'] }, 'failed'],
    [{ kind: 'not-host' }, { exclusions: ['host'] }, 'failed'],
    [{ kind: 'not-laureate' }, { laureateBefore: true }, 'failed'],
    [{ kind: 'not-laureate' }, { exclusions: ['laureate'] }, 'failed'],
    [{ kind: 'population', min: 50_000, max: 100_000 }, {}, 'met'],
    [{ kind: 'population', min: 60_001 }, {}, 'failed'],
    [{ kind: 'population', max: 60_000 }, {}, 'met'],
    [{ kind: 'population', max: 60_000 }, { population: null }, 'unknown'],
    [{ kind: 'countries', codes: ['ES'], except: false }, {}, 'met'],
    [{ kind: 'countries', codes: ['ES'], except: true }, {}, 'failed'],
    [{ kind: 'continents', names: ['europe'] }, {}, 'met'],
    [{ kind: 'continents', names: ['america'] }, {}, 'failed'],
  ])('%j of %j is %s', (one, change, expected) => {
    expect(result(one, change)).toBe(expected);
  });

  it('takes a practice of the day before and not of the day itself', () => {
    const before: Rule = { kind: 'started-before', item: 'started', date: '2023-06-01' };
    expect(result(before, {}, { started: '2023-05-31' })).toBe('met');
    expect(result(before, {}, { started: '2023-06-01' })).toBe('failed');
    expect(result(before, {}, {})).toBe('unknown');
  });

  it('counts the entries of a city, and of a city in a theme', () => {
    const two: Declared = { rules: [], maxEntries: 2, maxEntriesPerTheme: 1 };
    const of = (entries: { theme: string | null }[], theme: string | null) =>
      failures(two, { ...plain, entries }, { theme, answers: {}, endorsed: false }, 'start').map(({ kind }) => kind);
    expect(of([{ theme: 'a' }], 'b')).toEqual([]);
    expect(of([{ theme: 'a' }], 'a')).toEqual(['max-entries-per-theme']);
    expect(of([{ theme: 'a' }, { theme: null }], 'b')).toEqual(['max-entries']);
  });

  it('knows the continent of every country once', () => {
    expect(continentOf('CV')).toBe('africa');
    expect(continentOf('BR')).toBe('america');
    expect(continentOf('KR')).toBe('asia');
    expect(continentOf('XX')).toBeUndefined();
  });

  it('never lets anything new fail when an exception is granted, and lets exactly that rule pass', () => {
    fc.assert(
      fc.property(call, standing, entry, fc.constantFrom('start', 'submission'), (declared, city, what, moment) => {
        const before = failures(declared, city, what, moment as 'start');
        for (const { kind } of before) {
          const after = failures(declared, { ...city, exceptions: [...city.exceptions, kind] }, what, moment as 'start');
          expect(after).toEqual(before.filter((one) => one.kind !== kind));
        }
      }),
    );
  });

  it('finds at submission whatever it found at the start', () => {
    fc.assert(
      fc.property(call, standing, entry, (declared, city, what) => {
        const start = failures(declared, city, what, 'start');
        const end = failures(declared, city, what, 'submission');
        expect(end).toEqual(expect.arrayContaining(start));
      }),
    );
  });

  it('says of every declared rule what became of it, in the order of the call', () => {
    fc.assert(
      fc.property(call, standing, entry, (declared, city, what) => {
        const said = verdicts(declared, city, what).map(({ kind }) => kind);
        expect(said.slice(0, declared.rules.length)).toEqual(declared.rules.map(({ kind }) => kind));
      }),
    );
  });
});
