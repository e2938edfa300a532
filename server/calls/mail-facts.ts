import { sql } from 'kysely';
import type { Db } from '../../db/database.ts';

/** Somebody to be told, about one entry or for one organisation. */
export interface Reader {
  id: string;
  name: string;
  email: string;
  language: string;
  zone: string;
  /** The entry it is about; null where there is none. */
  entryId: string | null;
}

/** Who writes these entries: the contacts of their cities and their authors, each once an entry. */
export async function writersOf(db: Db, entryIds: readonly string[]): Promise<Reader[]> {
  const { rows } = await sql<Reader>`
    select distinct p.id, p.name, p.email, p.language, p.zone, n.id as "entryId" from entries n join people p on p.erased_at is null
      and p.email is not null and (exists (select from affiliations a where a.person_id = p.id and a.organisation_id = n.organisation_id
        and a.is_contact and a.ended_at is null) or exists (select from entry_authors w where w.entry_id = n.id and w.person_id = p.id))
    where n.id = any (${[...entryIds]}::uuid[]) order by p.id`.execute(db);
  return rows;
}

/** The entries of a call that are on their way: drafts and submitted ones. */
export async function livingEntries(db: Db, callId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('entries')
    .select('id')
    .where('call_id', '=', callId)
    .where('state', 'in', ['draft', 'submitted', 'eligible'])
    .execute();
  return rows.map(({ id }) => id);
}

/** The entries that a jury decided about: submitted and not withdrawn. */
export async function decidedEntries(db: Db, callId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('entries')
    .select('id')
    .where('call_id', '=', callId)
    .where('state', 'in', ['laureate', 'mention', 'not-selected'])
    .execute();
  return rows.map(({ id }) => id);
}

/** Whoever sat on the jury of a call until its end. */
export async function juryToTell(db: Db, callId: string): Promise<Reader[]> {
  const { rows } = await sql<Reader>`
    select p.id, p.name, p.email, p.language, p.zone from jury_members m join people p on p.id = m.person_id
    where m.call_id = ${callId} and m.ended_at is null and p.email is not null and p.erased_at is null order by p.id`.execute(db);
  return rows;
}

/** The contacts of an organisation. */
export async function contactsToTell(db: Db, organisationId: string): Promise<Reader[]> {
  const { rows } = await sql<Reader>`
    select distinct p.id, p.name, p.email, p.language, p.zone, null::uuid as "entryId" from people p join affiliations a on a.person_id = p.id
    where a.organisation_id = ${organisationId} and a.is_contact and a.ended_at is null and p.erased_at is null and p.email is not null`.execute(
    db,
  );
  return rows;
}

/** Everybody of the secretariat. */
export async function secretariatToTell(db: Db): Promise<Reader[]> {
  const { rows } = await sql<Reader>`
    select distinct p.id, p.name, p.email, p.language, p.zone, null::uuid as "entryId" from people p join roles r on r.person_id = p.id
    where r.role = 'secretariat' and r.revoked_at is null and p.erased_at is null and p.email is not null`.execute(db);
  return rows;
}

/** One person as a mail addresses them. */
export async function readerById(db: Db, id: string): Promise<Omit<Reader, 'entryId'> | undefined> {
  const { rows } = await sql<
    Omit<Reader, 'entryId'>
  >`select id, name, email, language, zone from people where id = ${id}`.execute(db);
  return rows[0];
}

/** A question for an exception with what a mail says of it. */
export async function exceptionFacts(db: Db, id: string) {
  return db
    .selectFrom('entry_exceptions as x')
    .innerJoin('organisations as o', 'o.id', 'x.organisation_id')
    .select([
      'x.id',
      'x.call_id as callId',
      'x.organisation_id as organisationId',
      'o.name as organisation',
      'x.rule',
      'x.reason',
      'x.state',
      'x.decision',
    ])
    .where('x.id', '=', id)
    .executeTakeFirst();
}

/** The reason that was given for an extension, and the deadline it set. */
export async function extensionFacts(db: Db, id: string) {
  return db.selectFrom('call_extensions').select(['reason', 'to_local as to']).where('id', '=', id).executeTakeFirst();
}
