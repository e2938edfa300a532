import { beforeAll, describe, expect, it } from 'vitest';
import { testApp } from '../support/app.ts';
import { testClock } from '../support/clock.ts';
import { completed, type EntryJson, makeWorld, publishedCall, started } from './world.ts';

const test = await testApp({ clock: testClock('2026-01-15T10:00:00Z') });
const world = await makeWorld(test);
const { contact, colleague, lisboa, organisations } = world;
const page = async (url: string, who = contact) => (await test.get(url, who.cookie)).body;

beforeAll(() => publishedCall(test, world, 'award', { guidelines: { en: '## Rules\n\nOf the **award**.' }, maxEntries: 9 }));

describe('the page of a call', () => {
  it('says in every language what it asks for, until when in which zone, and its rules in words', async () => {
    const body = (await test.get('/calls/award')).body;
    expect(body).toContain('<strong>award</strong>');
    expect(body).toContain('15 October 2026 at 23:59');
    expect(body).toContain('The practice started before 1 June 2023');
    expect(body).toContain('The membership fee of 2026 is paid');
    expect((await test.get('/calls/award?lang=es')).body).toContain('La cuota de 2026 está pagada');
    expect((await test.get('/calls/award?lang=fr')).body).toContain('Prix Villes éducatrices');
    expect((await test.get('/calls')).body).toContain('/calls/award');
  });

  it('shows a contact each rule with what became of it, and where to ask for an exception', async () => {
    await publishedCall(test, world, 'strict', { rules: [{ kind: 'fee', year: 2025 }, { kind: 'member' }] });
    const body = await page('/calls/strict');
    expect(body).toContain('The membership fee of 2025 is not recorded as paid');
    expect(body).not.toContain('Start an entry of Granollers');
    const refused = await test.post('/calls/strict/entries', { organisationId: organisations.granollers ?? '' }, contact.cookie);
    expect([refused.statusCode, refused.body.includes('The membership fee of 2025 is not recorded as paid')]).toEqual([
      409,
      true,
    ]);
    const ask = { organisationId: organisations.granollers ?? '', rule: 'fee', reason: '' };
    const empty = await test.post('/calls/strict/exceptions', ask, contact.cookie);
    expect([empty.statusCode, empty.body.includes('Please fill this in')]).toEqual([422, true]);
    const asked = await test.post('/calls/strict/exceptions', { ...ask, reason: 'On its way' }, contact.cookie);
    expect(asked.headers.location).toBe('/calls/strict?done=exceptionAsked');
    expect(await page('/calls/strict')).toContain('Exception asked for');
  });
});

describe('writing an entry on pages', () => {
  it('starts, saves and shows what is missing without any script', async () => {
    const begun = await test.post(
      '/calls/award/entries',
      { organisationId: organisations.granollers ?? '', language: 'en' },
      contact.cookie,
    );
    const edit = String(begun.headers.location).split('?')[0] ?? '';
    const url = edit.replace('/edit', '');
    expect(await page(edit)).toContain('Describe the practice');
    const saved = await test.post(
      edit,
      {
        version: '1',
        whole: 'yes',
        'title[en]': 'Schools of the river',
        theme: 'lifelong',
        'answers[description]': 'Schools adopt a stretch.',
      },
      contact.cookie,
    );
    expect(saved.headers.location).toBe(`${edit}?done=saved`);
    const body = await page(url);
    expect(body).toContain('Schools of the river');
    expect(body).toContain('Summary: Please fill this in');
    expect(body).toContain('When did it begin?: Please fill this in');
    const refused = await test.post(`${url}/submission`, {}, contact.cookie);
    expect(refused.statusCode).toBe(422);
    expect(await page(`${url}/preview`)).toContain('Schools adopt a stretch.');
  });

  it('shows both texts when two changed the same, and keeps what was typed', async () => {
    const entry = await started(test, world, 'award');
    const edit = `/entries/${entry.id}/edit`;
    await test.send('POST', `/api/entries/${entry.id}/authors`, { personId: colleague.id, title: '' }, contact.token);
    await test.post(edit, { version: '1', 'title[en]': 'Of the contact' }, contact.cookie);
    const second = await test.post(edit, { version: '1', 'title[en]': 'Of the colleague' }, colleague.cookie);
    expect(second.statusCode).toBe(409);
    expect(second.body).toContain('value="Of the colleague"');
    expect(second.body).toContain('International Relations, Granollers wrote here meanwhile: Of the contact');
    expect(second.body).toContain('name="version" value="2"');
  });

  it('answers a program of the page in JSON, with the version to write against', async () => {
    const entry = await started(test, world, 'award');
    const answer = await test.post(
      `/entries/${entry.id}/edit`,
      { version: '1', 'title[en]': 'As typed' },
      { ...contact.cookie, accept: 'application/json' },
    );
    expect([answer.statusCode, answer.json()]).toEqual([200, { version: 2 }]);
    const stale = await test.post(
      `/entries/${entry.id}/edit`,
      { version: '1', 'title[en]': 'Other' },
      { ...contact.cookie, accept: 'application/json' },
    );
    expect([stale.statusCode, stale.json()]).toEqual([409, { code: 'entry-changed-meanwhile' }]);
  });

  it('keeps what is right of a form and says what is not, losing nothing that was typed', async () => {
    const entry = await started(test, world, 'award');
    const answer = await test.post(
      `/entries/${entry.id}/edit`,
      { version: '1', 'title[en]': 'Kept', 'answers[started]': 'long ago' },
      contact.cookie,
    );
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain('value="long ago"');
    expect((await test.get(`/api/entries/${entry.id}`, contact.token)).json<EntryJson>().title).toEqual({ en: 'Kept' });
  });

  it('takes the texts of another language beside those of the first', async () => {
    const entry = await completed(test, world, 'award');
    await test.send('PATCH', `/api/entries/${entry.id}`, { version: entry.version, languages: ['es'] }, contact.token);
    const body = await page(`/entries/${entry.id}/texts/es`);
    expect(body).toContain('Schools adopt a stretch of the river.');
    const saved = await test.post(
      `/entries/${entry.id}/texts/es`,
      {
        version: String(entry.version + 1),
        'title[es]': 'Escuelas del río',
        'texts[description]': 'Las escuelas adoptan un tramo.',
      },
      contact.cookie,
    );
    expect(saved.statusCode).toBe(303);
    const now = (await test.get(`/api/entries/${entry.id}`, contact.token)).json<EntryJson>();
    expect([now.title.es, now.translations.es]).toEqual(['Escuelas del río', { description: 'Las escuelas adoptan un tramo.' }]);
  });

  it('gives a receipt that shows the hash, to the city alone', async () => {
    const entry = await completed(test, world, 'award');
    await test.post(`/entries/${entry.id}/submission`, {}, contact.cookie);
    const { contentHash } = (await test.get(`/api/entries/${entry.id}`, contact.token)).json<EntryJson>();
    const body = await page(`/entries/${entry.id}`);
    expect(body).toContain(contentHash);
    expect(body).toContain('still gives exactly the hash');
    expect((await test.get(`/entries/${entry.id}`, lisboa.cookie)).statusCode).toBe(404);
    await test.drain();
    const mail = (await test.mails('international.relations.granollers@example.org')).at(-1);
    expect(mail?.subject).toBe('Received: Schools of the river');
    expect(mail?.text).toContain(contentHash);
  });
});
