import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { grantRole } from '../../server/accounts/roles.ts';
import { CORE } from '../../server/questionnaires/core.ts';
import { registrationWorld } from '../registrations/world.ts';
import { testApp } from '../support/app.ts';
import { pdfText } from '../support/pdf.ts';
import { readWorkbook } from '../support/workbook.ts';

const test = await testApp();
const { db } = test;
const world = await registrationWorld(test);
const { year } = world;
const cookie = await test.signedIn(world.secretariat);

/** An event with people of two cities: their gender, and whether they come again. */
async function event(
  title: string,
  people: { of: string; gender: 'woman' | 'man' | null; id?: string }[],
  more: Record<string, unknown> = {},
) {
  const slug = await world.openEvent({ title: { en: title, fr: title }, capacity: 500, limitMember: 500, ...more });
  const { id } = await db.selectFrom('events').select('id').where('slug', '=', slug).executeTakeFirstOrThrow();
  const ids: string[] = [];
  for (const [n, one] of people.entries()) {
    const personId = one.id ?? (await world.person(`${title} ${n}`, null, n % 2 === 0 ? 'en' : 'fr'));
    await sql`update people set gender = ${one.gender} where id = ${personId}`.execute(db);
    await sql`insert into registrations (event_id, person_id, organisation_id, category_id, state, pool_ids, amount, currency, reference, confirmed_at)
      select ${id}, ${personId}, ${one.of}, c.id, 'confirmed', '{}', 25000, 'EUR', ${`${slug}-${n}`}, now() from categories c where c.event_id = ${id} limit 1`.execute(
      db,
    );
    ids.push(personId);
  }
  return { slug, id, people: ids };
}

const [lleida, lyon] = [await world.city('lleida', 'Lleida'), await world.city('lyon', 'Lyon')];
await sql`update organisations set country = 'FR', latitude = 45.76, longitude = 4.84 where id = ${lyon}`.execute(db);
await sql`insert into networks (slug, name) values ('rece', '{"en":"Spanish Network"}'), ('french', '{"en":"French Network"}')`.execute(
  db,
);
await sql`insert into organisation_networks select ${lleida}, id from networks where slug = 'rece'`.execute(db);
const many = (n: number, of: string, gender: 'woman' | 'man' | null) => Array.from({ length: n }, () => ({ of, gender }));
const before = await event('Meeting before', many(3, lleida, null), {
  starts: `${year - 1}-05-26T09:00`,
  ends: `${year - 1}-05-27T09:00`,
});
const congress = await event('Congress', [
  ...before.people.map((id) => ({ of: lleida, gender: 'man' as const, id })),
  ...many(6, lyon, 'woman'),
  ...many(3, lleida, 'man'),
  ...many(4, lleida, null),
]);
const report = async (path = `/api/events/${congress.slug}/report`) => (await test.get(path, world.asSecretariat)).json();

describe('the report of an event', () => {
  it('says who took part, from where, in which languages, and who for the first time', async () => {
    const found = await report();
    expect(found).toMatchObject({ registrations: 16, people: 16, cities: 2, countries: 2, firstTimers: 13 });
    expect(found.byCountry).toEqual([
      { key: 'ES', name: null, people: 10, cities: 1 },
      { key: 'FR', name: null, people: 6, cities: 1 },
    ]);
    expect(found.byNetwork).toEqual([{ key: 'rece', name: { en: 'Spanish Network' }, people: 10, cities: 1 }]);
    expect(found.places).toEqual([{ name: 'Lyon', latitude: 45.76, longitude: 4.84, people: 6 }]);
    expect(found.money).toEqual([{ currency: 'EUR', due: 400_000, received: 0 }]);
  });

  it('gives shares of gender of those who said it, and none that would tell of few', async () => {
    expect((await report()).gender).toEqual({ participants: { said: 75, women: 50, men: 50 }, speakers: null, juries: null });
    const small = await event('Seminar', [...many(12, lyon, 'woman'), ...many(2, lleida, 'man')]);
    expect((await report(`/api/events/${small.slug}/report`)).gender.participants).toBe(null);
  });

  it('says what participants thought where at least five answered, from what was published', async () => {
    const form = await sql<{
      id: string;
    }>`insert into forms (kind, name, draft) values ('questionnaire', '{"en":"Core"}', ${JSON.stringify(CORE)}::jsonb) returning id`.execute(
      db,
    );
    const version = await sql<{ id: string }>`insert into form_versions (form_id, version, major, definition)
      values (${form.rows[0]?.id}, 1, 1, ${JSON.stringify(CORE)}::jsonb) returning id`.execute(db);
    const asked = await sql<{
      id: string;
    }>`insert into questionnaires (event_id, title, privacy, form_id, form_version_id, zone, opened_at, closed_at, settled_at)
      values (${congress.id}, '{"en":"How was it?"}', 'anonymous', ${form.rows[0]?.id}, ${version.rows[0]?.id}, 'UTC', now(), now(), now()) returning id`.execute(
      db,
    );
    const item = CORE.pages.flatMap(({ items }) => items).find((one) => 'concept' in one && one.concept === 'nps');
    await sql`insert into published_figures (questionnaire_id, item_key, base, counts) values (${asked.rows[0]?.id}, ${item?.key}, 10, '{"10":6,"7":3,"2":1}')`.execute(
      db,
    );
    expect((await report()).events[0].satisfaction).toEqual({ score: 50, base: 10, asked: 0 });
  });

  it('says who was there and who did not come, once an event with a door is over', async () => {
    expect((await report(`/api/events/${before.slug}/report`)).attendance).toBe(null);
    const [one, other] = before.people;
    for (const person of [one, other, one])
      await sql`
        with step as (insert into check_in_steps (id, event_id, registration_id, person_id, kind, at, by, received_at)
          select gen_random_uuid(), ${before.id}, r.id, ${person}, 'in', now(), ${world.secretariat}, now() from registrations r
          where r.event_id = ${before.id} and r.person_id = ${person} returning *)
        insert into check_ins (event_id, registration_id, person_id, came_at, step_id, changed_at)
        select event_id, registration_id, person_id, at, id, at from step on conflict do nothing`.execute(db);
    await sql`update events set ends_at = ${test.clock().subtract({ hours: 1 })} where id = ${before.id}`.execute(db);
    expect((await report(`/api/events/${before.slug}/report`)).attendance).toEqual({ attended: 2, noShows: 1 });
  });

  it('is a page, a document and a workbook that say the same', async () => {
    const at = `/back-office/events/${congress.slug}/report`;
    const page = await test.get(at, cookie);
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain('+50');
    expect(page.body).toContain('50% women, 50% men; 75% said it');
    const pdf = await test.get(`${at}.pdf`, cookie);
    expect([pdf.headers['content-type'], pdf.rawPayload.subarray(0, 8).toString()]).toEqual(['application/pdf', '%PDF-1.7']);
    const [text] = pdfText(pdf.rawPayload);
    for (const words of [
      'People 16',
      'Cities 2',
      'Countries 2',
      'For the first time 13',
      'Would recommend (NPS): +50',
      'Spain 10',
      'France 6',
    ])
      expect(text).toContain(words);
    expect(text?.replaceAll('\u00a0', ' ')).toContain('Participants 50 % women, 50 % men; 75 % said it');
    const rows = readWorkbook((await test.get(`${at}.xlsx`, cookie)).rawPayload);
    expect(rows).toContainEqual(['In short', null, 'For the first time', 13]);
    expect(rows).toContainEqual(['By country', 'France', 'People', 6]);
  });
});

describe('the report of a year', () => {
  it('counts each person once, and is read by the coordinator of a network for that network alone', async () => {
    await sql`update events set network_id = (select id from networks where slug = 'rece') where id = ${congress.id}`.execute(db);
    const whole = await report(`/api/reports/${year}`);
    expect([whole.events.length, whole.registrations, whole.people]).toEqual([2, 30, 30]);
    expect((await report(`/api/reports/${year}?network=rece`)).people).toBe(16);
    const { id } = await db.selectFrom('networks').select('id').where('slug', '=', 'rece').executeTakeFirstOrThrow();
    const coordinator = await world.person('Coordinator', 'coordinator@example.org');
    await grantRole(db, null, coordinator, { role: 'coordinator', scopeId: id });
    const asCoordinator = await test.signedIn(coordinator);
    expect((await test.get(`/back-office/reports/${year}?network=french`, asCoordinator)).statusCode).toBe(404);
    const own = await test.get(`/back-office/reports/${year}`, asCoordinator);
    expect(own.body).toContain('Spanish Network');
    expect(own.body).not.toContain('Seminar');
    expect(own.body).not.toContain('For everybody');
  });

  it('asks the database as often for many events as for few', async () => {
    const count = async (path: string) => {
      let queries = 0;
      const add = () => void (queries += 1);
      test.system.pool.on('acquire', add);
      expect((await test.get(path, cookie)).statusCode).toBe(200);
      test.system.pool.off('acquire', add);
      return queries;
    };
    const few = await count(`/back-office/reports/${year - 1}`);
    expect(few).toBeGreaterThan(5);
    expect(await count(`/back-office/reports/${year}`)).toBe(few);
  });

  it('is read by everybody once it is released, with the figures of that day, until it is withdrawn', async () => {
    expect((await test.get(`/transparency/${year}`)).statusCode).toBe(404);
    const released = await test.post(`/back-office/reports/${year}/release`, { 'note[en]': 'A good year.' }, cookie);
    expect(released.headers.location).toBe(`/back-office/reports/${year}?done=yearReleased`);
    await event('Later', many(5, lyon, null));
    const open = (await test.get(`/api/transparency/${year}`)).json();
    expect([open.people, open.note]).toEqual([30, { en: 'A good year.' }]);
    expect((await test.get(`/transparency/${year}`)).body).toContain('A good year.');
    expect((await test.get('/transparency')).body).toContain(`href="/transparency/${year}"`);
    const empty = await test.send('PUT', '/api/reports/1999/publication', {}, world.asSecretariat);
    expect(empty.statusCode).toBe(409);
    await test.post(`/back-office/reports/${year}/release/removal`, {}, cookie);
    expect((await test.get(`/transparency/${year}`)).statusCode).toBe(404);
  });
});

it('a gender that somebody gives is shown to them alone, and is in no trail of changes', async () => {
  const person = await world.person('Somebody', 'somebody@example.org');
  const own = await test.signedIn(person);
  const profile = { name: 'Somebody', email: 'somebody@example.org', language: 'en', zone: 'Europe/Madrid', gender: 'woman' };
  expect((await test.post('/account', profile, own)).statusCode).toBe(303);
  expect((await test.get('/account', own)).body).toContain('<option value="woman" selected');
  const trail = await sql<{
    all: string;
  }>`select coalesce(jsonb_agg(c)::text, '') as all from changes c where row_id = ${person}`.execute(db);
  expect(trail.rows[0]?.all).not.toContain('woman');
  expect((await test.get(`/api/people/${person}`, world.asSecretariat)).body).not.toContain('woman');
});
