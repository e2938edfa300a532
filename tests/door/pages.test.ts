import { describe, expect, it } from 'vitest';
import { passToken } from '../../server/door/pass.ts';
import { visitsWorld } from '../study-visits/world.ts';
import { testApp } from '../support/app.ts';

const test = await testApp();
const world = await visitsWorld(test);
const { asSecretariat } = world;
const city = await world.city('Vic', 'Vic');
const office = await test.signedIn(world.secretariat);
const door = `/door/${world.slug}`;

describe('the door', () => {
  it('brings a pass with the confirmation and shows it to whoever holds it, as long as it lets them in', async () => {
    const guest = await world.participant(city, 'Ona Puig');
    await test.drain();
    const mail = (await test.mails('ona-puig@example.org')).at(-1);
    expect(mail?.attachments.filter(({ name }) => name.startsWith('pass-')).length).toBe(1);
    const token = passToken(test.system.config.secret, { registrationId: guest.id, personId: guest.personId });
    expect((await test.get(`/pass/${token}`)).body).toContain('<svg class="qr"');
    const own = await test.get(`/registrations/${guest.id}`, await test.signedIn(guest.personId));
    expect(own.body).toContain(`/pass/${token}`);
    await test.send('DELETE', `/api/registrations/${guest.id}`, undefined, asSecretariat);
    const gone = await test.get(`/pass/${token}`);
    expect([gone.statusCode, gone.body.includes('<svg class="qr"')]).toEqual([200, false]);
  });

  it('finds people by name without accents, checks them in and takes it back, without any script', async () => {
    const guest = await world.participant(city, 'Núria Solé');
    const found = await test.get(`${door}?q=nuria+sole+vic`, office);
    expect(found.body).toContain('Núria Solé');
    const form = { registration: guest.id, person: guest.personId, place: '', q: 'nuria' };
    const came = await test.post(`${door}/check-ins`, form, office);
    expect([came.statusCode, came.headers.location]).toEqual([303, `${door}?q=nuria&done=checkedIn`]);
    expect((await test.get(`${door}?q=nuria`, office)).body).toContain('door-guest-already');
    await test.post(`${door}/check-ins/removal`, form, office);
    expect((await test.get(`${door}?q=nuria`, office)).body).toContain('door-guest-valid');
  });

  it('lets volunteers in by a link, who see the door and nothing else, until it is closed', async () => {
    const made = await test.post(`/back-office/events/${world.slug}/door/doors`, { name: 'Main entrance' }, office);
    const link = /\/door-links\/[\w-]{43}/.exec(made.body)?.[0] ?? '';
    const kept = await test.post(link, { name: 'Volunteer' });
    const cookie = String(kept.headers['set-cookie']).split(';')[0] ?? '';
    expect([kept.statusCode, kept.headers.location]).toEqual([303, door]);
    const page = await test.get(door, { cookie });
    expect([page.statusCode, page.body.includes('Volunteer · Main entrance')]).toEqual([200, true]);
    expect((await test.get(`/back-office/events/${world.slug}/door`, { cookie })).statusCode).toBe(303);
    expect((await test.get('/api/events/nowhere/door', { cookie })).statusCode).toBe(401);

    const guest = await world.participant(city, 'Pol Riu');
    await test.post(`${door}/check-ins`, { registration: guest.id, person: guest.personId, place: '', q: '' }, { cookie });
    const list = await test.get(`/back-office/events/${world.slug}/check-ins.json`, office);
    expect(list.json<{ name: string; by: string }[]>().map(({ name, by }) => [name, by])).toEqual([
      ['Pol Riu', 'Volunteer · Main entrance'],
    ]);

    const closing = /\/back-office\/[^"]+\/closing/.exec(made.body)?.[0] ?? '';
    await test.post(closing, {}, office);
    expect((await test.get(`/api/events/${world.slug}/door`, { cookie })).statusCode).toBe(401);
    expect((await test.get(link)).statusCode).toBe(404);
  });

  it('registers whoever comes without having registered, and keeps what was typed when that is not possible', async () => {
    const event = await test.db
      .selectFrom('categories as c')
      .innerJoin('events as e', 'e.id', 'c.event_id')
      .select('c.key')
      .where('e.slug', '=', world.slug)
      .executeTakeFirstOrThrow();
    const typed = { name: 'Walk Inn', email: 'walk-inn@example.org', organisation: 'Vic', category: event.key };
    const wrong = await test.post(`${door}/walk-ins`, { ...typed, email: 'not an address' }, office);
    expect([wrong.statusCode, wrong.body.includes('value="Walk Inn"')]).toEqual([422, true]);
    const came = await test.post(`${door}/walk-ins`, typed, office);
    expect([came.statusCode, came.headers.location]).toEqual([303, `${door}?q=Walk+Inn&done=checkedIn`]);
    expect((await test.get(`${door}?q=walk+inn`, office)).body).toContain('door-guest-already');
    const contact = await test.signedIn((await world.participant(city, 'Only Guest')).personId);
    expect((await test.post(`${door}/walk-ins`, typed, contact)).statusCode).toBe(403);
  });
});
