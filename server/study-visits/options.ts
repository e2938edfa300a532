import type { Participant, Problem, Span, Visit } from './allocation.ts';

/** Who moves as one: a person, or the people of a city that goes together. */
export interface Party {
  members: readonly Participant[];
  city: string | null;
  together: boolean;
}

export interface Option {
  party: number;
  visit: number;
  /** An organiser decided it. */
  fixed: boolean;
}

export interface Options {
  parties: readonly Party[];
  options: readonly Option[];
}

/** Why a wish cannot be given to a person, whoever else there is; null: it can. */
export type Obstacle = 'language' | 'busy' | null;

/** Whether two times have a moment in common. */
export function meet(a: Span, b: Span): boolean {
  return a.starts < b.ends && b.starts < a.ends;
}

/** What stands between one person and a visit, apart from the others. */
export function obstacle(one: Participant, visit: Visit): Obstacle {
  const languages = visit.languages.map(plain);
  if (one.languages.length > 0 && languages.length > 0 && !one.languages.some((tag) => languages.includes(plain(tag))))
    return 'language';
  return one.busy.some((span) => meet(span, visit)) ? 'busy' : null;
}

// Somebody who reads pt-BR understands a visit in pt.
const plain = (tag: string) => tag.split('-')[0];

/** What may be given to whom, in an order that depends on ids alone and not on that of the input. */
export function optionsOf(problem: Problem): Options {
  const parties = partiesOf(problem.participants);
  const place = new Map(problem.visits.map(({ id }, at) => [id, at]));
  const options = parties.flatMap((party, at): Option[] => {
    const fixed = [...new Set(party.members.flatMap((one) => one.fixed))].filter((id) => place.has(id));
    const held = fixed.flatMap((id) => problem.visits[place.get(id) as number] ?? []);
    const free = wishesOf(party).flatMap((id): Visit[] => {
      const visit = problem.visits[place.get(id) ?? -1];
      if (!visit || fixed.includes(id) || held.some((other) => meet(other, visit))) return [];
      return party.members.every((one) => obstacle(one, visit) === null) ? [visit] : [];
    });
    return [
      ...fixed.map((id) => ({ party: at, visit: place.get(id) as number, fixed: true })),
      ...free.map(({ id }) => ({ party: at, visit: place.get(id) as number, fixed: false })),
    ];
  });
  return { parties, options };
}

// Whom an organiser placed alone no longer moves with the others.
function partiesOf(participants: readonly Participant[]): Party[] {
  const sorted = [...participants].sort((a, b) => (a.id < b.id ? -1 : 1));
  const cities = Map.groupBy(
    sorted.filter((one) => one.together && one.city !== null && one.fixed.length === 0),
    (one) => one.city,
  );
  const alone = sorted.filter((one) => !cities.get(one.city)?.includes(one));
  return [
    ...alone.map((one) => ({ members: [one], city: one.city, together: false })),
    ...[...cities].map(([city, members]) => ({ members, city, together: members.length > 1 })),
  ];
}

/** What a party can be given: what all of it wish who wish anything, as far as that goes. */
export function wishesOf(party: Party): string[] {
  const lists = party.members.map((one) => one.wishes).filter((wishes) => wishes.length > 0);
  return [...(lists[0] ?? [])].filter((id) => lists.every((wishes) => wishes.includes(id)));
}
