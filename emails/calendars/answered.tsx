import type { Language } from '../../web/locales/languages.ts';
import { translator } from '../../web/locales/translate.ts';
import { eventPart, type MailEvent } from '../events/event-part.tsx';
import { actions, keyAction, mailOf, paragraph, type Site } from '../letter.tsx';
import type { Mail } from '../mailer.ts';

interface Data {
  language: Language;
  site: Site;
  name: string;
  readerZone: string;
  event: MailEvent;
  /** Where they see and change their registration without signing in. */
  url: string;
}

/** Somebody declined in their calendar and still has a place: how to give it back, or that nothing need be done. */
export function declinedInCalendar({ language, site, name, readerZone, event, url }: Data): Mail {
  const t = translator(language);
  const lead = t('calendars.mail.declined.lead', { event: event.title.text });
  return mailOf(
    {
      site,
      subject: t('calendars.mail.declined.subject', { event: event.title.text }),
      heading: t('calendars.mail.declined.heading'),
      tone: 'wait',
      preheader: lead,
      parts: [
        paragraph(t('emails.greeting', { name })),
        paragraph(lead),
        keyAction(t, { label: t('calendars.mail.declined.giveBack'), url: `${url}/removal` }),
        paragraph(t('calendars.mail.declined.stay')),
        eventPart(event, language, readerZone, false),
        actions({ label: t('emails.go.registration'), url }),
      ],
      why: t('emails.why.registration', { event: event.title.text }),
    },
    language,
  );
}

/** Somebody proposed another time in their calendar: the time of an event is not one person's to change. */
export function proposalDeclined({ language, site, name, readerZone, event, url }: Data): Mail {
  const t = translator(language);
  const lead = t('calendars.mail.proposal.lead', { event: event.title.text });
  return mailOf(
    {
      site,
      subject: t('calendars.mail.proposal.subject', { event: event.title.text }),
      heading: t('calendars.mail.proposal.heading'),
      tone: 'plain',
      preheader: lead,
      parts: [
        paragraph(t('emails.greeting', { name })),
        paragraph(lead),
        paragraph(t('calendars.mail.proposal.told')),
        eventPart(event, language, readerZone, false),
        actions({ label: t('emails.go.registration'), url }),
      ],
      why: t('emails.why.registration', { event: event.title.text }),
    },
    language,
  );
}
