import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.ts';
import { makeWorld } from './world.ts';

const test = await testApp();
const world = await makeWorld(test);
const { token, cookie } = world.secretariat;

const VALUES = [
  '',
  '\u0000',
  '\ud800',
  '%00',
  'x'.repeat(5000),
  '-1',
  '1e309',
  '99999999999',
  '[]',
  '../../etc',
  "' or 1=1 --",
  '2026-02-30',
  '00000000-0000-0000-0000-000000000000',
];
const JSONS: unknown[] = [...VALUES, null, true, -1, 1e308, [], {}, [null], { a: { b: 1 } }];
const encode = (value: string) => encodeURIComponent(value.toWellFormed());
const shown = (value: unknown) => JSON.stringify(value).slice(0, 40);
const cursor = (values: unknown) => Buffer.from(JSON.stringify(values)).toString('base64url');

describe('hostile input', () => {
  it('never breaks an address or a filter', async () => {
    const names = ['q', 'country', 'network', 'membership', 'fee', 'year', 'sort', 'cursor', 'limit', 'organisation', 'contact'];
    for (const value of [...VALUES, cursor(['a', 'b']), cursor([1, 2]), cursor([{}, 1]), cursor(['x'])]) {
      const lists = names.flatMap((name) =>
        ['organisations', 'people', 'networks'].flatMap((list) => [
          `/api/${list}?${name}=${encode(value)}`,
          `/${list}?${name}=${encode(value)}`,
        ]),
      );
      const rooms = ['/organisations/', '/people/', '/networks/', '/organisations/imports/', '/organisations/barcelona/people/'];
      const paths = [
        ...rooms,
        ...['organisations', 'people', 'networks', 'organisations/imports'].map((room) => `/api/${room}/`),
      ];
      for (const url of [...lists, ...paths.map((path) => path + encode(value))]) {
        const answer = await test.get(url, url.startsWith('/api') ? token : cookie);
        expect(answer.statusCode, url.slice(0, 100)).toBeLessThan(500);
      }
    }
  });

  it('never breaks the body of a program', async () => {
    const fields = [
      'name',
      'country',
      'languages',
      'zone',
      'latitude',
      'population',
      'membership',
      'memberSince',
      'networkIds',
      'email',
    ];
    const more = ['language', 'title', 'isContact', 'organisationId', 'coordinatingOrganisationId', 'paidOn'];
    const targets = [
      ['POST', '/api/organisations'],
      ['PATCH', '/api/organisations/barcelona'],
      ['POST', '/api/people'],
      ['PATCH', `/api/people/${world.nobody.id}`],
      ['POST', '/api/networks'],
      ['PATCH', '/api/networks/spanish'],
      ['PUT', '/api/organisations/barcelona/fees/2026'],
      ['POST', '/api/organisations/barcelona/affiliations'],
    ] as const;
    for (const [method, url] of targets) {
      for (const field of [...fields, ...more]) {
        for (const value of JSONS) {
          const answer = await test.send(method, url, { name: 'Somewhere', country: 'ES', zone: 'UTC', [field]: value }, token);
          expect(answer.statusCode, `${method} ${url} ${field} ${shown(value)}`).toBeLessThan(500);
        }
      }
      for (const whole of [[], 'text', 7, null]) {
        const headers = { ...token, 'content-type': 'application/json' };
        const answer = await test.app.inject({ method, url, headers, payload: JSON.stringify(whole) });
        expect(answer.statusCode, `${method} ${url} ${shown(whole)}`).toBeLessThan(500);
      }
    }
  });

  it('never breaks a form', async () => {
    const own = [
      'new',
      'barcelona/edit',
      'barcelona/people',
      'barcelona/fees',
      'bulk',
      'imports',
      'barcelona/fees/x/removal',
      'imports/x/application',
    ];
    const others = [
      '/people',
      `/people/${world.nobody.id}`,
      `/people/${world.nobody.id}/roles`,
      '/networks/new',
      '/networks/spanish',
    ];
    const fields = [
      'name',
      'name[en]',
      'country',
      'zone',
      'email',
      'year',
      'paidOn',
      'role',
      'scopeId',
      'action',
      'organisationIds',
      'coordinating',
      'title',
    ];
    for (const url of [...own.map((path) => `/organisations/${path}`), ...others]) {
      for (const value of VALUES) {
        const form = Object.fromEntries(fields.map((field) => [field, value.toWellFormed()]));
        expect((await test.post(url, form, cookie)).statusCode, `${url} ${shown(value)}`).toBeLessThan(500);
      }
    }
  });
});
