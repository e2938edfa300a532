import { accounts } from './es/accounts.ts';
import { activities } from './es/activities.ts';
import { assemblies } from './es/assemblies.ts';
import { assessments } from './es/assessments.ts';
import { calendars } from './es/calendars.ts';
import { calls } from './es/calls.ts';
import { callsMails } from './es/calls-mails.ts';
import { callsOffice } from './es/calls-office.ts';
import { dev } from './es/dev.ts';
import { documents } from './es/documents.ts';
import { door } from './es/door.ts';
import { emails } from './es/emails.ts';
import { entries } from './es/entries.ts';
import { events } from './es/events.ts';
import { eventsHistory } from './es/events-history.ts';
import { eventsOffice } from './es/events-office.ts';
import { formImports } from './es/form-imports.ts';
import { forms } from './es/forms.ts';
import { judging } from './es/judging.ts';
import { juryFinal } from './es/jury-final.ts';
import { juryScoring } from './es/jury-scoring.ts';
import { mailings } from './es/mailings.ts';
import { mailingsPeople } from './es/mailings-people.ts';
import { organisations } from './es/organisations.ts';
import { personalData } from './es/personal-data.ts';
import { programme } from './es/programme.ts';
import { programmeMails } from './es/programme-mails.ts';
import { questionnaires } from './es/questionnaires.ts';
import { registrations } from './es/registrations.ts';
import { registrationsDelegation } from './es/registrations-delegation.ts';
import { registrationsOffice } from './es/registrations-office.ts';
import { registrationsPayments } from './es/registrations-payments.ts';
import { reports } from './es/reports.ts';
import { sends } from './es/sends.ts';
import { shell } from './es/shell.ts';
import { studyVisits } from './es/study-visits.ts';
import { studyVisitsOffice } from './es/study-visits-office.ts';
import { ui } from './es/ui.ts';
import { visitRequests } from './es/visit-requests.ts';

/** Every text of the interface. One file a feature; keys are feature.page.thing. */
export const es = {
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
