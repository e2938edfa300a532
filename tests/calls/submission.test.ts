import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.ts';
import { testClock } from '../support/clock.ts';
import { affiliate, complete, completed, type EntryJson, makeWorld, payFee, publishedCall, started } from './world.ts';

const test = await testApp({ clock: testClock('2026-01-15T10:00:00Z') });
const world = await makeWorld(test);
const { contact, lisboa, colleague, secretariat, organisations } = world;
const api = (method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', url: string, body?: unknown, who = contact) =>
  test.send(method, url, body, who.token);
const get = async <Answer = EntryJson>(url: string, who = contact) => (await test.get(url, who.token)).json<Answer>();
const at = (instant: string) => test.clock.set(Temporal.Instant.from(instant));

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
