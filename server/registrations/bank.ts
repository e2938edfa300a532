import { sql } from 'kysely';
import { type Db, inTransaction, type Transaction } from '../../db/database.ts';
import type { Viewer } from '../accounts/access.ts';
import { type BankLine, type Match, matchLines, type Payer } from './bank-statement.ts';

/** Whoever has a reference of this event, with what is still due of them. One query. */
export async function payersOf(db: Db | Transaction, eventId: string): Promise<Payer[]> {
  const { rows } = await sql<Payer>`
    with owed as (
      select r.id, r.reference, r.delegation_id, p.name, case when r.state in ('pending', 'confirmed', 'waiting') then r.amount else 0 end
        - coalesce((select sum(y.amount)::int from payments y where y.registration_id = r.id and y.removed_at is null), 0) as due
      from registrations r join people p on p.id = r.person_id where r.event_id = ${eventId} and r.state <> 'draft')
    select reference, name, due, jsonb_build_array(jsonb_build_object('id', id, 'due', due)) as registrations from owed
    union all
    select d.reference, o.name, sum(w.due)::int, jsonb_agg(jsonb_build_object('id', w.id, 'due', w.due) order by w.id)
    from owed w join delegations d on d.id = w.delegation_id join organisations o on o.id = d.organisation_id group by d.id, o.name`.execute(
    db,
  );
  return rows;
}

/** What the lines of a statement pay for, as things are now. Two queries. */
export async function matchStatement(
  db: Db | Transaction,
  { eventId, currency }: { eventId: string; currency: string },
  lines: readonly BankLine[],
): Promise<Match[]> {
  const [payers, noted] = [await payersOf(db, eventId), await notedLines(db, lines)];
  return matchLines(lines, payers, currency, noted);
}

async function notedLines(db: Db | Transaction, lines: readonly BankLine[]): Promise<Set<string>> {
  const { rows } = await sql<{ bank_line: string }>`
    select distinct bank_line from payments where bank_line = any (${lines.map((line) => line.fingerprint)}::text[]) and removed_at is null`.execute(
    db,
  );
  return new Set(rows.map((row) => row.bank_line));
}

/**
 * Notes the money of these lines, all or none: each goes to the one whose reference it names, spread over a delegation's people. What
 * was noted before, names nobody or is of another currency is passed over. A receipt goes to who pays. Returns how many were noted.
 */
export async function noteStatement(
  db: Db,
  viewer: Viewer,
  event: { eventId: string; currency: string },
  lines: readonly BankLine[],
): Promise<number> {
  return inTransaction(db, async (tx) => {
    // Payments of one event are noted by one after another: what is due must not change between the reading and the writing.
    await sql`select from registrations where event_id = ${event.eventId} and state <> 'draft' order by id for no key update`.execute(
      tx,
    );
    const matched = await matchStatement(tx, event, lines);
    const rows = matched.flatMap(({ line, parts }) =>
      parts.map((part) => ({ ...part, on: line.bookedOn.toString(), note: line.text.slice(0, 200), line: line.fingerprint })),
    );
    if (rows.length > 0) await insertPayments(tx, viewer, event, rows);
    return new Set(rows.map((row) => row.line)).size;
  });
}

async function insertPayments(
  tx: Transaction,
  viewer: Viewer,
  event: { eventId: string; currency: string },
  rows: readonly { id: string; amount: number; on: string; note: string; line: string }[],
): Promise<void> {
  await sql`
    with asked as (select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t (id uuid, amount int, "on" date, note text, line text)),
      noted as (
        insert into payments (registration_id, amount, currency, received_on, note, recorded_by, bank_line)
        select id, amount, ${event.currency}, "on", note, ${viewer.personId}, line from asked returning id, registration_id, amount),
      told as (
        insert into outbox (topic, payload)
        select 'registrations.paid', jsonb_build_object('registration', registration_id, 'payment', id) from noted)
    insert into changes (actor_id, feature, row_id, event_id, action, after)
    select ${viewer.personId}, 'registrations', registration_id, ${event.eventId}, 'paid',
      jsonb_build_object('amount', amount, 'currency', ${event.currency}::text) from noted`.execute(tx);
}
