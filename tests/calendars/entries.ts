import type { CalendarEntry, Party } from '../../server/calendars/ical.ts';

const at = (text: string) => Temporal.Instant.from(text);

/** The congress, as a calendar of these tests holds it. */
export function anEntry<More extends Partial<CalendarEntry>>(more: More = {} as More): CalendarEntry & More {
  return {
    uid: '0199c0de-0000-7000-8000-000000000001@convivium.example',
    sequence: 0,
    stamp: at('2026-11-20T10:00:00.250Z'),
    created: at('2026-11-19T08:30:00Z'),
    lastModified: at('2026-11-20T10:00:00Z'),
    start: at('2027-05-26T07:00:00Z'),
    end: at('2027-05-29T16:00:00Z'),
    summary: 'XVIII Congress of Educating Cities',
    description: 'From Wednesday 26 May 2027, 09:00 (Madrid)\nhttps://convivium.example/events/granollers',
    location: 'Roca Umbert, Granollers; Barcelona',
    geo: { latitude: 41.6083, longitude: 2.2876 },
    url: 'https://convivium.example/events/granollers',
    ...more,
  };
}

export const organizer: Party = { name: 'Convivium', address: 'post@convivium.example' };
export const attendee: Party = { name: 'Jürgen Müller; Köln', address: 'jurgen@example.org' };
