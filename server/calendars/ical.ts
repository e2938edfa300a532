import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';

/** An event as calendars hold it. */
export interface CalendarEvent {
  /** Stable for the event's life. */
  uid: string;
  /** Raised on each change that calendars must follow. */
  sequence: number;
  /** When this version was made: never "now", so that the same event has the same bytes. */
  stamp: Temporal.Instant;
  created: Temporal.Instant;
  startsAt: Temporal.Instant;
  endsAt: Temporal.Instant;
  summary: string;
  description: string;
  location: string;
  url: string;
  cancelled: boolean;
}

// The library writes names, UIDs and URLs as they come: what could break a line or a value is taken out or escaped here.
// biome-ignore lint/suspicious/noControlCharactersInRegex: that is the point
const clean = (text: string) => text.replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, ' ');
const uri = (url: string) =>
  new URL(url).href.replace(/[,;\\]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

/**
 * An iCalendar object (RFC 5545) with METHOD:PUBLISH, or CANCEL when the event is cancelled. Times are in UTC, which every reader
 * understands alike; the local time and zone belong into the description. Ends with CRLF.
 */
export function calendarFile(events: readonly CalendarEvent[], method: 'PUBLISH' | 'CANCEL' = 'PUBLISH'): string {
  const calendar = ical({
    prodId: '//Convivium//Convivium//EN',
    method: method === 'CANCEL' ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.PUBLISH,
  });
  for (const event of events) {
    calendar.createEvent({
      id: clean(event.uid).replace(/\s/g, ''),
      sequence: event.sequence,
      stamp: event.stamp,
      created: event.created,
      lastModified: event.stamp,
      start: event.startsAt,
      end: event.endsAt,
      summary: clean(event.summary),
      description: clean(event.description),
      location: clean(event.location),
      url: uri(event.url),
      status: event.cancelled || method === 'CANCEL' ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    });
  }
  return `${calendar.toString()}\r\n`;
}
