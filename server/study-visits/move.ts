import { figuresOf, type Problem } from './allocation.ts';
import { type Broken, brokenRules } from './invariants.ts';

/** What it costs to move somebody by hand: said before it is done. */
export interface MoveCost {
  /** The rank they have and would have; null: nothing, or what they did not wish. */
  from: number | null;
  to: number | null;
  /** By how much the sum of ranks changes; below 0: it gets better. */
  cost: number;
  assigned: number;
  /** The rules that would be broken and are not now. */
  breaks: Broken[];
}

/** The difference that a move by hand makes. Pure. */
export function costOfMove(
  problem: Problem,
  given: Readonly<Record<string, readonly string[]>>,
  person: string,
  to: readonly string[],
): MoveCost {
  // What organisers fixed earlier is judged like everything else: the question is what happens, not who is to blame.
  const free: Problem = { ...problem, participants: problem.participants.map((one) => ({ ...one, fixed: [], together: false })) };
  const after = { ...given, [person]: [...to] };
  const key = ({ rule, of }: Broken) => `${rule} ${of}`;
  const before = new Set(brokenRules(free, given).map(key));
  const wishes = problem.participants.find(({ id }) => id === person)?.wishes ?? [];
  const best = (visits: readonly string[]) => {
    const ranks = visits.map((visit) => wishes.indexOf(visit) + 1).filter((rank) => rank > 0);
    return ranks.length > 0 ? Math.min(...ranks) : null;
  };
  const [was, is] = [figuresOf(problem, given), figuresOf(problem, after)];
  return {
    from: best(given[person] ?? []),
    to: best(to),
    cost: is.cost - was.cost,
    assigned: is.assigned - was.assigned,
    breaks: brokenRules(free, after).filter((broken) => !before.has(key(broken))),
  };
}
