import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { LightMyRequestResponse } from 'fastify';
import { describe, expect, it } from 'vitest';
import { buildApp } from '../server/app.ts';
import type { RouteLine } from '../server/http/audiences.ts';
import { AUDIENCES, type Audience } from './access/audiences.ts';
import { exampleOf } from './access/examples.ts';
import { makeWorld } from './access/world.ts';
import { afterFile } from './support/after-file.ts';
import { testApp } from './support/app.ts';
import { operationsOf } from './support/samples.ts';
import { undoneDatabase } from './support/undone.ts';

// Every route as every audience, from the route table, against tests/access/expected.txt, which a person has read. A route that is
// not in it fails, and so does a line of it that is no route. `ACCESS_WRITE=1` writes what is: read the difference before you keep it.

const FILE = path.join(import.meta.dirname, 'access', 'expected.txt');
const WIDTH = 84;
const test = await testApp();
const world = await makeWorld(test.system);
// Each request meets the same world: what it did is undone.
const undone = await undoneDatabase(test.system.config.databaseUrl ?? '');
const app = await buildApp({ ...test.system, db: undone.db });
await app.ready();
afterFile(async () => {
  await app.close();
  await undone.close();
});
const operations = new Map(
  operationsOf(app.swagger()).map((operation) => [
    `${operation.method} ${operation.path.replaceAll(/\{([^}]+)\}/g, ':$1')}`,
    operation,
  ]),
);

/** `+` answered, `0` as if it did not exist, `3` seen but not allowed, `·` sign in first, `!` our fault. */
function fate({ statusCode, headers }: LightMyRequestResponse): string {
  if (statusCode === 401 || (statusCode === 303 && String(headers.location).startsWith('/sign-in?'))) return '·';
  return statusCode === 404 ? '0' : statusCode === 403 ? '3' : statusCode >= 500 ? '!' : '+';
}

async function ask(route: RouteLine, audience: Audience): Promise<string> {
  const { url, body } = exampleOf(route, world.things, operations.get(`${route.method} ${route.url}`));
  const isApi = url.startsWith('/api/');
  const knocker = audience === 'N' ? undefined : world.who[audience];
  const answer = await app.inject({
    method: route.method as 'GET',
    url,
    headers: {
      'sec-fetch-site': 'same-origin',
      ...(knocker && (isApi ? { authorization: knocker.authorization } : { cookie: knocker.cookie })),
      ...(body && { 'content-type': isApi ? 'application/json' : 'application/x-www-form-urlencoded' }),
    },
    ...(body && { payload: isApi ? JSON.stringify(body) : new URLSearchParams(body as Record<string, string>).toString() }),
  });
  await undone.undo();
  return fate(answer);
}

const routes = app.routeTable
  .filter(({ url }) => !/^\/(assets|dev)\//.test(url) && !url.startsWith('/dev/mail'))
  .toSorted((a, b) => a.url.localeCompare(b.url, 'en') || a.method.localeCompare(b.method, 'en'));
const nameOf = (route: { method: string; url: string }) => `${route.method} ${route.url}`;
const actual = new Map<string, string>();
for (const route of routes) {
  let line = '';
  for (const [audience] of AUDIENCES) line += await ask(route, audience);
  actual.set(nameOf(route), line);
}

const HEAD = [
  '# Who gets an answer from which route. + answered, 0 as if it did not exist, 3 seen but not allowed, · sign in first.',
  '# A route of which nobody has a + has an example that proves nothing.',
  ...AUDIENCES.map(([key, words]) => `# ${key}  ${words}`),
  `${''.padEnd(WIDTH)}${AUDIENCES.map(([key]) => key).join('')}`,
];
if (process.env.ACCESS_WRITE) {
  const lines = [...actual].map(([name, line]) => `${name.padEnd(WIDTH)}${line}`);
  writeFileSync(FILE, `${[...HEAD, ...lines].join('\n')}\n`);
}
const expected = new Map(
  readFileSync(FILE, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#') && !line.startsWith(' '))
    .map((line) => [line.slice(0, WIDTH).trimEnd(), line.slice(WIDTH)]),
);

describe('who may what', () => {
  it('is written down for every route, and for nothing that is none', () => {
    expect([...expected.keys()]).toEqual([...actual.keys()]);
  });

  it.each([...actual])('%s answers whom it should', (name, line) => {
    expect(`${AUDIENCES.map(([key]) => key).join('')} ${line}`).toBe(
      `${AUDIENCES.map(([key]) => key).join('')} ${expected.get(name)}`,
    );
  });

  it('is asked with examples that somebody may use', () => {
    expect([...actual].filter(([, line]) => !line.includes('+')).map(([name]) => name)).toEqual([]);
  });

  it('is never our fault', () => {
    expect([...actual].filter(([, line]) => line.includes('!')).map(([name]) => name)).toEqual([]);
  });

  it('lets an ended sign-in do what nobody signed in may do, and a revoked token nothing', () => {
    const wrong = [...actual].filter(([name, line]) =>
      / \/api\//.test(name) ? !/^(GET \/api\/docs|.*·$)/.test(`${name} ${line}`) : line.at(-1) !== line[0],
    );
    expect(wrong).toEqual([]);
  });
});
