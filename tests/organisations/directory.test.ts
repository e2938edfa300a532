import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.ts';
import { makeWorld, somebody } from './world.ts';

const test = await testApp();
const world = await makeWorld(test);
const known = await somebody(test, 'Education Department, Rennes', 'education.rennes@example.org');
const contact = world.contact;

const roster = async (headers: Record<string, string> = contact.token) =>
  (await test.get('/api/organisations/granollers/affiliations', headers)).json<{
    items: { affiliationId: string; personId: string; name: string; email: string | null; isContact: boolean }[];
  }>().items;

describe('roles', () => {
  it('are given and taken by the secretariat, admin by admins alone', async () => {
    const grant = (role: string, scopeId = '', headers = world.secretariat.cookie) =>
      test.post(`/people/${known.id}/roles`, { role, scopeId }, headers);
    expect((await grant('admin')).statusCode).toBe(403);
    expect((await grant('coordinator')).statusCode).toBe(422);
    expect((await grant('coordinator', world.networks.spanish)).statusCode).toBe(303);
    expect((await test.get('/api/organisations/barcelona', known.token)).statusCode).toBe(200);
    const { roles } = (await test.get(`/api/people/${known.id}`, world.secretariat.token)).json<{ roles: { id: string }[] }>();
    expect((await test.post(`/people/${known.id}/roles/${roles[0]?.id}/removal`, {}, world.secretariat.cookie)).statusCode).toBe(
      303,
    );
    expect((await test.get('/api/organisations/barcelona', known.token)).statusCode).toBe(404);
    expect(
      (await test.post(`/people/${world.admin.id}`, { name: 'X', email: 'x@example.org' }, world.secretariat.cookie)).statusCode,
    ).toBe(403);
    expect(
      (await test.post(`/people/${world.nobody.id}`, { name: 'Somebody', email: 'nobody@example.org' }, contact.cookie))
        .statusCode,
    ).toBe(404);
  });
});

describe('organisations and networks', () => {
  it('get slugs of ASCII, and old ones lead on', async () => {
    const make = async (name: string, country: string) =>
      (await test.send('POST', '/api/organisations', { name, country, zone: 'UTC' }, world.secretariat.token)).json<{
        slug: string;
      }>().slug;
    expect(await make('León', 'MX')).toBe('leon-mx');
    expect(await make('Łódź', 'PL')).toBe('lodz');
    expect(await make('서울', 'KR')).toBe('organisation-kr');
    expect(await make('부산', 'KR')).toBe('organisation-kr-2');
    expect(await make('New', 'GB')).toBe('new-gb');
    const renamed = await test.send('PATCH', '/api/organisations/lodz', { name: 'Warszawa' }, world.secretariat.token);
    expect(renamed.json()).toMatchObject({ slug: 'warszawa' });
    expect((await test.get('/organisations/lodz', world.secretariat.cookie)).headers.location).toBe('/organisations/warszawa');
    expect((await test.get('/organisations/lodz', world.coordinator.cookie)).statusCode).toBe(404);
    expect(await make('Łódź', 'LT')).toBe('lodz-lt');
    expect(
      (await test.send('PATCH', '/api/organisations/warszawa', { name: 'Łódź' }, world.secretariat.token)).json(),
    ).toMatchObject({ slug: 'lodz' });
    expect((await test.get('/organisations/lodz', world.secretariat.cookie)).statusCode).toBe(200);
  });

  it('keep networks in any language, with the organisation that coordinates', async () => {
    const made = await test.post(
      '/networks/new',
      { 'name[fr]': 'Réseau français', 'name[en]': 'French Network', coordinating: 'barcelona' },
      world.secretariat.cookie,
    );
    expect(made.statusCode).toBe(303);
    expect((await test.get('/networks?lang=fr', world.secretariat.cookie)).body).toContain('Réseau français');
    const patched = await test.send(
      'PATCH',
      '/api/networks/french-network',
      { name: { ca: 'Xarxa francesa' } },
      world.secretariat.token,
    );
    expect(patched.json()).toMatchObject({ slug: 'xarxa-francesa', coordinating: { slug: 'barcelona' } });
    expect((await test.get('/networks/french-network', world.secretariat.cookie)).headers.location).toBe(
      '/networks/xarxa-francesa',
    );
    expect((await test.post('/networks/new', { 'name[en]': 'X' }, world.coordinator.cookie)).statusCode).toBe(404);
  });

  it('keep fees by year, with who recorded them', async () => {
    expect(
      (await test.post('/organisations/leon/fees', { year: '2026', paidOn: '2026-02-30' }, world.secretariat.cookie)).statusCode,
    ).toBe(422);
    expect(
      (await test.post('/organisations/leon/fees', { year: '2026', paidOn: '2026-02-27' }, world.secretariat.cookie)).statusCode,
    ).toBe(303);
    expect((await test.get('/api/organisations/leon/fees', world.secretariat.token)).json()).toMatchObject({
      items: [{ year: 2026, paidOn: '2026-02-27', recordedBy: 'Secretariat' }],
    });
    expect((await test.get('/organisations/leon', world.secretariat.cookie)).body).toContain('Fee recorded');
    expect((await test.send('DELETE', '/api/organisations/leon/fees/2026', undefined, world.secretariat.token)).statusCode).toBe(
      200,
    );
    expect((await test.send('DELETE', '/api/organisations/leon/fees/2026', undefined, world.secretariat.token)).statusCode).toBe(
      404,
    );
  });

  it('open every page of theirs in four languages', async () => {
    const { affiliationId } = (await roster(world.secretariat.token))[0] ?? { affiliationId: '' };
    const pages = [
      '/organisations',
      '/organisations/new',
      '/organisations/imports/new',
      '/organisations/granollers',
      '/organisations/granollers/edit',
      '/organisations/granollers/people/new',
      `/organisations/granollers/people/${affiliationId}`,
      '/people',
      '/people/new',
      `/people/${known.id}`,
      '/networks',
      '/networks/new',
      '/networks/spanish',
    ];
    for (const language of ['en', 'fr', 'es', 'pt']) {
      for (const url of pages)
        expect((await test.get(`${url}?lang=${language}`, world.secretariat.cookie)).statusCode, `${language} ${url}`).toBe(200);
    }
    const mine = await test.get('/my/organisations', contact.cookie);
    expect(mine.headers.location).toBe('/organisations/granollers');
  });
});
