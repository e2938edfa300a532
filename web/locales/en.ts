import { accounts } from './en/accounts.ts';
import { dev } from './en/dev.ts';
import { emails } from './en/emails.ts';
import { events } from './en/events.ts';
import { eventsOffice } from './en/events-office.ts';
import { forms } from './en/forms.ts';
import { organisations } from './en/organisations.ts';
import { questionnaires } from './en/questionnaires.ts';
import { registrations } from './en/registrations.ts';
import { registrationsDelegation } from './en/registrations-delegation.ts';
import { shell } from './en/shell.ts';
import { ui } from './en/ui.ts';

/** Every text of the interface. One file a feature; keys are feature.page.thing. */
export const en = {
  ...shell,
  ...forms,
  ...accounts,
  ...organisations,
  ...emails,
  ...questionnaires,
  ...registrations,
  ...registrationsDelegation,
  ...events,
  ...eventsOffice,
  ...ui,
  ...dev,
} as const;
