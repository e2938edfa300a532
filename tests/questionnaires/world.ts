import { sql } from 'kysely';
import type { Db } from '../../db/database.ts';
import type { Viewer } from '../../server/accounts/access.ts';
import { createQuestionnaire, openQuestionnaire } from '../../server/questionnaires/actions.ts';
import { sealingKey } from '../../server/questionnaires/anonymity.ts';
import { askingToken } from '../../server/questionnaires/askings.ts';
import { type Asked, askedBy, definitionOf } from '../../server/questionnaires/queries.ts';
import { makeWorld, secretariat } from '../places/world.ts';

export const SECRET = 'a secret of the tests, as long as it has to be';
export const KEY = sealingKey(SECRET);

export interface Opened {
  id: string;
  eventId: string;
  /** In no order: the link of each person. */
  people: { personId: string; token: string; address: string }[];
  viewer: Viewer;
}

/** An event that ended yesterday with so many participants, all asked by a questionnaire that is open. */
export async function openedQuestionnaire(
  db: Db,
  shape: {
    people: number;
    privacy?: 'named' | 'confidential' | 'anonymous';
    definition?: Record<string, unknown>;
    now: Temporal.Instant;
    secret?: string;
  },
): Promise<Opened> {
  const { now, secret = SECRET } = shape;
  const starts = now.subtract({ hours: 96 }).toString({ smallestUnit: 'second' });
  const world = await makeWorld(db, { places: shape.people, limit: null, organisations: 1, people: shape.people, starts });
  const people = world.people.flat();
  await sql`update people set email = 'somebody-' || id || '@example.org' where id = any (${people}::uuid[])`.execute(db);
  await sql`
    insert into registrations (event_id, person_id, category_id, state, pool_ids, currency, reference, confirmed_at)
    select ${world.eventId}, p, ${world.categoryIds[0]}, 'confirmed', array[${world.poolId}::uuid], 'EUR', 'R-' || p, now()
    from unnest(${people}::uuid[]) p`.execute(db);
  const { rows } = await sql<{ id: string }>`insert into people (name) values ('Secretariat') returning id`.execute(db);
  const viewer = secretariat(rows[0]?.id ?? '');
  const slug = await db.selectFrom('events').select('slug').where('id', '=', world.eventId).executeTakeFirstOrThrow();
  const id = await createQuestionnaire(
    db,
    viewer,
    { event: slug.slug, title: {}, privacy: shape.privacy, definition: shape.definition, reminderDays: [] },
    { now, defaultZone: 'UTC' },
  );
  await openQuestionnaire(db, viewer, id, { secret, now });
  const askings = await db
    .selectFrom('askings')
    .innerJoin('people', 'people.id', 'askings.person_id')
    .select(['askings.id', 'people.id as personId', 'people.email'])
    .where('questionnaire_id', '=', id)
    .execute();
  return {
    id,
    eventId: world.eventId,
    viewer,
    people: askings.map((asking) => ({
      personId: asking.personId,
      token: askingToken(secret, asking.id),
      address: asking.email ?? '',
    })),
  };
}

export async function askedWith(
  db: Db,
  token: string,
): Promise<{ asked: Asked; definition: Awaited<ReturnType<typeof definitionOf>> }> {
  const asked = await askedBy(db, token);
  return { asked, definition: await definitionOf(db, asked.formVersionId) };
}

/** A questionnaire in which everybody's answer is their own number, so that a test can tell whose it is. */
export const NUMBERED = {
  key: 'numbered',
  kind: 'questionnaire',
  languages: ['en'],
  defaultLanguage: 'en',
  title: { en: 'Numbered' },
  pages: [
    {
      key: 'page',
      items: [
        { key: 'no', type: 'number', label: { en: 'Number' } },
        { key: 'words', type: 'longText', label: { en: 'Words' } },
      ],
    },
  ],
};
