import { Worker } from 'node:worker_threads';
import type { Allocation, Problem } from './allocation.ts';

/** The exact allocation, computed in a thread of its own, so that the process goes on answering. One at a time. */
export function computeAllocation(problem: Problem): Promise<Allocation> {
  const mine = last.then(() => inThread(problem));
  last = mine.catch(() => undefined);
  return mine;
}

let last: Promise<unknown> = Promise.resolve();

function inThread(problem: Problem): Promise<Allocation> {
  const file = import.meta.url.endsWith('.ts') ? './computing-thread.ts' : './computing-thread.js';
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(file, import.meta.url), { workerData: problem });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`The allocation ended with ${code} and no answer.`)));
  });
}
