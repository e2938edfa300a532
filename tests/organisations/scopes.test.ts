import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.ts';
import { makeWorld } from './world.ts';

const test = await testApp();
const world = await makeWorld(test);
const names = (body: string) => (JSON.parse(body) as { items: { name: string }[] }).items.map((item) => item.name);

describe('who sees which organisations', () => {
  it('shows the secretariat all, a coordinator their network, a contact their own, others nothing', async () => {
    expect(names((await test.get('/api/organisations', world.secretariat.token)).body)).toEqual([
      'Barcelona',
      'Granollers',
      'León',
      'Lisboa',
      'Torres Vedras',
    ]);
    expect(names((await test.get('/api/organisations', world.coordinator.token)).body)).toEqual(['Lisboa', 'Torres Vedras']);
    expect(names((await test.get('/api/organisations', world.contact.token)).body)).toEqual(['Granollers']);
    expect((await test.get('/api/organisations', world.nobody.token)).statusCode).toBe(404);
    expect((await test.get('/api/organisations')).statusCode).toBe(401);
  });

  it('never shows the coordinator of the Portuguese Network Barcelona, wherever they look', async () => {
    const { token, cookie } = world.coordinator;
    for (const url of [
      '/organisations',
      '/organisations?q=barc',
      '/organisations?country=ES',
      '/organisations?network=spanish',
      '/networks',
    ]) {
      const page = await test.get(url, cookie);
      expect(page.statusCode, url).toBe(200);
      expect(page.body, url).not.toContain('Barcelona');
    }
    expect((await test.get('/organisations?q=barc', cookie)).body).toContain('No organisations');
    for (const format of ['csv', 'json', 'xlsx']) {
      const file = await test.get(`/organisations.${format}`, cookie);
      expect(file.statusCode).toBe(200);
      expect(file.rawPayload.includes('Barcelona')).toBe(false);
    }
    expect(names((await test.get('/api/organisations?q=barcelona', token)).body)).toEqual([]);
    expect((await test.get('/api/networks', token)).body).not.toContain('Spanish');
    for (const url of [
      '/organisations/barcelona',
      '/organisations/barcelona/edit',
      '/organisations/barcelona/people/new',
      '/networks/spanish',
      '/organisations/imports/new',
    ]) {
      expect((await test.get(url, cookie)).statusCode, url).toBe(404);
    }
    expect((await test.get('/api/organisations/barcelona', token)).statusCode).toBe(404);
    expect((await test.get('/api/organisations/barcelona/fees', token)).statusCode).toBe(404);
    expect((await test.get('/api/organisations/barcelona/affiliations', token)).statusCode).toBe(404);
    expect((await test.send('PATCH', '/api/organisations/barcelona', { population: 1 }, token)).statusCode).toBe(404);
    expect((await test.send('POST', '/api/organisations/barcelona/affiliations', { name: 'X' }, token)).statusCode).toBe(404);
    const outside = await test.send('POST', '/api/people', { name: 'X', organisationId: world.organisations.barcelona }, token);
    expect(outside.statusCode).toBe(422);
  });

  it('keeps the names of people to those of one’s own organisations', async () => {
    expect(names((await test.get('/api/people', world.contact.token)).body)).toEqual(['International Relations, Granollers']);
    expect(names((await test.get('/api/people', world.coordinator.token)).body)).toEqual([]);
    expect(names((await test.get('/api/people?q=granollers', world.coordinator.token)).body)).toEqual([]);
    expect((await test.get(`/api/people/${world.contact.id}`, world.coordinator.token)).statusCode).toBe(404);
    expect((await test.get(`/people/${world.contact.id}`, world.coordinator.cookie)).statusCode).toBe(404);
    expect((await test.get('/people', world.coordinator.cookie)).statusCode).toBe(404);
    expect((await test.get('/people', world.secretariat.cookie)).statusCode).toBe(200);
  });

  it('follows the network: an organisation that leaves it is gone from its coordinator', async () => {
    const patch = (networkIds: string[]) =>
      test.send('PATCH', '/api/organisations/lisboa', { networkIds }, world.secretariat.token);
    expect((await patch([])).statusCode).toBe(200);
    expect((await test.get('/api/organisations/lisboa', world.coordinator.token)).statusCode).toBe(404);
    expect((await patch([world.networks.portuguese])).statusCode).toBe(200);
    expect((await test.get('/api/organisations/lisboa', world.coordinator.token)).statusCode).toBe(200);
  });
});

describe('who changes what', () => {
  it('lets a contact change the profile and not the standing', async () => {
    const change = (body: unknown) => test.send('PATCH', '/api/organisations/granollers', body, world.contact.token);
    expect((await change({ population: 60_700, languages: ['ca', 'es'] })).json()).toMatchObject({
      population: 60_700,
      languages: ['ca', 'es'],
    });
    for (const body of [{ membership: 'none' }, { country: 'FR' }, { networkIds: [] }, { memberSince: 1990 }])
      expect((await change(body)).statusCode).toBe(403);
    expect((await test.send('PUT', '/api/organisations/granollers/fees/2026', {}, world.contact.token)).statusCode).toBe(403);
    expect(
      (await test.send('POST', '/api/organisations', { name: 'X', country: 'ES', zone: 'UTC' }, world.contact.token)).statusCode,
    ).toBe(404);
  });

  it('lets a coordinator edit organisations and people of their network', async () => {
    const { token } = world.coordinator;
    expect((await test.send('PATCH', '/api/organisations/torres-vedras', { population: 83_000 }, token)).statusCode).toBe(200);
    const added = await test.send(
      'POST',
      '/api/organisations/torres-vedras/affiliations',
      { name: 'Education, Torres Vedras', title: 'Education' },
      token,
    );
    expect(added.statusCode).toBe(201);
    const { personId } = added.json<{ personId: string }>();
    expect((await test.send('PATCH', `/api/people/${personId}`, { name: 'Education Department' }, token)).json()).toMatchObject({
      name: 'Education Department',
    });
  });

  it('ignores what a contact posts beyond the fields of their form', async () => {
    const form = { name: 'Granollers', zone: 'Europe/Madrid', languages: 'ca', membership: 'none', country: 'FR' };
    expect((await test.post('/organisations/granollers/edit', form, world.contact.cookie)).statusCode).toBe(303);
    expect((await test.get('/api/organisations/granollers', world.contact.token)).json()).toMatchObject({
      membership: 'member',
      country: 'ES',
    });
  });
});
