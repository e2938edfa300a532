import { parentPort, workerData } from 'node:worker_threads';
import { assign } from './assignment.ts';
import type { Task } from './computing.ts';
import { rankScores } from './ranking.ts';
import { highsSolver } from './solver.ts';
import { tieBreaker } from './ties.ts';

// Runs in a thread of its own: arithmetic of a second would keep every other request waiting.
const task = workerData as Task;
parentPort?.postMessage(task.kind === 'assign' ? assign(task.problem, await highsSolver()) : rank(task), []);

function rank({ scores, options, forbidden, ties }: Extract<Task, { kind: 'rank' }>) {
  const never = new Set(forbidden.map(({ entry, juror }) => `${entry}\n${juror}`));
  const may = (juror: string, entry: string) => !never.has(`${entry}\n${juror}`);
  return rankScores(scores, ties ? { ...options, may, tieBreak: tieBreaker(ties) } : { ...options, may });
}
