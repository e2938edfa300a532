import { accounts } from './es/accounts.ts';
import { dev } from './es/dev.ts';
import { forms } from './es/forms.ts';
import { shell } from './es/shell.ts';

/** Every text of the interface. One file a feature; keys are feature.page.thing. */
export const es = { ...shell, ...forms, ...accounts, ...dev } as const;
