import { sql } from 'kysely';
import type { Db } from '../../db/database.ts';
import type { RegistrationState } from '../../db/tables/registrations.ts';

export interface DelegationMember {
  id: string;
  personId: string;
  /** As the organisation knows them. */
  name: string;
  category: Record<string, string>;
  state: RegistrationState;
  approvalBy: 'organisation' | 'organiser';
  amount: number;
  paid: number;
  reference: string;
  ahead: number | null;
  /** Those who wait as one party have the same. */
  waitingId: string | null;
  offerExpiresAt: string | null;
  reason: string | null;
  reasonCode: string | null;
}

const member = sql`jsonb_build_object('id', r.id, 'personId', r.person_id, 'name', coalesce(a.known_as, p.name), 'category', c.name, 'state', r.state,
  'approvalBy', r.approval_by, 'amount', r.amount, 'reference', r.reference, 'waitingId', r.waiting_id, 'reason', r.reason, 'reasonCode', r.reason_code,
  'paid', coalesce((select sum(y.amount)::int from payments y where y.registration_id = r.id and y.removed_at is null), 0),
  'ahead', case when r.state = 'waiting' then (select count(*)::int from waitings b join waitings w on w.id = r.waiting_id
    where b.event_id = r.event_id and b.ended_at is null and b.rank < w.rank) end,
  'offerExpiresAt', case when r.state = 'waiting' then (select to_char(f.expires_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') from offers f
    where f.waiting_id = r.waiting_id and num_nonnulls(f.accepted_at, f.declined_at, f.expired_at) = 0) end)`;

const members = (event: ReturnType<typeof sql>, organisation: ReturnType<typeof sql>) => sql`
  coalesce((select jsonb_agg(${member} order by fold(coalesce(a.known_as, p.name)), r.id)
    from registrations r join people p on p.id = r.person_id join categories c on c.id = r.category_id
    left join affiliations a on a.person_id = r.person_id and a.organisation_id = r.organisation_id and a.ended_at is null
    where r.event_id = ${event} and r.organisation_id = ${organisation} and r.state <> 'draft'), '[]')`;

/** Everybody whom an organisation has at an event, whoever registered them, in one query. */
export async function delegationMembers(db: Db, eventId: string, organisationId: string): Promise<DelegationMember[]> {
  const { rows } = await sql<{ members: DelegationMember[] }>`
    select ${members(sql`${eventId}::uuid`, sql`${organisationId}::uuid`)} as members`.execute(db);
  return rows[0]?.members ?? [];
}

/** What a summary of a delegation says. */
export async function delegationFacts(db: Db, delegationId: string) {
  const { rows } = await sql<{
    reference: string;
    organisation: { id: string; slug: string; name: string };
    people: DelegationMember[];
    slug: string;
    title: Record<string, string>;
    venue: Record<string, string>;
    eventAddress: string;
    defaultLanguage: string;
    zone: string;
    startsAt: Temporal.Instant;
    endsAt: Temporal.Instant;
    currency: string;
    paymentDetails: Record<string, string>;
  }>`
    select d.reference, jsonb_build_object('id', o.id, 'slug', o.slug, 'name', o.name) as organisation,
      ${members(sql`d.event_id`, sql`d.organisation_id`)} as people,
      e.slug, e.title, e.venue, e.address as "eventAddress", e.default_language as "defaultLanguage", e.zone, e.starts_at as "startsAt",
      e.ends_at as "endsAt", e.currency, e.payment_details as "paymentDetails"
    from delegations d join organisations o on o.id = d.organisation_id join events e on e.id = d.event_id
    where d.id = ${delegationId}`.execute(db);
  const row = rows[0];
  if (!row) return undefined;
  const { reference, organisation, people, ...event } = row;
  return { reference, organisation, event, people: people.filter(present), due: dueOf(people) };
}

const present = ({ state }: DelegationMember) => state === 'confirmed' || state === 'waiting' || state === 'pending';

/** People as an organisation knows them, by id. */
export async function rosterNames(db: Db, organisationId: string, personIds: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; name: string }>`
    select p.id, coalesce(a.known_as, p.name) as name from people p
    left join affiliations a on a.person_id = p.id and a.organisation_id = ${organisationId} and a.ended_at is null
    where p.id = any (${personIds}::uuid[])`.execute(db);
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** What the confirmed still have to pay together, in minor units. */
export function dueOf(people: readonly Pick<DelegationMember, 'state' | 'amount' | 'paid'>[]): number {
  return people.reduce((sum, { state, amount, paid }) => sum + (state === 'confirmed' ? Math.max(0, amount - paid) : 0), 0);
}

export interface PlacesLeft {
  /** Free places of the event, and how many wait for one. */
  free: number;
  capacity: number;
  queueOpen: boolean;
  /** How many the organisation may have, and has (confirmed and waiting); null: as many as fit. */
  allowance: number | null;
  used: number;
  categories: Record<string, { free: number; queueOpen: boolean }>;
}

/** What is left for everybody and for one organisation. `limit`: the event's own for it, which the organiser may have set otherwise. */
export async function placesLeft(
  db: Db,
  eventId: string,
  organisationId: string | null,
  limit: number | null,
): Promise<PlacesLeft> {
  const { rows } = await sql<Omit<PlacesLeft, 'allowance'> & { size: number | null }>`
    select p.capacity, p.queue_open as "queueOpen",
      (select count(*)::int from places s where s.pool_id = p.id and s.registration_id is null and s.delegation_id is null) as free,
      (select a.size from allowances a where a.event_id = ${eventId} and a.organisation_id = ${organisationId}) as size,
      (select count(*)::int from registrations r where r.event_id = ${eventId} and r.organisation_id = ${organisationId}
        and r.state in ('confirmed', 'waiting')) as used,
      coalesce((select jsonb_object_agg(c.key, jsonb_build_object('queueOpen', q.queue_open, 'free',
          (select count(*) from places s where s.pool_id = q.id and s.registration_id is null and s.delegation_id is null)))
        from categories c join pools q on q.id = c.pool_id where c.event_id = ${eventId} and c.removed_at is null), '{}') as categories
    from pools p where p.event_id = ${eventId} and p.kind = 'event'`.execute(db);
  const row = rows[0];
  if (!row) return { free: 0, capacity: 0, queueOpen: false, allowance: limit, used: 0, categories: {} };
  const { size, ...left } = row;
  return { ...left, allowance: size ?? limit };
}

/** What is kept of a delegation itself; undefined until somebody registers it. */
export function delegationOf(db: Db, eventId: string, organisationId: string) {
  return db
    .selectFrom('delegations')
    .select(['id', 'reference', 'head_person_id as headPersonId', 'answers', 'form_version_id as formVersionId'])
    .where('event_id', '=', eventId)
    .where('organisation_id', '=', organisationId)
    .executeTakeFirst();
}
