import { sql } from 'kysely';
import { type Db, SHARED } from '../../db/database.ts';
import type { RoleName } from '../../db/tables/accounts.ts';
import type { Viewer } from './access.ts';

interface ViewerRow {
  id: string;
  name: string;
  email: string | null;
  language: string;
  zone: string;
  roles: { role: RoleName; scopeId: string | null }[] | null;
  contact_of: string[] | null;
}

const viewerColumns = sql`
  p.id, p.name, p.email, p.language, p.zone,
  (select jsonb_agg(jsonb_build_object('role', r.role, 'scopeId', r.scope_id)) from roles r where r.person_id = p.id and r.revoked_at is null) as roles,
  (select array_agg(a.organisation_id::text) from affiliations a where a.person_id = p.id and a.is_contact and a.ended_at is null) as contact_of`;

/** The person of a sign-in that has neither ended nor expired, with what they may do: one query a request. */
export async function viewerBySignIn(db: Db, tokenHash: Buffer, now: Temporal.Instant) {
  const { rows } = await sql<
    ViewerRow & { sign_in_id: string; last_seen_at: Temporal.Instant }
  >`${SHARED} select s.id as sign_in_id, s.last_seen_at, ${viewerColumns}
    from sign_ins s join people p on p.id = s.person_id
    where s.token_hash = ${tokenHash} and s.ended_at is null and s.expires_at > ${now} and p.erased_at is null`.execute(db);
  const row = rows[0];
  return row && { viewer: { ...viewer(row), signInId: row.sign_in_id, tokenId: null }, lastSeenAt: row.last_seen_at };
}

/** The person of an API token that is not revoked. */
export async function viewerByToken(db: Db, tokenHash: Buffer) {
  const { rows } = await sql<
    ViewerRow & { token_id: string; last_used_at: Temporal.Instant | null }
  >`${SHARED} select t.id as token_id, t.last_used_at, ${viewerColumns}
    from api_tokens t join people p on p.id = t.person_id
    where t.token_hash = ${tokenHash} and t.revoked_at is null and p.erased_at is null`.execute(db);
  const row = rows[0];
  return row && { viewer: { ...viewer(row), signInId: null, tokenId: row.token_id }, lastUsedAt: row.last_used_at };
}

/** The person as a viewer, whoever they are signed in as: for jobs and the demonstration world, which act for somebody. */
export async function viewerOf(db: Db, personId: string): Promise<Viewer | undefined> {
  const { rows } = await sql<ViewerRow>`select ${viewerColumns} from people p where p.id = ${personId}`.execute(db);
  return rows[0] && { ...viewer(rows[0]), signInId: null, tokenId: null };
}

function viewer(row: ViewerRow): Omit<Viewer, 'signInId' | 'tokenId'> {
  return {
    personId: row.id,
    name: row.name,
    email: row.email,
    language: row.language,
    zone: row.zone,
    roles: row.roles ?? [],
    contactOf: row.contact_of ?? [],
  };
}

export interface CurrentAffiliation {
  id: string;
  slug: string;
  name: string;
  title: string;
  isContact: boolean;
}

/** The organisations a person belongs to now. */
export async function currentAffiliations(db: Db, personId: string): Promise<CurrentAffiliation[]> {
  const { rows } = await sql<CurrentAffiliation>`${SHARED} select o.id, o.slug, o.name, a.title, a.is_contact as "isContact"
    from affiliations a join organisations o on o.id = a.organisation_id
    where a.person_id = ${personId} and a.ended_at is null order by o.name`.execute(db);
  return rows;
}

/** What the account page shows: the person, where they are signed in, their tokens, addresses and affiliations. */
export async function account(db: Db, personId: string, now: Temporal.Instant) {
  const [person, addresses, signIns, tokens, affiliations] = await Promise.all([
    db
      .selectFrom('people')
      .select(['id', 'name', 'email', 'language', 'zone', 'gender'])
      .where('id', '=', personId)
      .executeTakeFirstOrThrow(),
    db
      .selectFrom('sign_in_addresses')
      .select(['address', 'confirmed_at as confirmedAt'])
      .where('person_id', '=', personId)
      .orderBy('address')
      .execute(),
    db
      .selectFrom('sign_ins')
      .select(['id', 'device', 'created_at as createdAt', 'last_seen_at as lastSeenAt'])
      .where('person_id', '=', personId)
      .where('ended_at', 'is', null)
      .where('expires_at', '>', now)
      .orderBy('created_at', 'desc')
      .limit(100)
      .execute(),
    db
      .selectFrom('api_tokens')
      .select(['id', 'name', 'created_at as createdAt', 'last_used_at as lastUsedAt'])
      .where('person_id', '=', personId)
      .where('revoked_at', 'is', null)
      .orderBy('created_at', 'desc')
      .limit(100)
      .execute(),
    currentAffiliations(db, personId),
  ]);
  return { person, addresses, signIns, tokens, affiliations };
}
export type Account = Awaited<ReturnType<typeof account>>;

/** The mail for a sign-in link: where it goes, in which language. Undefined when the link no longer works. */
export async function personByAddress(db: Db, address: string) {
  return db
    .selectFrom('sign_in_addresses')
    .innerJoin('people', 'people.id', 'sign_in_addresses.person_id')
    .select(['people.id', 'people.name', 'people.language', 'people.zone'])
    .where('sign_in_addresses.address', '=', address)
    .where('people.erased_at', 'is', null)
    .executeTakeFirst();
}

/** Who holds which role, for the page that grants them. */
export async function roleHolders(db: Db) {
  return db
    .selectFrom('roles')
    .innerJoin('people', 'people.id', 'roles.person_id')
    .select([
      'roles.id',
      'roles.role',
      'roles.scope_id as scopeId',
      'roles.granted_at as grantedAt',
      'people.id as personId',
      'people.name',
      'people.email',
    ])
    .where('roles.revoked_at', 'is', null)
    .orderBy('roles.role')
    .orderBy('people.name')
    .limit(1000)
    .execute();
}

/** A sign-in link with whom it is for; undefined when nobody who is known has the address. */
export async function signInLinkById(db: Db, id: string) {
  return db
    .selectFrom('sign_in_links')
    .innerJoin('sign_in_addresses', 'sign_in_addresses.address', 'sign_in_links.address')
    .innerJoin('people', 'people.id', 'sign_in_addresses.person_id')
    .select([
      'sign_in_links.address',
      'sign_in_links.language',
      'sign_in_links.expires_at as expiresAt',
      'sign_in_links.used_at as usedAt',
      'people.id as personId',
      'people.name',
    ])
    .where('sign_in_links.id', '=', id)
    .where('people.erased_at', 'is', null)
    .executeTakeFirst();
}
