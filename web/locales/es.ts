import { accounts } from './es/accounts.ts';
import { dev } from './es/dev.ts';
import { shell } from './es/shell.ts';

/** Every text of the interface. One file a feature; keys are feature.page.thing. */
export const es = { ...shell, ...accounts, ...dev } as const;
