import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.ts';
import { registrationWorld } from './world.ts';

const test = await testApp();
const { db } = test;
const world = await registrationWorld(test);
const { statesOf, freeOf } = world;
const CONFIRM = /\/registrations\/confirm\/[\w-]{43}/;

describe('an organisation that is named', () => {
  it('has the word on who is not of it, and nothing counts before', async () => {
    const slug = await world.openEvent({ limitMember: 1 });
    const organisation = await world.city('vic', 'Vic');
    const contact = await world.delegate(organisation, 'Contact of Vic', { contact: true, language: 'fr' });
    const rival = await test.signedIn(
      await world.delegate(await world.city('olot', 'Olot'), 'Contact of Olot', { contact: true }),
    );
    const names = ['One', 'Two'];
    for (const name of names) {
      const form = { name, email: `named-${name.toLowerCase()}@example.org`, category: 'member', organisation: 'vic (es)' };
      expect((await test.post(`/events/${slug}/registration`, form)).statusCode).toBe(200);
      await test.drain();
      await test.post(await world.linkIn(form.email, CONFIRM), {});
    }
    await test.drain();
    expect((await statesOf(slug)).filter((line) => line.endsWith('pending'))).toEqual(['One: pending', 'Two: pending']);
    expect(await freeOf(slug)).toBe(3);
    expect((await test.mails('named-one@example.org')).at(-1)?.text).toContain('You named Vic');
    const wanted = await test.mails('contact-of-vic@example.org');
    expect(wanted.map(({ subject }) => subject.includes('veut venir en votre nom'))).toEqual([true, true]);
    const asContact = await test.signedIn(contact);
    const page = (await test.get(`/events/${slug}/delegations/vic`, asContact)).body;
    expect(page).toContain('One veut venir en votre nom');
    const idOf = async (name: string) =>
      (
        await sql<{
          id: string;
        }>`select r.id from registrations r join people p on p.id = r.person_id join events e on e.id = r.event_id
          where p.name = ${name} and e.slug = ${slug} and r.state = 'pending'`.execute(db)
      ).rows[0]?.id;
    const [one, two] = [await idOf('One'), await idOf('Two')];
    expect((await test.post(`/registrations/${one}/approval`, {}, rival)).statusCode).toBe(404);
    expect((await test.post(`/registrations/${one}/approval`, {}, asContact)).statusCode).toBe(303);
    expect(await freeOf(slug)).toBe(2);
    // The allowance of one is used up now.
    expect(
      (await test.send('PATCH', `/api/registrations/${two}`, { state: 'confirmed' }, await test.bearer(contact))).json(),
    ).toMatchObject({
      code: 'allowance',
    });
    const refused = await test.send(
      'PATCH',
      `/api/registrations/${two}`,
      { state: 'refused', reason: 'Not of ours' },
      await test.bearer(contact),
    );
    expect(refused.json()).toMatchObject({ state: 'refused', reasonCode: 'by-organisation' });
    await test.drain();
    expect((await test.mails('named-one@example.org')).at(-1)?.subject).toContain('You are registered');
    const sorry = (await test.mails('named-two@example.org')).at(-1);
    expect(sorry?.text).toContain('Vic has not accepted that you come for it');
    expect(sorry?.text).toContain('Not of ours');
  });

  it('says yes before the organiser does, where both are asked', async () => {
    const slug = await world.openEvent({ approval: true });
    const organisation = await world.city('berga', 'Berga');
    const contact = await test.bearer(await world.delegate(organisation, 'Contact of Berga', { contact: true }));
    const guest = await test.bearer(await world.person('Both Guest', 'both-guest@example.org'));
    const made = await test.send(
      'POST',
      `/api/events/${slug}/registrations`,
      { category: 'member', organisationId: organisation },
      guest,
    );
    const { id, state } = made.json<{ id: string; state: string }>();
    expect(state).toBe('pending');
    expect((await test.send('PATCH', `/api/registrations/${id}`, { state: 'confirmed' }, guest)).statusCode).toBe(403);
    const first = await test.send('PATCH', `/api/registrations/${id}`, { state: 'confirmed' }, contact);
    expect(first.json()).toMatchObject({ state: 'pending', approvalBy: 'organiser' });
    expect((await test.send('PATCH', `/api/registrations/${id}`, { state: 'confirmed' }, contact)).statusCode).toBe(403);
    const second = await test.send('PATCH', `/api/registrations/${id}`, { state: 'confirmed' }, world.asSecretariat);
    expect(second.json()).toMatchObject({ state: 'confirmed' });
  });

  it('must be one that is known', async () => {
    const slug = await world.openEvent();
    const answer = await test.post(`/events/${slug}/registration`, {
      name: 'Lost Guest',
      email: 'lost-guest@example.org',
      category: 'member',
      organisation: 'Atlantis',
    });
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain('We know no organisation of this name');
    expect(answer.body).toContain('value="Atlantis"');
  });
});
