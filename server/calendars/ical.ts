import ical, {
  ICalAttendeeRole,
  ICalAttendeeStatus,
  ICalAttendeeType,
  ICalCalendarMethod,
  type ICalEventData,
  ICalEventStatus,
} from 'ical-generator';
import { oneLine } from '../../web/locales/format.ts';

// Everything that leaves us as text/calendar. The library folds and escapes values, but writes names of calendars, UIDs and URLs as
// they come, forgets the last CRLF and takes "now" for the stamp: what it is given here makes none of that matter.

/** An event as calendars hold it. */
export interface CalendarEntry {
  /** Stable for the life of what it tells of: `<id>@<host>`. */
  uid: string;
  /** Raised on each change that calendars must follow: time, place, cancellation. */
  sequence: number;
  /** When this version was made: never "now", so that the same event has the same bytes. */
  stamp: Temporal.Instant;
  created: Temporal.Instant;
  lastModified: Temporal.Instant;
  /** An instant, or the first day of something that lasts whole days. */
  start: Temporal.Instant | Temporal.PlainDate;
  /** An instant, or the last day: of 1 to 3 June, the third. */
  end: Temporal.Instant | Temporal.PlainDate;
  summary: string;
  /** Readers see no time zone: the local time and its zone belong in here, and the link to join. */
  description?: string;
  location?: string;
  geo?: { latitude: number; longitude: number } | null;
  /** What cannot be a URL is left out. */
  url?: string | null;
  onlineUrl?: string | null;
  organizer?: Party | null;
  attendee?: Party | null;
  status?: 'confirmed' | 'tentative' | 'cancelled';
}

export interface Party {
  name: string;
  address: string;
}

/** What goes with a mail: METHOD in the MIME header and in the body are the same. */
export interface CalendarFile {
  method: 'PUBLISH' | 'REQUEST' | 'CANCEL';
  content: string;
}

/**
 * Where answers of calendar programs go. While none is read (`replyAddress` is not set), entries are published and nobody is an
 * attendee: buttons whose answer nobody reads would be a lie.
 */
export interface Answering {
  replyAddress?: string;
}

/** A new or changed entry is an invitation that can be answered where answers are read, else an entry as it is. */
export const entryMethod = ({ replyAddress }: Answering, attendee: unknown): 'REQUEST' | 'PUBLISH' =>
  replyAddress && attendee ? 'REQUEST' : 'PUBLISH';

/** A new or changed entry. See `entryMethod`. */
export function eventFile(entry: CalendarEntry, answering: Answering): CalendarFile {
  const { attendee, organizer } = entry;
  const { replyAddress } = answering;
  return replyAddress && attendee && organizer
    ? eventRequest({ ...entry, attendee, organizer: { ...organizer, address: replyAddress } })
    : eventPublish(entry);
}

/** METHOD:REQUEST (RFC 5546 §3.2.2): asks one attendee. The same UID with a higher SEQUENCE is an update. */
export function eventRequest(entry: CalendarEntry & { organizer: Party; attendee: Party }): CalendarFile {
  return { method: 'REQUEST', content: written([entry], { method: ICalCalendarMethod.REQUEST }) };
}

/** METHOD:PUBLISH (§3.2.1): says what is, and asks nobody. */
export function eventPublish(entry: CalendarEntry): CalendarFile {
  return { method: 'PUBLISH', content: written([{ ...entry, attendee: null }], { method: ICalCalendarMethod.PUBLISH }) };
}

/** METHOD:CANCEL (§3.2.5): takes the entry out of the calendar of whoever gets it. Keep the UID, raise the SEQUENCE. */
export function eventCancel(entry: CalendarEntry, answering: Answering = {}): CalendarFile {
  const { replyAddress } = answering;
  const organizer = entry.organizer && replyAddress ? { ...entry.organizer, address: replyAddress } : entry.organizer;
  const cancelled: CalendarEntry = { ...entry, organizer, attendee: replyAddress ? entry.attendee : null, status: 'cancelled' };
  return { method: 'CANCEL', content: written([cancelled], { method: ICalCalendarMethod.CANCEL }) };
}

/**
 * A calendar to subscribe to or to download: sorted, without a single address, cancelled entries kept, because one that vanishes
 * stays in some programs for ever. The same entries give the same bytes.
 */
export function feed(calendar: { name?: string; description?: string }, entries: readonly CalendarEntry[]): string {
  const order = (entry: CalendarEntry) => `${entry.start.toString()} ${entry.uid}`;
  return written(
    entries
      .map((entry) => ({ ...entry, attendee: null, organizer: null }))
      .toSorted((a, b) => (order(a) < order(b) ? -1 : order(a) > order(b) ? 1 : 0)),
    {
      method: ICalCalendarMethod.PUBLISH,
      ...(calendar.name ? { name: asText(calendar.name), ttl: 3600 } : {}),
      ...(calendar.description ? { description: asText(calendar.description) } : {}),
    },
  );
}

function written(entries: readonly CalendarEntry[], head: { method: ICalCalendarMethod } & Record<string, unknown>): string {
  const calendar = ical({ prodId: '//Convivium//Convivium//EN', ...head });
  for (const entry of entries) calendar.createEvent(described(entry, head.method));
  return `${calendar.toString().replaceAll(CONFERENCE_STAND_IN, CONFERENCE)}\r\n`;
}

// The library knows no CONFERENCE (RFC 7986 §5.11) and takes no name of ours that does not begin with X-. The stand-in is as long as
// what takes its place, so that the lines stay folded as they are.
const CONFERENCE_NAME = 'CONFERENCE;VALUE=URI;FEATURE=VIDEO';
const STAND_IN_NAME = 'X-CONVIVIUM-CONFERENCE';
const CONFERENCE = `\r\n${CONFERENCE_NAME}:`;
const CONFERENCE_STAND_IN = `\r\n${STAND_IN_NAME}:`;

function described(entry: CalendarEntry, method: ICalCalendarMethod): ICalEventData {
  const { organizer, attendee, geo } = entry;
  const allDay = entry.start instanceof Temporal.PlainDate;
  const url = uri(entry.url);
  const onlineUrl = uri(entry.onlineUrl);
  return {
    id: clean(entry.uid).replace(/\s/g, ''),
    sequence: entry.sequence,
    stamp: seconds(entry.stamp),
    created: seconds(entry.created),
    lastModified: seconds(entry.lastModified),
    start: moment(entry.start),
    // DTEND is the day after the last one.
    end: entry.end instanceof Temporal.PlainDate ? entry.end.add({ days: 1 }) : moment(entry.end),
    allDay,
    summary: line(entry.summary) || '–',
    ...(entry.description ? { description: clean(entry.description) } : {}),
    ...placed(line(entry.location ?? ''), geo),
    ...(url ? { url } : {}),
    ...(organizer ? { organizer: party(organizer) } : {}),
    ...(attendee
      ? {
          attendees: [
            {
              ...party(attendee),
              ...(method === ICalCalendarMethod.REQUEST ? { rsvp: true, status: ICalAttendeeStatus.NEEDSACTION } : {}),
              role: ICalAttendeeRole.REQ,
              type: ICalAttendeeType.INDIVIDUAL,
            },
          ],
        }
      : {}),
    ...(onlineUrl ? { x: [{ key: STAND_IN_NAME, value: onlineUrl }] } : {}),
    status: STATUS[entry.status ?? 'confirmed'],
  };
}

const STATUS = {
  confirmed: ICalEventStatus.CONFIRMED,
  tentative: ICalEventStatus.TENTATIVE,
  cancelled: ICalEventStatus.CANCELLED,
};

function placed(title: string, geo: CalendarEntry['geo']): Pick<ICalEventData, 'location'> {
  const point = geo && { lat: geo.latitude, lon: geo.longitude };
  if (title) return { location: point ? { title, geo: point } : { title } };
  return point ? { location: { geo: point } } : {};
}

// The library's writer of dates knows Temporal, but not fractions of a second.
const seconds = (instant: Temporal.Instant) => instant.round({ smallestUnit: 'second', roundingMode: 'floor' });
const moment = (at: Temporal.Instant | Temporal.PlainDate) => (at instanceof Temporal.PlainDate ? at : seconds(at));

const party = ({ name, address }: Party) => ({ name: line(name) || address, email: mailbox(address) });

/** As it stands after `mailto:` (RFC 6068): an IDN in ASCII, in the local part nothing that ends a value. */
function mailbox(address: string): string {
  const at = address.lastIndexOf('@');
  const host = `http://${address.slice(at + 1)}`;
  const domain = URL.canParse(host) ? new URL(host).hostname : 'invalid.';
  return `${encodeURIComponent(address.slice(0, at).toWellFormed()).replaceAll('%2B', '+')}@${domain}`;
}

/** Without characters that no line of a calendar may hold; line breaks stay and are escaped by the library. */
function clean(text: string): string {
  return (
    text
      .toWellFormed()
      .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: that is the point
      .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, ' ')
  );
}

const line = (text: string) => oneLine(clean(text));

/** TEXT (RFC 5545 §3.3.11), for the names of calendars, which the library writes as they are. */
const asText = (text: string) => line(text).replace(/[\\;,]/g, (character) => `\\${character}`);

/** An absolute http(s) URL that stays one value; undefined where there is none. */
function uri(url: string | null | undefined): string | undefined {
  if (!url || !URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) return undefined;
  return new URL(url).href.replace(/[,;\\]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}
