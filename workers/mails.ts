import { accountMails } from './accounts.ts';
import { activityMails } from './activities.ts';
import { calendarMails } from './calendars.ts';
import { callMails } from './calls.ts';
import { documentMails } from './documents.ts';
import { eventMails } from './events.ts';
import { judgingMails } from './judging.ts';
import { mailingMails } from './mailings.ts';
import { programmeMails } from './programme.ts';
import { questionnaireMails } from './questionnaire-mails.ts';
import { registrationMails } from './registration-mails.ts';
import type { Renderers } from './sends.ts';
import { studyVisitMails } from './study-visits.ts';
import { troubleMails } from './troubles.ts';

/** How each kind of message in the ledger is made: a line per feature. */
export const renderers: Renderers = {
  ...accountMails,
  ...programmeMails,
  ...eventMails,
  ...activityMails,
  ...registrationMails,
  ...studyVisitMails,
  ...questionnaireMails,
  ...callMails,
  ...calendarMails,
  ...documentMails,
  ...judgingMails,
  ...mailingMails,
  ...troubleMails,
};
