import { Worker } from 'node:worker_threads';
import type { Assignment, AssignmentProblem, Pair } from './assignment.ts';
import type { Ranking, RankingOptions } from './ranking.ts';
import type { Score } from './scoring.ts';
import type { TieMaterial } from './ties.ts';

export type Task =
  | { kind: 'assign'; problem: AssignmentProblem }
  | {
      kind: 'rank';
      scores: Score[];
      options: Omit<RankingOptions, 'tieBreak' | 'may'>;
      forbidden: Pair[];
      ties: TieMaterial | null;
    };

/** How many threads compute at once: the rest wait, so that many requests cannot take the whole machine. */
const AT_ONCE = 2;
let running = 0;
const waiting: (() => void)[] = [];

/** The exact assignment of a problem, found in a thread of its own. */
export function computeAssignment(problem: AssignmentProblem): Promise<Assignment> {
  return compute<Assignment>({ kind: 'assign', problem });
}

/** The ranking of scores, computed in a thread of its own. `forbidden`: pairs that are no bridges between panels.
 * `ties`: what orders entries with the same score. */
export function computeRanking(
  scores: Score[],
  options: Omit<RankingOptions, 'tieBreak' | 'may'>,
  forbidden: Pair[] = [],
  ties: TieMaterial | null = null,
): Promise<Ranking> {
  return compute<Ranking>({ kind: 'rank', scores, options, forbidden, ties });
}

async function compute<T>(task: Task): Promise<T> {
  if (running >= AT_ONCE) await new Promise<void>((go) => waiting.push(go));
  running += 1;
  try {
    return await inThread<T>(task);
  } finally {
    running -= 1;
    waiting.shift()?.();
  }
}

function inThread<T>(task: Task): Promise<T> {
  const file = import.meta.url.endsWith('.ts') ? './computing-thread.ts' : './computing-thread.js';
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(file, import.meta.url), { workerData: task });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`The computation ended with ${code} and no answer.`)));
  });
}
