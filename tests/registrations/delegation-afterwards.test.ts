import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.ts';
import { delegating } from './delegating.ts';

const test = await testApp();
const { db } = test;
const { world, begun, submit, statesOf } = await delegating(test);

describe('afterwards the contact', () => {
  it('replaces a person, changes a category, gives back, and reads each state', async () => {
    const { slug, contact, people, base } = await begun('Tarragona', {
      capacity: 2,
      categories: [
        { key: 'member', name: { en: 'Member' }, priceEarly: 25000 },
        { key: 'speaker', name: { en: 'Speaker' }, priceEarly: 0 },
      ],
    });
    await submit(base, contact, people.slice(0, 2));
    const idOf = async (name: string) =>
      (
        await db
          .selectFrom('registrations')
          .innerJoin('people', 'people.id', 'registrations.person_id')
          .select('registrations.id')
          .where('people.name', '=', name)
          .executeTakeFirstOrThrow()
      ).id;
    await test.drain();
    const one = await idOf('Tarragona One');
    const page = await test.get(`/registrations/${one}/replacement`, contact);
    expect(page.body).toContain('Tarragona Three');
    expect(page.body).not.toContain('>Tarragona Two<');
    const replaced = await test.post(
      `/registrations/${one}/replacement`,
      { 'person[name]': 'Somebody New', 'person[email]': 'somebody-new@example.org', 'person[language]': 'es' },
      contact,
    );
    expect(replaced.headers.location).toBe(`/registrations/${one}?done=replaced`);
    await test.drain();
    const [came] = (await test.mails('somebody-new@example.org')).slice(-1);
    const [left] = (await test.mails('tarragona-one@example.org')).slice(-1);
    expect(came?.subject).toBe('Usted participa: Congress of Educating Cities');
    expect(came?.text).toContain('Tarragona One');
    expect(left?.subject).toContain('Une autre personne prend votre place');
    expect(left?.text).toContain('Somebody New');
    const changed = await test.post(`/registrations/${one}/answers`, { category: 'speaker' }, contact);
    expect(changed.headers.location).toBe(`/registrations/${one}?done=saved`);
    await test.drain();
    expect((await test.mails('somebody-new@example.org')).at(-1)?.subject).toContain('Su inscripción ha cambiado');
    const asks = await test.get(`/registrations/${one}/removal`, contact);
    expect(asks.body).toContain('passes at once to whoever waits next');
    expect((await test.post(`/registrations/${one}/removal`, {}, contact)).statusCode).toBe(303);
    expect(await statesOf(slug)).toEqual(['Somebody New: cancelled', 'Tarragona Two: confirmed']);
    expect((await test.get(base, contact)).body).toContain('The place was given back.');
  });

  it('is told of an offer to its party and takes it for all', async () => {
    const { slug, contact, people, base } = await begun('Mataro', { capacity: 2 });
    const first = await world.person('First Comer', 'first-comer@example.org');
    const second = await world.person('Second Comer', 'second-comer@example.org');
    for (const comer of [first, second])
      await test.post(`/events/${slug}/registration`, { category: 'member' }, await test.signedIn(comer));
    await submit(base, contact, people.slice(0, 2), { mode: 'together' });
    for (const comer of [first, second]) {
      const id = (await test.get(`/events/${slug}/registration`, await test.signedIn(comer))).body.match(
        /\/registrations\/([\w-]{36})/,
      )?.[1];
      await test.post(`/registrations/${id}/removal`, {}, await test.signedIn(comer));
    }
    const offered = (await test.get(base, contact)).body;
    expect(offered).toContain('2 places are offered to Mataro One, Mataro Two');
    expect((await test.get('/registrations', contact)).body).toContain('Places are offered to 2 people');
    const accept = /\/registrations\/[\w-]{36}\/offer\/acceptance/.exec(offered)?.[0] ?? '';
    expect((await test.post(accept, {}, contact)).statusCode).toBe(303);
    expect((await statesOf(slug)).filter((line) => line.startsWith('Mataro'))).toEqual([
      'Mataro One: confirmed',
      'Mataro Two: confirmed',
    ]);
  });

  it('changes who leads it and what was answered for all of it, on a page and over the API', async () => {
    const { slug, contact, people, base } = await begun('Figueres');
    const version = await world.ask(slug);
    const answers = { 'people[0][answers][meal]': 'all', 'people[1][answers][meal]': 'all', 'answers[hotel]': 'Hotel One' };
    await submit(base, contact, people.slice(0, 2), { ...answers, head: '0' });
    const page = await test.get(`${base}/answers`, contact);
    expect(page.body).toContain('value="Hotel One"');
    expect(page.body).not.toContain('What do you eat?');
    const form = { headPersonId: people[1] ?? '', 'answers[hotel]': 'Hotel Two' };
    const changed = await test.post(`${base}/answers?version=${version}`, form, contact);
    expect(changed.headers.location).toBe(`${base}?done=saved`);
    expect((await test.get(base, contact)).body).toContain('Hotel Two');
    const wrong = await test.post(`${base}/answers?version=${version}`, { ...form, headPersonId: people[2] ?? '' }, contact);
    expect(wrong.statusCode).toBe(422);
    const stranger = await begun('Ripoll');
    expect((await test.post(`${base}/answers?version=${version}`, form, stranger.contact)).statusCode).toBe(404);
    const read = await test.get(`/api${base}`, world.asSecretariat);
    expect(read.json()).toMatchObject({
      headPersonId: people[1],
      answers: { hotel: 'Hotel Two' },
      due: 50000,
      places: { free: 1 },
    });
    const patched = await test.send('PATCH', `/api${base}`, { headPersonId: null }, world.asSecretariat);
    expect(patched.json()).toMatchObject({ headPersonId: null, answers: { hotel: 'Hotel Two' } });
  });
});
