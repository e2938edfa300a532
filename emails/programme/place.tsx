import type { Session, Texts } from '../../server/programme/programme.ts';
import { formatDateRange, formatList } from '../../web/locales/format.ts';
import type { Language } from '../../web/locales/languages.ts';
import { textIn } from '../../web/locales/text-map.ts';
import { translator } from '../../web/locales/translate.ts';
import { actions, facts, mailOf, paragraph, type Site } from '../letter.tsx';
import type { Mail } from '../mailer.ts';

export interface PlaceTold {
  language: Language;
  site: Site;
  name: string;
  event: { slug: string; title: Texts; defaultLanguage: string; zone: string };
  session: Pick<Session, 'id' | 'title' | 'startsAt' | 'endsAt'>;
  room: Texts | null;
  /** The titles of what they held at the same time, and do no more. */
  gives: Texts[];
}

/** Somebody who waited for a place in a session has one. */
export function placePassed({ language, site, name, event, session, room, gives }: PlaceTold): Mail {
  const t = translator(language);
  const words = (texts: Texts) => textIn(texts, [language], event.defaultLanguage);
  const title = words(session.title);
  const subject = t('programme.mail.placeSubject', { title });
  const url = `${site.url}/events/${event.slug}/sessions/${session.id}`;
  const when = formatDateRange(
    Temporal.Instant.from(session.startsAt),
    Temporal.Instant.from(session.endsAt),
    language,
    event.zone,
    'dateTime',
  );
  return mailOf(
    {
      site,
      subject,
      heading: subject,
      preheader: t('programme.mail.placeLead'),
      parts: [
        paragraph(t('emails.greeting', { name })),
        paragraph(t('programme.mail.placeLead')),
        facts(
          [
            { name: t('programme.mail.when'), value: when },
            room && { name: t('programme.mail.where'), value: words(room) || '–' },
            gives.length > 0 && { name: t('programme.mail.placeGives'), value: formatList(gives.map(words), language) },
          ],
          language,
        ),
        paragraph(t('programme.mail.placeLeave')),
        actions({ label: t('programme.mail.placeGo'), url }),
      ],
      why: t('programme.mail.placeWhy', { title, event: words(event.title) }),
    },
    language,
  );
}
