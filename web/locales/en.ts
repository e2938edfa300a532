import { accounts } from './en/accounts.ts';
import { dev } from './en/dev.ts';
import { forms } from './en/forms.ts';
import { emails } from './en/emails.ts';
import { ui } from './en/ui.ts';
import { events } from './en/events.ts';
import { registrations } from './en/registrations.ts';
import { organisations } from './en/organisations.ts';
import { shell } from './en/shell.ts';

/** Every text of the interface. One file a feature; keys are feature.page.thing. */
export const en = { ...shell, ...forms, ...accounts, ...organisations, ...emails, ...registrations, ...events, ...ui, ...dev } as const;
