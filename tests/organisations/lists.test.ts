import { strFromU8, unzipSync } from 'fflate';
import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { testApp } from '../support/app.ts';
import { makeWorld } from './world.ts';

const test = await testApp();
const world = await makeWorld(test);
const { token, cookie } = world.secretariat;

interface Listed {
  items: { id: string; slug: string; name: string; country: string; population: number | null }[];
  next: string | null;
}
const list = async (query: string) => (await test.get(`/api/organisations?${query}`, token)).json<Listed>();
const names = async (query: string) => (await list(query)).items.map((item) => item.name);

describe('searching', () => {
  it('forgives accents, case, spaces and the order of words', async () => {
    for (const q of ['leon', 'LEÓN', 'Léon', ' león ']) expect(await names(`q=${encodeURIComponent(q)}`), q).toEqual(['León']);
    for (const q of ['torres vedras', 'VEDRAS  torres', 'torres', 'edra'])
      expect(await names(`q=${encodeURIComponent(q)}`), q).toEqual(['Torres Vedras']);
    expect(await names('q=%25')).toEqual([]);
    expect(await names('q=_e')).toEqual([]);
    expect(await names(`q=${encodeURIComponent('x'.repeat(900))}`)).toEqual([]);
  });

  it('filters by country, network, membership and fee', async () => {
    await test.send('PUT', '/api/organisations/leon/fees/2026', { paidOn: '2026-01-31' }, token);
    expect(await names('country=PT')).toEqual(['Lisboa', 'Torres Vedras']);
    expect(await names('network=portuguese&q=lis')).toEqual(['Lisboa']);
    expect(await names('fee=paid&year=2026')).toEqual(['León']);
    expect(await names('fee=unpaid&year=2026&country=ES')).toEqual(['Barcelona', 'Granollers']);
    expect(await names('membership=former')).toEqual([]);
    expect((await test.get('/api/organisations?country=XQ', token)).statusCode).toBe(422);
    expect((await test.get('/api/organisations?cursor=bm8', token)).statusCode).toBe(422);
    const page = await test.get('/organisations?year=soon&q=lis', cookie);
    expect(page.statusCode).toBe(422);
    expect(page.body).toContain('Lisboa');
  });
});

describe('paging', () => {
  beforeAll(async () => {
    await sql`insert into organisations (slug, name, country, zone, population)
      select 'many-' || i, case i % 3 when 0 then 'Água ' when 1 then 'agua ' else 'Zürich ' end || i, case i % 2 when 0 then 'PT' else 'FR' end, 'UTC', nullif(i % 7, 0)
      from generate_series(1, 230) i`.execute(test.db);
  });

  it('goes through every order complete and without a duplicate', async () => {
    for (const sort of ['name', '-name', 'country', '-population', '-created']) {
      const seen: string[] = [];
      let cursor: string | null = '';
      do {
        const page: Listed = await list(`sort=${sort}&limit=17${cursor && `&cursor=${cursor}`}`);
        seen.push(...page.items.map((item) => item.id));
        cursor = page.next;
      } while (cursor);
      expect(seen, sort).toHaveLength(235);
      expect(new Set(seen).size, sort).toBe(235);
    }
  });

  it('makes a page of its list with as many queries for 50 as for 5', async () => {
    const queries = async (url: string) => {
      const pool = test.system.pool;
      const original = pool.query.bind(pool);
      let count = 0;
      const connect = pool.connect.bind(pool);
      // Kysely takes a client for each query.
      pool.connect = ((...args: never[]) => {
        count++;
        return (connect as (...rest: never[]) => unknown)(...args);
      }) as typeof pool.connect;
      try {
        expect((await test.get(url, cookie)).statusCode).toBe(200);
      } finally {
        pool.connect = connect;
        pool.query = original;
      }
      return count;
    };
    expect(await queries('/organisations')).toBe(await queries('/organisations?network=portuguese'));
    expect(await queries('/organisations')).toBeLessThanOrEqual(6);
  });
});

describe('exporting', () => {
  beforeAll(async () => {
    await sql`insert into organisations (slug, name, country, zone, latitude, longitude) values
      ('formula', '=HYPERLINK("http://evil.example","x")', 'FR', 'UTC', -5.5, 1), ('plus', '+1', 'FR', 'UTC', null, null), ('at', '@SUM(1)', 'FR', 'UTC', null, null),
      ('minus', '-2+3', 'FR', 'UTC', null, null)`.execute(test.db);
  });

  it('writes CSV whose cells no spreadsheet computes, with negative numbers as numbers', async () => {
    const file = await test.get('/organisations.csv?country=FR', cookie);
    expect(file.headers['content-type']).toContain('text/csv');
    expect(file.headers['content-disposition']).toContain('attachment; filename="Organisations.csv"');
    expect(file.body.startsWith('\ufeffName,Country')).toBe(true);
    const starts = file.body.split('\r\n').map((line) => line.replace(/^"/, '')[0]);
    expect(starts.filter((sign) => sign !== undefined && '=+-@'.includes(sign))).toEqual([]);
    expect(file.body).toContain(`'=HYPERLINK`);
    expect(file.body).toContain(',-5.5,1,');
    expect(file.body.trim().split('\r\n')).toHaveLength(1 + 115 + 4);
  });

  it('writes a workbook whose cells are texts', async () => {
    const file = await test.get('/organisations.xlsx?country=FR', cookie);
    const parts = unzipSync(file.rawPayload);
    const xml = Object.entries(parts)
      .filter(([name]) => name.endsWith('.xml'))
      .map(([, bytes]) => strFromU8(bytes))
      .join('');
    expect(xml).toContain('HYPERLINK');
    expect(xml).not.toContain('<f>');
  });

  it('writes JSON with the same keys in every language', async () => {
    const rows = (await test.get('/organisations.json?country=FR&lang=pt', cookie)).json<Record<string, unknown>[]>();
    expect(rows).toHaveLength(119);
    expect(Object.keys(rows[0] ?? {})).toContain('languages');
    expect((await test.get('/organisations.json?q=nothing-like-it', cookie)).json()).toEqual([]);
  });

  it('comes back through the import as it went', async () => {
    const csv = (await test.get('/organisations.csv?country=ES', cookie)).body;
    const answer = await test.app.inject({
      method: 'POST',
      url: '/api/organisations/imports',
      headers: { 'content-type': 'text/csv', ...token },
      payload: Buffer.from(csv),
    });
    expect(answer.json()).toMatchObject({ preview: { counts: { unchanged: 3, wrong: 0, created: 0, updated: 0 } } });
  });
});

describe('changing many', () => {
  it('asks first, then does it all', async () => {
    const ids = [world.organisations.lisboa ?? '', world.organisations.leon ?? ''];
    const asked = await test.post(
      '/organisations/bulk',
      { action: 'fee', year: '2026', membership: 'member', organisationIds: ids },
      cookie,
    );
    expect(asked.statusCode).toBe(200);
    expect(asked.body).toContain('for 1 organisation');
    expect(await names('fee=paid&year=2026')).toEqual(['León']);
    const done = await test.post(
      '/organisations/bulk',
      { action: 'fee', year: '2026', organisationIds: ids, confirmed: 'on' },
      cookie,
    );
    expect(done.headers.location).toBe('/organisations?done=bulkDone&n=1');
    expect(await names('fee=paid&year=2026')).toEqual(['León', 'Lisboa']);
    await test.post(
      '/organisations/bulk',
      { action: 'membership', membership: 'former', organisationIds: ids, confirmed: 'on' },
      cookie,
    );
    expect(await names('membership=former')).toEqual(['León', 'Lisboa']);
  });

  it('does nothing when one of them is not there, nobody is chosen, or somebody else asks', async () => {
    const forged = [world.organisations.barcelona ?? '', '00000000-0000-7000-8000-000000000000'];
    expect(
      (
        await test.post(
          '/organisations/bulk',
          { action: 'membership', membership: 'none', organisationIds: forged, confirmed: 'on' },
          cookie,
        )
      ).statusCode,
    ).toBe(404);
    expect(await names('membership=none')).toEqual([]);
    const none = await test.post('/organisations/bulk', { action: 'fee', year: '2026' }, cookie);
    expect(none.statusCode).toBe(422);
    expect(none.body).toContain('Choose at least one organisation first');
    expect(
      (await test.post('/organisations/bulk', { action: 'fee', year: '2026', organisationIds: forged }, world.coordinator.cookie))
        .statusCode,
    ).toBe(404);
  });
});
