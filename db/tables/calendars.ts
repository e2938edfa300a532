import type { Generated } from 'kysely';
import type { Now } from './base.ts';

export type CalendarMethod = 'PUBLISH' | 'REQUEST' | 'CANCEL';
export type CalendarAnswer = 'accepted' | 'declined' | 'tentative' | 'delegated';
/**
 * What was made of a message of a calendar program: it counted; it is about an older version of the entry; nobody can say that it is
 * theirs; it is about somebody or something that we do not know; it proposes another time; it cannot be read.
 */
export type AnswerVerdict = 'counted' | 'outdated' | 'unverified' | 'unknown' | 'proposal' | 'unreadable';

/** One object in one person's calendar, as it was last sent there. */
export interface CalendarEntriesTable {
  id: Generated<string>;
  uid: string;
  address: string;
  registration_id: string;
  method: CalendarMethod;
  sequence: number;
  stamp: Temporal.Instant;
  substance: string;
  wording: string;
  answer: CalendarAnswer | null;
  answer_sequence: number | null;
  answer_stamp: Temporal.Instant | null;
  answered_at: Temporal.Instant | null;
  created_at: Now;
  changed_at: Now;
}

export interface CalendarAnswersTable {
  id: Generated<string>;
  message_id: string;
  event_id: string;
  entry_id: string | null;
  method: string;
  answer: CalendarAnswer | null;
  sender: string;
  attendee: string;
  sequence: number;
  stamp: Temporal.Instant;
  comment: Generated<string>;
  verdict: AnswerVerdict;
  received_at: Now;
}

export type FeedKind = 'registrations' | 'organised';

export interface CalendarFeedsTable {
  id: Generated<string>;
  person_id: string;
  kind: FeedKind;
  name: string;
  token_hash: Buffer;
  created_at: Now;
  last_read_on: Temporal.PlainDate | null;
  revoked_at: Temporal.Instant | null;
}

export interface CalendarsTables {
  calendar_entries: CalendarEntriesTable;
  calendar_answers: CalendarAnswersTable;
  calendar_feeds: CalendarFeedsTable;
}
