import { sql } from 'kysely';
import { type Db, SHARED, type Transaction } from '../../db/database.ts';
import type { RegistrationState } from '../../db/tables/registrations.ts';
import { decodeCursor, type Page, pageOf } from '../http/cursor.ts';
import type { RegistrationFilter } from './input.ts';

/** Whether all these people belong to the organisation now. */
export async function mayRegisterPeople(
  db: Db | Transaction,
  organisationId: string,
  personIds: readonly string[],
): Promise<boolean> {
  const wanted = [...new Set(personIds)];
  const { rows } = await sql<{ n: number }>`${SHARED} select count(distinct person_id)::int as n from affiliations
    where organisation_id = ${organisationId} and ended_at is null and person_id = any (${wanted}::uuid[])`.execute(db);
  return rows[0]?.n === wanted.length;
}

/** The names of those of these people who take part already, as the organisation that asks knows them. */
export async function namesOfRegistered(
  db: Db | Transaction,
  eventId: string,
  organisationId: string,
  personIds: readonly string[],
): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select coalesce(a.known_as, p.name) as name from registrations r join people p on p.id = r.person_id
    left join affiliations a on a.person_id = p.id and a.organisation_id = ${organisationId} and a.ended_at is null
    where r.event_id = ${eventId} and r.person_id = any (${personIds}::uuid[]) and r.state in ('pending', 'confirmed', 'waiting')
    order by 1`.execute(db);
  return rows.map((found) => found.name);
}

export interface RegistrationRow {
  id: string;
  event: { id: string; slug: string; title: Record<string, string>; defaultLanguage: string; networkId: string | null };
  person: { id: string; name: string; email: string | null; language: string };
  organisation: { id: string; slug: string; name: string; country: string } | null;
  delegationId: string | null;
  category: { key: string; name: Record<string, string> };
  state: RegistrationState;
  /** Whose word it awaits while it is pending. */
  approvalBy: 'organisation' | 'organiser';
  joinedAt: Temporal.Instant;
  confirmedAt: Temporal.Instant | null;
  endedAt: Temporal.Instant | null;
  reasonCode: string | null;
  reason: string | null;
  amount: number;
  currency: string;
  reference: string;
  paid: number;
  /** How many parties joined the queue before theirs; null when they do not wait. */
  ahead: number | null;
  offer: { expiresAt: string } | null;
}

/**
 * How people are named: by their own profile for themselves and the organisers, by the name under which their organisation knows
 * them (and without their address) for its contact.
 */
type Naming = 'own' | 'roster';
const nameOf = (naming: Naming) => (naming === 'own' ? sql`p.name` : sql`coalesce(a.known_as, p.name)`);

/** The columns of a `RegistrationRow`. */
export const rowOf = (naming: Naming) => sql`
  r.id,
  jsonb_build_object('id', e.id, 'slug', e.slug, 'title', e.title, 'defaultLanguage', e.default_language, 'networkId', e.network_id) as event,
  jsonb_build_object('id', p.id, 'name', ${nameOf(naming)}, 'email', ${naming === 'own' ? sql`p.email` : sql`case when a.known_as is null then p.email end`},
    'language', p.language) as person,
  case when o.id is not null then jsonb_build_object('id', o.id, 'slug', o.slug, 'name', o.name, 'country', o.country) end as organisation,
  r.delegation_id as "delegationId", jsonb_build_object('key', c.key, 'name', c.name) as category, r.state, r.approval_by as "approvalBy",
  r.joined_at as "joinedAt", r.confirmed_at as "confirmedAt", r.ended_at as "endedAt", r.reason_code as "reasonCode", r.reason,
  r.amount, r.currency, r.reference,
  coalesce((select sum(y.amount)::int from payments y where y.registration_id = r.id and y.removed_at is null), 0) as paid,
  case when r.state = 'waiting' then (
    select count(*)::int from waitings a join waitings w on w.id = r.waiting_id
    where a.event_id = r.event_id and a.ended_at is null and a.rank < w.rank) end as ahead,
  case when r.state = 'waiting' then (
    select jsonb_build_object('expiresAt', to_char(f.expires_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')) from offers f
    where f.waiting_id = r.waiting_id and num_nonnulls(f.accepted_at, f.declined_at, f.expired_at) = 0) end as offer`;

/** What they are read from. */
export const joinedRows = sql`
  registrations r join people p on p.id = r.person_id join events e on e.id = r.event_id join categories c on c.id = r.category_id
  left join organisations o on o.id = r.organisation_id
  left join affiliations a on a.person_id = r.person_id and a.organisation_id = r.organisation_id and a.ended_at is null`;

/** One registration with its answers, or undefined. */
export async function registration(db: Db | Transaction, id: string, naming: Naming = 'own') {
  const { rows } = await sql<RegistrationRow & { answers: Record<string, unknown>; formVersionId: string | null }>`
    select ${rowOf(naming)}, r.answers, r.form_version_id as "formVersionId" from ${joinedRows} where r.id = ${id}`.execute(db);
  return rows[0];
}
export type Registration = NonNullable<Awaited<ReturnType<typeof registration>>>;

/** Several at once, for answers to a delegation and for mails. */
export async function registrationsById(
  db: Db | Transaction,
  ids: readonly string[],
  naming: Naming,
): Promise<RegistrationRow[]> {
  const { rows } =
    await sql<RegistrationRow>`select ${rowOf(naming)} from ${joinedRows} where r.id = any (${ids}::uuid[]) order by fold(${nameOf(naming)}), r.id`.execute(
      db,
    );
  return rows;
}

interface ListScope {
  eventId: string;
  /** Only of these organisations: what a contact sees. Undefined: all. */
  organisationIds?: readonly string[];
}

const namingOf = (scope: ListScope): Naming => (scope.organisationIds ? 'roster' : 'own');

/** What a filter asks of them. */
export function conditionsOf(scope: ListScope, filter: RegistrationFilter) {
  const parts = [sql`r.event_id = ${scope.eventId}`];
  if (scope.organisationIds) parts.push(sql`r.organisation_id = any (${scope.organisationIds}::uuid[])`);
  if (filter.state) parts.push(sql`r.state = ${filter.state}`);
  else parts.push(sql`r.state <> 'draft'`);
  if (filter.category) parts.push(sql`c.key = ${filter.category}`);
  if (filter.country) parts.push(sql`o.country = ${filter.country}`);
  if (filter.organisation) parts.push(sql`r.organisation_id = ${filter.organisation}`);
  if (filter.answer) {
    const [item = '', code = ''] = filter.answer.split('=');
    parts.push(sql`(r.answers->>${item} = ${code} or r.answers->${item} @> ${JSON.stringify([code])}::jsonb)`);
  }
  if (filter.paid) {
    const paid = sql`coalesce((select sum(y.amount) from payments y where y.registration_id = r.id and y.removed_at is null), 0)`;
    const owed = sql`case when r.state in ('cancelled', 'refused') then 0 else r.amount end`;
    if (filter.paid === 'over') parts.push(sql`${paid} > ${owed}`);
    else parts.push(filter.paid === 'no' ? sql`r.amount > ${paid}` : sql`r.amount <= ${paid}`);
  }
  if (filter.q) {
    const like = `%${filter.q.replace(/[\\%_]/g, '\\$&')}%`;
    parts.push(
      sql`(fold(${nameOf(namingOf(scope))}) like fold(${like}) or fold(o.name) like fold(${like}) or r.reference ilike ${like})`,
    );
  }
  return sql.join(parts, sql` and `);
}

/** A page of an event's registrations, by `filter.sort`: the latest first, when it says nothing. One query. */
export async function registrationPage(
  db: Db,
  scope: ListScope,
  filter: RegistrationFilter,
  page: { cursor?: string; limit: number },
): Promise<Page<RegistrationRow>> {
  const naming = namingOf(scope);
  const sort = filter.sort ?? '-joined';
  const byName = sort.endsWith('name');
  const by = byName ? sql`fold(${nameOf(naming)})` : sql`r.joined_at`;
  const [direction, compare] = sort.startsWith('-') ? [sql`desc`, sql`<`] : [sql`asc`, sql`>`];
  const after = decodeCursor(page.cursor, 2);
  const beyond = after ? sql`and (${by}, r.id) ${compare} (${after[0]}, ${after[1]}::uuid)` : sql``;
  const { rows } = await sql<RegistrationRow & { folded: string }>`
    select ${rowOf(naming)}, fold(${nameOf(naming)}) as folded from ${joinedRows}
    where ${conditionsOf(scope, filter)} ${beyond}
    order by ${by} ${direction}, r.id ${direction} limit ${page.limit + 1}`.execute(db);
  return pageOf(rows, page.limit, (item) => [byName ? item.folded : item.joinedAt.toString(), item.id]);
}

/** How many there are in each state: what the tabs of the list show. */
export async function stateCounts(db: Db, scope: ListScope): Promise<Partial<Record<RegistrationState, number>>> {
  const only = scope.organisationIds ? sql`and organisation_id = any (${scope.organisationIds}::uuid[])` : sql``;
  const { rows } = await sql<{ state: RegistrationState; n: number }>`
    select s.state, (select count(*)::int from (select from registrations where event_id = ${scope.eventId} and state = s.state ${only} limit 10001) counted) as n
    from unnest(array['pending', 'confirmed', 'waiting', 'cancelled', 'refused']) s(state)`.execute(db);
  return Object.fromEntries(rows.map(({ state, n }) => [state, n]));
}

export interface WaitingRow {
  id: string;
  rank: number;
  partySize: number;
  poolIds: string[];
  position: number;
  joinedAt: Temporal.Instant;
  organisation: { id: string; name: string } | null;
  people: { registrationId: string; name: string; category: string }[];
  lacks: string[];
  gatheringSince: Temporal.Instant | null;
  gatheringEndedAt: Temporal.Instant | null;
  gathered: number;
  offer: { offeredAt: string; expiresAt: string } | null;
}

/** The waiting list of an event in order, with what each party lacks, gathers and was offered. */
export async function waitingList(db: Db, eventId: string): Promise<WaitingRow[]> {
  const { rows } = await sql<WaitingRow>`
    select w.id, w.rank, w.party_size as "partySize", w.pool_ids as "poolIds", (row_number() over (order by w.rank))::int as position, w.joined_at as "joinedAt",
      case when o.id is not null then jsonb_build_object('id', o.id, 'name', o.name) end as organisation,
      coalesce((select jsonb_agg(jsonb_build_object('registrationId', r.id, 'name', p.name, 'category', c.key) order by p.name)
        from registrations r join people p on p.id = r.person_id join categories c on c.id = r.category_id
        where r.waiting_id = w.id and r.state = 'waiting'), '[]') as people,
      coalesce((select jsonb_agg(coalesce(c.key, l.kind)) from pools l left join categories c on c.pool_id = l.id
        where l.id = any (w.pool_ids) and l.queue_open), '[]') as lacks,
      w.gathering_since as "gatheringSince", w.gathering_ended_at as "gatheringEndedAt",
      (select count(*)::int from places s join registrations r on r.id = s.registration_id where r.waiting_id = w.id) as gathered,
      (select jsonb_build_object('offeredAt', to_char(f.offered_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
          'expiresAt', to_char(f.expires_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')) from offers f
        where f.waiting_id = w.id and num_nonnulls(f.accepted_at, f.declined_at, f.expired_at) = 0) as offer
    from waitings w left join organisations o on o.id = w.organisation_id
    where w.event_id = ${eventId} and w.ended_at is null
    order by w.rank limit 2000`.execute(db);
  return rows;
}

/** What happened to one party or registration, oldest first: the trail that explains the waiting list. */
export async function history(db: Db, registrationId: string) {
  return db
    .selectFrom('changes')
    .leftJoin('people', 'people.id', 'changes.actor_id')
    .select([
      'changes.id',
      'changes.actor_id as actorId',
      'changes.action',
      'changes.at',
      'changes.before',
      'changes.after',
      'people.name as actor',
    ])
    .where('changes.row_id', '=', registrationId)
    .orderBy('changes.id')
    .limit(500)
    .execute();
}

/** The registration by which somebody takes part in an event, if they do. */
export async function registrationOf(db: Db, eventId: string, personId: string): Promise<string | undefined> {
  const found = await db
    .selectFrom('registrations')
    .select('id')
    .where('event_id', '=', eventId)
    .where('person_id', '=', personId)
    .where('state', 'in', ['pending', 'confirmed', 'waiting'])
    .executeTakeFirst();
  return found?.id;
}

/** What one person has registered for, the nearest first: their own page. */
export async function registrationsOf(db: Db, personId: string): Promise<RegistrationRow[]> {
  const { rows } = await sql<RegistrationRow>`
    select ${rowOf('own')} from ${joinedRows} where r.person_id = ${personId} and r.state <> 'draft' order by r.joined_at desc limit 200`.execute(
    db,
  );
  return rows;
}
