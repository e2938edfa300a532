import { sql } from 'kysely';
import type { Db } from '../../db/database.ts';
import { decodeCursor, type Page, pageOf } from '../http/cursor.ts';
import type { PaymentFilter } from './input.ts';

export interface PaymentRow {
  id: string;
  amount: number;
  currency: string;
  receivedOn: Temporal.PlainDate;
  note: string;
  /** Whether it was read from a bank statement. */
  fromStatement: boolean;
  recordedBy: string | null;
  registration: { id: string; reference: string; name: string; organisation: string | null };
}

const columns = sql`
  y.id, y.amount, y.currency, y.received_on as "receivedOn", y.note, y.bank_line is not null as "fromStatement", b.name as "recordedBy",
  jsonb_build_object('id', r.id, 'reference', r.reference, 'name', p.name, 'organisation', o.name) as registration`;
const tables = sql`
  payments y join registrations r on r.id = y.registration_id join people p on p.id = r.person_id
  left join organisations o on o.id = r.organisation_id left join people b on b.id = y.recorded_by`;

function conditions(eventId: string, { q }: PaymentFilter) {
  const like = q && `%${q.replace(/[\\%_]/g, '\\$&')}%`;
  const found = like
    ? sql`and (fold(p.name) like fold(${like}) or fold(o.name) like fold(${like}) or r.reference ilike ${like} or fold(y.note) like fold(${like}))`
    : sql``;
  return sql`r.event_id = ${eventId} and y.removed_at is null ${found}`;
}

/** A page of the money that came in and went back for an event, the latest first. One query. */
export async function paymentPage(
  db: Db,
  eventId: string,
  filter: PaymentFilter,
  page: { cursor?: string; limit: number },
): Promise<Page<PaymentRow>> {
  const after = decodeCursor(page.cursor, 2);
  const beyond = after ? sql`and (y.received_on, y.id) < (${after[0]}::date, ${after[1]}::uuid)` : sql``;
  const { rows } = await sql<PaymentRow>`
    select ${columns} from ${tables} where ${conditions(eventId, filter)} ${beyond}
    order by y.received_on desc, y.id desc limit ${page.limit + 1}`.execute(db);
  return pageOf(rows, page.limit, (row) => [row.receivedOn.toString(), row.id]);
}

const BATCH = 500;

/** All that a filter finds, the earliest first, read in batches. */
export async function* everyPayment(db: Db, eventId: string, filter: PaymentFilter): AsyncGenerator<PaymentRow> {
  let after: PaymentRow | undefined;
  for (;;) {
    const beyond = after ? sql`and (y.received_on, y.id) > (${after.receivedOn}, ${after.id}::uuid)` : sql``;
    const { rows } = await sql<PaymentRow>`
      select ${columns} from ${tables} where ${conditions(eventId, filter)} ${beyond}
      order by y.received_on, y.id limit ${BATCH}`.execute(db);
    yield* rows;
    if (rows.length < BATCH) return;
    after = rows.at(-1);
  }
}

/** Minor units of the event's currency, over everybody who is registered or has paid. */
export interface PaymentTotals {
  /** What those who are confirmed owe in all. */
  fees: number;
  received: number;
  refunded: number;
  /** What is still to come of those who are confirmed, and of how many. */
  due: number;
  owing: number;
  /** What was paid beyond the fee, or by people who do not come, and by how many. */
  over: number;
  overpaid: number;
}

/** What the money of an event comes to. One query. */
export async function paymentTotals(db: Db, eventId: string): Promise<PaymentTotals> {
  const { rows } = await sql<PaymentTotals>`
    with owed as (
      select case when r.state = 'confirmed' then r.amount else 0 end as fee, coalesce(sum(y.amount), 0)::int as paid,
        coalesce(sum(y.amount) filter (where y.amount > 0), 0)::int as came, coalesce(-sum(y.amount) filter (where y.amount < 0), 0)::int as went
      from registrations r left join payments y on y.registration_id = r.id and y.removed_at is null
      where r.event_id = ${eventId} and r.state <> 'draft' group by r.id)
    select coalesce(sum(fee), 0)::int8 as fees, coalesce(sum(came), 0)::int8 as received, coalesce(sum(went), 0)::int8 as refunded,
      coalesce(sum(fee - paid) filter (where fee > paid), 0)::int8 as due, (count(*) filter (where fee > paid))::int as owing,
      coalesce(sum(paid - fee) filter (where paid > fee), 0)::int8 as over, (count(*) filter (where paid > fee))::int as overpaid
    from owed`.execute(db);
  return rows[0] ?? { fees: 0, received: 0, refunded: 0, due: 0, owing: 0, over: 0, overpaid: 0 };
}
