import { accounts } from './fr/accounts.ts';
import { activities } from './fr/activities.ts';
import { assemblies } from './fr/assemblies.ts';
import { assessments } from './fr/assessments.ts';
import { calendars } from './fr/calendars.ts';
import { calls } from './fr/calls.ts';
import { callsMails } from './fr/calls-mails.ts';
import { callsOffice } from './fr/calls-office.ts';
import { dev } from './fr/dev.ts';
import { documents } from './fr/documents.ts';
import { door } from './fr/door.ts';
import { emails } from './fr/emails.ts';
import { entries } from './fr/entries.ts';
import { events } from './fr/events.ts';
import { eventsHistory } from './fr/events-history.ts';
import { eventsOffice } from './fr/events-office.ts';
import { formImports } from './fr/form-imports.ts';
import { forms } from './fr/forms.ts';
import { judging } from './fr/judging.ts';
import { juryFinal } from './fr/jury-final.ts';
import { juryScoring } from './fr/jury-scoring.ts';
import { mailings } from './fr/mailings.ts';
import { mailingsPeople } from './fr/mailings-people.ts';
import { organisations } from './fr/organisations.ts';
import { personalData } from './fr/personal-data.ts';
import { programme } from './fr/programme.ts';
import { programmeMails } from './fr/programme-mails.ts';
import { questionnaires } from './fr/questionnaires.ts';
import { registrations } from './fr/registrations.ts';
import { registrationsDelegation } from './fr/registrations-delegation.ts';
import { registrationsOffice } from './fr/registrations-office.ts';
import { registrationsPayments } from './fr/registrations-payments.ts';
import { reports } from './fr/reports.ts';
import { sends } from './fr/sends.ts';
import { shell } from './fr/shell.ts';
import { studyVisits } from './fr/study-visits.ts';
import { studyVisitsOffice } from './fr/study-visits-office.ts';
import { ui } from './fr/ui.ts';
import { visitRequests } from './fr/visit-requests.ts';

/** Every text of the interface. One file a feature; keys are feature.page.thing. */
export const fr = {
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
