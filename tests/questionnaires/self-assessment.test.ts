import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { grantRole } from '../../server/accounts/actions.ts';
import { placeAmong } from '../../server/questionnaires/indicators.ts';
import { testApp } from '../support/app.ts';

const test = await testApp({ clock: (await import('../support/clock.ts')).testClock('2026-03-02T10:00:00Z') });
const { db } = test;

async function cities(n: number) {
  const { rows } = await sql<{ person: string; slug: string }>`
    with o as (insert into organisations (slug, name, country, zone) select 'city-' || i, 'City ' || i, 'ES', 'Europe/Madrid' from generate_series(1, ${n}) i returning id, slug),
      p as (insert into people (name, email, language, zone) select 'Contact of ' || slug, slug || '@example.org', 'en', 'Europe/Madrid' from o returning id, email),
      a as (insert into affiliations (person_id, organisation_id, is_contact) select p.id, o.id, true from o join p on p.email = o.slug || '@example.org')
    select p.id as person, o.slug from o join p on p.email = o.slug || '@example.org'`.execute(db);
  return rows;
}

describe('the self-assessment', () => {
  it('asks one contact of each city, may be corrected until it closes, and shows a city its years and its place, and no other', async () => {
    const all = await cities(12);
    const { rows } = await sql<{ id: string }>`insert into people (name) values ('Secretariat') returning id`.execute(db);
    const secretariat = rows[0]?.id ?? '';
    await grantRole(db, null, secretariat, { role: 'secretariat', scopeId: null });
    const headers = await test.bearer(secretariat);
    const made = await test.send('POST', '/api/self-assessments', { year: 2026 }, headers);
    expect(made.statusCode, made.body).toBe(201);
    expect((await test.send('POST', '/api/self-assessments', { year: 2026 }, headers)).statusCode).toBe(422);
    const { id } = made.json<{ id: string }>();
    const opened = await test.send('PUT', `/api/self-assessments/${id}/opening`, {}, headers);
    expect(opened.json(), opened.body).toMatchObject({ asked: 12, privacy: 'named' });
    await test.drain();
    const answer = async (slug: string, code: string) => {
      const [mail] = await test.mails(`${slug}@example.org`);
      const token = /\/q\/([\w-]{43})/.exec(mail?.text ?? '')?.[1];
      const city = Object.fromEntries(
        ['departments', 'participation', 'lifelong', 'inclusion', 'evaluation'].map((row) => [row, code]),
      );
      const sent = await test.send('POST', `/api/askings/${token}/answers`, { answers: { city } });
      expect(sent.statusCode, sent.body).toBe(201);
    };
    for (const { slug } of all) await answer(slug, slug === 'city-1' ? '5' : slug === 'city-2' ? '4' : '3');
    await answer('city-2', '1');
    const seen = async (slug: string, as: string) =>
      test.get(
        `/api/organisations/${slug}/self-assessments`,
        await test.bearer(all.find((city) => city.slug === as)?.person ?? ''),
      );
    const own = (await seen('city-1', 'city-1')).json();
    expect(own.years).toEqual([{ year: 2026, answered: true }]);
    expect(own.indicators[0]).toMatchObject({ concept: 'self.departments', scores: [{ year: 2026, score: 5, place: 'above' }] });
    expect((await seen('city-2', 'city-2')).json().indicators[0].scores).toEqual([{ year: 2026, score: 1, place: 'below' }]);
    expect((await seen('city-1', 'city-2')).statusCode).toBe(404);
  });

  it('tells no place among few', () => {
    expect(placeAmong(5, [1, 2, 3, 4, 5, 1, 2, 3, 4])).toBeNull();
    expect(placeAmong(5, [1, 2, 3, 4, 4, 1, 2, 3, 4, 4])).toBe('above');
    expect(placeAmong(3, [1, 2, 3, 4, 4, 1, 2, 3, 4, 4])).toBe('middle');
  });
});
