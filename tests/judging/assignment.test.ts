import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Assignment, type AssignmentProblem, assign, type Pair } from '../../server/judging/assignment.ts';
import { computeAssignment } from '../../server/judging/computing.ts';
import { panelsOf } from '../../server/judging/connectivity.ts';
import { seeded } from '../../server/judging/draws.ts';
import { highsSolver } from '../../server/judging/solver.ts';
import { bestByFlow } from './flow-oracle.ts';

const solve = await highsSolver();
const has = (pairs: readonly Pair[], { entry, juror }: Pair) =>
  pairs.some((pair) => pair.entry === entry && pair.juror === juror);

function problemOf(entries: number, jurors: number, reviews: number, seed: number, change: Partial<AssignmentProblem> = {}) {
  const random = seeded(seed);
  const pick = <T>(from: readonly T[]) => from[Math.floor(random() * from.length)] as T;
  const problem: AssignmentProblem = {
    entries: Array.from({ length: entries }, (_, i) => ({
      id: `e${i}`,
      reviews,
      theme: pick(['life', 'work', 'culture']),
      languages: [pick(['en', 'fr', 'es', 'pt'])],
    })),
    jurors: Array.from({ length: jurors }, (_, j) => ({
      id: `j${j}`,
      least: 0,
      most: Math.ceil((entries * reviews) / jurors) + 3,
      themes: [pick(['life', 'work', 'culture'])],
      languages: ['en', pick(['fr', 'es', 'pt'])],
    })),
    forbidden: [],
    started: [],
    current: [],
    bids: [],
    language: 'any',
    worstOffFirst: false,
    seed,
    ...change,
  };
  const forbidden = problem.entries.flatMap((entry) =>
    problem.jurors.flatMap((juror) => (random() < 0.12 ? [{ entry: entry.id, juror: juror.id }] : [])),
  );
  return { ...problem, forbidden: change.forbidden ?? forbidden };
}

const load = (assignment: Assignment, juror: string) => assignment.pairs.filter((pair) => pair.juror === juror).length;

describe('assigning entries to jurors', () => {
  it('is as good as an independent way to the optimum says it can be', () => {
    for (const [entries, jurors, reviews, seed] of [
      [12, 5, 3, 1],
      [30, 5, 3, 2],
      [25, 8, 2, 3],
      [60, 10, 3, 4],
    ] as const) {
      const problem = problemOf(entries, jurors, reviews, seed);
      const objectives: number[] = [];
      assign(problem, (model) => {
        const found = solve(model);
        objectives.push(found.objective);
        return found;
      });
      expect(objectives[0]).toBeCloseTo(bestByFlow(problem), 6);
    }
  });

  it('never pairs a conflict, meets coverage plus shortage, keeps loads and hangs together, whatever the jury', {
    timeout: 180_000,
  }, () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 10 }),
        fc.integer({ min: 2, max: 6 }),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 9999 }),
        fc.constantFrom('all', 'one', 'any' as const),
        (entries, jurors, reviews, seed, language) => {
          const problem = problemOf(entries, jurors, reviews, seed, { language: language as 'any' });
          const assignment = assign(problem, solve);
          expect(assignment.pairs.filter((pair) => has(problem.forbidden, pair))).toEqual([]);
          for (const entry of problem.entries) {
            const covered = assignment.pairs.filter((pair) => pair.entry === entry.id).length;
            const short = assignment.shortage.find((one) => one.entry === entry.id)?.reviews ?? 0;
            expect(covered + short).toBe(reviews);
          }
          for (const juror of problem.jurors) expect(load(assignment, juror.id)).toBeLessThanOrEqual(juror.most);
          expect(assignment.connected).toBe(panelsOf(assignment.pairs).length <= 1);
        },
      ),
      { numRuns: 6, seed: 5 },
    );
  });

  it('gives the same for the same seed, and as good for entries in another order', () => {
    const problem = problemOf(20, 6, 3, 8);
    const once = assign(problem, solve);
    expect(assign(problem, solve)).toEqual(once);
    const turned = assign(
      {
        ...problem,
        entries: problem.entries.toReversed(),
        jurors: problem.jurors.toReversed(),
        forbidden: problem.forbidden.toReversed(),
      },
      solve,
    );
    expect(turned.objective).toBe(once.objective);
  });

  it('joins two language groups through who reads both', () => {
    const problem = problemOf(12, 5, 2, 3, { forbidden: [], language: 'all' });
    const entries = problem.entries.map((entry, i) => ({ ...entry, theme: i % 2 ? 'a' : 'b', languages: [i % 2 ? 'fr' : 'es'] }));
    const jurors = [['fr'], ['fr'], ['es'], ['es'], ['fr', 'es']].map((languages, j) => ({
      id: `j${j}`,
      least: 0,
      most: 8,
      themes: j < 2 ? ['a'] : j < 4 ? ['b'] : [],
      languages,
    }));
    const assignment = assign({ ...problem, entries, jurors }, solve);
    expect(assignment.connected).toBe(true);
    expect(assignment.shortage).toEqual([]);
    expect(load(assignment, 'j4')).toBeGreaterThanOrEqual(2);
  });

  it('says that a jury cannot be joined when nobody may', () => {
    const problem = problemOf(6, 4, 2, 3, { forbidden: [], language: 'all' });
    const entries = problem.entries.map((entry, i) => ({ ...entry, languages: [i % 2 ? 'fr' : 'es'] }));
    const jurors = problem.jurors.map((juror, j) => ({ ...juror, languages: [j % 2 ? 'fr' : 'es'] }));
    const assignment = assign({ ...problem, entries, jurors }, solve);
    expect(assignment.connected).toBe(false);
    expect(assignment.shortage).toEqual([]);
  });

  it('names what nobody may read instead of failing', () => {
    const problem = problemOf(5, 3, 3, 4, { forbidden: [] });
    const forbidden = [0, 1].map((j) => ({ entry: 'e2', juror: `j${j}` }));
    const assignment = assign({ ...problem, forbidden }, solve);
    expect(assignment.shortage).toEqual([{ entry: 'e2', reviews: 2 }]);
  });

  it('moves little when run again, and never a started review', () => {
    const problem = problemOf(30, 6, 3, 9);
    const before = assign(problem, solve).pairs;
    const started = before.slice(0, 10);
    const lost = started[0] as Pair;
    const now = assign(
      {
        ...problem,
        seed: 77,
        current: before,
        started: started.slice(1),
        forbidden: [...problem.forbidden, lost, ...started.slice(1, 3)],
      },
      solve,
    ).pairs;
    expect(started.slice(1).filter((pair) => !has(now, pair))).toEqual([]);
    expect(has(now, lost)).toBe(false);
    expect(before.filter((pair) => !has(now, pair)).length).toBeLessThanOrEqual(3);
  });

  it('gives a juror the least they should have, or says that it cannot', () => {
    const problem = problemOf(10, 4, 2, 5, { forbidden: [] });
    const jurors = problem.jurors.map((juror, j) => ({ ...juror, least: j === 0 ? 7 : 0, most: 8, languages: [], themes: [] }));
    expect(load(assign({ ...problem, jurors }, solve), 'j0')).toBeGreaterThanOrEqual(7);
    const forbidden = problem.entries.slice(0, 6).map((entry) => ({ entry: entry.id, juror: 'j0' }));
    expect(assign({ ...problem, jurors, forbidden }, solve).underload).toEqual([{ juror: 'j0', entries: 3 }]);
  });

  it('lifts the worst-off entry first when asked', () => {
    const problem = problemOf(24, 6, 2, 12, { forbidden: [] });
    const worst = (assignment: Assignment) =>
      Math.min(
        ...problem.entries.map((entry) =>
          assignment.pairs.filter((pair) => pair.entry === entry.id).reduce((sum, pair) => sum + fit(problem, pair), 0),
        ),
      );
    const fair = assign({ ...problem, worstOffFirst: true }, solve);
    expect(worst(fair)).toBeGreaterThanOrEqual(worst(assign(problem, solve)));
  });

  it('assigns 200 entries to 20 jurors, 5 each, in under two seconds without holding up anything else', async () => {
    const problem = problemOf(200, 20, 5, 6, { language: 'one' });
    let longest = 0;
    let last = performance.now();
    const beat = setInterval(() => {
      longest = Math.max(longest, performance.now() - last - 5);
      last = performance.now();
    }, 5);
    const begin = process.cpuUsage();
    const assignment = await computeAssignment(problem);
    clearInterval(beat);
    const { user } = process.cpuUsage(begin);
    expect(assignment.pairs).toHaveLength(1000);
    expect(assignment.connected).toBe(true);
    expect(user / 1e6).toBeLessThan(2);
    expect(longest).toBeLessThan(1000);
  });
});

function fit(problem: AssignmentProblem, { entry, juror }: Pair): number {
  const one = problem.entries.find(({ id }) => id === entry);
  const other = problem.jurors.find(({ id }) => id === juror);
  const theme = other?.themes.includes(one?.theme ?? '') ? 300 : 0;
  return theme + (one?.languages.some((language) => other?.languages.includes(language)) ? 200 : 0);
}
