import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { grantRole } from '../../server/accounts/roles.ts';
import { registrationWorld } from '../registrations/world.ts';
import { testApp } from '../support/app.ts';

const test = await testApp();
const { db } = test;
const world = await registrationWorld(test);
const { year } = world;
const [lleida, lyon] = [await world.city('lleida', 'Lleida'), await world.city('lyon', 'Lyon')];
await sql`update organisations set membership = 'member', latitude = 41.6, longitude = 0.6 where id = ${lleida}`.execute(db);
const network = async (slug: string, city: string) => {
  const { rows } = await sql<{
    id: string;
  }>`insert into networks (slug, name) values (${slug}, ${JSON.stringify({ en: slug })}::jsonb) returning id`.execute(db);
  const id = rows[0]?.id ?? '';
  await sql`insert into organisation_networks (organisation_id, network_id) values (${city}, ${id})`.execute(db);
  return id;
};
const [rece, french] = [await network('rece', lleida), await network('french', lyon)];
const contact = await world.person('International Relations', 'lleida-contact@example.org', 'fr');
await sql`insert into affiliations (person_id, organisation_id, title, is_contact) values (${contact}, ${lleida}, 'International Relations', true)`.execute(
  db,
);
const coordinator = async (name: string, scopeId: string) => {
  const id = await world.person(name, `${name}@example.org`);
  await grantRole(db, null, id, { role: 'coordinator', scopeId });
  return test.bearer(id);
};
const [own, foreign] = [await coordinator('coordinator-rece', rece), await coordinator('coordinator-french', french)];
const asContact = await test.bearer(contact);

const day = `${year}-11-30`;
const parade = {
  organisationId: lleida,
  title: { en: 'School parade', ca: 'Rua escolar' },
  description: { en: 'Children **walk** <script>alert(1)</script>' },
  place: 'Main square',
  zone: 'Europe/Madrid',
  starts: `${day}T10:00`,
  ends: `${day}T12:00`,
};
const propose = async (more: Record<string, unknown> = {}) =>
  (await test.send('POST', '/api/activities', { ...parade, ...more }, asContact)).json().id as string;
const shown = async (query = '') =>
  ((await test.get(`/api/activities${query}`)).json().items as { id: string; title: Record<string, string> }[]).map(
    ({ title }) => title.en,
  );
const publish = (id: string, headers: Record<string, string> = own, body: object = {}) =>
  test.send('PUT', `/api/activities/${id}/publication`, body, headers);

describe('an activity of the International Day', () => {
  it('is read by everybody once the coordinator of the city’s network has published it, and its city is told', async () => {
    const id = await propose();
    expect(await shown()).toEqual([]);
    expect((await test.get(`/activities/${id}`)).statusCode).toBe(404);
    expect((await publish(id, foreign)).statusCode).toBe(404);
    expect((await publish(id, asContact)).statusCode).toBe(404);
    expect((await test.get('/api/activity-proposals', foreign)).json().items).toEqual([]);
    expect((await test.get('/api/activity-proposals', own)).json().items.map((one: { id: string }) => one.id)).toEqual([id]);
    expect((await publish(id)).json()).toEqual({ id, state: 'published' });
    expect((await publish(id)).json().code).toBe('activity-decided');
    await test.drain();
    const [mail] = await test.mails('lleida-contact@example.org');
    expect(mail?.subject).toBe('Publiée : School parade');
    const page = await test.get(`/activities/${id}`);
    expect(page.body).toContain('<strong>walk</strong>');
    expect(page.body).not.toContain('<script>alert');
  });

  it('goes on being read as it was while a change waits, is sent back or is published', async () => {
    const id = (await test.get('/api/activities')).json().items[0].id as string;
    const change = (title: string) => test.send('PUT', `/api/activities/${id}`, { ...parade, title: { en: title } }, asContact);
    await change('Great parade');
    await change('Greater parade');
    expect(await shown()).toEqual(['School parade']);
    expect((await publish(id, own, { no: 2 })).json().code).toBe('activity-changed');
    expect((await test.send('PUT', `/api/activities/${id}/return`, { reason: '' }, own)).statusCode).toBe(422);
    expect((await test.send('PUT', `/api/activities/${id}/return`, { reason: 'Which square?', no: 3 }, own)).statusCode).toBe(
      200,
    );
    await test.drain();
    const mail = (await test.mails('lleida-contact@example.org')).at(-1);
    expect(mail?.text).toContain('Which square?');
    expect((await test.get('/api/account/activities', asContact)).json().items).toMatchObject([
      { state: 'returned', reason: 'Which square?', published: true },
    ]);
    expect(await shown()).toEqual(['School parade']);
    await change('Parade on the main square');
    expect((await publish(id)).statusCode).toBe(200);
    expect(await shown()).toEqual(['Parade on the main square']);
  });

  it('is on the calendar, the map, in the feeds, and in a page that other sites may frame', async () => {
    const [item] = (await test.get('/api/activities')).json().items;
    const at = `/activities/${item.id}`;
    expect((await test.get(`/calendar?month=${year}-11`)).body).toContain(at);
    expect((await test.get(`/calendar?month=${year}-11&kind=seminar`)).body).not.toContain(at);
    expect((await test.get(`/calendar?month=${year}-10`)).body).not.toContain(at);
    expect((await test.get(`/api/calendar?month=${year}-11&network=rece`)).json()).toMatchObject({
      month: `${year}-11`,
      items: [{ id: item.id, kind: 'activity', city: 'Lleida' }],
    });
    expect((await test.get(`/api/calendar?month=${year}-11&network=french`)).json().items).toEqual([]);
    const ics = (await test.get('/calendar.ics?kind=activity&network=rece')).body;
    expect(ics).toContain(`DTSTART:${year}1130T090000Z`);
    expect((await test.get('/calendar.ics?kind=activity&network=french')).body).not.toContain('BEGIN:VEVENT');
    expect((await test.get(`${at}.ics`)).body).toContain('SUMMARY:Parade on the main square');
    expect((await test.get('/api/map')).json()).toMatchObject({
      activities: [{ id: item.id, latitude: 41.6 }],
      members: [{ name: 'Lleida' }, { name: 'Lyon', latitude: null }],
    });
    expect((await test.get('/map')).body).toContain(at);
    const atom = await test.get('/activities.atom');
    expect(atom.headers['content-type']).toBe('application/atom+xml; charset=utf-8');
    expect(atom.body).toContain('<title>Parade on the main square</title>');
    expect(atom.body).toContain('&lt;script&gt;');
    const embed = await test.get('/activities/embed?lang=en');
    expect(embed.headers['x-frame-options']).toBe(undefined);
    expect(embed.headers['content-security-policy']).toContain('frame-ancestors *');
    expect(embed.body).not.toContain('<script');
    expect((await test.get('/activities')).headers['content-security-policy']).toContain("frame-ancestors 'none'");
  });

  it('has a picture told by its first bytes, which is seen only with what is published', async () => {
    const upload = (content: Buffer, name: string) => {
      const body = Buffer.concat([
        Buffer.from(`--x\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\n\r\n`),
        content,
        Buffer.from('\r\n--x--\r\n'),
      ]);
      return test.app.inject({
        method: 'POST',
        url: '/api/activity-pictures',
        headers: { ...asContact, 'content-type': 'multipart/form-data; boundary=x' },
        payload: body,
      });
    };
    expect((await upload(Buffer.from('<svg onload=alert(1)>'), 'picture.png')).statusCode).toBe(415);
    const png = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    );
    const pictureId = (await upload(png, 'picture.png')).json().id as string;
    const id = await propose({ title: { en: 'With picture' }, pictureId });
    expect((await test.get(`/activities/${id}/picture`)).statusCode).toBe(404);
    expect((await test.send('POST', '/api/activities', { ...parade, pictureId }, asContact)).statusCode).toBe(422);
    await publish(id);
    const picture = await test.get(`/activities/${id}/picture`);
    expect([picture.headers['content-type'], picture.rawPayload.equals(png)]).toEqual(['image/png', true]);

    // What a camera wrote into a photo stays with whoever took it.
    const exif = Buffer.from('ffe1001645786966000047505320343120204e2032204520', 'hex');
    const photo = [Buffer.from('ffd8', 'hex'), exif, Buffer.from('ffda0003010203ffd9', 'hex')];
    const taken = await upload(Buffer.concat(photo), 'photo.jpg');
    expect(taken.statusCode, taken.body).toBe(201);
    const { key, bytes } = await test.db
      .selectFrom('files')
      .select(['key', 'bytes'])
      .where('id', '=', taken.json<{ id: string }>().id)
      .executeTakeFirstOrThrow();
    const stored = Buffer.concat((await (await test.system.storage.get(key)).toArray()) as Buffer[]);
    expect([stored.toString('hex'), Number(bytes)]).toEqual(['ffd8ffda0003010203ffd9', 11]);
  });

  it('is nobody’s to read once it is withdrawn', async () => {
    const id = await propose({ title: { en: 'Withdrawn' }, starts: `${year}-12-01T10:00`, ends: `${year}-12-01T11:00` });
    await publish(id);
    expect(await shown()).toContain('Withdrawn');
    expect((await test.send('DELETE', `/api/activities/${id}`, undefined, foreign)).statusCode).toBe(404);
    expect((await test.send('DELETE', `/api/activities/${id}`, undefined, asContact)).statusCode).toBe(200);
    expect(await shown()).not.toContain('Withdrawn');
    expect((await test.get(`/activities/${id}`)).statusCode).toBe(404);
  });

  it('is written and read on pages without a script, and what was typed is kept', async () => {
    const cookie = await test.signedIn(contact);
    const form = {
      'title[en]': 'By hand',
      'description[en]': '',
      zone: 'Europe/Madrid',
      starts: `${day}T18:00`,
      ends: `${day}T17:00`,
      place: 'Library',
      latitude: '',
      longitude: '',
      url: '',
      organisationId: lleida,
    };
    const wrong = await test.post('/city-activities/new', form, cookie);
    expect(wrong.statusCode).toBe(422);
    expect(wrong.body).toContain('value="By hand"');
    expect((await test.post('/city-activities/new', { ...form, ends: `${day}T19:00` }, cookie)).headers.location).toBe(
      '/city-activities?done=activityProposed',
    );
    const secretariat = await test.signedIn(world.secretariat);
    const waiting = await test.get('/back-office/activities', secretariat);
    const path = /\/back-office\/activities\/[0-9a-f-]{36}/.exec(waiting.body)?.[0] ?? '';
    expect((await test.get(path, secretariat)).body).toContain('Library');
    expect((await test.post(`${path}/publication`, { no: '1' }, secretariat)).headers.location).toBe(
      '/back-office/activities?done=activityPublished',
    );
    expect(await shown()).toContain('By hand');
  });
});
