import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { freezeAudience } from '../../server/mailings/freezing.ts';
import { testApp } from '../support/app.ts';
import { mailingOffice, TEXTS } from './world.ts';

// MAILING_PEOPLE=1000000 measures what docs/mailings.md says of a million.
const PEOPLE = Number(process.env.MAILING_PEOPLE ?? 20_000);
const SECONDS = Math.max(10, (60 * PEOPLE) / 1_000_000);

it(`freezes ${PEOPLE} people in one statement, and is paused at once meanwhile`, { timeout: 300_000 }, async () => {
  const test = await testApp();
  const { db, system } = test;
  const office = await mailingOffice(db, 1);
  await sql`
    with made as (insert into people (name, email, zone) select 'Person ' || n, 'p' || n || '@d' || n % 500 || '.example.org', 'Europe/Madrid'
      from generate_series(1, ${PEOPLE}::int) n returning id)
    insert into affiliations (person_id, organisation_id) select id, (select id from organisations limit 1) from made`.execute(
    db,
  );
  await sql`analyze people, affiliations`.execute(db);
  const headers = await test.bearer(office.secretariat);
  const made = await test.send(
    'POST',
    '/api/mailings',
    { kind: 'announcement', name: 'All', texts: TEXTS, fallbacks: { organisation: { en: 'your city' } } },
    headers,
  );
  const id = made.json().id;
  await test.send('PUT', `/api/mailings/${id}/schedule`, { schedule: 'now' }, headers);
  const memory = process.memoryUsage().rss;
  const began = performance.now();
  const freezing = freezeAudience(db, id, system.clock());
  await new Promise((resolve) => setTimeout(resolve, 200));
  const pressed = performance.now();
  const paused = await test.send('PUT', `/api/mailings/${id}/pause`, undefined, headers);
  const waited = performance.now() - pressed;
  expect(paused.json().state).toBe('paused');
  expect(waited).toBeLessThan(1000);
  const size = await freezing;
  const seconds = (performance.now() - began) / 1000;
  expect(size).toBe(PEOPLE + 3);
  expect(seconds).toBeLessThan(SECONDS);
  expect(process.memoryUsage().rss - memory).toBeLessThan(64_000_000);
  if (PEOPLE > 100_000) console.log(JSON.stringify({ people: size, seconds, pausedMs: waited }));
  expect((await test.get(`/api/mailings/${id}/progress`, headers)).json()).toMatchObject({
    state: 'paused',
    audience: size,
    counts: { queued: size },
  });
});
