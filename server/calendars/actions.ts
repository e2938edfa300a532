import { sql } from 'kysely';
import { record } from '../../db/changes.ts';
import { type Db, inTransaction, type Transaction } from '../../db/database.ts';
import { emit } from '../../db/outbox.ts';
import type { AnswerVerdict, CalendarMethod } from '../../db/tables/calendars.ts';
import { together } from '../../db/together.ts';
import { canonicalAddress } from './reading.ts';
import { verdictOn } from './replies.ts';
import type { ReplyMail } from './reply-mail.ts';

/** An entry as a mail is about to put it into somebody's calendar. */
export interface Placed {
  uid: string;
  address: string;
  registrationId: string;
  method: CalendarMethod;
  /** At least this; it is raised where what is there already has the same and is of another substance. */
  sequence: number;
  /** Fingerprints: of times, place and whether it takes place; of the words. */
  substance: string;
  wording: string;
}

/** SEQUENCE and DTSTAMP of an entry (RFC 5546 §2.1.4 and §2.1.5). */
export interface Placing {
  sequence: number;
  stamp: Temporal.Instant;
}

/**
 * Writes down what is put into a calendar and answers its SEQUENCE and DTSTAMP. The same entry again, because a mail server did not
 * take the message at once, has the same; one of another substance a higher SEQUENCE and a newer DTSTAMP; one of other words a newer
 * DTSTAMP. One statement for all that are placed in the same moment: messages that are made at the same time agree.
 */
export const placeEntry = together<Placed & { now: Temporal.Instant }, Placing>(async (db, entries) => {
  const answers = new Map<Placed, Placing>();
  let left = [...entries];
  // One statement changes a row once: an entry that is placed twice is placed the second time after the first.
  while (left.length > 0) {
    const turn = new Map(left.toReversed().map((entry) => [keyOf(entry), entry]));
    for (const [key, placing] of await placeAll(db, [...turn.values()])) answers.set(turn.get(key) as Placed, placing);
    left = left.filter((entry) => turn.get(keyOf(entry)) !== entry);
  }
  return entries.map((entry) => {
    const placing = answers.get(entry);
    if (!placing) throw new Error('an entry was neither made nor changed');
    return placing;
  });
});

const keyOf = ({ uid, address }: { uid: string; address: string }) => `${uid} ${address.toLowerCase()}`;

// In the order of their keys, so that two workers that place the same entries do not wait in a ring.
async function placeAll(db: Db, entries: readonly (Placed & { now: Temporal.Instant })[]): Promise<Map<string, Placing>> {
  const rows = JSON.stringify(entries);
  const placed = await sql<Placing & { uid: string; address: string }>`
    insert into calendar_entries as c (uid, address, registration_id, method, sequence, stamp, substance, wording, created_at, changed_at)
    select uid, address, "registrationId", method, sequence, date_trunc('second', now), substance, wording, now, now
    from jsonb_to_recordset(${rows}::jsonb) as new (uid text, address text, "registrationId" uuid, method text, sequence int,
      substance text, wording text, now timestamptz) order by uid, address
    on conflict (uid, address) do update set
      method = excluded.method,
      sequence = greatest(excluded.sequence, c.sequence + (c.substance <> excluded.substance)::int),
      stamp = case when (c.substance, c.wording, c.method) = (excluded.substance, excluded.wording, excluded.method) and excluded.sequence <= c.sequence
        then c.stamp else greatest(excluded.stamp, c.stamp + interval '1 second') end,
      substance = excluded.substance, wording = excluded.wording, changed_at = excluded.changed_at
    returning c.uid, c.address, c.sequence, c.stamp`.execute(db);
  return new Map(placed.rows.map((row) => [keyOf(row), row]));
}

/** What became of a message to a reply address; `again` when it came before. */
export type Taken = AnswerVerdict | 'again';

/**
 * Keeps what a calendar program answered about an event: every message once, whatever is made of it, and beside the entry the answer
 * that counts. `verified` says that the domain in From stands for the message (DMARC). The seat is not touched: who declines gets one
 * mail with the link to give it back, caused in the same transaction.
 */
export function takeReply(
  db: Db,
  { eventId, mail, verified }: { eventId: string; mail: ReplyMail; verified: boolean },
  now: Temporal.Instant,
): Promise<Taken> {
  return inTransaction(db, async (tx) => {
    const entry = mail.reply && (await lockEntry(tx, eventId, mail.reply.uid, mail.reply.attendees[0]?.address));
    const { reply } = mail;
    // A clock that is wrong must not make later answers look old.
    const said = reply?.stamp && Temporal.Instant.compare(reply.stamp, now) < 0 ? reply.stamp : now;
    const verdict = reply
      ? verdictOn({ ...reply, stamp: reply.stamp && said }, entry, { address: mail.from ?? '', verified })
      : 'unreadable';
    const answer = reply?.attendees[0]?.answer ?? null;
    const kept = await tx
      .insertInto('calendar_answers')
      .values({
        message_id: mail.messageId,
        event_id: eventId,
        entry_id: entry?.id ?? null,
        method: reply?.method ?? '',
        answer,
        sender: (mail.from ?? '').slice(0, 320),
        attendee: (reply?.attendees[0]?.address ?? '').slice(0, 320),
        sequence: reply?.sequence ?? 0,
        stamp: said,
        comment: (reply?.comment ?? '').replaceAll('\0', ''),
        verdict,
        received_at: now,
      })
      .onConflict((conflict) => conflict.column('message_id').doNothing())
      .returning('id')
      .executeTakeFirst();
    if (!kept) return 'again';
    if (entry && verdict === 'counted' && answer) {
      await tx
        .updateTable('calendar_entries')
        .set({ answer, answer_sequence: reply?.sequence ?? 0, answer_stamp: said, answered_at: now })
        .where('id', '=', entry.id)
        .execute();
      await record(tx, {
        actor: entry.personId,
        feature: 'calendars',
        row: entry.registrationId,
        event: eventId,
        action: 'answered',
        before: { answer: entry.answer },
        after: { answer },
      });
    }
    const toBeTold = (verdict === 'counted' && answer === 'declined') || verdict === 'proposal';
    if (entry && toBeTold && !mail.automatic) await emit(tx, 'calendars.answered', { answer: kept.id });
    return verdict;
  });
}

async function lockEntry(tx: Transaction, eventId: string, uid: string, attendee: string | undefined) {
  if (!attendee) return undefined;
  const rows = await tx
    .selectFrom('calendar_entries as c')
    .innerJoin('registrations as r', 'r.id', 'c.registration_id')
    .select(['c.id', 'c.address', 'c.sequence', 'c.stamp', 'c.answer', 'c.answer_stamp as answerStamp'])
    .select(['c.registration_id as registrationId', 'r.person_id as personId'])
    .where('c.uid', '=', uid)
    .where('r.event_id', '=', eventId)
    .where('c.method', '=', 'REQUEST')
    .orderBy('c.id')
    .forUpdate('c')
    .execute();
  // Compared as addresses are, not as bytes: an IDN may come back in ASCII.
  return rows.find(({ address }) => canonicalAddress(address) === attendee);
}
