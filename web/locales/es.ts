import { accounts } from './es/accounts.ts';
import { shell } from './es/shell.ts';

/** Every text of the interface. One file a feature; keys are feature.page.thing. */
export const es = { ...shell, ...accounts } as const;
