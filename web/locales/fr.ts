import { accounts } from './fr/accounts.ts';
import { dev } from './fr/dev.ts';
import { shell } from './fr/shell.ts';

/** Every text of the interface. One file a feature; keys are feature.page.thing. */
export const fr = { ...shell, ...accounts, ...dev } as const;
