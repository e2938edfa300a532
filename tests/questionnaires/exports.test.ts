import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { grantRole } from '../../server/accounts/roles.ts';
import { closeQuestionnaire } from '../../server/questionnaires/actions.ts';
import { testApp } from '../support/app.ts';
import { openedQuestionnaire } from './world.ts';

const test = await testApp();
const { db } = test;

async function answered(people: number, privacy: 'anonymous' | 'confidential') {
  const opened = await openedQuestionnaire(db, { people, privacy, now: test.clock(), secret: test.system.config.secret });
  for (const [n, { token }] of opened.people.entries()) {
    const answers = {
      nps: (n % 4) + 7,
      first: n < 3 ? 'yes' : 'no',
      value: { useful: String((n % 5) + 1) },
      best: n === 0 ? '=SUM(1) by somebody from Granollers' : `words ${n}`,
    };
    const sent = await test.send('POST', `/api/askings/${token}/answers`, { answers });
    expect(sent.statusCode, sent.body).toBe(201);
  }
  await closeQuestionnaire(db, opened.viewer, opened.id, test.clock());
  await test.drain();
  await grantRole(db, null, opened.viewer.personId, { role: 'secretariat', scopeId: null });
  const headers = { ...(await test.bearer(opened.viewer.personId)) };
  return { ...opened, headers, cookie: await test.signedIn(opened.viewer.personId) };
}

describe('the data of a questionnaire', () => {
  it.each(['anonymous', 'confidential'] as const)(
    'leaves as codes, without the group that singles out three people (%s)',
    async (privacy) => {
      const { id, headers } = await answered(20, privacy);
      const csv = await test.get(`/api/questionnaires/${id}/answers.csv`, headers);
      expect(csv.statusCode, csv.body).toBe(200);
      const [head, ...rows] = csv.body.replace('\ufeff', '').trim().split('\r\n');
      expect(head).toBe('nps,value_useful,value_exchange,value_organised,value_accessible,value_language');
      expect(rows).toHaveLength(20);
      expect(csv.body).not.toContain('words');
      const book = await test.get(`/api/questionnaires/${id}/codebook.csv`, headers);
      expect(book.body).toContain(
        'value_useful,How far do you agree? – What I learnt is useful in my city,choice,content.useful',
      );
      const sps = await test.get(`/api/questionnaires/${id}/answers.sps`, headers);
      expect(sps.body).toContain('VALUE LABELS value_useful\n  "1" "Strongly disagree"');
      const r = await test.get(`/api/questionnaires/${id}/answers.R`, headers);
      expect(r.body).toContain('answers$value_useful <- factor(answers$value_useful, levels = c("1", "2"');
      const texts = await test.get(`/api/questionnaires/${id}/texts.csv`, headers);
      expect(texts.body).toContain("best,'=SUM(1)");
    },
  );

  it('is a report as PDF and as a workbook, in the reader’s language', async () => {
    const { id, headers } = await answered(12, 'anonymous');
    const pdf = await test.get(`/api/questionnaires/${id}/report.pdf?lang=fr`, headers);
    expect(pdf.statusCode).toBe(200);
    expect(pdf.rawPayload.subarray(0, 5).toString()).toBe('%PDF-');
    const csv = await test.get(`/api/questionnaires/${id}/report.csv?lang=fr`, headers);
    expect(csv.body).toContain('Recommanderiez-vous cette rencontre');
    const xlsx = await test.get(`/api/questionnaires/${id}/report.xlsx`, headers);
    expect(xlsx.rawPayload.subarray(0, 2).toString()).toBe('PK');
  });

  it('does not leave before it has closed, nor of fewer than five', async () => {
    const opened = await openedQuestionnaire(db, { people: 12, now: test.clock(), secret: test.system.config.secret });
    await grantRole(db, null, opened.viewer.personId, { role: 'secretariat', scopeId: null });
    const headers = await test.bearer(opened.viewer.personId);
    expect((await test.get(`/api/questionnaires/${opened.id}/answers.csv`, headers)).json()).toMatchObject({
      code: 'not-settled',
    });
    await closeQuestionnaire(db, opened.viewer, opened.id, test.clock());
    await test.drain();
    expect((await test.get(`/api/questionnaires/${opened.id}/answers.csv`, headers)).json()).toMatchObject({
      code: 'too-few-to-export',
    });
  });
});

describe('a shared report', () => {
  it('is read without an account, without texts unless said, and no more once the link has ended', async () => {
    const { id, headers, cookie } = await answered(12, 'anonymous');
    const share = async (form: Record<string, string>) => {
      const page = await test.post(`/back-office/questionnaires/${id}/shares`, form, cookie);
      return /\/questionnaires\/reports\/[\w-]{43}/.exec(page.body)?.[0] ?? '';
    };
    const [bare, full] = [await share({}), await share({ withTexts: 'on' })];
    expect((await test.get(bare)).body).toContain('Would you recommend this meeting');
    expect((await test.get(bare)).body).not.toContain('words 3');
    expect((await test.get(full)).body).toContain('words 3');
    const { rows } = await sql<{
      id: string;
    }>`select id from answer_texts where questionnaire_id = ${id} and text like '=SUM%'`.execute(db);
    const text = rows[0]?.id ?? '';
    await test.post(`/back-office/questionnaires/${id}/texts/${text}`, { [`text-${text}`]: 'by somebody from […]' }, cookie);
    expect((await test.get(full)).body).toContain('by somebody from […]');
    expect((await test.get(full)).body).not.toContain('Granollers');
    const links = await db.selectFrom('questionnaire_shares').select('id').where('questionnaire_id', '=', id).execute();
    for (const link of links) await test.post(`/back-office/questionnaires/${id}/shares/${link.id}/removal`, {}, cookie);
    expect((await test.get(full)).statusCode).toBe(404);
    expect((await test.get(`/api/questionnaires/${id}/results`, headers)).statusCode).toBe(200);
  });
});
