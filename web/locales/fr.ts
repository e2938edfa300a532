import { accounts } from './fr/accounts.ts';
import { dev } from './fr/dev.ts';
import { forms } from './fr/forms.ts';
import { emails } from './fr/emails.ts';
import { ui } from './fr/ui.ts';
import { events } from './fr/events.ts';
import { registrations } from './fr/registrations.ts';
import { organisations } from './fr/organisations.ts';
import { shell } from './fr/shell.ts';

/** Every text of the interface. One file a feature; keys are feature.page.thing. */
export const fr = { ...shell, ...forms, ...accounts, ...organisations, ...emails, ...registrations, ...events, ...ui, ...dev } as const;
