import type { CalendarFile } from '../../server/calendars/ical.ts';
import type { Language } from '../../web/locales/languages.ts';
import { translator } from '../../web/locales/translate.ts';
import { eventPart, type MailEvent } from '../events/event-part.tsx';
import { actions, mailOf, paragraph, type Site } from '../letter.tsx';
import type { Mail } from '../mailer.ts';

/** A chosen session that comes into somebody's calendar, changes there, or goes. */
export function sessionInCalendar({
  language,
  site,
  name,
  readerZone,
  congress,
  session,
  wanted,
  calendar,
}: {
  language: Language;
  site: Site;
  name: string;
  readerZone: string;
  congress: string;
  session: MailEvent;
  wanted: boolean;
  calendar: CalendarFile;
}): Mail {
  const t = translator(language);
  const what = wanted ? 'session' : 'sessionGone';
  const lead = t(`calendars.mail.${what}.lead`, { event: congress });
  return mailOf(
    {
      site,
      subject: t(`calendars.mail.${what}.subject`, { session: session.title.text }),
      heading: t(`calendars.mail.${what}.heading`),
      tone: wanted ? 'good' : 'plain',
      preheader: lead,
      parts: [
        paragraph(t('emails.greeting', { name })),
        paragraph(lead),
        eventPart(session, language, readerZone, !wanted),
        paragraph(t(wanted ? 'emails.calendar.attached' : 'emails.calendar.removes'), true),
        actions({ label: t('emails.go.event'), url: session.url }),
      ],
      why: t('emails.why.registration', { event: congress }),
      calendar,
    },
    language,
  );
}
