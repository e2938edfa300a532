import type { AssignmentProblem, fitOf as FitOf } from '../../server/judging/assignment.ts';
import { seeded } from '../../server/judging/draws.ts';

/** The allowed pairs and what each is worth, told from the problem alone: fit, the seeded tie-breaker, and keeping what is. */
export function modelPairs(
  problem: AssignmentProblem,
  { fitOf, KEEP }: { fitOf: typeof FitOf; KEEP: number },
): { entry: number; juror: number; gain: number }[] {
  const random = seeded(problem.seed);
  const has = (pairs: readonly { entry: string; juror: string }[], entry: string, juror: string) =>
    pairs.some((pair) => pair.entry === entry && pair.juror === juror);
  const entries = problem.entries.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const jurors = problem.jurors.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return entries.flatMap((entry, i) =>
    jurors.flatMap((juror, j) => {
      const tie = Math.floor(random() * 10);
      const reads = entry.languages.some((language) => juror.languages.includes(language));
      if (has(problem.forbidden, entry.id, juror.id) || (problem.language === 'all' && !reads)) return [];
      const keep = has(problem.current, entry.id, juror.id) ? KEEP : 0;
      return [{ entry: i, juror: j, gain: fitOf(entry, juror, reads, has(problem.bids, entry.id, juror.id)) + tie + keep }];
    }),
  );
}
