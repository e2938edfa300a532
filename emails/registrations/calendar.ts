import type { Answering, CalendarFile } from '../../server/calendars/ical.ts';
import type { MailFacts } from '../../server/registrations/mail-facts.ts';
import type { Language } from '../../web/locales/languages.ts';
import { readIn } from '../../web/locales/text-map.ts';
import { calendarOf } from '../events/calendar.ts';
import type { MailEvent } from '../events/event-part.tsx';

/** Who publishes the entries, and where the installation is. */
export interface Publisher {
  publicUrl: string;
  installationName: string;
  /** `Name <address>` or an address. */
  mailFrom: string;
}

/** The event of a registration as mails show it. Where to join online only who takes part is told. */
export function mailEventOf(
  fact: Pick<
    MailFacts,
    'title' | 'venue' | 'defaultLanguage' | 'startsAt' | 'endsAt' | 'zone' | 'eventAddress' | 'slug' | 'onlineUrl' | 'state'
  >,
  publicUrl: string,
  language: Language,
): MailEvent {
  const read = (map: Record<string, string>) => readIn(map, [language], fact.defaultLanguage) ?? null;
  return {
    title: read(fact.title) ?? { text: fact.slug, lang: language },
    startsAt: fact.startsAt,
    endsAt: fact.endsAt,
    zone: fact.zone,
    place: read(fact.venue),
    address: fact.eventAddress,
    url: `${publicUrl}/events/${fact.slug}`,
    onlineUrl: fact.state === 'confirmed' ? fact.onlineUrl : null,
  };
}

/** The calendar entry of a registration: the same UID in every mail and on its page. */
export function registrationEntry(
  fact: MailFacts,
  publisher: Publisher,
  language: Language,
  what: 'entry' | 'cancellation',
  answering: Answering = {},
): CalendarFile {
  const { publicUrl, installationName, mailFrom } = publisher;
  return calendarOf(
    mailEventOf(fact, publicUrl, language),
    {
      id: fact.id,
      sequence: fact.sequence,
      changedAt: fact.changedAt,
      createdAt: fact.joinedAt,
      host: new URL(publicUrl).hostname,
      organizer: { name: installationName, address: /<([^>]+)>/.exec(mailFrom)?.[1] ?? mailFrom },
      attendee: fact.address && !fact.forContact ? { name: fact.name, address: fact.address } : undefined,
      geo: fact.latitude !== null && fact.longitude !== null ? { latitude: fact.latitude, longitude: fact.longitude } : null,
    },
    language,
    answering,
    what,
  );
}
