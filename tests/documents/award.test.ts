import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { giveAll, judgingWorld } from '../judging/world.ts';
import { testApp } from '../support/app.ts';
import { pdfText } from '../support/pdf.ts';

const test = await testApp();
const world = await judgingWorld(test, { slug: 'award', entries: 3, jurors: 2 });
await giveAll(test, world);
const { chair, secretariat } = world;
const api = (path: string) => `/api/calls/award/${path}`;
const [laureate, mention, finalist] = world.entries;

interface Issued {
  code: string;
  recipient: string;
  language: string;
}

const order = (kind: string, more: Record<string, unknown> = {}) =>
  test.send('POST', api('document-jobs'), { kind, ...more }, secretariat.bearer);

async function papers(kind: string, more: Record<string, unknown> = {}) {
  const made = await order(kind, more);
  expect(made.statusCode).toBe(201);
  await test.drain();
  const file = await test.get(api(`document-jobs/${made.json<{ id: string }>().id}/file`), secretariat.bearer);
  return pdfText(file.rawPayload);
}
const issued = async (kind: string) =>
  (await test.get(api(`documents?kind=${kind}`), secretariat.bearer)).json<{ items: Issued[] }>().items;

it('are issued to laureates, mentions, finalists and jurors, and not before the results are public', async () => {
  for (const [kind, entry] of [
    ['laureate', laureate],
    ['mention', mention],
    ['shortlisted', finalist],
  ] as const) {
    const body = { kind, entry: entry?.id, reasons: { en: 'It reaches far.' }, present: ['Chair'] };
    expect((await test.send('POST', api('decisions'), body, chair.bearer)).statusCode).toBe(201);
  }
  expect((await order('laureate')).json<{ code: string }>().code).toBe('results-first');
  const published = await test.send('PUT', api('results'), undefined, secretariat.bearer);
  expect(published.statusCode).toBe(200);
  const cities = await sql<{ id: string; name: string; title: Record<string, string> }>`
    select n.id, o.name, n.title from entries n join organisations o on o.id = n.organisation_id`.execute(test.db);
  const of = (id?: string) => cities.rows.find((row) => row.id === id);
  const date = test.clock().toZonedDateTimeISO('Europe/Madrid').toPlainDate().toLocaleString('en-GB', { dateStyle: 'long' });
  const foot = (code?: string) =>
    `Code ${code} Anybody can verify this document at ${test.system.config.publicUrl}/verify Convivium`;

  const [page] = await papers('laureate');
  const [certificate] = await issued('laureate');
  expect(page).toBe(
    `Award Laureate ${of(laureate?.id)?.name} The jury of “Award” gives the award to “${of(laureate?.id)?.title.en}”. ${date} The jury of the award ${foot(certificate?.code)}`,
  );
  expect((await papers('mention'))[0]).toContain(`makes special mention of “${of(mention?.id)?.title.en}”.`);
  expect((await papers('finalist'))[0]).toContain(`${of(finalist?.id)?.name} The jury of “Award” chose`);
  expect(await papers('thanks')).toHaveLength(world.jurors.length + 1);
});

it('are written in scripts beyond Latin as they are read', async () => {
  await sql`update calls set languages = array['en', 'ar', 'ko'], title = title || '{"ar": "جائزة المدن", "ko": "교육도시상"}' where id = ${world.call.id}`.execute(
    test.db,
  );
  const text = {
    title: { en: 'Thanks', ar: 'شكر وتقدير', ko: '감사장' },
    body: { en: 'for {call}', ar: 'على العمل في لجنة {call}', ko: '{call} 심사에 감사드립니다' },
    signed: { en: 'The office', ar: 'الأمانة العامة', ko: '사무국' },
  };
  expect((await test.send('PUT', api('document-kinds/thanks'), text, secretariat.bearer)).statusCode).toBe(200);
  const revokeAll = () =>
    sql`update documents set revoked_at = now(), revoked_by = issued_by, revocation_reason = 'again' where kind = 'thanks'`.execute(
      test.db,
    );
  await revokeAll();
  expect((await papers('thanks', { language: 'ar' }))[0]).toMatch(/^جائزة المدن شكر وتقدير Chair على العمل في لجنة جائزة المدن/);
  await revokeAll();
  expect((await papers('thanks', { language: 'ko' }))[0]).toMatch(
    /^교육도시상 감사장 Chair 교육도시상 심사에 감사드립니다 .* 사무국 Code/,
  );
  expect((await order('thanks', { language: 'fr' })).statusCode).toBe(422);
});
