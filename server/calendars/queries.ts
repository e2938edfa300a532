import { sql } from 'kysely';
import type { Db } from '../../db/database.ts';
import type { AnswerVerdict, CalendarAnswer, CalendarMethod } from '../../db/tables/calendars.ts';
import { decodeCursor, type Page, pageOf } from '../http/cursor.ts';

/** What stands in a calendar by us, and what its program answered. */
export interface EntryAnswer {
  registrationId: string;
  address: string;
  method: CalendarMethod;
  sequence: number;
  answer: CalendarAnswer | null;
  answeredAt: Temporal.Instant | null;
  /** It was said of an earlier time or place. */
  outdated: boolean;
}

/** Of several registrations, by registration: the entry of whoever has it now. One query. */
export async function answersOf(db: Db, registrationIds: readonly string[]): Promise<Map<string, EntryAnswer>> {
  if (registrationIds.length === 0) return new Map();
  const { rows } = await sql<EntryAnswer>`
    select distinct on (c.registration_id) c.registration_id as "registrationId", c.address, c.method, c.sequence, c.answer,
      c.answered_at as "answeredAt", coalesce(c.answer_sequence < c.sequence, false) as outdated
    from calendar_entries c join registrations r on r.id = c.registration_id join people p on p.id = r.person_id
    where c.registration_id = any (${registrationIds}::uuid[]) and c.uid like c.registration_id::text || '@%'
    order by c.registration_id, (c.address is not distinct from p.email) desc, c.changed_at desc, c.id desc`.execute(db);
  return new Map(rows.map((row) => [row.registrationId, row]));
}

/** The version of an entry that was last sent to an address; undefined where none was. */
export function placedEntry(db: Db, uid: string, address: string) {
  return db
    .selectFrom('calendar_entries')
    .select(['sequence', 'stamp', 'method'])
    .where('uid', '=', uid)
    .where('address', '=', address)
    .executeTakeFirst();
}

/** A message of a calendar program, as organisers read it. */
export interface AnswerRow {
  id: string;
  receivedAt: Temporal.Instant;
  method: string;
  answer: CalendarAnswer | null;
  verdict: AnswerVerdict;
  comment: string;
  sender: string;
  attendee: string;
  /** Whose entry it is about; null where it is nobody's that we know. */
  registration: { id: string; name: string; state: string } | null;
}

/** What calendar programs said about an event, the latest first; of one registration when it is given. One query. */
export async function answerPage(
  db: Db,
  eventId: string,
  filter: { verdict?: AnswerVerdict; answer?: CalendarAnswer; registrationId?: string },
  page: { cursor?: string; limit: number },
): Promise<Page<AnswerRow>> {
  const after = decodeCursor(page.cursor, 2);
  const parts = [sql`a.event_id = ${eventId}`];
  if (filter.verdict) parts.push(sql`a.verdict = ${filter.verdict}`);
  if (filter.answer) parts.push(sql`a.answer = ${filter.answer}`);
  if (filter.registrationId) parts.push(sql`c.registration_id = ${filter.registrationId}`);
  if (after) parts.push(sql`(a.received_at, a.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`);
  const { rows } = await sql<AnswerRow>`
    select a.id, a.received_at as "receivedAt", a.method, a.answer, a.verdict, a.comment, a.sender, a.attendee,
      case when r.id is not null then jsonb_build_object('id', r.id, 'name', p.name, 'state', r.state) end as registration
    from calendar_answers a left join calendar_entries c on c.id = a.entry_id left join registrations r on r.id = c.registration_id
    left join people p on p.id = r.person_id
    where ${sql.join(parts, sql` and `)} order by a.received_at desc, a.id desc limit ${page.limit + 1}`.execute(db);
  return pageOf(rows, page.limit, (row) => [row.receivedAt.toString(), row.id]);
}

/** How many registrations that stand have which answer in their calendar; `none` where a program was asked and is silent. */
export async function answerCounts(db: Db, eventId: string): Promise<Record<CalendarAnswer | 'none', number>> {
  const { rows } = await sql<{ answer: CalendarAnswer | 'none'; count: number }>`
    select coalesce(c.answer, 'none') as answer, count(*)::int as count from calendar_entries c
    join registrations r on r.id = c.registration_id
    where r.event_id = ${eventId} and r.state = 'confirmed' and c.method = 'REQUEST' and c.uid like r.id::text || '@%' group by 1`.execute(
    db,
  );
  const none = { accepted: 0, declined: 0, tentative: 0, delegated: 0, none: 0 };
  return { ...none, ...Object.fromEntries(rows.map(({ answer, count }) => [answer, count])) };
}

/** The answer that a mail is about: of which registration, under which version of the entry. */
export function answerFacts(db: Db, answerId: string) {
  return db
    .selectFrom('calendar_answers as a')
    .innerJoin('calendar_entries as c', 'c.id', 'a.entry_id')
    .select([
      'a.verdict',
      'a.answer',
      'c.id as entryId',
      'c.registration_id as registrationId',
      'c.sequence',
      'c.answer as current',
    ])
    .select(['c.address', sql<boolean>`c.uid not like c.registration_id::text || '@%'`.as('ofSession')])
    .where('a.id', '=', answerId)
    .executeTakeFirst();
}
