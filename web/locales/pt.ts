import { accounts } from './pt/accounts.ts';
import { dev } from './pt/dev.ts';
import { forms } from './pt/forms.ts';
import { shell } from './pt/shell.ts';

/** Every text of the interface. One file a feature; keys are feature.page.thing. */
export const pt = { ...shell, ...forms, ...accounts, ...dev } as const;
