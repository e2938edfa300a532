import type { Problem } from './allocation.ts';
import { lot } from './lots.ts';
import { meet, type Option, optionsOf, type Party } from './options.ts';

/**
 * What would come out if people chose one after another, in the order of their lots, each taking the dearest that is left (Svensson
 * 1999), under the same rules as the exact allocation: to compare with. Where visits stay below their minimum, the one that lacks
 * most is closed and all choose again.
 */
export function serialDictatorship(problem: Problem): Record<string, string[]> {
  const { parties, options } = optionsOf(problem);
  const order = parties
    .map((party, at) => ({ at, lot: Math.max(...party.members.map((one) => lot(problem.seed, one.id))) }))
    .sort((a, b) => b.lot - a.lot || a.at - b.at);
  const byParty = Map.groupBy(options, ({ party }) => party);
  const closed = new Set<number>();
  for (;;) {
    const taken = choose(
      problem,
      parties,
      order.map(({ at }) => at),
      byParty,
      closed,
    );
    const short = problem.visits
      .map(({ minimum }, visit) => ({ visit, there: taken.filter((one) => one.visit === visit), minimum }))
      .map(({ visit, there, minimum }) => ({
        visit,
        fixed: there.some((one) => one.fixed),
        size: people(parties, there),
        minimum,
      }))
      .filter(({ size, fixed, minimum }) => size > 0 && !fixed && size < minimum)
      .sort((a, b) => b.minimum - b.size - (a.minimum - a.size) || a.visit - b.visit)[0];
    if (!short) return givenOf(problem, parties, taken);
    closed.add(short.visit);
  }
}

function choose(
  problem: Problem,
  parties: readonly Party[],
  order: readonly number[],
  byParty: ReadonlyMap<number, Option[]>,
  closed: ReadonlySet<number>,
): Option[] {
  const taken = [...byParty.values()].flat().filter(({ fixed }) => fixed);
  const at = problem.visits.map((_, visit) => taken.filter((one) => one.visit === visit));
  for (const party of order) {
    const mine = taken.filter((one) => one.party === party);
    for (const option of byParty.get(party) ?? []) {
      if (option.fixed || mine.length >= problem.each || closed.has(option.visit)) continue;
      const visit = problem.visits[option.visit];
      const there = at[option.visit];
      if (!visit || !there || mine.some((other) => meet(problem.visits[other.visit] ?? visit, visit))) continue;
      if (!fits(problem, parties, there, option)) continue;
      mine.push(option);
      there.push(option);
      taken.push(option);
    }
  }
  return taken;
}

function fits(problem: Problem, parties: readonly Party[], there: readonly Option[], option: Option): boolean {
  const { places, kept } = problem.visits[option.visit] ?? { places: 0, kept: 0 };
  const party = parties[option.party] as Party;
  const size = party.members.length;
  if (people(parties, there) + size > places) return false;
  const host = (one: Option) => parties[one.party]?.members.every((member) => member.host) ?? false;
  if (
    !host(option) &&
    people(
      parties,
      there.filter((one) => !host(one)),
    ) +
      size >
      places - kept
  )
    return false;
  if (problem.perCity === null || party.city === null || party.together) return true;
  const same = there.filter((one) => parties[one.party]?.city === party.city && !parties[one.party]?.together);
  return people(parties, same) + size <= problem.perCity;
}

const people = (parties: readonly Party[], list: readonly Option[]) =>
  list.reduce((sum, { party }) => sum + (parties[party]?.members.length ?? 0), 0);

function givenOf(problem: Problem, parties: readonly Party[], taken: readonly Option[]): Record<string, string[]> {
  const given: Record<string, string[]> = {};
  for (const { party, visit } of taken)
    for (const { id } of parties[party]?.members ?? []) (given[id] ??= []).push(problem.visits[visit]?.id ?? '');
  for (const list of Object.values(given)) list.sort();
  return given;
}
