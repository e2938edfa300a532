import {
  type Answering,
  type CalendarEntry,
  type CalendarFile,
  eventCancel,
  eventFile,
  type Party,
} from '../../server/calendars/ical.ts';
import { zonePlace } from '../../web/locales/format.ts';
import type { Language } from '../../web/locales/languages.ts';
import { translator } from '../../web/locales/translate.ts';
import { type MailEvent, span } from './event-part.tsx';

/** What a calendar must know beside what the mail shows. */
export interface CalendarFacts {
  /** Stable for the life of the registration: its id. */
  id: string;
  sequence: number;
  /** When this version came about. */
  changedAt: Temporal.Instant;
  createdAt: Temporal.Instant;
  /** The host of the UID. */
  host: string;
  organizer: Party;
  attendee?: Party;
  geo?: CalendarEntry['geo'];
}

/**
 * The calendar file of a mail. No personal link ever stands in it: calendars are shared with whole teams. The local time is said in
 * words, because programs show every time in their own zone.
 */
export function calendarOf(
  event: MailEvent,
  facts: CalendarFacts,
  language: Language,
  answering: Answering = {},
  what: 'entry' | 'cancellation' = 'entry',
): CalendarFile {
  const t = translator(language);
  const time = `${span(event, language, event.zone)} (${zonePlace(event.zone)})`;
  const entry: CalendarEntry = {
    uid: `${facts.id}@${facts.host}`,
    sequence: facts.sequence,
    stamp: facts.changedAt,
    created: facts.createdAt,
    lastModified: facts.changedAt,
    start: event.startsAt,
    end: event.endsAt,
    summary: event.title.text,
    description: [
      t('emails.calendar.localTime', { time }),
      ...(event.onlineUrl ? [t('emails.calendar.join', { url: event.onlineUrl })] : []),
      event.url,
    ].join('\n'),
    location: [event.place?.text, event.address].filter(Boolean).join(', ') || (event.onlineUrl ?? ''),
    geo: facts.geo,
    url: event.url,
    onlineUrl: event.onlineUrl,
    organizer: facts.organizer,
    attendee: facts.attendee,
  };
  return what === 'cancellation' ? eventCancel(entry, answering) : eventFile(entry, answering);
}
