import { figuresOf, type Problem } from '../../server/study-visits/allocation.ts';
import { brokenRules } from '../../server/study-visits/invariants.ts';

/** The best that there is, found by looking at everything that could be given: more people first, then less cost, then less moved. */
export function bestOfAll(problem: Problem): [assigned: number, cost: number, moved: number] {
  const subsets = problem.visits.reduce<string[][]>((sets, { id }) => [...sets, ...sets.map((set) => [...set, id])], [[]]);
  let best: [number, number, number] | undefined;
  const given: Record<string, string[]> = {};
  const go = (at: number): void => {
    const one = problem.participants[at];
    if (!one) {
      if (brokenRules(problem, given).length > 0) return;
      const { assigned, cost, moved } = figuresOf(problem, given);
      const better =
        !best || assigned > best[0] || (assigned === best[0] && (cost < best[1] || (cost === best[1] && moved < best[2])));
      if (better) best = [assigned, cost, moved];
      return;
    }
    for (const set of subsets) {
      given[one.id] = set;
      go(at + 1);
    }
  };
  go(0);
  if (!best) throw new Error('Nothing at all is allowed.');
  return best;
}
