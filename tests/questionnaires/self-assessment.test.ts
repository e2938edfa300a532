import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { grantRole } from '../../server/accounts/roles.ts';
import { askingToken } from '../../server/questionnaires/askings.ts';
import { placeAmong } from '../../server/questionnaires/indicators.ts';
import { testApp } from '../support/app.ts';

const test = await testApp({ clock: (await import('../support/clock.ts')).testClock('2026-03-02T10:00:00Z') });
const { db } = test;

async function cities(n: number) {
  const { rows } = await sql<{ person: string; slug: string }>`
    with o as (insert into organisations (slug, name, country, zone, population) select 'city-' || i, 'City ' || i, 'ES', 'Europe/Madrid', 30000 from generate_series(1, ${n}) i returning id, slug),
      p as (insert into people (name, email, language, zone) select 'Contact of ' || slug, slug || '@example.org', 'en', 'Europe/Madrid' from o returning id, email),
      a as (insert into affiliations (person_id, organisation_id, is_contact) select p.id, o.id, true from o join p on p.email = o.slug || '@example.org')
    select p.id as person, o.slug from o join p on p.email = o.slug || '@example.org'`.execute(db);
  return rows;
}

const ROWS = ['departments', 'participation', 'lifelong', 'inclusion', 'evaluation'];

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
    const early = (await seen('city-1', 'city-1')).json();
    expect(early.years).toEqual([{ year: 2026, closed: false, answered: true, changes: 0, others: null, ofSize: null }]);
    expect(early.indicators[0].scores).toEqual([{ year: 2026, score: 5, place: null, placeOfSize: null, mean: null }]);
    await test.send('PUT', `/api/questionnaires/${id}/closing`, {}, headers);
    await test.drain();
    const own = (await seen('city-1', 'city-1')).json();
    expect(own.years).toEqual([{ year: 2026, closed: true, answered: true, changes: 0, others: 11, ofSize: 11 }]);
    expect(own.indicators[0]).toMatchObject({
      concept: 'self.departments',
      scores: [{ year: 2026, score: 5, place: 'above', placeOfSize: 'above', mean: 2.8 }],
    });
    const other = (await seen('city-2', 'city-2')).json();
    expect(other.indicators[0].scores).toMatchObject([{ year: 2026, score: 1, place: 'below' }]);
    expect(other.years[0]).toMatchObject({ changes: 1 });
    expect((await seen('city-1', 'city-2')).statusCode).toBe(404);
  });

  it('shows what was answered to whoever changes it, and keeps what it was before', async () => {
    const { rows } = await sql<{ id: string; org: string }>`
      select a.id, o.slug as org from askings a join organisations o on o.id = a.organisation_id where o.slug = 'city-3'`.execute(
      db,
    );
    const [asking] = rows;
    const person =
      (await sql<{ id: string }>`select person_id as id from askings where id = ${asking?.id}`.execute(db)).rows[0]?.id ?? '';
    // The year is over: the link says so, and takes nothing.
    const token = askingToken(test.system.config.secret, asking?.id ?? '');
    expect((await test.get(`/q/${token}`)).body).toContain('This questionnaire is closed');
    const secretary =
      (await sql<{ id: string }>`select person_id as id from roles where role = 'secretariat' limit 1`.execute(db)).rows[0]?.id ??
      '';
    const headers = await test.bearer(secretary);
    const { id } = (await test.send('POST', '/api/self-assessments', { year: 2027 }, headers)).json<{ id: string }>();
    expect((await test.send('PUT', `/api/self-assessments/${id}/opening`, {}, headers)).statusCode).toBe(200);
    const page = await test.get('/organisations/city-3/self-assessments', await test.signedIn(person));
    const link = /\/q\/[\w-]{43}/.exec(page.body)?.[0] ?? '';
    const choose = (code: string) => Object.fromEntries(ROWS.map((row) => [`answers[city][${row}]`, code]));
    expect((await test.post(link, { ...choose('2'), _go: 'next' })).body).toContain('Change my answers');
    expect((await test.get(link)).body).toContain('You have answered already');
    const again = await test.get(`${link}?change=1`);
    expect(again.body.match(/value="2"[^>]* checked/g)).toHaveLength(5);
    await test.post(link, { ...choose('4'), _go: 'next' });
    const kept = await sql<{ version: number; answers: unknown }>`
      select v.version, v.answers from named_answer_versions v join askings a on a.id = v.asking_id where a.questionnaire_id = ${id}`.execute(
      db,
    );
    expect(kept.rows).toEqual([{ version: 1, answers: { city: Object.fromEntries(ROWS.map((row) => [row, '2'])) } }]);
    // Whoever runs it reads both, by name.
    const secretariat = await test.signedIn(secretary);
    const list = await test.get(`/back-office/questionnaires/${id}/answers`, secretariat);
    const [, one = ''] = /answers\/([0-9a-f-]{36})/.exec(list.body) ?? [];
    const read = (await test.get(`/api/questionnaires/${id}/answers/${one}`, headers)).json();
    expect(read).toMatchObject({
      version: 2,
      answers: { city: { departments: '4' } },
      before: [{ version: 1, answers: { city: { departments: '2' } } }],
    });
    expect((await test.get(`/back-office/questionnaires/${id}/answers/${one}`, secretariat)).body).toContain(
      'before it was changed',
    );
    await expect(sql`update named_answer_versions set version = 9`.execute(db)).rejects.toThrow('stays as it was');
  });

  it('tells no place among few', () => {
    expect(placeAmong(5, [1, 2, 3, 4, 5, 1, 2, 3, 4])).toBeNull();
    expect(placeAmong(5, [1, 2, 3, 4, 4, 1, 2, 3, 4, 4])).toBe('above');
    expect(placeAmong(3, [1, 2, 3, 4, 4, 1, 2, 3, 4, 4])).toBe('middle');
  });
});
