import type { Problem } from './allocation.ts';
import { costOfMove } from './move.ts';
import { meet } from './options.ts';

export interface Waiting {
  id: string;
  registration: string;
  visit: string;
}

export interface Served extends Waiting {
  /** What they have from now on. */
  visits: string[];
}

/**
 * Who of a waiting list gets a free place first: the first for whom the rules allow it. What they have at the same time, or beyond
 * the number that each may have, they give back. Null: nobody. Pure.
 */
export function nextServed(
  problem: Problem,
  given: Readonly<Record<string, readonly string[]>>,
  queue: readonly Waiting[],
): Served | null {
  const visits = new Map(problem.visits.map((visit) => [visit.id, visit]));
  const taken = new Map<string, number>();
  for (const visit of Object.values(given).flat()) taken.set(visit, (taken.get(visit) ?? 0) + 1);
  for (const waiting of queue) {
    const wanted = visits.get(waiting.visit);
    const one = problem.participants.find(({ id }) => id === waiting.registration);
    // What is full is full, without asking all the other rules.
    if (!wanted || !one || (taken.get(wanted.id) ?? 0) >= wanted.places) continue;
    const rank = (visit: string) => (one.wishes.includes(visit) ? one.wishes.indexOf(visit) : 99);
    const apart = (given[one.id] ?? []).filter((id) => id !== wanted.id && !meet(visits.get(id) ?? wanted, wanted));
    const others = [...apart].sort((a, b) => rank(a) - rank(b)).slice(0, problem.each - 1);
    const after = [...others, wanted.id].sort();
    if (allowed(problem, given, one.id, after)) return { ...waiting, visits: after };
  }
  return null;
}

/** Whether somebody may have these visits beside what all others have. A minimum is the organiser's matter once visits are released. */
export function allowed(
  problem: Problem,
  given: Readonly<Record<string, readonly string[]>>,
  person: string,
  visits: readonly string[],
): boolean {
  return costOfMove(problem, given, person, visits).breaks.every(({ rule }) => rule === 'minimum' || rule === 'wish');
}
