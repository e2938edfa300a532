import { type RawBuilder, sql } from 'kysely';
import type { Db, Transaction } from '../../db/database.ts';
import { isSecretariat, type Viewer } from '../accounts/access.ts';
import { decodeCursor, type Page, pageOf } from '../http/cursor.ts';
import type { PersonFilter } from './input.ts';
import { visibleOrganisations } from './queries.ts';
import { containing, searchWords } from './rules.ts';

export interface Affiliation {
  id: string;
  organisation: { id: string; slug: string; name: string; country: string };
  title: string;
  isContact: boolean;
}

export interface PersonRow {
  id: string;
  /** As the viewer may know it: of somebody who merely joined a roster by address, the name that was typed there. */
  name: string;
  email: string | null;
  /** Mail goes there and nobody signs in with it; false without an address. */
  sharedEmail: boolean;
  language: string | null;
  zone: string | null;
  /** They have signed in with one of their addresses. */
  confirmed: boolean;
  /** Nothing but the roster's own words may be shown. */
  joined: boolean;
  affiliations: Affiliation[];
}

/**
 * The people of a viewer as they may be known, as a table: somebody of whom only rosters with a typed name are seen has that name
 * and nothing else.
 */
function known(viewer: Viewer | null): RawBuilder<unknown> {
  if (isSecretariat(viewer))
    return sql`(select p.id, p.name, p.email, p.language, p.zone, false as joined from people p where p.erased_at is null)`;
  const own = (column: RawBuilder<unknown>, otherwise: RawBuilder<unknown>) =>
    sql`case when bool_or(a.known_as is null) then ${column} else ${otherwise} end`;
  const nothing = sql`null`;
  return sql`(
    select p.id, ${own(sql`p.name`, sql`min(a.known_as)`)} as name, ${own(sql`p.email`, nothing)} as email,
      ${own(sql`p.language`, nothing)} as language, ${own(sql`p.zone`, nothing)} as zone, not bool_or(a.known_as is null) as joined
    from affiliations a join organisations o on o.id = a.organisation_id join people p on p.id = a.person_id
    where a.ended_at is null and p.erased_at is null and ${visibleOrganisations(viewer)} group by p.id)`;
}

interface Row extends PersonRow {
  sortName: string;
}

function select(viewer: Viewer | null, where: RawBuilder<unknown>, rest: RawBuilder<unknown>) {
  return sql<Row>`
    select q.id, q.name, fold(q.name) as "sortName", q.email, q.language, q.zone, q.joined,
      q.email is not null and not exists (select from sign_in_addresses s where s.person_id = q.id and s.address = q.email::citext) as "sharedEmail",
      exists (select from sign_in_addresses s where s.person_id = q.id and s.confirmed_at is not null) as confirmed,
      coalesce((select jsonb_agg(jsonb_build_object('id', a.id, 'title', a.title, 'isContact', a.is_contact,
          'organisation', jsonb_build_object('id', o.id, 'slug', o.slug, 'name', o.name, 'country', o.country)) order by fold(o.name), o.id)
        from affiliations a join organisations o on o.id = a.organisation_id
        where a.person_id = q.id and a.ended_at is null and ${visibleOrganisations(viewer)}), '[]') as affiliations
    from ${known(viewer)} q where ${where} ${rest}`;
}

function plain({ sortName: _name, ...row }: Row): PersonRow {
  return row;
}

/** One page of the people this person may see, by name. A search meets only what is shown. */
export async function personPage(
  db: Db,
  viewer: Viewer | null,
  filter: PersonFilter,
  page: { cursor?: string; limit: number },
): Promise<Page<PersonRow>> {
  const after = decodeCursor(page.cursor, 2);
  const parts: RawBuilder<unknown>[] = [sql`true`];
  for (const word of searchWords(filter.q)) {
    const pattern = containing(word);
    parts.push(word.includes('@') ? sql`lower(q.email) like lower(${pattern})` : sql`fold(q.name) like fold(${pattern})`);
  }
  const affiliated = (
    extra: RawBuilder<unknown>,
  ) => sql`exists (select from affiliations a join organisations o on o.id = a.organisation_id
    where a.person_id = q.id and a.ended_at is null and ${visibleOrganisations(viewer)} and ${extra})`;
  if (filter.organisation) parts.push(affiliated(sql`o.slug = ${filter.organisation}`));
  if (filter.contact) parts.push(affiliated(sql`a.is_contact`));
  if (after) parts.push(sql`(fold(q.name), q.id) > (${after[0]}, ${after[1]}::uuid)`);
  const { rows } = await select(
    viewer,
    sql.join(parts, sql` and `),
    sql`order by fold(q.name), q.id limit ${page.limit + 1}`,
  ).execute(db);
  const { items, next } = pageOf(rows, page.limit, (row) => [row.sortName, row.id]);
  return { items: items.map(plain), next };
}

/** All of them, a thousand at a time, for an export. */
export async function* everyPerson(db: Db, viewer: Viewer | null, filter: PersonFilter): AsyncGenerator<PersonRow> {
  let cursor: string | undefined;
  do {
    const page = await personPage(db, viewer, filter, { cursor, limit: 1000 });
    yield* page.items;
    cursor = page.next ?? undefined;
  } while (cursor);
}

/** A person as this viewer may know them, or undefined. */
export async function personById(db: Db | Transaction, viewer: Viewer | null, id: string): Promise<PersonRow | undefined> {
  const { rows } = await select(viewer, sql`q.id = ${id}::uuid`, sql``).execute(db);
  return rows[0] && plain(rows[0]);
}

export interface RosterRow {
  affiliationId: string;
  personId: string;
  name: string;
  email: string | null;
  title: string;
  isContact: boolean;
  joined: boolean;
}

/** The people of an organisation. Whether the viewer may see it, the caller has asked. Contacts first, then by name. */
export async function rosterOf(db: Db, viewer: Viewer | null, organisationId: string): Promise<RosterRow[]> {
  const joined = isSecretariat(viewer) ? sql`false` : sql`a.known_as is not null`;
  const { rows } = await sql<RosterRow>`
    select a.id as "affiliationId", p.id as "personId", case when ${joined} then a.known_as else p.name end as name,
      case when ${joined} then null else p.email end as email, a.title, a.is_contact as "isContact", ${joined} as joined
    from affiliations a join people p on p.id = a.person_id
    where a.organisation_id = ${organisationId} and a.ended_at is null and p.erased_at is null
    order by a.is_contact desc, fold(case when ${joined} then a.known_as else p.name end), a.id limit 1000`.execute(db);
  return rows;
}

/** The roles of a person with the names of what they are for. */
export async function rolesOf(db: Db | Transaction, personId: string) {
  const { rows } = await sql<{ id: string; role: string; scopeId: string | null; network: Record<string, string> | null }>`
    select r.id, r.role, r.scope_id as "scopeId", n.name as network
    from roles r left join networks n on n.id = r.scope_id
    where r.person_id = ${personId} and r.revoked_at is null order by r.role, r.id`.execute(db);
  return rows;
}
