import type { entries as en } from '../en/entries.ts';

export const entries = {} satisfies Record<keyof typeof en, string>;
