import { describe, expect, it } from 'vitest';
import { eventBody, eventWorld } from './world.ts';

const world = await eventWorld();
const { test, year } = world;
const { token, cookie } = world.secretariat;

const patch = (slug: string, body: unknown, headers = token) => test.send('PATCH', `/api/events/${slug}`, body, headers);
const errorsOf = (answer: { json<T>(): T }) =>
  answer.json<{ errors?: { path: string; code: string }[] }>().errors?.map(({ path, code }) => `${path}: ${code}`);

describe('a change over the API', () => {
  it('changes what is mentioned and nothing else', async () => {
    const slug = await world.create({ approval: true, address: 'Main Square' });
    const answer = await patch(slug, { capacity: 30 });
    expect(answer.json()).toMatchObject({
      approval: true,
      address: 'Main Square',
      places: { capacity: 30, free: 30 },
      limitMember: 5,
      title: { en: 'Congress 1', fr: 'Congrès 1' },
      categories: [{ key: 'member', priceEarly: 25000 }, { key: 'guest' }],
    });
  });

  it('holds the event as a whole, whichever half of it is sent', async () => {
    const slug = await world.create({ registrationOpens: `${year}-01-10T09:00`, registrationCloses: `${year}-05-01T09:00` });
    for (const [body, errors] of [
      [{ ends: `${year}-05-20T09:00` }, ['ends: endsBeforeStarts']],
      [{ starts: `${year}-06-20T09:00` }, ['ends: endsBeforeStarts']],
      [{ registrationOpens: `${year}-05-02T09:00` }, ['registrationCloses: endsBeforeStarts']],
      [{ registrationCloses: `${year}-01-02T09:00` }, ['registrationCloses: endsBeforeStarts']],
      [{ zone: 'Europe/Nowhere' }, ['zone: zone']],
      [{ title: { fr: 'Seul' } }, ['title.en: required']],
      [{ languages: [] }, ['languages: required']],
      [{ languages: ['xx-'] }, ['languages.0: languageTag']],
      [{ networkId: crypto.randomUUID() }, ['networkId: choice']],
      [{ hostOrganisationId: crypto.randomUUID() }, ['hostOrganisationId: choice']],
      [{ formId: crypto.randomUUID() }, ['formId: choice']],
      [{ seriesId: crypto.randomUUID() }, ['seriesId: choice']],
      [{ starts: '2027-02-30T09:00' }, ['starts: localDateTime']],
      [{ capacity: -1 }, ['capacity: tooSmall']],
      [
        {
          categories: [
            { key: 'a', name: {} },
            { key: 'a', name: {} },
          ],
        },
        ['categories.1.key: twice'],
      ],
      [{ slug: 'Not A Slug' }, ['slug: format']],
    ] as const) {
      const answer = await patch(slug, body);
      expect(answer.statusCode, JSON.stringify(body)).toBe(422);
      expect(errorsOf(answer)).toEqual(errors);
    }
    expect((await test.get(`/api/events/${slug}`, token)).json()).toMatchObject({ starts: `${year}-05-26T09:00:00` });
  });

  it('refuses an hour that the clocks leave out, and one that they only seem to', async () => {
    const slug = await world.create();
    // Europe/Madrid, 28 March 2027: after 02:00 comes 03:00.
    const gap = await patch(slug, { starts: '2027-03-28T02:30', ends: '2027-03-28T18:00' });
    expect([gap.statusCode, errorsOf(gap)]).toEqual([422, ['starts: skippedTime']]);
    // The same hour exists where the clocks do not change.
    const there = await patch(slug, { starts: '2027-03-28T02:30', ends: '2027-03-28T18:00', zone: 'Africa/Lome' });
    expect(there.json()).toMatchObject({ startsAt: '2027-03-28T02:30:00Z' });
    const back = await patch(slug, { zone: 'Europe/Madrid' });
    expect([back.statusCode, errorsOf(back)]).toEqual([422, ['starts: skippedTime']]);
  });

  it('keeps every local time when the zone changes', async () => {
    const slug = await world.create({ registrationOpens: `${year}-01-10T09:00` });
    const answer = await patch(slug, { zone: 'America/Argentina/Cordoba' });
    expect(answer.json()).toMatchObject({
      starts: `${year}-05-26T09:00:00`,
      startsAt: `${year}-05-26T12:00:00Z`,
      registrationOpensAt: `${year}-01-10T12:00:00Z`,
    });
  });

  it('lets an old address lead to the new one, and nobody else have it', async () => {
    const slug = await world.create({ title: { en: 'A meeting', fr: 'Une rencontre' } });
    await world.publish(slug);
    const answer = await patch(slug, { slug: 'a-better-name' });
    expect(answer.json()).toMatchObject({ slug: 'a-better-name' });
    const old = await test.get(`/events/${slug}`);
    expect([old.statusCode, old.headers.location]).toEqual([301, '/events/a-better-name']);
    const office = await test.get(`/back-office/events/${slug}/when`, cookie);
    expect([office.statusCode, office.headers.location]).toEqual([301, '/back-office/events/a-better-name/when']);
    const other = await world.create();
    for (const taken of [slug, 'a-better-name'])
      expect(errorsOf(await patch(other, { slug: taken }))).toEqual(['slug: slugTaken']);
    expect((await patch('a-better-name', { slug })).json()).toMatchObject({ slug });
    expect((await test.get('/events/a-better-name')).headers.location).toBe(`/events/${slug}`);
  });

  it('does not say by a redirect what a draft is called', async () => {
    const slug = await world.create({ title: { en: 'Known once', fr: 'Connu' } });
    await patch(slug, { slug: 'a-secret-name' });
    expect((await test.get(`/events/${slug}`)).statusCode).toBe(404);
  });

  it('tells who is registered of a new time or place, and of nothing else', async () => {
    const slug = await world.create();
    await world.publish(slug);
    await world.registered(slug, 'confirmed');
    await test.drain();
    await patch(slug, { description: { en: 'More words' }, limitMember: 7 });
    expect(await test.drain()).not.toContain('events.changed');
    await patch(slug, { starts: `${year}-05-26T10:00` });
    expect(await test.drain()).toContain('events.changed');
  });

  it('takes prices to the minor unit of another currency', async () => {
    const slug = await world.create();
    const answer = await patch(slug, { currency: 'JPY' });
    expect(answer.json()).toMatchObject({
      currency: 'JPY',
      categories: [{ priceEarly: 250, priceLate: 320 }, { priceEarly: 0 }],
    });
  });

  it('neither begins nor ends the limit of a category under people', async () => {
    const slug = await world.create();
    await world.registered(slug, 'confirmed');
    const categories = eventBody(year, 1).categories;
    const answer = await patch(slug, { categories: [{ ...categories[0], capacity: 5 }, categories[1]] });
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([409, 'category-limit-in-use']);
    const other = await patch(slug, { categories: [categories[0], { ...categories[1], capacity: 5 }] });
    expect(other.json()).toMatchObject({ categories: [{ capacity: null }, { capacity: 5, free: 5 }] });
  });
});

describe('who may write', () => {
  it('is a coordinator in their network, and an organiser in their event alone', async () => {
    const mine = await test.send(
      'POST',
      '/api/events',
      { ...eventBody(year, 90), networkId: world.networks.portuguese },
      world.coordinator.token,
    );
    expect(mine.statusCode).toBe(201);
    for (const networkId of [world.networks.spanish, null]) {
      const other = await test.send('POST', '/api/events', { ...eventBody(year, 91), networkId }, world.coordinator.token);
      expect(other.statusCode).toBe(403);
    }
    const { slug } = mine.json<{ slug: string }>();
    expect((await patch(slug, { networkId: world.networks.spanish }, world.coordinator.token)).statusCode).toBe(403);
    const appointed = await test.send(
      'POST',
      `/api/events/${slug}/organisers`,
      { email: 'nobody.in.particular@example.org' },
      world.coordinator.token,
    );
    expect(appointed.statusCode, appointed.body).toBe(201);
    await test.drain();
    const mail = (await test.mails('nobody.in.particular@example.org')).at(-1);
    expect([mail?.subject, mail?.text.includes(`/back-office/events/${slug}`)]).toEqual(['You run Congress 90', true]);
    const organiser = world.nobody.token;
    expect((await patch(slug, { capacity: 33 }, organiser)).json()).toMatchObject({ places: { capacity: 33 } });
    expect((await patch(slug, { networkId: null }, organiser)).statusCode).toBe(403);
    expect(
      (await test.send('POST', `/api/events/${slug}/organisers`, { email: 'x@example.org', name: 'X' }, organiser)).statusCode,
    ).toBe(403);
    expect((await test.send('POST', '/api/events', eventBody(year, 92), organiser)).statusCode).toBe(403);
    const draft = await world.create();
    expect((await patch(draft, { capacity: 1 }, organiser)).statusCode).toBe(404);
    const dismissed = await test.send(
      'DELETE',
      `/api/events/${slug}/organisers/${world.nobody.id}`,
      undefined,
      world.coordinator.token,
    );
    expect(dismissed.json()).toEqual({ items: [] });
    expect((await patch(slug, { capacity: 34 }, organiser)).statusCode).toBe(404);
  });

  it('needs a name for somebody new, and makes them a person who can sign in', async () => {
    const slug = await world.create();
    const add = (body: object) => test.send('POST', `/api/events/${slug}/organisers`, body, token);
    expect(errorsOf(await add({ email: 'new@example.org' }))).toEqual(['name: nameOfNew']);
    const added = await add({ email: 'new@example.org', name: 'Congress office' });
    expect(added.json()).toMatchObject({ items: [{ name: 'Congress office', email: 'new@example.org' }] });
    await add({ email: 'new@example.org' });
    expect((await test.get(`/api/events/${slug}/organisers`, token)).json<{ items: unknown[] }>().items).toHaveLength(1);
  });
});
