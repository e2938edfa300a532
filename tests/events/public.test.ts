import { describe, expect, it } from 'vitest';
import { eventWorld } from './world.ts';

const world = await eventWorld();
const { test, year } = world;
const { token, cookie } = world.secretariat;

const published = async (more: Record<string, unknown> = {}) => {
  const slug = await world.create(more);
  await world.publish(slug);
  return slug;
};
const words = (body: string) => body.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
const links = (body: string) => [...body.matchAll(/<h3><a href="\/events\/([^"]+)"/g)].map((match) => match[1]);

/** How many connections a page asks the pool for: one a query. */
async function queriesOf(url: string): Promise<number> {
  const { pool } = test.system;
  const connect = pool.connect.bind(pool);
  let count = 0;
  pool.connect = ((...args: never[]) => {
    count++;
    return (connect as (...rest: never[]) => unknown)(...args);
  }) as typeof pool.connect;
  try {
    const answer = await test.get(url, cookie);
    expect(answer.statusCode, url).toBe(200);
  } finally {
    pool.connect = connect;
  }
  return count;
}

describe('lists', () => {
  it('take as many queries for 60 events as for 3', async () => {
    const urls = [
      '/events',
      '/events?past=on',
      '/back-office',
      '/back-office/events',
      '/back-office/events?state=draft&kind=congress',
    ];
    for (let n = 0; n < 3; n++) await published();
    const few = [];
    for (const url of urls) few.push(await queriesOf(url));
    for (let n = 0; n < 57; n++) await world.create();
    const many = [];
    for (const url of urls) many.push(await queriesOf(url));
    expect(many).toEqual(few);
    expect(Math.max(...many)).toBeLessThanOrEqual(5);
    const page = await test.get('/back-office/events', cookie);
    expect(words(page.body)).toContain('60 rows');
    expect(page.body).toContain('rel="next"');
    await test.db.updateTable('events').set({ cancelled_at: test.clock() }).execute();
    await test.db.updateTable('events').set({ published_at: null }).execute();
  });

  it('filter by kind, network, country, month, language and words, month by month', async () => {
    const [may, july] = [
      await published({
        kind: 'seminar',
        title: { en: 'Água and cities', fr: 'Eau' },
        country: 'PT',
        networkId: world.networks.portuguese,
      }),
      await published({
        kind: 'dialogue',
        title: { en: 'Night schools', ca: 'Escoles' },
        languages: ['en', 'ca'],
        country: 'ES',
        starts: `${year}-07-01T09:00`,
        ends: `${year}-07-01T18:00`,
      }),
    ];
    const found = async (query: string) => links((await test.get(`/events?${query}`)).body);
    expect(await found('')).toEqual([may, july]);
    expect(await found('kind=seminar')).toEqual([may]);
    expect(await found('network=portuguese')).toEqual([may]);
    expect(await found('country=ES')).toEqual([july]);
    expect(await found(`month=${year}-07`)).toEqual([july]);
    expect(await found('language=ca')).toEqual([july]);
    expect(await found('q=agua')).toEqual([may]);
    expect(await found('q=nothing-like-it')).toEqual([]);
    const page = await test.get('/events');
    expect([...page.body.matchAll(/<h2 id="m-([^"]+)"/g)].map((match) => match[1])).toEqual([`${year}-05`, `${year}-07`]);
    expect(page.body).toContain('<option value="ca">Catalan</option>');
    const wrong = await test.get('/events?kind=party&country=ES');
    expect([wrong.statusCode, links(wrong.body)]).toEqual([200, [july]]);
  });

  it('never show a stale byte: after a change, and after time alone', async () => {
    const slug = await published({
      title: { en: 'Soon', fr: 'Bientôt' },
      starts: `${year}-02-01T09:00`,
      ends: `${year}-02-01T18:00`,
    });
    expect(links((await test.get('/events?past=on')).body)).not.toContain(slug);
    expect(links((await test.get('/events')).body)).toContain(slug);
    await test.send('PATCH', `/api/events/${slug}`, { title: { en: 'Sooner', fr: 'Bientôt' } }, token);
    expect((await test.get('/events')).body).toContain('Sooner');
    const before = test.clock();
    test.clock.set(Temporal.Instant.from(`${year}-02-02T00:00:00Z`));
    expect(links((await test.get('/events?past=on')).body)).toContain(slug);
    expect(links((await test.get('/events')).body)).not.toContain(slug);
    test.clock.set(before);
  });
});

describe('the page of an event', () => {
  const rich = () =>
    published({
      title: { en: 'Rich </script><script>alert(1)</script>', fr: 'Riche', ca: 'Ric' },
      languages: ['en', 'fr', 'ca'],
      summary: { en: 'In English' },
      description: { en: '## Axes\n\n<img src=x onerror=alert(1)> **bold**', ca: 'En català' },
      hostOrganisationId: world.organisations.granollers,
      country: 'ES',
      venue: { en: 'Theatre' },
      edition: 18,
      lateFrom: `${year}-04-01T00:00`,
      reducedCountries: ['TG'],
      categories: [
        {
          key: 'member',
          name: { en: 'Member' },
          openTo: 'members',
          priceEarly: 25000,
          priceLate: 32050,
          priceReduced: 10000,
          capacity: 3,
        },
        { key: 'crew', name: { en: 'Crew' }, openTo: 'organiser' },
      ],
    });

  it('says what it costs until when, what is left, and what it is to machines', async () => {
    const slug = await rich();
    const { body, headers } = await test.get(`/events/${slug}`);
    const said = words(body.replace(/<script[^]*?<\/script>/g, ''));
    expect(said).toContain('Until 31 March');
    expect(said).toContain('€250 now');
    expect(said).toContain('€320.50');
    expect(said).toContain('The reduced price is for Togo.');
    expect(said).toContain('3 left');
    expect(said).not.toContain('Crew');
    expect(body).not.toMatch(/<img|<script>alert/);
    expect(body).toContain('<h3>Axes</h3>');
    const json = /<script type="application\/ld\+json">([^]*?)<\/script>/.exec(body)?.[1] ?? '';
    expect(JSON.parse(json)).toMatchObject({
      '@context': 'https://schema.org',
      '@type': 'Event',
      name: 'Rich </script><script>alert(1)</script>',
      startDate: `${year}-05-26T09:00:00+02:00`,
      endDate: `${year}-05-29T18:00:00+02:00`,
      eventStatus: 'https://schema.org/EventScheduled',
      eventAttendanceMode: 'https://schema.org/OfflineEventAttendanceMode',
      location: [{ '@type': 'Place', name: 'Theatre', address: { addressCountry: 'ES', addressLocality: 'Granollers' } }],
      offers: [{ name: 'Member', price: '250.00', priceCurrency: 'EUR', availability: 'https://schema.org/InStock' }],
    });
    expect(body).toContain(`<link rel="canonical" href="${test.url}/events/${slug}"`);
    expect(body).toContain(`hreflang="fr" href="${test.url}/events/${slug}?lang=fr"`);
    expect(body).toContain('<meta property="og:locale" content="en_GB"');
    expect(body).toContain('<meta property="og:locale:alternate" content="fr_FR"');
    expect(headers['content-security-policy']).toContain("script-src 'self'");
  });

  it('speaks the languages of its organisers, and says when it does not speak the reader’s', async () => {
    const slug = await rich();
    const spanish = await test.get(`/events/${slug}?lang=es`);
    expect(spanish.body).toContain('<h1 lang="en"');
    expect(words(spanish.body)).toContain('Este texto no está disponible en su idioma; se muestra en inglés.');
    const catalan = await test.get(`/events/${slug}?lang=es&text=ca`);
    expect(catalan.body).toContain('<h1 lang="ca"');
    expect(catalan.body).toContain('En català');
    expect((await test.get(`/events/${slug}?text=xx`)).body).toContain('<h1>');
  });

  it('shows the late price from its moment on, also from the cache', async () => {
    const slug = await rich();
    const now = async () => words((await test.get(`/events/${slug}`)).body.replace(/<script[^]*?<\/script>/g, ''));
    expect(await now()).toContain('€250 now');
    const before = test.clock();
    test.clock.set(Temporal.Instant.from(`${year}-03-31T22:00:00Z`));
    expect(await now()).toContain('€320.50 now');
    test.clock.set(before);
  });
});

describe('allowances', () => {
  it('are one organisation’s own beside those of everybody', async () => {
    const slug = await published();
    const path = `/back-office/events/${slug}/allowances`;
    const near = await test.post(path, { organisation: 'Granolers', size: '9' }, cookie);
    expect(near.statusCode).toBe(422);
    expect(near.body).toContain('value="Granolers"');
    const wrong = await test.post(path, { organisation: 'granollers', size: 'many' }, cookie);
    expect([wrong.statusCode, wrong.body.includes('value="many"')]).toEqual([422, true]);
    expect((await test.post(path, { organisation: 'granollers', size: '9' }, cookie)).statusCode).toBe(303);
    const list = () => test.get(`/api/events/${slug}/allowances`, token).then((answer) => answer.json());
    expect(await list()).toEqual({
      items: [
        {
          organisation: { slug: 'granollers', name: 'Granollers', country: 'ES', membership: 'member' },
          size: 9,
          limit: 9,
          used: 0,
        },
      ],
      next: null,
    });
    const back = await test.send('DELETE', `/api/events/${slug}/allowances/granollers`, undefined, token);
    expect(back.json()).toMatchObject({ size: null, limit: 5 });
    expect((await test.send('PUT', `/api/events/${slug}/allowances/nowhere`, { size: 1 }, token)).statusCode).toBe(404);
  });
});

describe('the list of the back office', () => {
  it('is a file too, with the same filters and only what one runs', async () => {
    const slug = await published({
      networkId: world.networks.portuguese,
      title: { en: '=1+1', fr: 'Formule' },
      kind: 'assembly',
    });
    const csv = await test.get('/back-office/events.csv?kind=assembly', world.coordinator.cookie);
    expect(csv.headers['content-type']).toContain('text/csv');
    const lines = csv.body.trim().split('\r\n');
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain(`${slug},'=1+1,Assembly`);
    const json = (await test.get('/back-office/events.json', world.coordinator.cookie)).json<{ network: string }[]>();
    expect(new Set(json.map((row) => row.network))).toEqual(new Set(['Portuguese Network']));
  });
});
