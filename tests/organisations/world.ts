import { sql } from 'kysely';
import type { Db } from '../../db/database.ts';
import type { TestApp } from '../support/app.ts';

export interface Somebody {
  id: string;
  /** Headers of their program and of their browser. */
  token: { authorization: string };
  cookie: { cookie: string };
}

export interface World {
  networks: Record<'portuguese' | 'spanish', string>;
  organisations: Record<string, string>;
  secretariat: Somebody;
  admin: Somebody;
  /** Coordinates the Portuguese network. */
  coordinator: Somebody;
  /** Contact of Granollers. */
  contact: Somebody;
  /** Has no role and no organisation. */
  nobody: Somebody;
}

/** Two networks, some cities in each, and one person of every kind. */
export async function makeWorld(test: TestApp): Promise<World> {
  const { db } = test;
  const networks = {
    portuguese: await network(db, 'portuguese', 'Portuguese Network'),
    spanish: await network(db, 'spanish', 'Spanish Network (RECE)'),
  };
  const organisations: Record<string, string> = {};
  for (const [slug, name, country, zone, of] of [
    ['barcelona', 'Barcelona', 'ES', 'Europe/Madrid', networks.spanish],
    ['granollers', 'Granollers', 'ES', 'Europe/Madrid', networks.spanish],
    ['leon', 'León', 'ES', 'Europe/Madrid', networks.spanish],
    ['torres-vedras', 'Torres Vedras', 'PT', 'Europe/Lisbon', networks.portuguese],
    ['lisboa', 'Lisboa', 'PT', 'Europe/Lisbon', networks.portuguese],
  ] as const) {
    organisations[slug] = await organisation(db, slug, name, country, zone, of);
  }
  const secretariat = await somebody(test, 'Secretariat');
  const admin = await somebody(test, 'Administration');
  const coordinator = await somebody(test, 'Coordination, Portuguese Network');
  const contact = await somebody(test, 'International Relations, Granollers');
  await role(db, secretariat.id, 'secretariat', null);
  await role(db, admin.id, 'admin', null);
  await role(db, coordinator.id, 'coordinator', networks.portuguese);
  await db
    .insertInto('affiliations')
    .values({ person_id: contact.id, organisation_id: organisations.granollers ?? '', is_contact: true, known_as: null })
    .execute();
  return {
    networks,
    organisations,
    secretariat,
    admin,
    coordinator,
    contact,
    nobody: await somebody(test, 'Nobody in particular'),
  };
}

export async function somebody(
  test: TestApp,
  name: string,
  address = `${name.toLowerCase().replace(/[^a-z]+/g, '.')}@example.org`,
): Promise<Somebody> {
  const { id } = await test.db
    .insertInto('people')
    .values({ name, email: address, language: 'en', erased_at: null })
    .returning('id')
    .executeTakeFirstOrThrow();
  await test.db.insertInto('sign_in_addresses').values({ address, person_id: id, confirmed_at: test.clock() }).execute();
  return { id, token: await test.bearer(id), cookie: await test.signedIn(id) };
}

async function network(db: Db, slug: string, name: string): Promise<string> {
  const { rows } = await sql<{
    id: string;
  }>`insert into networks (slug, name) values (${slug}, ${JSON.stringify({ en: name })}::jsonb) returning id`.execute(db);
  return rows[0]?.id ?? '';
}

async function organisation(
  db: Db,
  slug: string,
  name: string,
  country: string,
  zone: string,
  networkId: string,
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    with made as (insert into organisations (slug, name, country, zone, languages) values (${slug}, ${name}, ${country}, ${zone}, '{es}') returning id),
      placed as (insert into organisation_networks (organisation_id, network_id) select id, ${networkId}::uuid from made)
    select id from made`.execute(db);
  return rows[0]?.id ?? '';
}

async function role(
  db: Db,
  personId: string,
  name: 'admin' | 'secretariat' | 'coordinator',
  scopeId: string | null,
): Promise<void> {
  await db
    .insertInto('roles')
    .values({ person_id: personId, role: name, scope_id: scopeId, granted_by: null, revoked_at: null })
    .execute();
}

/** A form with one file, as a browser sends it. */
export function upload(
  content: Uint8Array | string,
  fileName = 'cities.csv',
): { payload: Buffer; headers: Record<string, string> } {
  const boundary = 'convivium-test-boundary';
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${fileName}"\r\ncontent-type: text/csv\r\n\r\n`;
  return {
    payload: Buffer.concat([Buffer.from(head), Buffer.from(content), Buffer.from(`\r\n--${boundary}--\r\n`)]),
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}`, 'sec-fetch-site': 'same-origin' },
  };
}
