import { sql } from 'kysely';
import type { Db } from '../../db/database.ts';
import { sweepMailings } from '../../workers/mailings.ts';
import { renderers } from '../../workers/mails.ts';
import { sweepSends } from '../../workers/sends.ts';
import { makeWorld } from '../places/world.ts';
import type { TestApp } from '../support/app.ts';

export interface Office {
  secretariat: string;
  organiser: string;
  eventId: string;
  slug: string;
  /** In the order in which they were made. */
  people: { id: string; address: string; language: string; zone: string }[];
  categoryId: string;
  poolId: string;
}

const ZONES = ['Europe/Madrid', 'America/Sao_Paulo', 'Asia/Seoul', 'Atlantic/Cape_Verde'];
const LANGUAGES = ['en', 'fr', 'es', 'pt'];

/** An event in half a year, its organiser, the secretariat, and contacts of cities who read four languages in four zones. */
export async function mailingOffice(db: Db, people: number, starts = '2027-05-26T07:00:00Z'): Promise<Office> {
  const world = await makeWorld(db, { places: 100, limit: null, organisations: people, people: 1, starts });
  const slug = `congress-${world.eventId.slice(-6)}`;
  await sql`update events set slug = ${slug}, title = '{"en":"The Congress","fr":"Le Congrès"}', venue = '{"en":"Town hall"}' where id = ${world.eventId}`.execute(
    db,
  );
  const rows = world.people.flat().map((id, n) => ({
    id,
    address: `contact-${n}@city-${n % 5}.example.org`,
    language: LANGUAGES[n % 4] ?? 'en',
    zone: ZONES[n % 4] ?? 'UTC',
    organisation: world.organisationIds[n],
  }));
  await sql`
    update people p set email = r.address, language = r.language, zone = r.zone, name = 'Contact ' || lpad(r.n::text, 4, '0')
    from rows from (jsonb_to_recordset(${JSON.stringify(rows.map((row, n) => ({ ...row, n })))}::jsonb) as (id uuid, address text, language text, zone text, n int)) r
    where p.id = r.id`.execute(db);
  await sql`
    insert into affiliations (person_id, organisation_id, title, is_contact)
    select id, organisation, 'Councillor', true from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id uuid, organisation uuid)`.execute(
    db,
  );
  const staff = async (role: string, scope: string | null) => {
    const { rows: made } = await sql<{ id: string }>`
      insert into people (name, email, zone) values (${role}, ${`${role}-${slug}@example.org`}, 'Europe/Madrid') returning id`.execute(
      db,
    );
    const id = made[0]?.id ?? '';
    await sql`insert into roles (person_id, role, scope_id) values (${id}, ${role}, ${scope})`.execute(db);
    return id;
  };
  return {
    secretariat: await staff('secretariat', null),
    organiser: await staff('organiser', world.eventId),
    eventId: world.eventId,
    slug,
    people: rows.map(({ organisation: _organisation, ...row }) => row),
    categoryId: world.categoryIds[0] ?? '',
    poolId: world.poolId,
  };
}

/** Makes a participant of somebody. */
export const takePart = ({ eventId, categoryId, poolId }: Office, db: Db, personId: string) =>
  sql`insert into registrations (event_id, person_id, category_id, state, pool_ids, currency, reference, confirmed_at)
    values (${eventId}, ${personId}, ${categoryId}, 'confirmed', array[${poolId}::uuid], 'EUR', 'R-' || ${personId}::text, now())`.execute(
    db,
  );

export const TEXTS = {
  en: { subject: 'News for {{name}}', body: 'Dear {{name}},\n\n**Hello** {{organisation}}.\n\n- one\n- two' },
  fr: { subject: 'Nouvelles pour {{name}}', body: 'Bonjour {{name}},\n\nÀ bientôt.' },
};

/** What the workers do each minute, and whatever that brings about. */
export async function minute(test: TestApp): Promise<void> {
  await sweepMailings(test.system);
  await test.drain();
  await sweepSends(test.system, renderers);
  await test.drain();
  await sweepMailings(test.system);
}
