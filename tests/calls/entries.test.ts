import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.ts';
import { testClock } from '../support/clock.ts';
import { affiliate, complete, completed, type EntryJson, makeWorld, payFee, publishedCall, started } from './world.ts';

const test = await testApp({ clock: testClock('2026-01-15T10:00:00Z') });
const world = await makeWorld(test);
const { contact, lisboa, colleague, secretariat, nobody, organisations } = world;
const api = (method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', url: string, body?: unknown, who = contact) =>
  test.send(method, url, body, who.token);
const get = async <Answer = EntryJson>(url: string, who = contact) => (await test.get(url, who.token)).json<Answer>();
const at = (instant: string) => test.clock.set(Temporal.Instant.from(instant));

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

describe('submission', () => {
  it('names all that is missing, and keeps the draft', async () => {
    await publishedCall(test, world, 'missing', { requiredLanguages: ['es'] });
    const entry = await started(test, world, 'missing');
    const answer = await api('PUT', `/api/entries/${entry.id}/submission`);
    expect(answer.statusCode).toBe(422);
    expect(answer.json<EntryJson & { errors: { path: string }[] }>().errors.map(({ path }) => path)).toEqual([
      'title.en',
      'title.es',
      'summary.en',
      'summary.es',
      'theme',
      'answers.description',
      'answers.started',
    ]);
    expect((await get(`/api/entries/${entry.id}`)).state).toBe('draft');
  });

  it('wants every required language', async () => {
    await publishedCall(test, world, 'languages', { requiredLanguages: ['es'] });
    const entry = await completed(test, world, 'languages');
    const lacking = (await api('PUT', `/api/entries/${entry.id}/submission`)).json<{ errors: { path: string }[] }>();
    expect(lacking.errors.map(({ path }) => path)).toEqual(['title.es', 'summary.es', 'translations.es.description']);
    await api('PATCH', `/api/entries/${entry.id}`, {
      version: entry.version,
      title: { es: 'Escuelas del río' },
      summary: { es: 'Cada escuela adopta un tramo del río.' },
      translations: { es: { description: 'Las escuelas adoptan un tramo del río.' } },
    });
    expect((await api('PUT', `/api/entries/${entry.id}/submission`)).json<EntryJson>().state).toBe('submitted');
  });

  it('hashes what was submitted, once however often it is sent', async () => {
    await publishedCall(test, world, 'hash');
    const entry = await completed(test, world, 'hash');
    const [first, second] = await Promise.all([
      api('PUT', `/api/entries/${entry.id}/submission`),
      api('PUT', `/api/entries/${entry.id}/submission`),
    ]);
    expect([first.statusCode, second.statusCode]).toEqual([200, 200]);
    const rows = await test.db.selectFrom('entry_submissions').selectAll().where('entry_id', '=', entry.id).execute();
    expect(rows).toHaveLength(1);
    const hash = createHash('sha256')
      .update(rows[0]?.content ?? '')
      .digest('hex');
    expect([first.json<EntryJson>().contentHash, rows[0]?.content_hash]).toEqual([hash, hash]);
    const receipt = await get<{ verification: unknown; submissions: { contentHash: string }[] }>(
      `/api/entries/${entry.id}/submission`,
    );
    expect(receipt.verification).toEqual({ text: true, entry: true, files: true });
    await test.db.updateTable('entries').set({ theme: 'labour' }).where('id', '=', entry.id).execute();
    expect((await get<{ verification: unknown }>(`/api/entries/${entry.id}/submission`)).verification).toEqual({
      text: true,
      entry: false,
      files: true,
    });
    await expect(
      test.db.updateTable('entry_submissions').set({ late: true }).where('entry_id', '=', entry.id).execute(),
    ).rejects.toThrow('never changes');
    expect((await api('PATCH', `/api/entries/${entry.id}`, { version: entry.version, title: { en: 'Other' } })).json().code).toBe(
      'entry-not-writable',
    );
  });

  it('refuses a practice that began too late, and one whose fee is unpaid by then', async () => {
    await publishedCall(test, world, 'young');
    const entry = await completed(test, world, 'young');
    const late = { version: entry.version, answers: { ...complete.answers, started: '2023-06-01' } };
    await api('PATCH', `/api/entries/${entry.id}`, late);
    const answer = await api('PUT', `/api/entries/${entry.id}/submission`);
    expect([answer.statusCode, answer.json().code]).toEqual([409, 'ineligible-started-before']);
    await test.db
      .deleteFrom('fees')
      .where('organisation_id', '=', organisations.granollers ?? '')
      .execute();
    expect((await api('PUT', `/api/entries/${entry.id}/submission`)).json().code).toBe('ineligible-fee');
    await payFee(test, organisations.granollers ?? '', 2026);
  });

  it('wants the signature of the city where the call asks for it', async () => {
    await publishedCall(test, world, 'signed', { rules: [{ kind: 'endorsed' }] });
    const entry = await completed(test, world, 'signed');
    expect((await api('PUT', `/api/entries/${entry.id}/submission`)).json().code).toBe('ineligible-endorsed');
    await api('PUT', `/api/entries/${entry.id}/endorsement`, { as: 'Mayor' });
    expect((await api('PUT', `/api/entries/${entry.id}/submission`)).json<EntryJson>().state).toBe('submitted');
  });

  it('is late in the grace, refused after it, and taken again by an exception', async () => {
    // 23:59 in Madrid on the day before the clocks go back is 21:59 UTC; the grace of an hour ends at 22:59.
    await publishedCall(test, world, 'grace', { closes: '2026-10-24T23:59', maxEntries: 5 });
    const [inTime, inGrace, after] = [
      await completed(test, world, 'grace'),
      await completed(test, world, 'grace'),
      await completed(test, world, 'grace'),
    ];
    const submit = async (entry: EntryJson) => api('PUT', `/api/entries/${entry.id}/submission`);
    const before = test.clock();
    at('2026-10-24T21:59:00Z');
    expect((await submit(inTime)).json<EntryJson>()).toMatchObject({ state: 'submitted', late: false });
    at('2026-10-24T22:59:00Z');
    expect((await submit(inGrace)).json<EntryJson>()).toMatchObject({ state: 'submitted', late: true });
    at('2026-10-24T22:59:01Z');
    expect([(await submit(after)).statusCode, (await submit(after)).json().code]).toEqual([409, 'call-closed']);
    const asked = await api('POST', '/api/calls/grace/exceptions', {
      organisationId: organisations.granollers,
      rule: 'deadline',
      reason: 'A power cut.',
    });
    await api(
      'PUT',
      `/api/calls/grace/exceptions/${asked.json<{ id: string }>().id}/decision`,
      { decision: 'granted', reason: 'Yes.' },
      secretariat,
    );
    expect((await submit(after)).json<EntryJson>()).toMatchObject({ state: 'submitted', late: true });
    test.clock.set(before);
  });
});

describe('after submission', () => {
  it('is reopened by the secretariat for a while, submitted again, and both stay on record', async () => {
    await publishedCall(test, world, 'reopen');
    const entry = await completed(test, world, 'reopen');
    await api('PUT', `/api/entries/${entry.id}/submission`);
    expect((await api('PUT', `/api/entries/${entry.id}/reopening`, { until: '2026-12-01T12:00' })).statusCode).toBe(404);
    expect((await api('PUT', `/api/entries/${entry.id}/reopening`, { until: '2026-12-01T12:00' }, secretariat)).statusCode).toBe(
      200,
    );
    const changed = await api('PATCH', `/api/entries/${entry.id}`, { version: entry.version, title: { en: 'Better' } });
    expect(changed.statusCode).toBe(200);
    expect((await api('PUT', `/api/entries/${entry.id}/submission`)).json<EntryJson>()).toMatchObject({
      state: 'submitted',
      late: false,
    });
    const receipt = await get<{ submissions: { number: number }[] }>(`/api/entries/${entry.id}/submission`);
    expect(receipt.submissions.map(({ number }) => number)).toEqual([2, 1]);
  });

  it('is withdrawn by the contact alone, and frees its place', async () => {
    await publishedCall(test, world, 'withdraw', { maxEntries: 1 });
    const entry = await completed(test, world, 'withdraw');
    await api('POST', `/api/entries/${entry.id}/authors`, { personId: colleague.id, title: '' });
    expect((await api('DELETE', `/api/entries/${entry.id}`, undefined, colleague)).statusCode).toBe(403);
    expect((await api('DELETE', `/api/entries/${entry.id}?reason=Too+early`)).json<EntryJson>().state).toBe('withdrawn');
    expect((await started(test, world, 'withdraw')).state).toBe('draft');
  });

  it('is screened with reasons by the secretariat', async () => {
    await publishedCall(test, world, 'screen');
    const entry = await completed(test, world, 'screen');
    const url = `/api/entries/${entry.id}/screening`;
    expect((await api('PUT', url, { state: 'eligible' }, secretariat)).json().code).toBe('entry-not-screenable');
    await api('PUT', `/api/entries/${entry.id}/submission`);
    expect((await api('PUT', url, { state: 'ineligible' }, secretariat)).statusCode).toBe(422);
    expect((await api('PUT', url, { state: 'ineligible', reasons: ['fee'] }, secretariat)).json()).toMatchObject({
      state: 'ineligible',
      screeningReasons: ['fee'],
    });
    expect((await api('PUT', url, { state: 'eligible' }, secretariat)).json()).toMatchObject({
      state: 'eligible',
      screeningReasons: [],
    });
    const list = await get<{ items: { code: string }[]; counts: { total: number } }>(
      '/api/calls/screen/entries?state=eligible',
      secretariat,
    );
    expect([list.items.map(({ code }) => code), list.counts.total]).toEqual([[entry.code], 1]);
    expect((await test.get('/api/calls/screen/entries', contact.token)).statusCode).toBe(404);
  });

  it('gives modalities within their quota', async () => {
    const modalities = [{ key: 'poster', title: { en: 'Poster' }, quota: 1 }];
    await publishedCall(test, world, 'modal', { modalities });
    await affiliate(test, contact.id, organisations.leon ?? '', true);
    const [one, two] = [await started(test, world, 'modal'), await started(test, world, 'modal')];
    const give = (entry: EntryJson) => api('PUT', `/api/entries/${entry.id}/modality`, { modality: 'poster' }, secretariat);
    const answers = await Promise.all([give(one), give(two)]);
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409]);
  });
});

describe('a deadline that is extended', () => {
  it('is told to everyone with a draft or an entry', async () => {
    await publishedCall(test, world, 'extend');
    await started(test, world, 'extend');
    await started(test, world, 'extend', lisboa, 'lisboa');
    await test.drain();
    const before = (await test.mails()).length;
    const sooner = await api('POST', '/api/calls/extend/extensions', { closes: '2026-10-15T12:00' }, secretariat);
    expect(sooner.statusCode).toBe(422);
    const answer = await api(
      'POST',
      '/api/calls/extend/extensions',
      { closes: '2026-10-31T23:59', reason: { en: 'Many of you asked.' } },
      secretariat,
    );
    expect([answer.statusCode, answer.json().closesAt]).toEqual([201, '2026-10-31T22:59:00Z']);
    await test.drain();
    const mails = (await test.mails()).slice(before).filter((mail) => mail.subject.includes('Educating Cities Award'));
    expect(
      mails
        .map((mail) => mail.to)
        .flat()
        .sort(),
    ).toEqual(['international.relations.granollers@example.org', 'lisboa@example.org']);
    expect(mails.every((mail) => mail.text.includes('Many of you asked.') && mail.text.includes('31 October 2026'))).toBe(true);
  });
});
