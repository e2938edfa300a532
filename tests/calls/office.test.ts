import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { guidanceFrom, guidanceLines } from '../../server/calls/guidance.ts';
import { newSheet } from '../../server/typesetting.ts';
import { testApp } from '../support/app.ts';
import { testClock } from '../support/clock.ts';
import { complete, completed, type EntryJson, makeWorld, publishedCall } from './world.ts';

const test = await testApp({ clock: testClock('2026-01-15T10:00:00Z') });
const world = await makeWorld(test);
const { contact, secretariat } = world;
const post = (url: string, form: Record<string, string | string[]>) => test.post(url, form, secretariat.cookie);
const page = async (url: string) => (await test.get(url, secretariat.cookie)).body;
const base = '/back-office/calls/educating-cities-award';

describe('a call in the back office', () => {
  it('is made with the least, then section by section, and published when nothing needed is missing', async () => {
    const made = await post('/back-office/calls/new', {
      kind: 'award',
      title: 'Educating Cities Award',
      language: 'en',
      'languages[]': ['fr', 'es'],
      zone: 'Europe/Madrid',
      opens: '2026-01-10T09:00',
      closes: '2026-10-15T23:59',
    });
    expect(made.headers.location).toBe(`${base}?done=callCreated`);
    expect(await page(base)).toContain('There are no criteria');
    const early = await post(`${base}/publication`, {});
    expect([early.statusCode, early.body.includes('The call is not complete yet')]).toEqual([409, true]);
    const sections: [string, Record<string, string | string[]>][] = [
      [
        'texts',
        { 'title[en]': 'Educating Cities Award', 'title[fr]': 'Prix', 'title[es]': 'Premio', 'guidelines[en]': '**Read** this' },
      ],
      ['dates', { zone: 'Europe/Madrid', opens: '2026-01-10T09:00', closes: '2026-10-15T23:59', graceMinutes: '90' }],
      ['themes', { 'themes[0][key]': '', 'themes[0][title][en]': 'Lifelong education', 'themes[1][title][en]': '' }],
      [
        'criteria',
        {
          'criteria[0][name][en]': 'Relevance',
          'criteria[0][weight]': '2',
          'criteria[0][scaleMin]': '0',
          'criteria[0][scaleMax]': '10',
          'criteria[0][scaleStep]': '0,5',
          'criteria[0][required]': 'on',
          'criteria[0][guidance][en]': '0: not at all\n10: fully',
          seeOthers: 'never',
          tieRule: 'jury-vote',
        },
      ],
      ['form', { formId: world.formId }],
      [
        'rules',
        {
          'kinds[]': ['fee', 'started-before', 'countries'],
          'fee[year]': '2026',
          'started-before[item]': 'started',
          'started-before[date]': '2023-06-01',
          'countries[codes]': 'es, pt',
          maxEntries: '2',
        },
      ],
      ['exclusions', { organisation: 'Barcelona', reason: 'jury', note: 'Executive Committee' }],
    ];
    for (const [section, form] of sections) {
      const saved = await post(`${base}/${section}`, form);
      expect([section, saved.statusCode]).toEqual([section, 303]);
      expect((await test.get(`${base}/${section}`, secretariat.cookie)).statusCode).toBe(200);
    }
    const published = await post(`${base}/publication`, {});
    expect(published.headers.location).toBe(`${base}?done=callPublished`);
    const call = (await test.get('/api/calls/educating-cities-award', secretariat.token)).json();
    expect(call).toMatchObject({
      graceMinutes: 90,
      themes: [{ key: 'lifelong-education' }],
      criteria: [
        {
          key: 'relevance',
          weight: 2,
          scaleStep: 0.5,
          guidance: [
            { value: 0, text: { en: 'not at all' } },
            { value: 10, text: { en: 'fully' } },
          ],
        },
      ],
      rules: [
        { kind: 'fee', year: 2026 },
        { kind: 'started-before', item: 'started', date: '2023-06-01' },
        { kind: 'countries', codes: ['ES', 'PT'], except: false },
      ],
      exclusions: [{ slug: 'barcelona', reason: 'jury', note: 'Executive Committee' }],
      maxEntries: 2,
      seeOthers: 'never',
      tieRule: 'jury-vote',
      conflictSameCountry: false,
    });
    expect((await test.get('/api/calls/educating-cities-award')).json()).not.toHaveProperty('exclusions');
  });

  it('keeps what was typed when a date is wrong', async () => {
    const answer = await post(`${base}/dates`, {
      zone: 'Europe/Madrid',
      opens: '2026-01-10T09:00',
      closes: '2026-01-09T09:00',
      graceMinutes: '5',
    });
    expect([
      answer.statusCode,
      answer.body.includes('The end must be after the beginning'),
      answer.body.includes('2026-01-09T09:00'),
    ]).toEqual([422, true, true]);
  });

  it('is copied for the next edition with a form of its own and nobody excluded', async () => {
    const copied = await post(`${base}/copies`, { opens: '2028-01-10T09:00', until: '2028-10-15T23:59' });
    expect(copied.headers.location).toBe('/back-office/calls/educating-cities-award-2028?done=callCopied');
    const call = (await test.get('/api/calls/educating-cities-award-2028', secretariat.token)).json();
    expect([call.publishedAt, call.exclusions, call.criteria.length, call.formId === world.formId]).toEqual([null, [], 1, false]);
  });

  it('is extended, closed, reopened and cancelled on its page, and says who did so', async () => {
    await post(`${base}/extensions`, { closes: '2026-10-31T23:59', 'reason[en]': 'Asked by many' });
    await post(`${base}/closing`, {});
    await post(`${base}/closing/removal`, {});
    await post(`${base}/cancellation`, { 'reason[en]': 'No jury' });
    const body = await page(base);
    for (const words of ['deadline extended', 'closed', 'reopened', 'cancelled']) expect(body).toContain(words);
    await post(`${base}/cancellation/removal`, {});
  });
});

describe('screening on pages', () => {
  it('lists, filters, exports and decides', async () => {
    await publishedCall(test, world, 'screened');
    const entry = await completed(test, world, 'screened');
    await test.send('PUT', `/api/entries/${entry.id}/submission`, undefined, contact.token);
    const at = '/back-office/calls/screened/entries';
    expect(await page(`${at}?q=river&state=submitted`)).toContain(complete.title.en);
    expect(await page(`${at}?q=nothing`)).not.toContain(complete.title.en);
    const csv = (await test.get(`${at}.csv`, secretariat.cookie)).body;
    expect(csv).toContain(`${entry.code},Schools of the river,Granollers,Spain,Submitted,lifelong`);
    expect((await test.get(`${at}.xlsx`, secretariat.cookie)).statusCode).toBe(200);
    const saved = await post(`${at}/${entry.id}/screening`, { state: 'ineligible', 'reasons[]': 'fee', note: 'Please ask' });
    expect(saved.statusCode).toBe(303);
    expect((await test.get(`/entries/${entry.id}`, contact.cookie)).body).toContain('Please ask');
    expect((await test.get(at, contact.cookie)).statusCode).toBe(404);
  });
});

describe('the bank of experiences', () => {
  it('has what its city agreed to, once the call is decided, found without accents', async () => {
    await publishedCall(test, world, 'bank', { maxEntries: 5 });
    const make = async (mayPublish: boolean, title: string) => {
      const entry = await completed(test, world, 'bank');
      const change = { version: entry.version, mayPublish, title: { en: title, es: 'Educación del río' } };
      await test.send('PATCH', `/api/entries/${entry.id}`, change, contact.token);
      await test.send('PUT', `/api/entries/${entry.id}/submission`, undefined, contact.token);
      await test.send('PUT', `/api/entries/${entry.id}/screening`, { state: 'eligible' }, secretariat.token);
      return entry;
    };
    await make(true, 'Shared practice');
    await make(false, 'Private practice');
    const found = async (query = '') =>
      (await test.get(`/api/experiences${query}`)).json<{ items: { title: Record<string, string>; city: { name: string } }[] }>()
        .items;
    expect(await found()).toEqual([]);
    await test.db.updateTable('calls').set({ results_published_at: test.clock() }).where('slug', '=', 'bank').execute();
    expect((await found('?q=educacion')).map((row) => [row.title.en, row.city.name])).toEqual([
      ['Shared practice', 'Granollers'],
    ]);
    expect(await found('?country=PT')).toEqual([]);
    expect((await test.get('/experiences?q=SHARED')).body).toContain('Shared practice');
    expect((await test.get('/experiences.csv')).body).not.toContain('Private');
    expect((await test.get('/experiences.json')).json()).toMatchObject([{ title: 'Shared practice', city: 'Granollers' }]);
  });
});

describe('a receipt on paper', () => {
  it('is a PDF with the mail, in the name of the city, and again from the page', async () => {
    await publishedCall(test, world, 'paper');
    const entry = await completed(test, world, 'paper');
    await test.send(
      'PATCH',
      `/api/entries/${entry.id}`,
      { version: entry.version, title: { en: 'River 강 نهر' } },
      contact.token,
    );
    await test.send('PUT', `/api/entries/${entry.id}/submission`, undefined, contact.token);
    const before = (await test.mails()).length;
    await test.drain();
    const [mail] = (await test.mails()).slice(before).filter((one) => one.subject === 'Received: River 강 نهر');
    expect(mail?.attachments.map((file) => file.name)).toEqual([`${entry.code}.pdf`]);
    const pdf = await test.get(`/entries/${entry.id}/receipt.pdf`, contact.cookie);
    expect([pdf.statusCode, pdf.headers['content-type'], pdf.rawPayload.subarray(0, 5).toString()]).toEqual([
      200,
      'application/pdf',
      '%PDF-',
    ]);
    expect((await test.get(`/entries/${entry.id}/receipt.pdf`, world.lisboa.cookie)).statusCode).toBe(404);
    expect((await test.get(`/api/entries/${entry.id}`, contact.token)).json<EntryJson>().state).toBe('submitted');
  });

  it('sets Latin, Arabic and Korean, and the same content as the same bytes', async () => {
    const make = async () => {
      const sheet = await newSheet({ title: 'Receipt', language: 'en', created: Temporal.Instant.from('2026-01-15T10:00:00Z') });
      sheet.heading('Bethlehem بيت لحم 창원시');
      sheet.text('مدينة بيت لحم المربية '.repeat(30));
      sheet.text(`Gijón/Xixón ${'a'.repeat(400)} 창원시는 교육도시입니다`);
      for (let n = 0; n < 90; n++) sheet.fact(`Fact ${n}`, 'Value');
      return sheet.end();
    };
    const [one, two] = [await make(), await make()];
    expect(one.subarray(0, 5).toString()).toBe('%PDF-');
    expect(createHash('sha256').update(one).digest('hex')).toBe(createHash('sha256').update(two).digest('hex'));
  });
});

describe('what the levels of a scale mean', () => {
  it('is typed a line each and shown the same', () => {
    const guidance = guidanceFrom({ en: '10: fully\n0 – not at all\nno number', es: '10: del todo' });
    expect(guidance).toEqual([
      { value: 0, text: { en: 'not at all' } },
      { value: 10, text: { en: 'fully', es: 'del todo' } },
    ]);
    expect(guidanceLines(guidance, 'en')).toBe('0: not at all\n10: fully');
  });
});
