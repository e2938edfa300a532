import { createLog, type Log } from '../../server/system.ts';

/** Says nothing, so that what a test prints is what a test means. */
export const quietLog: Log = createLog('silent');
