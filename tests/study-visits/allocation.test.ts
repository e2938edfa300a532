import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allocate, figuresOf, type Problem } from '../../server/study-visits/allocation.ts';
import { computeAllocation } from '../../server/study-visits/computing.ts';
import { brokenRules } from '../../server/study-visits/invariants.ts';
import { serialDictatorship } from '../../server/study-visits/serial-dictatorship.ts';
import { highsSolver } from '../../server/study-visits/solver.ts';
import { bestOfAll } from './brute-force.ts';
import { congress, smallProblems } from './problems.ts';

const solve = await highsSolver();

describe('allocating visits', () => {
  it('is as good as the best of everything there is, and breaks no rule', () => {
    fc.assert(
      fc.property(smallProblems, (problem) => {
        const found = allocate(problem, solve);
        expect(brokenRules(problem, found.given)).toEqual([]);
        expect([found.assigned, found.cost, found.moved]).toEqual(bestOfAll(problem));
        expect(found.gap).toBe(0);
      }),
      { numRuns: 150, seed: 20231004 },
    );
  });

  it('comes out the same for the same seed, in whatever order people come in', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), (seed) => {
        const problem = congress(60, 6, 3, seed);
        const again: Problem = { ...problem, participants: [...problem.participants].reverse() };
        expect(allocate(again, solve)).toEqual(allocate(problem, solve));
      }),
      { numRuns: 10, seed: 1 },
    );
  });

  it('lets lots decide between people who wish the same', () => {
    const last = congress(2, 1, 1, 1, { perCity: null });
    const visits = last.visits.map((visit) => ({ ...visit, places: 1, kept: 0, minimum: 0, languages: [] }));
    const winners = Array.from({ length: 40 }, (_, seed) => Object.keys(allocate({ ...last, visits, seed }, solve).given).join());
    expect(new Set(winners)).toEqual(new Set(['p00000', 'p00001']));
  });

  it('moves nobody when it runs again on the same wishes with other lots, and few when something changes', () => {
    const problem = congress(120, 8, 3, 7);
    const first = allocate(problem, solve);
    const kept = (change: Partial<Problem>) => ({
      ...problem,
      ...change,
      participants: problem.participants.map((one) => ({ ...one, former: first.given[one.id] ?? [] })),
    });
    const again = allocate(kept({ seed: 99 }), solve);
    expect([again.given, again.moved]).toEqual([first.given, 0]);
    const [one] = first.takesPlace;
    const fewer = problem.visits.map((visit) => (visit.id === one ? { ...visit, places: visit.places - 2, minimum: 0 } : visit));
    const after = allocate(kept({ visits: fewer }), solve);
    const afresh = allocate({ ...problem, visits: fewer, seed: 99 }, solve);
    expect([after.assigned, after.cost]).toEqual([afresh.assigned, afresh.cost]);
    expect(after.moved).toBeLessThanOrEqual(figuresOf(kept({}), afresh.given).moved);
  });

  it('keeps people where an organiser put them, even past the places', () => {
    const problem = congress(20, 3, 2, 3);
    const participants = problem.participants.map((one, at) => (at < 15 ? { ...one, fixed: ['v00'] } : one));
    const found = allocate({ ...problem, participants, visits: problem.visits.map((visit) => ({ ...visit, places: 5 })) }, solve);
    expect(participants.slice(0, 15).every((one) => found.given[one.id]?.includes('v00'))).toBe(true);
    expect(participants.slice(15).some((one) => found.given[one.id]?.includes('v00'))).toBe(false);
  });

  it('gives nothing where nobody wishes anything', () => {
    const problem = congress(5, 2, 0, 1);
    expect(allocate(problem, solve)).toEqual({ given: {}, takesPlace: [], assigned: 0, cost: 0, moved: 0, gap: 0 });
  });
});

describe('people choosing one after another', () => {
  it('obeys the same rules', () => {
    fc.assert(
      fc.property(smallProblems, (problem) => {
        expect(brokenRules(problem, serialDictatorship(problem))).toEqual([]);
      }),
      { numRuns: 300, seed: 5 },
    );
  });

  it('gives no more people something than the exact allocation', () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const problem = congress(80, 8, 3, seed);
      const exact = allocate(problem, solve);
      const chosen = figuresOf(problem, serialDictatorship(problem));
      expect(chosen.assigned).toBeLessThanOrEqual(exact.assigned);
      expect(exact.cost).toBeLessThanOrEqual(chosen.cost);
    }
  });
});

describe('the thread', () => {
  it('computes the same as the function, while this one goes on', async () => {
    const problem = congress(300, 10, 3, 11);
    let turns = 0;
    const turning = setInterval(() => (turns += 1), 5);
    const found = await computeAllocation(problem);
    clearInterval(turning);
    expect(found).toEqual(allocate(problem, solve));
    expect(turns).toBeGreaterThan(5);
  });
});
