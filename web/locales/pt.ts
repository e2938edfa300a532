import { accounts } from './pt/accounts.ts';
import { activities } from './pt/activities.ts';
import { assemblies } from './pt/assemblies.ts';
import { assessments } from './pt/assessments.ts';
import { calendars } from './pt/calendars.ts';
import { calls } from './pt/calls.ts';
import { callsMails } from './pt/calls-mails.ts';
import { callsOffice } from './pt/calls-office.ts';
import { dev } from './pt/dev.ts';
import { documents } from './pt/documents.ts';
import { door } from './pt/door.ts';
import { emails } from './pt/emails.ts';
import { entries } from './pt/entries.ts';
import { events } from './pt/events.ts';
import { eventsHistory } from './pt/events-history.ts';
import { eventsOffice } from './pt/events-office.ts';
import { formImports } from './pt/form-imports.ts';
import { forms } from './pt/forms.ts';
import { judging } from './pt/judging.ts';
import { juryFinal } from './pt/jury-final.ts';
import { juryScoring } from './pt/jury-scoring.ts';
import { mailings } from './pt/mailings.ts';
import { mailingsPeople } from './pt/mailings-people.ts';
import { organisations } from './pt/organisations.ts';
import { personalData } from './pt/personal-data.ts';
import { programme } from './pt/programme.ts';
import { programmeMails } from './pt/programme-mails.ts';
import { questionnaires } from './pt/questionnaires.ts';
import { registrations } from './pt/registrations.ts';
import { registrationsDelegation } from './pt/registrations-delegation.ts';
import { registrationsOffice } from './pt/registrations-office.ts';
import { registrationsPayments } from './pt/registrations-payments.ts';
import { reports } from './pt/reports.ts';
import { sends } from './pt/sends.ts';
import { shell } from './pt/shell.ts';
import { studyVisits } from './pt/study-visits.ts';
import { studyVisitsOffice } from './pt/study-visits-office.ts';
import { ui } from './pt/ui.ts';
import { visitRequests } from './pt/visit-requests.ts';

/** Every text of the interface. One file a feature; keys are feature.page.thing. */
export const pt = {
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
