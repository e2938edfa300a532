import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.ts';
import { testClock } from '../support/clock.ts';
import { type EntryJson, makeWorld, publishedCall, started } from './world.ts';

const test = await testApp({ clock: testClock('2026-01-15T10:00:00Z') });
const world = await makeWorld(test);
const { contact, lisboa, colleague, secretariat, nobody, organisations } = world;
const api = (method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', url: string, body?: unknown, who = contact) =>
  test.send(method, url, body, who.token);
const get = async <Answer = EntryJson>(url: string, who = contact) => (await test.get(url, who.token)).json<Answer>();

describe('starting an entry', () => {
  it('is for the contact of a city, whose language it takes', async () => {
    await publishedCall(test, world, 'start');
    const entry = await started(test, world, 'start');
    expect({ ...entry, state: entry.state, code: /^[A-HJ-NP-Z2-9]{6}$/.test(entry.code) }).toMatchObject({
      state: 'draft',
      code: true,
      version: 1,
    });
    const others = await Promise.all(
      [colleague, lisboa, secretariat, nobody].map((who) =>
        api('POST', '/api/calls/start/entries', { organisationId: organisations.granollers }, who),
      ),
    );
    expect(others.map(({ statusCode }) => statusCode)).toEqual([403, 403, 403, 403]);
  });

  it.each([
    ['member', { rules: [{ kind: 'member' }] }, { membership: 'candidate' }, 'is not a member'],
    ['fee', { rules: [{ kind: 'fee', year: 2025 }] }, {}, 'fee of 2025'],
    ['population', { rules: [{ kind: 'population', min: 100_000 }] }, { population: 60_658 }, 'inhabitants'],
    ['countries', { rules: [{ kind: 'countries', codes: ['PT', 'BR'] }] }, {}, 'country'],
    ['continents', { rules: [{ kind: 'continents', names: ['america'] }] }, {}, 'continent'],
  ] as const)('is refused at once by the rule %s, with its reason', async (kind, change, city, words) => {
    const slug = `start-${kind}`;
    await publishedCall(test, world, slug, change as Record<string, unknown>);
    await test.db
      .updateTable('organisations')
      .set({ membership: 'member', ...city })
      .where('id', '=', organisations.granollers ?? '')
      .execute();
    const answer = await api('POST', `/api/calls/${slug}/entries`, { organisationId: organisations.granollers });
    expect([answer.statusCode, answer.json().code]).toEqual([409, `ineligible-${kind}`]);
    expect(answer.json().detail).toContain(words);
    const all = await get<{ eligible: boolean; rules: { kind: string; result: string }[] }>(
      `/api/calls/${slug}/eligibility?organisation=${organisations.granollers}`,
    );
    expect([all.eligible, all.rules.filter(({ result }) => result !== 'met').map((rule) => [rule.kind, rule.result])]).toEqual([
      false,
      [[kind, 'failed']],
    ]);
    await test.db
      .updateTable('organisations')
      .set({ membership: 'member', population: null })
      .where('id', '=', organisations.granollers ?? '')
      .execute();
  });

  it.each(['jury', 'host', 'laureate'] as const)('is refused to a city excluded as %s', async (reason) => {
    const exclusions = [{ organisationId: organisations.granollers, reason }];
    await publishedCall(test, world, `start-${reason}`, { exclusions });
    const answer = await api('POST', `/api/calls/start-${reason}/entries`, { organisationId: organisations.granollers });
    expect([answer.statusCode, answer.json().code]).toEqual([409, `ineligible-not-${reason}`]);
  });

  it('is refused to the laureate of the edition before, and to no other', async () => {
    const series = (await api('POST', '/api/series', { name: { en: 'Award' } }, secretariat)).json<{ id: string }>();
    await publishedCall(test, world, 'edition-1', {
      seriesId: series.id,
      edition: 1,
      opens: '2023-01-01T09:00',
      closes: '2023-06-01T09:00',
    });
    await publishedCall(test, world, 'edition-2', { seriesId: series.id, edition: 2 });
    const first = await test.db.selectFrom('calls').select('id').where('slug', '=', 'edition-1').executeTakeFirstOrThrow();
    await test.db
      .insertInto('entries')
      .values({
        code: 'LAUREA',
        call_id: first.id,
        organisation_id: organisations.granollers ?? '',
        state: 'laureate',
        language: 'en',
        submitted_at: test.clock(),
        content_hash: 'a'.repeat(64),
      } as never)
      .execute();
    const answer = await api('POST', '/api/calls/edition-2/entries', { organisationId: organisations.granollers });
    expect([answer.statusCode, answer.json().code]).toEqual([409, 'ineligible-not-laureate']);
    expect((await api('POST', '/api/calls/edition-2/entries', { organisationId: organisations.lisboa }, lisboa)).statusCode).toBe(
      201,
    );
  });

  it('is refused for the third entry, also when all three are started at once', async () => {
    await publishedCall(test, world, 'three');
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => api('POST', '/api/calls/three/entries', { organisationId: organisations.granollers })),
    );
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([201, 201, 409, 409]);
  });

  it('is as if there were no call while it is a draft', async () => {
    await api(
      'PUT',
      '/api/calls/hidden',
      {
        kind: 'award',
        title: { en: 'Hidden' },
        languages: ['en'],
        zone: 'UTC',
        opens: '2025-01-01T00:00',
        closes: '2027-01-01T00:00',
      },
      secretariat,
    );
    expect((await api('POST', '/api/calls/hidden/entries', { organisationId: organisations.granollers })).statusCode).toBe(404);
    expect((await test.get('/api/calls/hidden', contact.token)).statusCode).toBe(404);
  });
});

describe('an exception', () => {
  it('is asked for with a reason, decided with a reason, and opens that rule alone', async () => {
    await publishedCall(test, world, 'except', { rules: [{ kind: 'fee', year: 2024 }, { kind: 'member' }] });
    const ask = { organisationId: organisations.granollers, rule: 'fee', reason: 'The payment is on its way.' };
    const asked = await api('POST', '/api/calls/except/exceptions', ask);
    expect(asked.statusCode).toBe(201);
    expect((await api('POST', '/api/calls/except/exceptions', ask, lisboa)).statusCode).toBe(403);
    const url = `/api/calls/except/exceptions/${asked.json<{ id: string }>().id}/decision`;
    expect((await api('PUT', url, { decision: 'granted', reason: 'Seen the order.' })).statusCode).toBe(404);
    expect((await api('PUT', url, { decision: 'granted', reason: 'Seen the order.' }, secretariat)).statusCode).toBe(200);
    expect((await api('PUT', url, { decision: 'refused', reason: 'No.' }, secretariat)).json().code).toBe('exception-decided');
    expect((await started(test, world, 'except')).state).toBe('draft');
    await test.drain();
    const mails = await test.mails('international.relations.granollers@example.org');
    expect(mails.some((mail) => mail.text.includes('Seen the order.'))).toBe(true);
    const shown = await get<{ items: { state: string; decision: string }[] }>('/api/calls/except/exceptions');
    expect(shown.items.map((row) => [row.state, row.decision])).toEqual([['granted', 'Seen the order.']]);
    expect((await get<{ items: unknown[] }>('/api/calls/except/exceptions', lisboa)).items).toEqual([]);
  });
});

describe('a draft', () => {
  it('is written by several people of the city, and each change says whose it was', async () => {
    await publishedCall(test, world, 'draft');
    const entry = await started(test, world, 'draft');
    expect((await test.get(`/api/entries/${entry.id}`, colleague.token)).statusCode).toBe(404);
    expect(
      (await api('POST', `/api/entries/${entry.id}/authors`, { personId: colleague.id, title: 'Head of education' })).statusCode,
    ).toBe(201);
    const mine = await api('PATCH', `/api/entries/${entry.id}`, { version: 1, title: { en: 'Schools of the river' } });
    const theirs = await api('PATCH', `/api/entries/${entry.id}`, { version: 1, answers: { started: '2019-09-01' } }, colleague);
    expect([mine.statusCode, theirs.statusCode]).toEqual([200, 200]);
    const now = await get(`/api/entries/${entry.id}`);
    expect([now.title, now.answers, now.version]).toEqual([{ en: 'Schools of the river' }, { started: '2019-09-01' }, 3]);
    const versions = await get<{ items: { by: string; fields: string[] }[] }>(`/api/entries/${entry.id}/versions`);
    expect(versions.items.map(({ by, fields }) => [by, fields])).toEqual([
      ['Education, Granollers', ['answers.started']],
      ['International Relations, Granollers', ['title.en']],
      ['International Relations, Granollers', []],
    ]);
  });

  it('loses nothing when two have changed the same: the second is told, and nothing is overwritten unseen', async () => {
    const entry = await started(test, world, 'draft');
    await api('POST', `/api/entries/${entry.id}/authors`, { personId: colleague.id, title: '' });
    await api('PATCH', `/api/entries/${entry.id}`, { version: 1, title: { en: 'Mine' } });
    const second = await api('PATCH', `/api/entries/${entry.id}`, { version: 1, title: { en: 'Theirs' } }, colleague);
    expect([second.statusCode, second.json().code]).toEqual([409, 'entry-changed-meanwhile']);
    expect((await get(`/api/entries/${entry.id}`)).title).toEqual({ en: 'Mine' });
    const again = await api('PATCH', `/api/entries/${entry.id}`, { version: 2, title: { en: 'Theirs' } }, colleague);
    expect(again.json<EntryJson>().title).toEqual({ en: 'Theirs' });
  });

  it('keeps a text above its limit and says so', async () => {
    await publishedCall(test, world, 'long');
    const entry = await started(test, world, 'long');
    const long = Array.from({ length: 25 }, (_, n) => `word${n}`).join(' ');
    const saved = await api('PATCH', `/api/entries/${entry.id}`, { version: 1, answers: { description: long } });
    expect(saved.json<EntryJson>().answers).toEqual({ description: long });
    expect(saved.json<EntryJson>().problems).toEqual([
      { path: 'answers.description', code: 'tooManyWords', message: '25 words; at most 20 words' },
    ]);
  });

  it('is nothing to other cities, and only to be read for the secretariat', async () => {
    await publishedCall(test, world, 'private');
    const entry = await started(test, world, 'private');
    const reads = await Promise.all([lisboa, nobody, secretariat].map((who) => test.get(`/api/entries/${entry.id}`, who.token)));
    expect(reads.map(({ statusCode }) => statusCode)).toEqual([404, 404, 200]);
    const writes = await Promise.all(
      [lisboa, nobody, secretariat].map((who) => api('PATCH', `/api/entries/${entry.id}`, { version: 1 }, who)),
    );
    expect(writes.map(({ statusCode }) => statusCode)).toEqual([404, 404, 403]);
    const submits = await Promise.all(
      [lisboa, nobody, secretariat].map((who) => api('PUT', `/api/entries/${entry.id}/submission`, undefined, who)),
    );
    expect(submits.map(({ statusCode }) => statusCode)).toEqual([404, 404, 403]);
  });
});
