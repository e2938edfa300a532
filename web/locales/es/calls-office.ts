import type { callsOffice as en } from '../en/calls-office.ts';

export const callsOffice = {} satisfies Record<keyof typeof en, string>;
