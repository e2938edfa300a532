import { accounts } from './fr/accounts.ts';
import { dev } from './fr/dev.ts';
import { forms } from './fr/forms.ts';
import { shell } from './fr/shell.ts';

/** Every text of the interface. One file a feature; keys are feature.page.thing. */
export const fr = { ...shell, ...forms, ...accounts, ...dev } as const;
