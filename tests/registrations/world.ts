import { sql } from 'kysely';
import { inTransaction } from '../../db/database.ts';
import { findOrCreatePerson } from '../../server/accounts/actions.ts';
import { grantRole } from '../../server/accounts/roles.ts';
import type { TestApp } from '../support/app.ts';

/** Questions as an organiser asks them: one with a condition, a file, and one of the whole delegation. */
export const QUESTIONS = {
  $schema: 'https://example.org/form-definition/1.json',
  key: 'congress-registration',
  version: 1,
  kind: 'registration',
  languages: ['en', 'fr'],
  defaultLanguage: 'en',
  title: { en: 'Registration', fr: 'Inscription' },
  pages: [
    {
      key: 'person',
      title: { en: 'About you', fr: 'À votre sujet' },
      items: [
        {
          key: 'meal',
          type: 'choice',
          required: true,
          label: { en: 'What do you eat?', fr: 'Que mangez-vous ?' },
          choices: [
            { code: 'all', label: { en: 'Everything', fr: 'De tout' } },
            { code: 'other', label: { en: 'Something else', fr: 'Autre chose' } },
          ],
        },
        {
          key: 'diet',
          type: 'shortText',
          required: true,
          visibleWhen: { item: 'meal', op: 'eq', value: 'other' },
          label: { en: 'What exactly?', fr: 'Quoi exactement ?' },
        },
        { key: 'letter', type: 'file', accept: ['pdf'], label: { en: 'Letter of your mayor', fr: 'Lettre de votre maire' } },
      ],
    },
    {
      key: 'delegation',
      per: 'delegation',
      title: { en: 'Your delegation', fr: 'Votre délégation' },
      items: [{ key: 'hotel', type: 'shortText', label: { en: 'Your hotel', fr: 'Votre hôtel' } }],
    },
  ],
};

/** What tests of registrations are made of: a secretariat, cities, people, open events. */
export async function registrationWorld(test: TestApp) {
  const { db } = test;
  const person = (name: string, address: string | null, language = 'en', zone = 'Europe/Madrid') =>
    inTransaction(db, (tx) => findOrCreatePerson(tx, { name, email: address, language, zone }, null));
  const secretariat = await person('Secretariat', 'secretariat@example.org');
  await grantRole(db, null, secretariat, { role: 'secretariat', scopeId: null });
  const asSecretariat = await test.bearer(secretariat);
  const year = test.clock().toZonedDateTimeISO('UTC').year + 1;

  async function city(slug: string, name = slug): Promise<string> {
    const { rows } = await sql<{ id: string }>`
      insert into organisations (slug, name, country, zone, membership) values (${slug}, ${name}, 'ES', 'Europe/Madrid', 'member') returning id`.execute(
      db,
    );
    return rows[0]?.id ?? '';
  }

  async function delegate(
    organisation: string,
    name: string,
    more: { contact?: boolean; language?: string; address?: string | null } = {},
  ) {
    const address = more.address === undefined ? `${name.toLowerCase().replaceAll(' ', '-')}@example.org` : more.address;
    const id = await person(name, address, more.language ?? 'en');
    await db
      .insertInto('affiliations')
      .values({ person_id: id, organisation_id: organisation, is_contact: more.contact ?? false, ended_at: null })
      .execute();
    return id;
  }

  async function openEvent(more: Record<string, unknown> = {}): Promise<string> {
    const event = {
      kind: 'congress',
      title: { en: 'Congress of Educating Cities', fr: 'Congrès des villes éducatrices' },
      languages: ['en', 'fr'],
      zone: 'Europe/Madrid',
      venue: { en: 'Conference Hall' },
      starts: `${year}-05-26T09:00`,
      ends: `${year}-05-29T18:00`,
      registrationOpens: `${year - 2}-01-15T09:00`,
      capacity: 3,
      limitMember: 10,
      paymentDetails: { en: 'IBAN ES00 0000 0000 0000' },
      categories: [{ key: 'member', name: { en: 'Member', fr: 'Membre' }, priceEarly: 25000 }],
      ...more,
    };
    const made = await test.send('POST', '/api/events', event, asSecretariat);
    if (made.statusCode !== 201) throw new Error(made.body);
    const { slug } = made.json<{ slug: string }>();
    const published = await test.send('PUT', `/api/events/${slug}/publication`, {}, asSecretariat);
    if (published.statusCode !== 200) throw new Error(published.body);
    return slug;
  }

  /** Makes an event ask questions. Returns the id of the version. Called again, it makes a newer version. */
  async function ask(slug: string, definition: unknown = QUESTIONS): Promise<string> {
    const { form_id } = await db.selectFrom('events').select('form_id').where('slug', '=', slug).executeTakeFirstOrThrow();
    const formId =
      form_id ??
      (
        await sql<{
          id: string;
        }>`insert into forms (kind, name, draft) values ('registration', '{"en":"Form"}', ${JSON.stringify(definition)}::jsonb) returning id`.execute(
          db,
        )
      ).rows[0]?.id;
    await sql`update events set form_id = ${formId} where slug = ${slug}`.execute(db);
    const { rows } = await sql<{ id: string }>`
      insert into form_versions (form_id, version, major, definition)
      select ${formId}::uuid, coalesce(max(version), 0) + 1, coalesce(max(version), 0) + 1, ${JSON.stringify(definition)}::jsonb
      from form_versions where form_id = ${formId} returning id`.execute(db);
    return rows[0]?.id ?? '';
  }

  /** The last link of that kind that was mailed to somebody, as a path. */
  async function linkIn(address: string, pattern: RegExp): Promise<string> {
    const mail = (await test.mails(address)).findLast(({ text }) => pattern.test(text));
    return pattern.exec(mail?.text ?? '')?.[0] ?? '';
  }

  /** Who is registered for an event and how, by name. */
  const statesOf = async (slug: string) => {
    const { rows } = await sql<{ line: string }>`
      select p.name || ': ' || r.state as line from registrations r join people p on p.id = r.person_id join events e on e.id = r.event_id
      where e.slug = ${slug} order by 1`.execute(test.db);
    return rows.map(({ line }) => line);
  };
  const freeOf = async (slug: string) => (await test.get(`/api/events/${slug}`)).json<{ places: { free: number } }>().places.free;

  return { person, secretariat, asSecretariat, city, delegate, openEvent, ask, linkIn, statesOf, freeOf, year };
}
