import { accounts } from './en/accounts.ts';
import { activities } from './en/activities.ts';
import { assemblies } from './en/assemblies.ts';
import { assessments } from './en/assessments.ts';
import { calendars } from './en/calendars.ts';
import { calls } from './en/calls.ts';
import { callsMails } from './en/calls-mails.ts';
import { callsOffice } from './en/calls-office.ts';
import { dev } from './en/dev.ts';
import { documents } from './en/documents.ts';
import { door } from './en/door.ts';
import { emails } from './en/emails.ts';
import { entries } from './en/entries.ts';
import { events } from './en/events.ts';
import { eventsHistory } from './en/events-history.ts';
import { eventsOffice } from './en/events-office.ts';
import { formImports } from './en/form-imports.ts';
import { forms } from './en/forms.ts';
import { judging } from './en/judging.ts';
import { juryFinal } from './en/jury-final.ts';
import { juryScoring } from './en/jury-scoring.ts';
import { mailings } from './en/mailings.ts';
import { mailingsPeople } from './en/mailings-people.ts';
import { organisations } from './en/organisations.ts';
import { personalData } from './en/personal-data.ts';
import { programme } from './en/programme.ts';
import { programmeMails } from './en/programme-mails.ts';
import { questionnaires } from './en/questionnaires.ts';
import { registrations } from './en/registrations.ts';
import { registrationsDelegation } from './en/registrations-delegation.ts';
import { registrationsOffice } from './en/registrations-office.ts';
import { registrationsPayments } from './en/registrations-payments.ts';
import { reports } from './en/reports.ts';
import { sends } from './en/sends.ts';
import { shell } from './en/shell.ts';
import { studyVisits } from './en/study-visits.ts';
import { studyVisitsOffice } from './en/study-visits-office.ts';
import { ui } from './en/ui.ts';
import { visitRequests } from './en/visit-requests.ts';

/** Every text of the interface. One file a feature; keys are feature.page.thing. */
export const en = {
  ...shell,
  ...sends,
  ...formImports,
  ...assessments,
  ...forms,
  ...accounts,
  ...organisations,
  ...personalData,
  ...judging,
  ...juryFinal,
  ...juryScoring,
  ...emails,
  ...door,
  ...programme,
  ...assemblies,
  ...programmeMails,
  ...questionnaires,
  ...mailings,
  ...mailingsPeople,
  ...registrations,
  ...registrationsDelegation,
  ...registrationsOffice,
  ...registrationsPayments,
  ...events,
  ...activities,
  ...eventsHistory,
  ...eventsOffice,
  ...documents,
  ...reports,
  ...studyVisits,
  ...studyVisitsOffice,
  ...visitRequests,
  ...ui,
  ...calendars,
  ...calls,
  ...callsMails,
  ...callsOffice,
  ...entries,
  ...dev,
} as const;
