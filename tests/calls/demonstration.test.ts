import { expect, it } from 'vitest';
import { loadDemonstration } from '../../server/demonstration.ts';
import { testApp } from '../support/app.ts';
import { testClock } from '../support/clock.ts';

it.each(['2026-03-01T10:00:00Z', '2026-11-23T10:00:00Z'])('has an award that is open at %s, with nothing missing', async (at) => {
  const test = await testApp({ clock: testClock(at) });
  await loadDemonstration(test.system);
  const { items } = (await test.get('/api/calls')).json<{ items: { slug: string }[] }>();
  expect(items.map(({ slug }) => slug)).toEqual(['educating-cities-award']);
  for (const language of ['en', 'fr', 'es', 'pt'])
    expect((await test.get(`/calls/educating-cities-award?lang=${language}`)).statusCode).toBe(200);
  const body = (await test.get('/calls/educating-cities-award?lang=en')).body;
  expect(body).toContain('Take part');
  // How ties are ordered stands where everybody reads it before they apply.
  expect(body).toContain('What orders entries that have the same score: Their mean on the heaviest criterion');
  const { id } = await test.db
    .selectFrom('people')
    .select('id')
    .where('email', '=', 'secretariat@example.org')
    .executeTakeFirstOrThrow();
  const bearer = await test.bearer(id);
  const judged = (path: string) => test.get(`/api/calls/call-for-experiences/${path}`, bearer);
  expect((await judged('ballot')).json()).toEqual({ open: true, cast: 3, result: null });
  expect((await judged('ranking')).json()).toMatchObject({
    status: 'calibrated',
    number: 1,
    tie: { rule: 'heaviest-criterion', entries: expect.arrayContaining([expect.any(String)]) },
  });
  await test.close();
});
