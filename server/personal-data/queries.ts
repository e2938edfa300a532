import { sql } from 'kysely';
import type { Db, Transaction } from '../../db/database.ts';
import { HOLDINGS, type Subject } from './holdings.ts';
import type { Ties } from './rules.ts';

export interface PersonalData {
  /** By table: each row that is about the person, as far as it says something of them. */
  [table: string]: Record<string, unknown>[];
}

/** Somebody who is not erased, as the tables know them, or undefined. */
export async function subjectOf(db: Db | Transaction, personId: string): Promise<Subject | undefined> {
  const { rows } = await sql<Subject>`
    select p.id as "personId", p.name,
      array(select lower(a) from unnest(array(select address::text from sign_in_addresses where person_id = p.id) || p.email) a
        where a is not null) as addresses,
      array(select id from registrations where person_id = p.id) as "registrationIds"
    from people p where p.id = ${personId} and p.erased_at is null`.execute(db);
  return rows[0];
}

/** Everything that is held of somebody, in one statement. */
export async function personalData(db: Db, of: Subject): Promise<PersonalData> {
  const parts = HOLDINGS.map(
    ({ table, rows, shown }) => sql`${sql.lit(table)},
      (select coalesce(jsonb_agg(to_jsonb(s)), '[]') from (select ${sql.raw(shown)} from ${sql.table(table)} h where ${rows(of)}) s)`,
  );
  // A function takes a hundred arguments: two objects, put together.
  const half = Math.ceil(parts.length / 2);
  const objects = [parts.slice(0, half), parts.slice(half)].map((some) => sql`jsonb_build_object(${sql.join(some)})`);
  const { rows } = await sql<{ data: PersonalData }>`select ${sql.join(objects, sql` || `)} as data`.execute(db);
  return rows[0]?.data ?? {};
}

/** What keeps somebody from being erased as yet. */
export async function tiesOf(db: Db | Transaction, of: Subject, now: Temporal.Instant): Promise<Ties> {
  const { rows } = await sql<Ties>`
    select
      exists (select from roles where person_id = ${of.personId} and role = 'admin' and revoked_at is null) and not exists (
        select from roles r join people p on p.id = r.person_id
        where r.role = 'admin' and r.revoked_at is null and p.erased_at is null and p.id <> ${of.personId}) as "lastAdmin",
      (select count(*)::int from registrations r join events e on e.id = r.event_id
        where r.id = any (${of.registrationIds}::uuid[]) and r.state in ('confirmed', 'waiting', 'pending')
          and e.ends_at > ${now} and e.cancelled_at is null) as registrations,
      (select count(*)::int from jury_members m join calls c on c.id = m.call_id
        where m.person_id = ${of.personId} and m.ended_at is null and c.published_at is not null
          and c.results_published_at is null and c.cancelled_at is null) as juries`.execute(db);
  return rows[0] ?? { lastAdmin: false, registrations: 0, juries: 0 };
}
