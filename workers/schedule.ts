import type { Recurring } from './handler.ts';
import { forgetOldKeys } from './upkeep.ts';

/** Everything that happens by itself, on one page. A worker that finds its turn come runs it; others do not. */
export const schedule: Recurring[] = [
  { name: 'forget-idempotency-keys', every: 3600, what: 'Forgets the keys of creations after two days', run: forgetOldKeys },
];
