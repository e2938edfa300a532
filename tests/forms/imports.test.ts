import { describe, expect, it } from 'vitest';
import { parseDefinition } from '../../server/forms/definition.ts';
import { formWorkbook, WORKBOOK } from '../../server/forms/form-workbook.ts';
import { fromXlsForm } from '../../server/forms/xlsform.ts';
import { readSheets } from '../../server/http/workbook-file.ts';
import { testApp } from '../support/app.ts';
import { CONGRESS_EVALUATION } from './example.ts';

const { app, db, get, post, signedIn } = await testApp();
const { id: secretary } = await db
  .insertInto('people')
  .values({ name: 'The secretary', language: 'en', zone: 'UTC' })
  .returning('id')
  .executeTakeFirstOrThrow();
await db.insertInto('roles').values({ person_id: secretary, role: 'secretariat', scope_id: null }).execute();
const as = await signedIn(secretary);

const EVALUATION = parseDefinition(CONGRESS_EVALUATION);
const SURVEY = JSON.stringify({
  elements: [
    { type: 'text', name: 'needs', title: 'Needs' },
    { type: 'signaturepad', name: 'sign' },
  ],
});

function upload(path: string, name: string, bytes: Buffer | string) {
  const boundary = 'between-the-parts';
  const payload = Buffer.concat([
    Buffer.from(
      `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: application/octet-stream\r\n\r\n`,
    ),
    Buffer.from(bytes),
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);
  const headers = { ...as, 'content-type': `multipart/form-data; boundary=${boundary}`, 'sec-fetch-site': 'same-origin' };
  return app.inject({ method: 'POST', url: path, payload, headers });
}
const forms = async () => Number((await db.selectFrom('forms').select(db.fn.countAll().as('n')).executeTakeFirstOrThrow()).n);
const kept = (html: string) =>
  (/name="definition" value="([^"]*)"/.exec(html)?.[1] ?? '')
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&amp;', '&');

describe('a form from a file', () => {
  it('is made of a workbook once its reading was seen, and comes back as the same workbook', async () => {
    const before = await forms();
    const report = await upload('/back-office/forms/import', 'form.xlsx', await formWorkbook(EVALUATION));
    expect(report.statusCode, report.body).toBe(200);
    expect(report.body).toContain('Everything was understood.');
    expect(await forms()).toBe(before);
    const made = await post('/back-office/forms/imported', { definition: kept(report.body), kind: 'questionnaire' }, as);
    expect(made.statusCode, made.body).toBe(303);
    const [path = ''] = (made.headers.location ?? '').split('?');
    const file = await get(`${path}/form.xlsx`, as);
    expect(file.headers['content-type']).toBe(WORKBOOK);
    expect(fromXlsForm(readSheets(file.rawPayload), 'registration').definition).toEqual(
      fromXlsForm(readSheets(await formWorkbook(EVALUATION)), 'registration').definition,
    );
  });

  it('replaces the draft of a form, unless somebody changed it meanwhile', async () => {
    const made = await post('/back-office/forms/imported', { definition: JSON.stringify(EVALUATION) }, as);
    const [path = ''] = (made.headers.location ?? '').split('?');
    const translated = structuredClone(EVALUATION);
    translated.title.fr = 'Le congrès, évalué';
    const report = await upload(`${path}/import`, 'form.xlsx', await formWorkbook(translated));
    const seen = /name="seen" value="(\d+)"/.exec(report.body)?.[1] ?? '';
    expect((await post(`${path}/imported`, { definition: kept(report.body), seen }, as)).statusCode).toBe(303);
    expect((await get(`${path}/form.json`, as)).json().title.fr).toBe('Le congrès, évalué');
    const late = await post(`${path}/imported`, { definition: kept(report.body), seen }, as);
    expect(late.statusCode).toBe(409);
  });

  it('tells what of a survey of SurveyJS was not understood, and goes on without it', async () => {
    const report = await upload('/back-office/forms/import', 'survey.json', SURVEY);
    expect(report.body).toContain('“signaturepad” is no kind of question here');
    expect(parseDefinition(JSON.parse(kept(report.body))).pages[0]?.items.map(({ key }) => key)).toEqual(['needs']);
  });

  it('is not made of anything else: the reason stands at the field', async () => {
    for (const [bytes, reason] of [
      ['nothing of the kind', 'This is neither an XLSForm workbook nor the JSON of a form'],
      [Buffer.from('PK\x03\x04 cut off'), 'This workbook cannot be read'],
      ['', 'Choose a file first'],
    ] as const) {
      const answer = await upload('/back-office/forms/import', 'form', bytes);
      expect(answer.statusCode).toBe(422);
      expect(answer.body).toContain(reason);
    }
  });

  it('is read for programs, too', async () => {
    const answer = await app.inject({
      method: 'POST',
      url: '/api/form-imports/files',
      payload: await formWorkbook(EVALUATION),
      headers: { ...as, 'content-type': WORKBOOK, 'sec-fetch-site': 'same-origin' },
    });
    expect(answer.statusCode, answer.body).toBe(200);
    expect(answer.json().notUnderstood).toEqual([]);
  });
});
