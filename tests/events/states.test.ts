import { describe, expect, it } from 'vitest';
import { eventWorld } from './world.ts';

const world = await eventWorld();
const { test, year } = world;
const { token, cookie } = world.secretariat;

const put = (path: string, body: unknown = {}) => test.send('PUT', `/api/events/${path}`, body, token);
const remove = (path: string) => test.send('DELETE', `/api/events/${path}`, undefined, token);
const words = (body: string) =>
  body
    .replace(/<[^>]+>/g, ' ')
    .replace(/&quot;/g, '"')
    .replace(/\s+/g, ' ');

describe('publishing', () => {
  it('says what is missing, which of it blocks, and publishes when nothing does', async () => {
    const slug = await world.create({ capacity: 0, categories: [], title: { en: 'A bare event' } });
    const listed = await test.get(`/api/events/${slug}/publication`, token);
    expect(listed.json()).toMatchObject({ publishedAt: null, ready: false });
    const items = listed.json<{ missing: { code: string; blocks: boolean; language?: string; message: string }[] }>().missing;
    expect(items.filter((item) => item.blocks).map(({ code, language }) => [code, language])).toEqual([
      ['title', 'fr'],
      ['capacity', undefined],
      ['categories', undefined],
    ]);
    expect(items.filter((item) => !item.blocks).map(({ code }) => code)).toEqual([
      'description',
      'description',
      'host',
      'venue',
      'registrationOpens',
      'registrationCloses',
    ]);
    expect(items[0]?.message).toBe('A title');
    const page = await test.get(`/back-office/events/${slug}/publication`, cookie);
    expect(words(page.body)).toContain('A title French');
    expect(page.body).not.toContain('Publish now');
    expect((await put(`${slug}/publication`)).json()).toMatchObject({ code: 'not-complete' });
    const tried = await test.post(`/back-office/events/${slug}/publication`, {}, cookie);
    expect(tried.statusCode).toBe(409);
    expect((await test.get(`/events/${slug}`)).statusCode).toBe(404);

    await test.post(`/back-office/events/${slug}/texts`, { 'title[en]': 'A bare event', 'title[fr]': 'Tout nu' }, cookie);
    await test.post(`/back-office/events/${slug}/places`, { capacity: '5' }, cookie);
    await test.post(`/back-office/events/${slug}/categories/new`, { 'name[en]': 'Anybody', openTo: 'anyone' }, cookie);
    expect((await test.get(`/back-office/events/${slug}/publication`, cookie)).body).toContain('Publish now');
    const done = await test.post(`/back-office/events/${slug}/publication`, {}, cookie);
    expect(done.headers.location).toBe(`/back-office/events/${slug}?done=eventPublished`);
    expect((await test.get(`/events/${slug}`)).statusCode).toBe(200);
  });

  it('shows a draft to who runs it, as everybody will see it, and to nobody else', async () => {
    const slug = await world.create();
    const preview = await test.get(`/events/${slug}`, cookie);
    expect(preview.body).toContain('A draft: only who runs it sees this page');
    expect(preview.body).toContain('<meta name="robots" content="noindex"');
    expect((await test.get(`/events/${slug}`, world.contact.cookie)).statusCode).toBe(404);
    expect((await test.get(`/events/${slug}.ics`)).statusCode).toBe(404);
    expect((await test.get('/events', cookie)).body).not.toContain(`/events/${slug}"`);
  });

  it('is taken back only while nobody is registered', async () => {
    const slug = await world.create();
    await world.publish(slug);
    await world.registered(slug, 'confirmed', 'waiting');
    const page = await test.get(`/back-office/events/${slug}/publication/removal`, cookie);
    expect(words(page.body)).toContain('2 people are registered');
    expect((await remove(`${slug}/publication`)).json()).toMatchObject({ code: 'has-registrations' });
    const tried = await test.post(`/back-office/events/${slug}/publication/removal`, {}, cookie);
    expect([tried.statusCode, words(tried.body)]).toEqual([409, expect.stringContaining('cancel the event instead')]);
    const other = await world.create();
    await world.publish(other);
    expect((await remove(`${other}/publication`)).json()).toMatchObject({ publishedAt: null });
    expect((await test.get(`/events/${other}`)).statusCode).toBe(404);
  });
});

describe('closing', () => {
  it('ends registration at once and lets its dates decide again when it is taken back', async () => {
    const slug = await world.create();
    await world.publish(slug);
    await world.registered(slug, 'confirmed', 'confirmed', 'waiting');
    const register = () => test.send('POST', `/api/events/${slug}/registrations`, { category: 'guest' }, world.contact.token);
    const page = await test.get(`/back-office/events/${slug}/closing`, cookie);
    expect(words(page.body)).toContain('2 confirmed registrations');
    expect(words(page.body)).toContain('One person on the waiting list');
    expect((await put(`${slug}/closing`)).json()).toMatchObject({ closedAt: test.clock().toString() });
    expect((await register()).json()).toMatchObject({ code: 'registration-closed' });
    expect((await test.get(`/events/${slug}`)).body).toContain('Registration is closed');
    expect((await test.get('/api/back-office/events?state=closed', token)).json()).toMatchObject({ items: [{ slug }] });
    const reopened = await test.post(`/back-office/events/${slug}/closing/removal`, {}, cookie);
    expect(reopened.headers.location).toBe(`/back-office/events/${slug}?done=eventReopened`);
    expect((await register()).statusCode).toBe(201);
  });
});

describe('cancelling', () => {
  it('says how many people are told, tells them, and can be taken back', async () => {
    const slug = await world.create();
    await world.publish(slug);
    await world.registered(slug, 'confirmed', 'waiting', 'pending');
    await test.drain();
    const page = await test.get(`/back-office/events/${slug}/cancellation`, cookie);
    expect(words(page.body)).toContain('3 people are told by mail');
    const done = await test.post(`/back-office/events/${slug}/cancellation`, { 'reason[en]': 'A storm is coming' }, cookie);
    expect(done.headers.location).toBe(`/back-office/events/${slug}?done=eventCancelled`);
    expect(await test.drain()).toContain('events.changed');
    const shown = await test.get(`/events/${slug}`);
    expect(words(shown.body)).toContain('This event has been cancelled A storm is coming');
    expect((await test.get(`/events/${slug}.ics`)).body).toContain('STATUS:CANCELLED');
    expect((await remove(`${slug}/cancellation`)).json()).toMatchObject({ cancelledAt: null });
    expect((await test.get(`/events/${slug}.ics`)).body).toContain('STATUS:CONFIRMED');
  });

  it('tells nobody of a draft', async () => {
    await test.drain();
    const slug = await world.create();
    expect(words((await test.get(`/back-office/events/${slug}/cancellation`, cookie)).body)).toContain('nobody is told');
    await put(`${slug}/cancellation`, { reason: {} });
    expect(await test.drain()).not.toContain('events.changed');
  });
});

describe('moving a published event', () => {
  it('is asked about when people would be told, and loses nothing that was typed', async () => {
    const slug = await world.create();
    await world.publish(slug);
    await world.registered(slug, 'confirmed', 'confirmed');
    const form = { zone: 'Europe/Madrid', starts: `${year}-05-26T10:00`, ends: `${year}-05-29T18:00` };
    const asked = await test.post(`/back-office/events/${slug}/when`, form, cookie);
    expect(asked.statusCode).toBe(200);
    expect(words(asked.body)).toContain('2 people are told of the new time or place');
    expect(asked.body).toContain(`name="starts" value="${year}-05-26T10:00"`);
    // Whatever the handler does after its answer is done by now, too.
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect((await test.get(`/api/events/${slug}`)).json()).toMatchObject({ starts: `${year}-05-26T09:00:00` });
    const done = await test.post(`/back-office/events/${slug}/when`, { ...form, confirmed: 'on' }, cookie);
    expect(done.statusCode).toBe(303);
    expect((await test.get(`/api/events/${slug}`)).json()).toMatchObject({ starts: `${year}-05-26T10:00:00` });
  });
});

describe('the history', () => {
  it('says who changed what, before and after, in words', async () => {
    const slug = await world.create();
    await test.send(
      'PATCH',
      `/api/events/${slug}`,
      {
        title: { en: 'Another title', fr: 'Congrès' },
        starts: `${year}-05-26T10:30`,
        capacity: 44,
        hostOrganisationId: world.organisations.leon,
      },
      token,
    );
    await put(`${slug}/allowances/granollers`, { size: 9 });
    const rows = (await test.get(`/api/events/${slug}/history`, token)).json<{
      items: { action: string; actor: { name: string }; before: object | null; after: object | null }[];
    }>().items;
    expect(rows.map(({ action, actor }) => [action, actor.name])).toEqual([
      ['allowanceSet', 'Secretariat'],
      ['changed', 'Secretariat'],
      ['created', 'Secretariat'],
    ]);
    expect(rows[0]).toMatchObject({ before: { size: null }, after: { size: 9 } });
    expect(rows[1]?.before).toEqual({
      title: expect.objectContaining({ fr: expect.stringContaining('Congrès') }),
      starts: `${year}-05-26T09:00:00`,
      capacity: 20,
      hostOrganisationId: null,
    });
    const page = words((await test.get(`/back-office/events/${slug}/history`, cookie)).body);
    expect(page).toContain(`Begins : ${year}-05-26 09:00 → ${year}-05-26 10:30`.replace(' :', ':'));
    expect(page).toMatch(/Title \(English\): Congress \d+ → Another title/);
    expect(page).toContain('Host: nothing → León');
    expect(page).toContain('Places: 20 → 44');
    expect(page).toContain('At most: nothing → 9');
  });
});
