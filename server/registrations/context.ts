import { sql } from 'kysely';
import { type Db, SHARED, type Transaction } from '../../db/database.ts';
import type { CategoryAudience } from '../../db/tables/events.ts';
import type { Membership } from '../../db/tables/organisations.ts';
import { NotFound } from '../errors.ts';

export interface CategoryContext {
  id: string;
  key: string;
  name: Record<string, string>;
  note: Record<string, string>;
  openTo: CategoryAudience;
  priceEarly: number;
  priceLate: number | null;
  priceReduced: number | null;
  poolId: string | null;
}

/** All that deciding on a registration needs to know of an event, its categories, form and one organisation: in one query. */
export interface EventContext {
  eventId: string;
  slug: string;
  networkId: string | null;
  title: Record<string, string>;
  languages: string[];
  defaultLanguage: string;
  zone: string;
  startsAt: Temporal.Instant;
  endsAt: Temporal.Instant;
  publishedAt: Temporal.Instant | null;
  closedAt: Temporal.Instant | null;
  cancelledAt: Temporal.Instant | null;
  registrationOpensAt: Temporal.Instant | null;
  registrationClosesAt: Temporal.Instant | null;
  changesUntil: Temporal.Instant | null;
  selfRegistration: boolean;
  approval: boolean;
  waitingList: boolean;
  limitMember: number | null;
  limitNonMember: number | null;
  currency: string;
  lateFrom: Temporal.Instant | null;
  reducedCountries: string[];
  poolId: string;
  categories: CategoryContext[];
  formVersionId: string | null;
  definition: unknown;
  organisation: {
    id: string;
    slug: string;
    name: string;
    country: string;
    membership: Membership;
    /** Whether everybody who was asked about belongs to it now; false when nobody was. */
    belong: boolean;
  } | null;
}

type Row = Omit<EventContext, 'organisation'> & { organisation: EventContext['organisation'] };

const columns = (personIds: readonly string[]) => sql`
  e.id as "eventId", e.slug, e.network_id as "networkId", e.title, e.languages, e.default_language as "defaultLanguage", e.zone,
  e.starts_at as "startsAt", e.ends_at as "endsAt", e.published_at as "publishedAt", e.closed_at as "closedAt", e.cancelled_at as "cancelledAt",
  e.registration_opens_at as "registrationOpensAt", e.registration_closes_at as "registrationClosesAt", e.changes_until as "changesUntil",
  e.self_registration as "selfRegistration", e.approval, e.waiting_list as "waitingList", e.limit_member as "limitMember",
  e.limit_non_member as "limitNonMember", e.currency, e.late_from as "lateFrom", e.reduced_countries as "reducedCountries",
  (select p.id from pools p where p.event_id = e.id and p.kind = 'event') as "poolId",
  coalesce((select jsonb_agg(jsonb_build_object('id', c.id, 'key', c.key, 'name', c.name, 'note', c.note, 'openTo', c.open_to,
      'priceEarly', c.price_early, 'priceLate', c.price_late, 'priceReduced', c.price_reduced, 'poolId', c.pool_id) order by c.position)
    from categories c where c.event_id = e.id and c.removed_at is null), '[]') as categories,
  f.id as "formVersionId", f.definition,
  case when o.id is null then null else
    jsonb_build_object('id', o.id, 'slug', o.slug, 'name', o.name, 'country', o.country, 'membership', o.membership, 'belong',
      cardinality(${personIds}::uuid[]) > 0 and not exists (select from unnest(${personIds}::uuid[]) asked(id) where not exists (
        select from affiliations a where a.person_id = asked.id and a.organisation_id = o.id and a.ended_at is null))) end as organisation`;

async function load(
  db: Db | Transaction,
  where: ReturnType<typeof sql>,
  organisationId: string | null,
  personIds: readonly string[],
): Promise<EventContext> {
  const { rows } = await sql<Row>`${SHARED} select ${columns(personIds)}
    from events e
    left join lateral (select v.id, v.definition from form_versions v where v.form_id = e.form_id order by v.version desc limit 1) f on true
    left join organisations o on o.id = ${organisationId}
    where ${where}`.execute(db);
  const row = rows[0];
  if (!row) throw new NotFound();
  return row;
}

/**
 * The event with one organisation, which says whether these people belong to it. Errors: NotFound. Whether this viewer may know of
 * the event is for the caller to ask.
 */
export const eventContext = (
  db: Db | Transaction,
  slug: string,
  organisationId: string | null = null,
  personIds: readonly string[] = [],
) => load(db, sql`e.slug = ${slug}`, organisationId, personIds);

export const eventContextById = (
  db: Db | Transaction,
  id: string,
  organisationId: string | null = null,
  personIds: readonly string[] = [],
) => load(db, sql`e.id = ${id}`, organisationId, personIds);
