import { sql } from 'kysely';
import type { Db, Transaction } from '../../db/database.ts';
import type { RegistrationState } from '../../db/tables/registrations.ts';
import type { SendState } from '../../db/tables/sends.ts';
import { MOST_COUNTED } from '../http/cursor.ts';
import type { BulkWrite, RegistrationFilter } from './input.ts';
import { conditionsOf, joinedRows, type RegistrationRow, rowOf } from './queries.ts';

/** How many registrations a filter finds; one more than MOST_COUNTED where there are more. */
export async function countRegistrations(db: Db, eventId: string, filter: RegistrationFilter): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from (select from ${joinedRows} where ${conditionsOf({ eventId }, filter)} limit ${MOST_COUNTED + 1}) counted`.execute(
    db,
  );
  return rows[0]?.n ?? 0;
}

/** The ids that an order is about, in the order of joining: those of this event among the ids given, or all that a filter finds. */
export async function chosenIds(
  db: Db | Transaction,
  eventId: string,
  { ids, filter }: Pick<BulkWrite, 'ids' | 'filter'>,
): Promise<string[]> {
  const which =
    ids.length > 0 || !filter
      ? sql`r.event_id = ${eventId} and r.id = any (${ids}::uuid[]) and r.state <> 'draft'`
      : conditionsOf({ eventId }, filter);
  const { rows } = await sql<{ id: string }>`
    select r.id from ${joinedRows} where ${which} order by r.joined_at, r.id limit ${MOST_COUNTED}`.execute(db);
  return rows.map((row) => row.id);
}

export interface Chosen {
  id: string;
  name: string;
  state: RegistrationState;
  amount: number;
  paid: number;
  category: string;
}

/** What a page must say before an order is given. One query. */
export async function chosen(db: Db, ids: readonly string[]): Promise<Chosen[]> {
  const { rows } = await sql<Chosen>`
    select r.id, p.name, r.state, r.amount, c.key as category,
      coalesce((select sum(y.amount)::int from payments y where y.registration_id = r.id and y.removed_at is null), 0) as paid
    from registrations r join people p on p.id = r.person_id join categories c on c.id = r.category_id
    where r.id = any (${ids}::uuid[]) order by fold(p.name), r.id`.execute(db);
  return rows;
}

/** What the filters of the list can be set to: the countries and organisations that take part. One query. */
export async function listChoices(db: Db, eventId: string) {
  const { rows } = await sql<{ countries: string[]; organisations: { id: string; name: string }[] }>`
    with here as (select o.id, o.name, o.country from organisations o
      where exists (select from registrations r where r.event_id = ${eventId} and r.organisation_id = o.id and r.state <> 'draft'))
    select coalesce((select array_agg(distinct country) from here), '{}') as countries,
      coalesce((select jsonb_agg(jsonb_build_object('id', id, 'name', name) order by fold(name)) from here), '[]') as organisations`.execute(
    db,
  );
  return rows[0] ?? { countries: [], organisations: [] };
}

export type ExportRow = RegistrationRow & { answers: Record<string, unknown>; delegationAnswers: Record<string, unknown> | null };

const BATCH = 500;

/** All that a filter finds, in order of joining, read in batches: memory stays the same however many there are. */
export async function* everyRegistration(db: Db, eventId: string, filter: RegistrationFilter): AsyncGenerator<ExportRow> {
  let after: ExportRow | undefined;
  for (;;) {
    const beyond = after ? sql`and (r.joined_at, r.id) > (${after.joinedAt}, ${after.id}::uuid)` : sql``;
    const { rows } = await sql<ExportRow>`
      select ${rowOf('own')}, r.answers, d.answers as "delegationAnswers" from ${joinedRows} left join delegations d on d.id = r.delegation_id where ${conditionsOf({ eventId }, filter)} ${beyond}
      order by r.joined_at, r.id limit ${BATCH}`.execute(db);
    yield* rows;
    if (rows.length < BATCH) return;
    after = rows.at(-1);
  }
}

export interface Payment {
  id: string;
  amount: number;
  currency: string;
  receivedOn: Temporal.PlainDate;
  note: string;
  recordedBy: string | null;
}

/** The payments of a registration, the oldest first. */
export async function paymentsOf(db: Db, registrationId: string): Promise<Payment[]> {
  return db
    .selectFrom('payments')
    .leftJoin('people', 'people.id', 'payments.recorded_by')
    .select(['payments.id', 'payments.amount', 'payments.currency', 'payments.received_on as receivedOn', 'payments.note'])
    .select('people.name as recordedBy')
    .where('payments.registration_id', '=', registrationId)
    .where('payments.removed_at', 'is', null)
    .orderBy('payments.id')
    .execute();
}

export interface LetterSent {
  id: string;
  kind: string;
  address: string;
  state: SendState;
  createdAt: Temporal.Instant;
  acceptedAt: Temporal.Instant | null;
}

/** What was written to this person about this registration, the newest first. */
export async function lettersAbout(db: Db, personId: string, registrationId: string): Promise<LetterSent[]> {
  const { rows } = await sql<LetterSent>`
    select id, kind, address, state, created_at as "createdAt", accepted_at as "acceptedAt" from sends
    where person_id = ${personId} and payload->>'registration' = ${registrationId} order by created_at desc limit 50`.execute(db);
  return rows;
}

export interface BulkView {
  id: string;
  action: 'approve' | 'refuse' | 'cancel' | 'category' | 'paid' | 'confirmation';
  category: string | null;
  createdAt: Temporal.Instant;
  createdBy: string;
  endedAt: Temporal.Instant | null;
  undoneAt: Temporal.Instant | null;
  undoEndedAt: Temporal.Instant | null;
  total: number;
  done: number;
  refused: number;
  undone: number;
  undoRefused: number;
  /** The first hundred that were refused, or that could not be taken back, with why. */
  problems: { registrationId: string; name: string; code: string; undoing: boolean }[];
}

/** An order with how far it is. One query. */
export async function bulkById(db: Db, eventId: string, id: string): Promise<BulkView | undefined> {
  const { rows } = await sql<BulkView>`
    select b.id, b.action, b.category, b.created_at as "createdAt", p.name as "createdBy", b.ended_at as "endedAt", b.undone_at as "undoneAt",
      b.undo_ended_at as "undoEndedAt", i.total, i.done, i.refused, i.undone, i."undoRefused",
      coalesce((select jsonb_agg(x) from (
        select y.registration_id as "registrationId", q.name, coalesce(y.undo_code, y.code) as code, y.undo_code is not null as undoing
        from bulk_items y join registrations r on r.id = y.registration_id join people q on q.id = r.person_id
        where y.bulk_id = b.id and (y.outcome = 'refused' or y.undo_outcome = 'refused') order by y.no limit 100) x), '[]') as problems
    from bulks b join people p on p.id = b.created_by, lateral (
      select count(*)::int as total, (count(*) filter (where outcome = 'done'))::int as done, (count(*) filter (where outcome = 'refused'))::int as refused,
        (count(*) filter (where undo_outcome = 'done'))::int as undone, (count(*) filter (where undo_outcome = 'refused'))::int as "undoRefused"
      from bulk_items where bulk_id = b.id) i
    where b.id = ${id} and b.event_id = ${eventId}`.execute(db);
  return rows[0];
}
