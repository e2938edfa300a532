import type { AnswerVerdict, CalendarAnswer } from '../../db/tables/calendars.ts';
import { addressOf, canonicalAddress, propertyIn, readCalendar, textOf, utcOf } from './reading.ts';

/** What a calendar program says in METHOD:REPLY (RFC 5546 §3.2.3) or METHOD:COUNTER (§3.2.7). */
export interface Reply {
  method: string;
  uid: string;
  /** 0 where none is given (RFC 5545 §3.8.7.4). */
  sequence: number;
  /** Null where none is given. */
  stamp: Temporal.Instant | null;
  /** Who is said to answer. A reply has exactly one (RFC 5546 §3.2.3). */
  attendees: { address: string; answer: CalendarAnswer | null; sentBy: string | null }[];
  comment: string;
}

const ANSWERS: Record<string, CalendarAnswer> = {
  ACCEPTED: 'accepted',
  DECLINED: 'declined',
  TENTATIVE: 'tentative',
  DELEGATED: 'delegated',
};

/** The reply in an iCalendar text; undefined where it is none. ORGANIZER is not asked for: Exchange leaves it out. */
export function replyIn(text: string): Reply | undefined {
  const calendar = readCalendar(text);
  const event = calendar?.components.find(({ name }) => name === 'VEVENT');
  const uid = propertyIn(event, 'UID')?.value.trim();
  const method = propertyIn(calendar, 'METHOD')?.value.trim().toUpperCase() ?? '';
  if (!event || !uid || !/^(REPLY|COUNTER)$/.test(method)) return undefined;
  return {
    method,
    uid,
    sequence: whole(propertyIn(event, 'SEQUENCE')?.value),
    stamp: utcOf(propertyIn(event, 'DTSTAMP')) ?? null,
    attendees: event.properties
      .filter(({ name }) => name === 'ATTENDEE')
      .flatMap(({ value, params }) => {
        const address = addressOf(value);
        if (!address) return [];
        return [
          {
            address,
            answer: ANSWERS[(params.PARTSTAT ?? '').toUpperCase()] ?? null,
            sentBy: addressOf(params['SENT-BY']) ?? null,
          },
        ];
      }),
    comment: textOf(propertyIn(event, 'COMMENT')).slice(0, 1000),
  };
}

const whole = (text: string | undefined) => (/^\s*\d{1,9}\s*$/.test(text ?? '') ? Number(text) : 0);

/** What we know of the entry that a reply names. */
export interface Known {
  sequence: number;
  stamp: Temporal.Instant;
  answerStamp: Temporal.Instant | null;
}

/** Who a message says that it is from, and whether its domain stands for that (DMARC, RFC 7489). */
export interface Sender {
  address: string;
  verified: boolean;
}

/**
 * What is made of a reply. It counts when the address that was asked says so itself, or a colleague of the same domain on its behalf;
 * when it is about the entry as it is now, or was said later than that; and when it is newer than the answer that is kept.
 */
export function verdictOn(reply: Reply, known: Known | undefined, sender: Sender): Exclude<AnswerVerdict, 'unreadable'> {
  const [attendee, ...more] = reply.attendees;
  if (!known || !attendee || more.length > 0) return 'unknown';
  if (!sender.verified || !speaksFor(sender.address, attendee)) return 'unverified';
  if (isOutdated(reply, known)) return 'outdated';
  if (reply.method === 'COUNTER') return 'proposal';
  return attendee.answer ? 'counted' : 'unknown';
}

function speaksFor(sender: string, attendee: Reply['attendees'][number]): boolean {
  const from = canonicalAddress(sender);
  if (from === attendee.address) return true;
  return from !== undefined && from === attendee.sentBy && domainOf(from) === domainOf(attendee.address);
}

const domainOf = (address: string) => address.slice(address.lastIndexOf('@') + 1);

// RFC 5546 §2.1.5: the SEQUENCE first, then the DTSTAMP. A reply without a DTSTAMP is as new as its message.
function isOutdated({ sequence, stamp }: Reply, known: Known): boolean {
  if (sequence < known.sequence) return true;
  return stamp !== null && known.answerStamp !== null && Temporal.Instant.compare(stamp, known.answerStamp) <= 0;
}
