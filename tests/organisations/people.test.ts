import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.ts';
import { makeWorld, somebody } from './world.ts';

const test = await testApp();
const world = await makeWorld(test);
const known = await somebody(test, 'Education Department, Rennes', 'education.rennes@example.org');
const contact = world.contact;

interface Person {
  id: string;
  name: string;
  email: string | null;
  language: string | null;
  zone: string | null;
  mayChange: boolean;
  affiliations: { id: string; title: string; isContact: boolean }[];
}
const roster = async (headers: Record<string, string> = contact.token) =>
  (await test.get('/api/organisations/granollers/affiliations', headers)).json<{
    items: { affiliationId: string; personId: string; name: string; email: string | null; isContact: boolean }[];
  }>().items;

describe('adding a known address', () => {
  it('puts the person on the roster and tells and changes nothing of their profile', async () => {
    const before = await test.db.selectFrom('people').selectAll().where('id', '=', known.id).executeTakeFirstOrThrow();
    const added = await test.send(
      'POST',
      '/api/people',
      {
        name: 'Whoever it is',
        email: 'Education.Rennes@example.org',
        language: 'pt',
        organisationId: world.organisations.granollers,
      },
      contact.token,
    );
    expect(added.statusCode).toBe(201);
    expect(added.json()).toMatchObject({
      id: known.id,
      name: 'Whoever it is',
      email: null,
      language: null,
      zone: null,
      mayChange: false,
    });
    expect(added.body).not.toContain('Rennes');
    expect(await test.db.selectFrom('people').selectAll().where('id', '=', known.id).executeTakeFirstOrThrow()).toEqual(before);
    for (const url of ['/organisations/granollers', `/people/${known.id}`]) {
      const page = await test.get(url, contact.cookie);
      expect(page.body).toContain('Whoever it is');
      expect(page.body).not.toContain('Rennes');
    }
    expect((await test.get('/api/people?q=rennes', contact.token)).json()).toMatchObject({ items: [] });
    expect((await test.get('/api/people?q=education.rennes@', contact.token)).json()).toMatchObject({ items: [] });
    expect((await test.get('/api/people?q=whoever', contact.token)).json<{ items: unknown[] }>().items).toHaveLength(1);
    expect(
      (await test.send('PATCH', `/api/people/${known.id}`, { name: 'Mine now', email: 'mine@example.org' }, contact.token))
        .statusCode,
    ).toBe(403);
    expect(
      (await test.post(`/people/${known.id}`, { name: 'Mine now', email: 'mine@example.org' }, contact.cookie)).statusCode,
    ).toBe(403);
    expect((await test.get('/people?q=rennes', world.secretariat.cookie)).body).toContain('Education Department, Rennes');
  });

  it('answers the same as for an unknown address, and again the same when asked twice', async () => {
    const add = (email: string) =>
      test.send('POST', '/api/organisations/granollers/affiliations', { name: 'Someone', email }, contact.token);
    const [one, two, again] = [
      await add('education.rennes@example.org'),
      await add('unknown@example.org'),
      await add('unknown@example.org'),
    ];
    expect([one.statusCode, two.statusCode, again.statusCode]).toEqual([201, 201, 201]);
    expect(Object.keys(one.json())).toEqual(Object.keys(two.json()));
    expect(again.json()).toEqual(two.json());
  });
});

describe('people of one’s own organisation', () => {
  it('may have no address, or one that several share', async () => {
    for (const name of ['Reception', 'Archive', 'Archive']) {
      expect(
        (
          await test.post(
            '/organisations/granollers/people',
            { name, email: 'town.hall@example.org', sharedEmail: 'on' },
            contact.cookie,
          )
        ).statusCode,
      ).toBe(303);
    }
    expect(
      (await test.post('/organisations/granollers/people', { name: 'Nobody’s mailbox', email: '' }, contact.cookie)).statusCode,
    ).toBe(303);
    expect((await roster()).filter((one) => one.email === 'town.hall@example.org')).toHaveLength(3);
    const keys = await test.db
      .selectFrom('sign_in_addresses')
      .selectAll()
      .where('address', '=', 'town.hall@example.org')
      .execute();
    expect(keys).toEqual([]);
  });

  it('are changed by who entered them until they sign in', async () => {
    const { personId } = (
      await test.send(
        'POST',
        '/api/organisations/granollers/affiliations',
        { name: 'Yuoth Department', email: 'youth@example.org' },
        contact.token,
      )
    ).json<{ personId: string }>();
    const change = (body: unknown) => test.send('PATCH', `/api/people/${personId}`, body, contact.token);
    expect(
      (await change({ name: 'Youth Department', email: 'youth.office@example.org', zone: 'Europe/Madrid' })).json<Person>(),
    ).toMatchObject({ name: 'Youth Department', email: 'youth.office@example.org' });
    const keys = await test.db.selectFrom('sign_in_addresses').select('address').where('person_id', '=', personId).execute();
    expect(keys).toEqual([{ address: 'youth.office@example.org' }]);
    await test.db
      .updateTable('sign_in_addresses')
      .set({ confirmed_at: test.clock() })
      .where('person_id', '=', personId)
      .execute();
    expect((await change({ email: 'stolen@example.org' })).statusCode).toBe(403);
    expect((await test.send('PATCH', `/api/people/${personId}`, { name: 'Youth' }, world.secretariat.token)).statusCode).toBe(
      200,
    );
  });

  it('never take over an address that is somebody else’s key', async () => {
    const { personId } = (
      await test.send('POST', '/api/organisations/granollers/affiliations', { name: 'Press' }, contact.token)
    ).json<{ personId: string }>();
    expect(
      (await test.send('PATCH', `/api/people/${personId}`, { email: 'education.rennes@example.org' }, contact.token)).statusCode,
    ).toBe(200);
    const key = await test.db
      .selectFrom('sign_in_addresses')
      .select('person_id')
      .where('address', '=', 'education.rennes@example.org')
      .executeTakeFirst();
    expect(key?.person_id).toBe(known.id);
  });

  it('become contacts, leave, and are gone from the roster', async () => {
    const press = (await roster()).find((one) => one.name === 'Press');
    const path = `/organisations/granollers/people/${press?.affiliationId}`;
    expect((await test.post(`${path}/contact`, { isContact: 'on' }, contact.cookie)).statusCode).toBe(303);
    expect((await roster()).find((one) => one.name === 'Press')?.isContact).toBe(true);
    expect((await test.get(path, contact.cookie)).statusCode).toBe(200);
    expect(
      (await test.post(`/organisations/barcelona/people/${press?.affiliationId}/end`, {}, world.secretariat.cookie)).statusCode,
    ).toBe(404);
    expect((await test.post(`${path}/end`, {}, world.coordinator.cookie)).statusCode).toBe(404);
    expect((await test.post(`${path}/end`, {}, contact.cookie)).statusCode).toBe(303);
    expect((await roster()).find((one) => one.name === 'Press')).toBeUndefined();
    expect((await test.get(`/people/${press?.personId}`, contact.cookie)).statusCode).toBe(404);
    expect((await test.get('/organisations/granollers', contact.cookie)).body).toContain('Person left');
  });
});

describe('what was typed', () => {
  it('is kept with every error beside its field', async () => {
    const form = {
      name: 'Culture <b>Department</b>',
      email: 'not an address',
      zone: 'Europe/Nowhere',
      title: 'Culture & co',
      isContact: 'on',
    };
    const page = await test.post('/organisations/granollers/people', form, contact.cookie);
    expect(page.statusCode).toBe(422);
    for (const text of [
      'Culture &lt;b>Department&lt;/b>',
      'not an address',
      'Europe/Nowhere',
      'Culture &amp; co',
      'not an e-mail address',
      'time zone is not known',
    ])
      expect(page.body).toContain(text);
    const organisation = await test.post(
      '/organisations/new',
      { name: 'Barcelona', country: 'ES', zone: 'Europe/Madrid', latitude: '41,4', population: '1' },
      world.secretariat.cookie,
    );
    expect(organisation.statusCode).toBe(422);
    expect(organisation.body).toContain('There is an organisation of this name in this country already');
    expect(organisation.body).toContain('value="41,4"');
    const wrong = await test.post(
      '/organisations/new',
      { name: '', country: 'ES', zone: 'Mars', population: 'many' },
      world.secretariat.cookie,
    );
    expect(wrong.body).toContain('value="many"');
    const network = await test.post(
      '/networks/new',
      { 'name[en]': '', 'name[ca]': '', coordinating: 'nowhere' },
      world.secretariat.cookie,
    );
    expect(network.statusCode).toBe(422);
    expect(network.body).toContain('value="nowhere"');
  });
});
