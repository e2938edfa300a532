import type { Participant, Problem, Visit } from './allocation.ts';
import { meet, obstacle } from './options.ts';

export interface Broken {
  rule: 'places' | 'kept' | 'minimum' | 'overlap' | 'busy' | 'language' | 'spread' | 'together' | 'wish' | 'each' | 'fixed';
  /** The visit, the person or the city. */
  of: string;
}

/**
 * Every rule that an allocation breaks, found by looking at it and not at how it was made. What an organiser fixed may break any
 * rule, so each counts without those people's own doing: a visit is not too full because of people who were put there.
 */
export function brokenRules(problem: Problem, given: Readonly<Record<string, readonly string[]>>): Broken[] {
  const has = (one: Participant) => given[one.id] ?? [];
  return [
    ...problem.visits.flatMap((visit) => ofVisit(problem, visit, has)),
    ...problem.participants.flatMap((one) => ofPerson(problem, one, has(one))),
    ...ofCities(problem, has),
  ];
}

type Has = (one: Participant) => readonly string[];

function ofVisit({ participants, perCity }: Problem, visit: Visit, has: Has): Broken[] {
  const there = participants.filter((one) => has(one).includes(visit.id));
  const put = (list: readonly Participant[]) => list.filter((one) => one.fixed.includes(visit.id)).length;
  const broken: Broken[] = [];
  const guests = there.filter((one) => !one.host);
  if (there.length > Math.max(visit.places, put(there))) broken.push({ rule: 'places', of: visit.id });
  if (visit.kept > 0 && guests.length > Math.max(visit.places - visit.kept, put(guests)))
    broken.push({ rule: 'kept', of: visit.id });
  if (there.length > 0 && there.length < visit.minimum && put(there) === 0) broken.push({ rule: 'minimum', of: visit.id });
  if (perCity === null) return broken;
  const apart = there.filter((one) => one.city !== null && !goesTogether(one, participants));
  for (const [city, same] of Map.groupBy(apart, (one) => one.city))
    if (same.length > Math.max(perCity, put(same))) broken.push({ rule: 'spread', of: `${visit.id} ${city}` });
  return broken;
}

// Whom an organiser placed goes there alone.
const together = (one: Participant, other: Participant) =>
  [one, other].every((either) => either.together && either.city !== null && either.fixed.length === 0) && one.city === other.city;

// One of a city alone has nobody to go together with.
const goesTogether = (one: Participant, all: readonly Participant[]) =>
  one.together && all.some((other) => other !== one && together(one, other));

function ofPerson({ visits, participants, each }: Problem, one: Participant, has: readonly string[]): Broken[] {
  const broken: Broken[] = [];
  const mine = visits.filter(({ id }) => has.includes(id));
  const free = mine.filter(({ id }) => !one.fixed.includes(id));
  if (one.fixed.some((id) => visits.some((visit) => visit.id === id) && !has.includes(id)))
    broken.push({ rule: 'fixed', of: one.id });
  if (free.length > 0 && mine.length > each) broken.push({ rule: 'each', of: one.id });
  if (new Set(has).size !== mine.length) broken.push({ rule: 'each', of: one.id });
  if (free.some((visit) => mine.some((other) => other !== visit && meet(visit, other))))
    broken.push({ rule: 'overlap', of: one.id });
  if (free.some((visit) => one.busy.some((span) => meet(span, visit)))) broken.push({ rule: 'busy', of: one.id });
  if (free.some((visit) => obstacle({ ...one, busy: [] }, visit) === 'language')) broken.push({ rule: 'language', of: one.id });
  // Who goes together and wished nothing goes where the others wish.
  const company = one.together && one.wishes.length === 0 ? participants.filter((other) => together(one, other)) : [one];
  const wished = free.every(({ id }) => company.some((other) => other.wishes.includes(id)));
  if (!wished) broken.push({ rule: 'wish', of: one.id });
  return broken;
}

function ofCities({ participants }: Problem, has: Has): Broken[] {
  const together = participants.filter((one) => one.together && one.city !== null && one.fixed.length === 0);
  return [...Map.groupBy(together, (one) => one.city)].flatMap(([city, members]): Broken[] => {
    const lists = new Set(members.map((one) => [...has(one)].sort().join()));
    return lists.size > 1 ? [{ rule: 'together', of: city ?? '' }] : [];
  });
}
