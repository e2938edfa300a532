import type { Participant, Problem, Visit } from './allocation.ts';
import { meet, obstacle } from './options.ts';

/**
 * One sentence of why somebody got what they got, as a key of the catalogue (`studyVisits.reason.<code>`) with its figures. `rank`
 * counts from 1.
 */
export interface Reason {
  code:
    | 'got'
    | 'placed'
    | 'noWishes'
    | 'closed'
    | 'language'
    | 'busy'
    | 'overlap'
    | 'spread'
    | 'together'
    | 'full'
    | 'fullShared'
    | 'none'
    | 'needed';
  visit: string | null;
  rank: number | null;
  /** How many got it, how many of them wished it at least as much, how many it takes or lets in. */
  holders?: number;
  equals?: number;
  most?: number;
  least?: number;
}

/** Why each participant got what they got: what they have, then each dearer wish that they have not. Pure. */
export function reasonsOf(problem: Problem, given: Readonly<Record<string, readonly string[]>>): Map<string, Reason[]> {
  const holders = new Map(problem.visits.map(({ id }) => [id, [] as Participant[]]));
  for (const one of problem.participants) for (const id of given[one.id] ?? []) holders.get(id)?.push(one);
  const visits = new Map(problem.visits.map((visit) => [visit.id, visit]));
  return new Map(problem.participants.map((one) => [one.id, ofPerson({ problem, given, holders, visits }, one)]));
}

interface World {
  problem: Problem;
  given: Readonly<Record<string, readonly string[]>>;
  holders: ReadonlyMap<string, readonly Participant[]>;
  visits: ReadonlyMap<string, Visit>;
}

function ofPerson(world: World, one: Participant): Reason[] {
  const has = world.given[one.id] ?? [];
  const got = has.map((visit): Reason => {
    const rank = rankOf(one, visit);
    return one.fixed.includes(visit) ? { code: 'placed', visit, rank } : { code: 'got', visit, rank };
  });
  got.sort((a, b) => (a.rank ?? 99) - (b.rank ?? 99));
  if (one.wishes.length === 0) return got.length > 0 ? got : [{ code: 'noWishes', visit: null, rank: null }];
  const last = has.length < world.problem.each ? one.wishes.length : Math.max(0, ...got.map(({ rank }) => rank ?? 0));
  const missed = one.wishes.slice(0, last).filter((visit) => !has.includes(visit));
  return [...got, ...missed.map((visit) => why(world, one, visit, has))];
}

const rankOf = (one: Participant, visit: string): number | null =>
  one.wishes.includes(visit) ? one.wishes.indexOf(visit) + 1 : null;

function why({ problem, holders, visits }: World, one: Participant, id: string, has: readonly string[]): Reason {
  const rank = rankOf(one, id);
  const about = { visit: id, rank };
  const visit = visits.get(id);
  const there = holders.get(id) ?? [];
  if (!visit) return { code: 'closed', ...about, least: 0, holders: 0 };
  const hindered = obstacle(one, visit);
  if (hindered) return { code: hindered, ...about };
  const rank0 = rank ?? 0;
  if (has.some((other) => meet(visits.get(other) ?? visit, visit) && (rankOf(one, other) ?? 0) < rank0))
    return { code: 'overlap', ...about };
  if (
    one.together &&
    problem.participants.some((other) => other.city === one.city && other.wishes.length > 0 && !other.wishes.includes(id))
  )
    return { code: 'together', ...about };
  if (there.length === 0) return { code: 'closed', ...about, least: visit.minimum, holders: wishing(problem, id) };
  const guests = there.filter((other) => !other.host);
  const full = there.length >= visit.places || (!one.host && guests.length >= visit.places - visit.kept);
  if (!full && problem.perCity !== null && there.filter((other) => other.city === one.city).length >= problem.perCity)
    return { code: 'spread', ...about, most: problem.perCity };
  if (!full) return { code: has.length > 0 ? 'needed' : 'none', ...about };
  const equals = there.filter((other) => (rankOf(other, id) ?? 99) <= rank0).length;
  return { code: equals === there.length ? 'full' : 'fullShared', ...about, holders: there.length, equals };
}

const wishing = (problem: Problem, id: string) => problem.participants.filter((one) => one.wishes.includes(id)).length;
