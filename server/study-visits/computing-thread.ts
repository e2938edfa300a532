import { parentPort, workerData } from 'node:worker_threads';
import { allocate, type Problem } from './allocation.ts';
import { highsSolver } from './solver.ts';

// Runs in a thread of its own: seconds of arithmetic would keep every request waiting.
parentPort?.postMessage(allocate(workerData as Problem, await highsSolver()), []);
