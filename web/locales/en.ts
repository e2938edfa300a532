import { accounts } from './en/accounts.ts';
import { dev } from './en/dev.ts';
import { forms } from './en/forms.ts';
import { shell } from './en/shell.ts';

/** Every text of the interface. One file a feature; keys are feature.page.thing. */
export const en = { ...shell, ...forms, ...accounts, ...dev } as const;
