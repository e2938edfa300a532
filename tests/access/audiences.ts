import { sql } from 'kysely';
import type { Db } from '../../db/database.ts';

/** Everybody who may knock, in the order of the columns of `expected.txt`. */
export const AUDIENCES = [
  ['N', 'nobody is signed in'],
  ['P', 'a person without role or organisation'],
  ['M', 'a person of the city, who takes part in the event'],
  ['C', "the city's contact"],
  ['c', "another city's contact, of another network"],
  ['O', "the event's organiser"],
  ['o', "another event's organiser"],
  ['K', 'coordinator of the network'],
  ['k', 'coordinator of another network'],
  ['S', 'secretariat'],
  ['A', 'administrator'],
  ['X', 'an ended sign-in, a revoked token'],
] as const;
export type Audience = (typeof AUDIENCES)[number][0];

export async function newPerson(db: Db, key: string, name: string): Promise<string> {
  const address = `${key === key.toUpperCase() ? `big-${key.toLowerCase()}` : key}@example.org`;
  const { rows } = await sql<{ id: string }>`
    with made as (insert into people (name, email, language, zone) values (${name}, ${address}, 'en', 'Europe/Madrid') returning id),
      known as (insert into sign_in_addresses (address, person_id, confirmed_at) select ${address}, id, now() from made)
    select id from made`.execute(db);
  return rows[0]?.id ?? '';
}

export async function affiliate(db: Db, personId: string, organisationId: string, contact: boolean): Promise<void> {
  await sql`insert into affiliations (person_id, organisation_id, is_contact) values (${personId}, ${organisationId}, ${contact})`.execute(
    db,
  );
}
