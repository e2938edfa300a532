import { sql } from 'kysely';
import type { Db, Transaction } from '../../db/database.ts';
import type { RegistrationState } from '../../db/tables/registrations.ts';
import { HELD } from './held.ts';
import type { Reason } from './reasons.ts';
import type { Choices } from './rules.ts';

/** How an event gives out its visits; undefined while nobody has said. */
export function choicesOf(db: Db | Transaction, eventId: string): Promise<Choices | undefined> {
  return db
    .selectFrom('visit_choices')
    .select([
      'mode',
      'wishes',
      'each',
      'per_city as perCity',
      'closes_local as closes',
      'closes_at as closesAt',
      'released_at as releasedAt',
      'frozen_at as frozenAt',
    ])
    .where('event_id', '=', eventId)
    .executeTakeFirst();
}

export interface Visit {
  id: string;
  title: Record<string, string>;
  abstract: Record<string, string>;
  startsAt: Temporal.Instant;
  endsAt: Temporal.Instant;
  languages: string[];
  interpreting: string[];
  /** Null while nothing but the session is written. */
  places: number | null;
  kept: number;
  minimum: number;
  meetingPoint: Record<string, string>;
  accessibility: Record<string, string>;
  itinerary: Record<string, string>;
  hostOrganisation: { id: string; slug: string; name: string } | null;
  hostName: string;
  hostEmail: string;
  hostPhone: string;
  /** How many wish it at all, and before all others. */
  wished: number;
  wishedFirst: number;
  /** How many hold one of its places now, and wait for one. */
  held: number;
  waiting: number;
}

/** The visits of an event, by their start: sessions of that kind with what was written of each as a visit. One query. */
export async function visitsOf(db: Db | Transaction, eventId: string): Promise<Visit[]> {
  const { rows } = await sql<Visit>`
    select s.id, s.title, s.abstract, s.starts_at as "startsAt", s.ends_at as "endsAt", s.languages, s.interpreting, v.places,
      coalesce(v.kept, 0) as kept, coalesce(v.minimum, 0) as minimum, coalesce(v.meeting_point, '{}') as "meetingPoint",
      coalesce(v.accessibility, '{}') as accessibility, coalesce(v.itinerary, '{}') as itinerary,
      case when o.id is not null then jsonb_build_object('id', o.id, 'slug', o.slug, 'name', o.name) end as "hostOrganisation",
      coalesce(v.host_name, '') as "hostName", coalesce(v.host_email, '') as "hostEmail", coalesce(v.host_phone, '') as "hostPhone",
      coalesce(w.n, 0)::int as wished, coalesce(w.first, 0)::int as "wishedFirst", coalesce(h.n, 0)::int as held, coalesce(q.n, 0)::int as waiting
    from sessions s left join visits v on v.session_id = s.id left join organisations o on o.id = v.host_organisation_id
    left join (select w.session_id, count(*) as n, count(*) filter (where w.rank = 1) as first from visit_wishes w
      join registrations r on r.id = w.registration_id and r.state = 'confirmed' where w.event_id = ${eventId} group by 1) w on w.session_id = s.id
    left join (select session_id, count(*) as n from ${HELD} h where event_id = ${eventId} group by 1) h on h.session_id = s.id
    left join (select session_id, count(*) as n from visit_waitings where event_id = ${eventId} and ended_at is null group by 1) q on q.session_id = s.id
    where s.event_id = ${eventId} and s.kind = 'visit' and s.removed_at is null order by s.starts_at, s.id`.execute(db);
  return rows;
}

export interface Preferences {
  registration: string;
  person: { id: string; name: string };
  organisation: { id: string; slug: string; name: string } | null;
  event: string;
  state: RegistrationState;
  wishes: string[];
  languages: string[];
  together: boolean;
  /** Their visits, once released. */
  visits: string[];
  /** Why, as it was released. */
  reasons: Reason[];
  waiting: { visit: string; ahead: number }[];
}

const preferenceColumns = sql`r.id as registration, jsonb_build_object('id', p.id, 'name', p.name) as person,
  case when o.id is not null then jsonb_build_object('id', o.id, 'slug', o.slug, 'name', o.name) end as organisation,
  r.event_id as event, r.state, coalesce(f.languages, '{}') as languages,
  array(select w.session_id::text from visit_wishes w join sessions s on s.id = w.session_id and s.removed_at is null
    where w.registration_id = r.id order by w.rank) as wishes,
  exists (select from visit_togethers t where t.event_id = r.event_id and t.organisation_id = r.organisation_id) as together,
  array(select h.session_id::text from ${HELD} h where h.registration_id = r.id order by 1) as visits,
  coalesce((select i.reasons from allocation_people i join allocations a on a.id = i.allocation_id
    where i.registration_id = r.id and a.released_at is not null order by a.released_at desc limit 1), '[]') as reasons,
  coalesce((select jsonb_agg(jsonb_build_object('visit', q.session_id, 'ahead', (select count(*) from visit_waitings b
      where b.session_id = q.session_id and b.ended_at is null and b.rank < q.rank)) order by q.rank)
    from visit_waitings q where q.registration_id = r.id and q.ended_at is null), '[]') as waiting`;

const preferenceTables = sql`registrations r join people p on p.id = r.person_id left join organisations o on o.id = r.organisation_id
  left join visit_preferences f on f.registration_id = r.id`;

/** What one registration wishes and has; undefined when there is no such registration. */
export async function preferencesOf(db: Db | Transaction, registrationId: string): Promise<Preferences | undefined> {
  const { rows } =
    await sql<Preferences>`select ${preferenceColumns} from ${preferenceTables} where r.id = ${registrationId}`.execute(db);
  return rows[0];
}

/** The same of everybody who comes with an organisation. */
export async function delegationPreferences(db: Db, eventId: string, organisationId: string): Promise<Preferences[]> {
  const { rows } = await sql<Preferences>`select ${preferenceColumns} from ${preferenceTables}
    where r.event_id = ${eventId} and r.organisation_id = ${organisationId} and r.state = 'confirmed' order by p.name, r.id`.execute(
    db,
  );
  return rows;
}

export interface AllocationState {
  id: string;
  seed: number;
  orderedAt: Temporal.Instant;
  orderedBy: string;
  /** Done of `steps`. */
  step: number;
  endedAt: Temporal.Instant | null;
  failed: boolean;
  people: number | null;
  assigned: number | null;
  cost: number | null;
  moved: number | null;
  gap: number | null;
  chosenAssigned: number | null;
  chosenCost: number | null;
  takesPlace: string[];
  releasedAt: Temporal.Instant | null;
}

/** What was computed last for an event. */
export async function lastAllocation(db: Db | Transaction, eventId: string): Promise<AllocationState | undefined> {
  const { rows } = await sql<AllocationState>`
    select a.id, a.seed, a.ordered_at as "orderedAt", p.name as "orderedBy", a.step, a.ended_at as "endedAt", a.failed, a.people, a.assigned,
      a.cost, a.moved, a.gap, a.chosen_assigned as "chosenAssigned", a.chosen_cost as "chosenCost", a.takes_place as "takesPlace",
      a.released_at as "releasedAt"
    from allocations a join people p on p.id = a.ordered_by where a.event_id = ${eventId} order by a.ordered_at desc, a.id desc limit 1`.execute(
    db,
  );
  return rows[0];
}

export interface AllocatedPerson {
  registration: string;
  name: string;
  organisation: string | null;
  wishes: string[];
  visits: string[];
  reasons: Reason[];
  pinned: boolean;
}

/**
 * Everybody who is confirmed, by name, with what a proposal gives them, or, once it is released, with what they have now; `visit`: of
 * one visit alone, or of none (`none`).
 */
export async function allocatedPeople(
  db: Db,
  { eventId, id, releasedAt }: { eventId: string; id: string; releasedAt: Temporal.Instant | null },
  {
    visit,
    search = '',
    after,
    limit,
  }: { visit?: string | undefined; search?: string; after?: string[] | undefined; limit: number },
): Promise<AllocatedPerson[]> {
  const has = releasedAt
    ? sql`array(select h.session_id::text from ${HELD} h where h.registration_id = r.id order by 1)`
    : sql`coalesce(i.visits::text[], '{}')`;
  const { rows } = await sql<AllocatedPerson>`
    select * from (
      select r.id as registration, p.name, o.name as organisation, ${has} as visits, coalesce(i.reasons, '[]') as reasons,
        array(select w.session_id::text from visit_wishes w where w.registration_id = r.id order by w.rank) as wishes,
        exists (select from visit_pins x where x.registration_id = r.id) as pinned
      from registrations r join people p on p.id = r.person_id left join organisations o on o.id = r.organisation_id
      left join allocation_people i on i.registration_id = r.id and i.allocation_id = ${id}
      where r.event_id = ${eventId} and r.state = 'confirmed'
        and (${search} = '' or fold(p.name) like '%' || fold(${search}) || '%' or fold(coalesce(o.name, '')) like '%' || fold(${search}) || '%')
        and (${after?.[0] ?? null}::text is null or (p.name, r.id) > (${after?.[0] ?? ''}, ${after?.[1] ?? null}::uuid))) people
    where ${visit ?? null}::text is null or case when ${visit ?? null}::text = 'none' then visits = '{}' else ${visit ?? null}::text = any (visits) end
    order by name, registration limit ${limit}`.execute(db);
  return rows;
}

/** Who comes to a visit, for its host: by city and name. */
export async function hostList(db: Db, visitId: string) {
  const { rows } = await sql<{ name: string; organisation: string | null; country: string | null; languages: string[] }>`
    select p.name, o.name as organisation, o.country, coalesce(f.languages, '{}') as languages
    from ${HELD} c join registrations r on r.id = c.registration_id join people p on p.id = r.person_id
    left join organisations o on o.id = r.organisation_id left join visit_preferences f on f.registration_id = r.id
    where c.session_id = ${visitId} order by fold(coalesce(o.name, '')), fold(p.name), r.id`.execute(db);
  return rows;
}
