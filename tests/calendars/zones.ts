import 'temporal-polyfill/global';
import { eventPublish } from '../../server/calendars/ical.ts';
import { anEntry } from './entries.ts';

// Run as a process with a TZ of its own: prints what it makes of local times in many zones, and of whole days.

export const ZONES =
  'Africa/Abidjan Africa/Cairo Africa/Casablanca Africa/Dakar Africa/Lagos Africa/Maputo Africa/Nairobi America/Argentina/Buenos_Aires America/Asuncion America/Bogota America/Caracas America/Edmonton America/Havana America/Lima America/Mexico_City America/Montevideo America/New_York America/Santiago America/Sao_Paulo America/St_Johns America/Vancouver Asia/Amman Asia/Gaza Asia/Kathmandu Asia/Kolkata Asia/Seoul Asia/Tehran Asia/Tokyo Atlantic/Azores Atlantic/Cape_Verde Australia/Lord_Howe Europe/Athens Europe/Dublin Europe/Istanbul Europe/Kyiv Europe/Lisbon Europe/Madrid Europe/Paris Pacific/Auckland Pacific/Chatham'.split(
    ' ',
  );

const LOCAL = ['2027-01-15T09:00', '2027-03-28T02:30', '2027-07-01T23:45', '2027-10-31T02:30'];

/** What a calendar entry must stand for, by zone and local time. */
export function expected(): { start: string; content: string }[] {
  return ZONES.flatMap((zone) =>
    LOCAL.map((local) => {
      const start = Temporal.PlainDateTime.from(local).toZonedDateTime(zone, { disambiguation: 'compatible' }).toInstant();
      return {
        start: start.toString(),
        content: eventPublish(anEntry({ uid: `${zone}-${local}@x`, start, end: start.add({ minutes: 90 }) })).content,
      };
    }),
  );
}

/** 1 to 3 June. */
export function wholeDays(): string {
  return eventPublish(anEntry({ start: Temporal.PlainDate.from('2027-06-01'), end: Temporal.PlainDate.from('2027-06-03') }))
    .content;
}

if (process.argv[1]?.endsWith('zones.ts')) process.stdout.write(JSON.stringify({ timed: expected(), allDay: wholeDays() }));
