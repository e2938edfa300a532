import { type RawBuilder, sql } from 'kysely';
import type { Db, Transaction } from '../../db/database.ts';
import type { Membership, OrganisationKind } from '../../db/tables/organisations.ts';
import type { Viewer } from '../accounts/access.ts';
import { decodeCursor, MOST_COUNTED, type Page, pageOf } from '../http/cursor.ts';
import { organisationScope } from './access.ts';
import type { OrganisationFilter, Sort } from './input.ts';
import { containing, searchWords } from './rules.ts';

/**
 * The part of a query that keeps organisations to those this person may see; `o` is the table of organisations. Every read of
 * theirs goes through it, so that what is out of scope is neither listed nor counted nor found.
 */
export function visibleOrganisations(viewer: Viewer | null): RawBuilder<boolean> {
  const scope = organisationScope(viewer);
  if (scope.all) return sql`true`;
  if (scope.networkIds.length === 0 && scope.organisationIds.length === 0) return sql`false`;
  // One list of ids, not an `or`: the planner starts from the few that are in scope.
  return sql`o.id in (select unnest(${scope.organisationIds}::uuid[])
    union all select m.organisation_id from organisation_networks m where m.network_id = any (${scope.networkIds}::uuid[]))`;
}

export interface OrganisationRow {
  id: string;
  slug: string;
  kind: OrganisationKind;
  name: string;
  country: string;
  languages: string[];
  zone: string;
  latitude: number | null;
  longitude: number | null;
  population: number | null;
  membership: Membership;
  memberSince: number | null;
  networks: { id: string; slug: string; name: Record<string, string> }[];
  /** The last years whose fee is paid, newest first. */
  feeYears: number[];
  people: number;
  contacts: number;
}

const columns = sql`
  o.id, o.slug, o.kind, o.name, o.country, o.languages, o.zone, o.latitude, o.longitude, o.population, o.membership,
  o.member_since as "memberSince", fold(o.name) as "sortName", coalesce(o.population, -1) as "sortPopulation",
  coalesce((select jsonb_agg(jsonb_build_object('id', n.id, 'slug', n.slug, 'name', n.name) order by n.slug)
    from organisation_networks m join networks n on n.id = m.network_id where m.organisation_id = o.id), '[]') as networks,
  coalesce((select array_agg(f.year order by f.year desc) from (select year from fees where organisation_id = o.id order by year desc limit 5) f), '{}') as "feeYears",
  (select count(*)::int from affiliations a where a.organisation_id = o.id and a.ended_at is null) as people,
  (select count(*)::int from affiliations a where a.organisation_id = o.id and a.ended_at is null and a.is_contact) as contacts`;

function matching(viewer: Viewer | null, filter: OrganisationFilter): RawBuilder<boolean> {
  const parts: RawBuilder<unknown>[] = [visibleOrganisations(viewer)];
  for (const word of searchWords(filter.q)) parts.push(sql`fold(o.name) like fold(${containing(word)})`);
  if (filter.country) parts.push(sql`o.country = ${filter.country}`);
  if (filter.membership) parts.push(sql`o.membership = ${filter.membership}`);
  if (filter.network) {
    parts.push(sql`o.id in (select m.organisation_id from organisation_networks m
      where m.network_id = (select n.id from networks n where n.slug = ${filter.network} or n.id::text = ${filter.network} limit 1))`);
  }
  if (filter.fee) {
    const paid = sql`exists (select from fees f where f.organisation_id = o.id and f.year = ${filter.year ?? null}::int)`;
    parts.push(filter.fee === 'paid' ? paid : sql`not ${paid}`);
  }
  return sql<boolean>`${sql.join(parts, sql` and `)}`;
}

interface Order {
  keys: RawBuilder<unknown>;
  values: number;
  after: (values: string[]) => RawBuilder<unknown>;
  direction: RawBuilder<unknown>;
}

// Each order ends in the id, so that it is total, and is one that an index has, so that a page costs the same everywhere.
const byName = sql`fold(o.name), o.id`;
const ORDERS: Record<Sort, Order> = {
  name: {
    keys: byName,
    values: 2,
    after: ([name, id]) => sql`(fold(o.name), o.id) > (${name}, ${id}::uuid)`,
    direction: sql`fold(o.name), o.id`,
  },
  '-name': {
    keys: byName,
    values: 2,
    after: ([name, id]) => sql`(fold(o.name), o.id) < (${name}, ${id}::uuid)`,
    direction: sql`fold(o.name) desc, o.id desc`,
  },
  country: {
    keys: sql`o.country, fold(o.name)`,
    values: 2,
    after: ([country, name]) => sql`(o.country, fold(o.name)) > (${country}, ${name})`,
    direction: sql`o.country, fold(o.name)`,
  },
  '-population': {
    keys: sql`coalesce(o.population, -1), o.id`,
    values: 2,
    after: ([population, id]) => sql`(coalesce(o.population, -1), o.id) < (${population}::int, ${id}::uuid)`,
    direction: sql`coalesce(o.population, -1) desc, o.id desc`,
  },
  '-created': { keys: sql`o.id`, values: 1, after: ([id]) => sql`o.id < ${id}::uuid`, direction: sql`o.id desc` },
};

type SortableRow = OrganisationRow & { sortName: string; sortPopulation: number };

function keyOf(sort: Sort): (row: SortableRow) => (string | number)[] {
  if (sort === 'country') return (row) => [row.country, row.sortName];
  if (sort === '-population') return (row) => [row.sortPopulation, row.id];
  if (sort === '-created') return (row) => [row.id];
  return (row) => [row.sortName, row.id];
}

/** One page of the organisations this person may see: one query. */
export async function organisationPage(
  db: Db,
  viewer: Viewer | null,
  filter: OrganisationFilter,
  page: { cursor?: string; limit: number },
): Promise<Page<OrganisationRow>> {
  const sort = filter.sort ?? 'name';
  const order = ORDERS[sort];
  const after = decodeCursor(page.cursor, order.values);
  const { rows } = await sql<SortableRow>`
    select ${columns} from organisations o
    where ${matching(viewer, filter)} ${after ? sql`and ${order.after(after)}` : sql``}
    order by ${order.direction} limit ${page.limit + 1}`.execute(db);
  const { items, next } = pageOf(rows, page.limit, keyOf(sort));
  return { items: items.map(({ sortName: _name, sortPopulation: _population, ...row }) => row), next };
}

/** How many there are, exact up to MOST_COUNTED; one more than that means "more than". */
export async function countOrganisations(db: Db, viewer: Viewer | null, filter: OrganisationFilter): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from (select from organisations o where ${matching(viewer, filter)} limit ${MOST_COUNTED + 1}) found`.execute(
    db,
  );
  return rows[0]?.n ?? 0;
}

/** All of them, a thousand at a time, for an export. */
export async function* everyOrganisation(
  db: Db,
  viewer: Viewer | null,
  filter: OrganisationFilter,
): AsyncGenerator<OrganisationRow> {
  let cursor: string | undefined;
  do {
    const page = await organisationPage(db, viewer, filter, { cursor, limit: 1000 });
    yield* page.items;
    cursor = page.next ?? undefined;
  } while (cursor);
}

/** Where they lie, the largest first, for a map. */
export async function organisationPoints(db: Db, viewer: Viewer | null, filter: OrganisationFilter) {
  const { rows } = await sql<{ slug: string; name: string; country: string; latitude: number; longitude: number }>`
    select o.slug, o.name, o.country, o.latitude, o.longitude from organisations o
    where ${matching(viewer, filter)} and o.latitude is not null and o.longitude is not null
    order by coalesce(o.population, -1) desc, o.id desc limit 600`.execute(db);
  return rows;
}

/** The countries that occur, for a filter. */
export async function organisationCountries(db: Db, viewer: Viewer | null): Promise<string[]> {
  const { rows } = await sql<{ country: string }>`
    with recursive found as (
      (select o.country from organisations o where ${visibleOrganisations(viewer)} order by o.country limit 1)
      union all
      select (select o.country from organisations o where o.country > found.country and ${visibleOrganisations(viewer)} order by o.country limit 1)
      from found where found.country is not null)
    select country from found where country is not null`.execute(db);
  return rows.map((row) => row.country);
}

/** An organisation's profile, or undefined when there is none such for this person. */
export async function organisationBySlug(
  db: Db | Transaction,
  viewer: Viewer | null,
  slug: string,
): Promise<OrganisationRow | undefined> {
  const { rows } = await sql<SortableRow>`
    select ${columns} from organisations o where o.slug = ${slug} and ${visibleOrganisations(viewer)}`.execute(db);
  const row = rows[0];
  if (!row) return undefined;
  const { sortName: _name, sortPopulation: _population, ...organisation } = row;
  return organisation;
}

/** What an organisation that once had this slug is called now. */
export async function renamedOrganisation(db: Db, viewer: Viewer | null, slug: string): Promise<string | undefined> {
  const { rows } = await sql<{ slug: string }>`
    select o.slug from old_slugs s join organisations o on o.id = s.row_id
    where s.kind = 'organisation' and s.slug = ${slug} and ${visibleOrganisations(viewer)}`.execute(db);
  return rows[0]?.slug;
}

/** The chosen ones among those this person may see, for a confirmation that names them. */
export async function chosenOrganisations(
  db: Db | Transaction,
  viewer: Viewer | null,
  ids: readonly string[],
  forUpdate = false,
) {
  const { rows } = await sql<{
    id: string;
    slug: string;
    name: string;
    country: string;
    membership: Membership;
    feeYears: number[];
  }>`
    select o.id, o.slug, o.name, o.country, o.membership,
      coalesce((select array_agg(f.year) from fees f where f.organisation_id = o.id), '{}') as "feeYears"
    from organisations o where o.id = any (${ids}::uuid[]) and ${visibleOrganisations(viewer)} order by ${forUpdate ? sql`o.id` : byName}
    ${forUpdate ? sql`for update of o` : sql``}`.execute(db);
  return rows;
}

/** Fees paid by an organisation, newest first. */
export async function feesOf(db: Db, organisationId: string) {
  return db
    .selectFrom('fees')
    .leftJoin('people', 'people.id', 'fees.recorded_by')
    .select(['fees.year', 'fees.paid_on as paidOn', 'fees.recorded_at as recordedAt', 'people.name as recordedBy'])
    .where('organisation_id', '=', organisationId)
    .orderBy('year', 'desc')
    .limit(100)
    .execute();
}

/** What was changed in an organisation or a person, newest first. */
export async function historyOf(db: Db, rowId: string) {
  return db
    .selectFrom('changes')
    .leftJoin('people', 'people.id', 'changes.actor_id')
    .select(['changes.id', 'changes.action', 'changes.before', 'changes.after', 'changes.at', 'people.name as actor'])
    .where('row_id', '=', rowId)
    .orderBy('changes.id', 'desc')
    .limit(50)
    .execute();
}
export type History = Awaited<ReturnType<typeof historyOf>>;

/** The slug of an organisation by its id, for who may see it. */
export async function visibleSlug(db: Db | Transaction, viewer: Viewer | null, id: string): Promise<string | undefined> {
  const { rows } = await sql<{
    slug: string;
  }>`select o.slug from organisations o where o.id = ${id}::uuid and ${visibleOrganisations(viewer)}`.execute(db);
  return rows[0]?.slug;
}
