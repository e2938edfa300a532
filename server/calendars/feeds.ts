import { formatDateRange, zonePlace } from '../../web/locales/format.ts';
import type { Language } from '../../web/locales/languages.ts';
import { textIn } from '../../web/locales/text-map.ts';
import { translator } from '../../web/locales/translate.ts';
import type { ActivityRow } from '../activities/queries.ts';
import type { FeedEvent, FeedRegistration, FeedSession } from './feed-queries.ts';
import type { CalendarEntry } from './ical.ts';

/** Where entries of feeds lead, and in which language they are written. */
export interface Reading {
  publicUrl: string;
  language: Language;
}

const hostOf = (publicUrl: string) => new URL(publicUrl).hostname;
const later = (...instants: (Temporal.Instant | null)[]) =>
  instants
    .filter((one) => one !== null)
    .toSorted(Temporal.Instant.compare)
    .at(-1) as Temporal.Instant;

/** An event of a feed: a draft is tentative. */
export function eventEntry(event: FeedEvent, { publicUrl, language }: Reading): CalendarEntry {
  const words = (texts: Record<string, string>) => textIn(texts, [language], event.defaultLanguage);
  const url = `${publicUrl}/events/${event.slug}`;
  return {
    uid: `${event.id}@${hostOf(publicUrl)}`,
    sequence: event.sequence,
    stamp: event.updatedAt,
    created: event.createdAt,
    lastModified: event.updatedAt,
    start: event.startsAt,
    end: event.endsAt,
    summary: words(event.title),
    description: [words(event.summary), localTime(event.startsAt, event.endsAt, event.zone, language), url]
      .filter(Boolean)
      .join('\n'),
    location: [words(event.venue), event.address].filter(Boolean).join(', '),
    geo: pointOf(event),
    url,
    status: event.cancelled ? 'cancelled' : event.published ? 'confirmed' : 'tentative',
  };
}

/** A session: the UID names whoever chose it, where somebody did. */
export function sessionEntry(session: FeedSession, event: FeedEvent, reading: Reading, registrationId?: string): CalendarEntry {
  const { publicUrl, language } = reading;
  const words = (texts: Record<string, string>) => textIn(texts, [language], event.defaultLanguage);
  const start = Temporal.Instant.from(session.startsAt);
  const end = Temporal.Instant.from(session.endsAt);
  const stamp = later(Temporal.Instant.from(session.updatedAt), event.cancelled ? event.updatedAt : null);
  const url = `${publicUrl}/events/${event.slug}`;
  return {
    uid: `${[session.id, registrationId].filter(Boolean).join('.')}@${hostOf(publicUrl)}`,
    // When the event is cancelled its sessions are, although nobody has touched them.
    sequence: session.sequence + (event.cancelled ? 1 : 0),
    stamp,
    created: event.createdAt,
    lastModified: stamp,
    start,
    end,
    summary: `${words(session.title)} · ${words(event.title)}`,
    description: [localTime(start, end, event.zone, language), url].join('\n'),
    location: [words(session.room), words(event.venue), event.address].filter(Boolean).join(', '),
    url,
    status: session.cancelled || event.cancelled ? 'cancelled' : 'confirmed',
  };
}

/** Somebody's own registration under the UID of their mails, with the sessions that they chose. */
export function registrationEntries(registration: FeedRegistration, reading: Reading): CalendarEntry[] {
  const t = translator(reading.language);
  const over = registration.state === 'cancelled' || registration.state === 'refused' || registration.cancelled;
  const event = eventEntry(registration, reading);
  const stamp = later(registration.updatedAt, registration.changedAt, registration.sentStamp);
  const onlineUrl = registration.state === 'confirmed' ? registration.onlineUrl : null;
  const entry: CalendarEntry = {
    ...event,
    uid: `${registration.registrationId}@${hostOf(reading.publicUrl)}`,
    sequence: Math.max(registration.sequence + registration.ownSequence, registration.sentSequence ?? 0),
    stamp,
    lastModified: stamp,
    created: registration.joinedAt,
    description: [onlineUrl && t('emails.calendar.join', { url: onlineUrl }), event.description].filter(Boolean).join('\n'),
    location: event.location || (onlineUrl ?? ''),
    onlineUrl,
    status: over ? 'cancelled' : registration.state === 'confirmed' ? 'confirmed' : 'tentative',
  };
  return [
    entry,
    ...registration.sessions.map((session) => sessionEntry(session, registration, reading, registration.registrationId)),
  ];
}

const localTime = (from: Temporal.Instant, to: Temporal.Instant, zone: string, language: Language) =>
  translator(language)('emails.calendar.localTime', {
    time: `${formatDateRange(from, to, language, zone, 'dateTime')} (${zonePlace(zone)})`,
  });

const pointOf = ({ latitude, longitude }: FeedEvent) =>
  latitude !== null && longitude !== null ? { latitude, longitude } : null;

/** What a city does on the International Day. Each writing that is published has a higher SEQUENCE than the one before. */
export function activityEntry(activity: ActivityRow, { publicUrl, language }: Reading): CalendarEntry {
  const { id, no, organisation, startsAt, endsAt, zone, createdAt, latitude, longitude } = activity;
  const words = (texts: Record<string, string>) => textIn(texts, [language], organisation.language);
  const url = `${publicUrl}/activities/${id}`;
  const changed = activity.decidedAt ?? createdAt;
  return {
    uid: `${id}@${hostOf(publicUrl)}`,
    sequence: no - 1,
    stamp: changed,
    created: createdAt,
    lastModified: changed,
    start: startsAt,
    end: endsAt,
    summary: words(activity.title),
    description: [words(activity.description), localTime(startsAt, endsAt, zone, language), activity.url, url]
      .filter(Boolean)
      .join('\n\n'),
    location: [activity.place, organisation.name].filter(Boolean).join(', '),
    geo: latitude !== null && longitude !== null ? { latitude, longitude } : null,
    url,
  };
}
