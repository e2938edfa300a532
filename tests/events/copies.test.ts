import { describe, expect, it } from 'vitest';
import { movedTo } from '../../server/events/timetable.ts';
import { eventWorld } from './world.ts';

const local = (text: string) => Temporal.PlainDateTime.from(text);

describe('moving a timetable', () => {
  it('keeps days before and times of day, also across a change of the clocks', () => {
    const spring = {
      zone: 'Europe/Madrid',
      starts: local('2026-03-26T09:00'),
      ends: local('2026-03-29T02:30').add({ hours: 16 }),
      registrationOpens: local('2026-01-15T09:00'),
      registrationCloses: local('2026-03-12T23:59'),
      changesUntil: null,
      lateFrom: local('2026-03-01T00:00'),
    };
    const moved = movedTo(spring, local('2027-10-28T09:00'));
    expect(Object.fromEntries(Object.entries(moved).map(([name, value]) => [name, value?.toString() ?? null]))).toEqual({
      zone: 'Europe/Madrid',
      starts: '2027-10-28T09:00:00',
      ends: '2027-10-31T18:30:00',
      registrationOpens: '2027-08-19T09:00:00',
      registrationCloses: '2027-10-14T23:59:00',
      changesUntil: null,
      lateFrom: '2027-10-03T00:00:00',
    });
    expect(moved.ends.dayOfWeek - moved.starts.dayOfWeek).toBe(spring.ends.dayOfWeek - spring.starts.dayOfWeek);
  });

  it('moves an hour that the clocks leave out on with them', () => {
    const night = { zone: 'Europe/Madrid', starts: local('2026-03-21T20:00'), ends: local('2026-03-22T02:30') };
    expect(movedTo(night, local('2026-03-28T20:00')).ends.toString()).toBe('2026-03-29T03:30:00');
  });
});

describe('the next edition', async () => {
  const world = await eventWorld();
  const { test, year } = world;
  const { token, cookie } = world.secretariat;
  interface Event {
    slug: string;
    edition: number | null;
    series: { slug: string } | null;
    [field: string]: unknown;
  }
  const read = async (slug: string) => (await test.get(`/api/events/${slug}`, token)).json<Event>();

  it('is a draft with everything of this one but its dates, and both are of one series', async () => {
    const slug = await world.create({
      title: { en: 'Congress of Cities', fr: 'Congrès des villes' },
      edition: 18,
      description: { en: '# Axes' },
      hostOrganisationId: world.organisations.granollers,
      registrationOpens: `${year}-01-15T09:00`,
      registrationCloses: `${year}-05-12T23:59`,
      lateFrom: `${year}-04-01T00:00`,
      reducedCountries: ['TG'],
      approval: true,
    });
    await world.publish(slug);
    await test.send('PUT', `/api/events/${slug}/allowances/granollers`, { size: 9 }, token);
    const form = await test.get(`/back-office/events/${slug}/copies/new`, cookie);
    const offered = /name="starts"[^>]*value="([^"]+)"/.exec(form.body)?.[1] ?? '';
    expect(local(offered).dayOfWeek).toBe(local(`${year}-05-26T09:00`).dayOfWeek);
    const done = await test.post(`/back-office/events/${slug}/copies`, { starts: `${year + 2}-10-24T10:00` }, cookie);
    const next = /events\/([^?]+)\?done=eventCopied/.exec(String(done.headers.location))?.[1] ?? '';
    const copy = await read(next);
    const [from, to] = [await read(slug), copy];
    expect(next).toBe(`congress-of-cities-${year + 2}`);
    expect(copy).toMatchObject({
      edition: 19,
      publishedAt: null,
      title: from.title,
      description: from.description,
      places: { capacity: 20, free: 20 },
      limitMember: 5,
      approval: true,
      reducedCountries: ['TG'],
      starts: `${year + 2}-10-24T10:00:00`,
    });
    const days = local(`${year}-05-26T00:00`).until(local(`${year + 2}-10-24T00:00`), { largestUnit: 'days' });
    for (const name of ['ends', 'registrationOpens', 'registrationCloses'])
      expect(to[name], name).toBe(local(String(from[name])).add(days).toString());
    const categories = (event: Event) =>
      (event.categories as { key: string; priceEarly: number }[]).map(({ key, priceEarly }) => [key, priceEarly]);
    expect(categories(to)).toEqual(categories(from));
    expect(to.series).toEqual(from.series);
    expect((await test.get(`/api/events/${next}/allowances`, token)).json()).toEqual({ items: [], next: null });
    const history = (await test.get(`/api/events/${next}/history`, token)).json<{ items: object[] }>();
    expect(history.items).toMatchObject([{ action: 'copied', after: { from: slug } }]);

    await world.publish(next);
    expect((await test.get(`/events/${next}`)).body).toContain(`href="/events/${slug}"`);
    expect(
      (await test.get(`/api/events?series=${from.series?.slug}`)).json<{ items: Event[] }>().items.map((event) => event.slug),
    ).toEqual([slug, next]);
  });

  it('gets the number after the highest, however often it is made, and never one twice', async () => {
    const slug = await world.create({ edition: 3 });
    const copy = (starts: string) => test.send('POST', `/api/events/${slug}/copies`, { starts }, token);
    const made = await Promise.all([copy(`${year + 1}-05-26T09:00`), copy(`${year + 2}-05-26T09:00`)]);
    expect(made.map((answer) => answer.statusCode)).toEqual([201, 201]);
    const events = made.map((answer) => answer.json<Event>());
    expect(events.map((event) => event.edition).sort()).toEqual([4, 5]);
    expect(new Set(events.map((event) => event.slug)).size).toBe(2);
    const taken = await test.send('PATCH', `/api/events/${events[0]?.slug}`, { edition: 3 }, token);
    expect(taken.json()).toMatchObject({ errors: [{ path: 'edition', code: 'editionTaken' }] });
  });

  it('is made from a page that keeps what was typed', async () => {
    const slug = await world.create();
    const tried = await test.post(`/back-office/events/${slug}/copies`, { starts: 'next summer' }, cookie);
    expect(tried.statusCode).toBe(422);
    expect(tried.body).toContain('value="next summer"');
  });

  it('may join only a series whose editions are all the coordinator’s', async () => {
    const foreign = await world.create({ edition: 1 });
    await test.send('POST', `/api/events/${foreign}/copies`, { starts: `${year + 1}-05-26T09:00` }, token);
    const { series } = await read(foreign);
    const seriesId = (
      await test.db
        .selectFrom('series')
        .select('id')
        .where('slug', '=', series?.slug ?? '')
        .executeTakeFirstOrThrow()
    ).id;
    const own = await world.create({ networkId: world.networks.portuguese });
    const answer = await test.send('PATCH', `/api/events/${own}`, { seriesId }, world.coordinator.token);
    expect(answer.json()).toMatchObject({ errors: [{ path: 'seriesId', code: 'choice' }] });
    const named = await test.send('POST', '/api/series', { name: { pt: 'Encontros' } }, world.coordinator.token);
    expect(named.json()).toMatchObject({ slug: 'encontros', editions: 0 });
    const { id } = named.json<{ id: string }>();
    const joined = await test.send('PATCH', `/api/events/${own}`, { seriesId: id }, world.coordinator.token);
    expect(joined.json()).toMatchObject({ series: { slug: 'encontros' } });
  });
});
