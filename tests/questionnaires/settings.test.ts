import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { grantRole } from '../../server/accounts/roles.ts';
import { closeQuestionnaire } from '../../server/questionnaires/actions.ts';
import { sealingKey } from '../../server/questionnaires/anonymity.ts';
import { answer } from '../../server/questionnaires/answering.ts';
import { testApp } from '../support/app.ts';
import { askedWith, openedQuestionnaire } from './world.ts';

const test = await testApp();
const { db } = test;
const { secret } = test.system.config;

async function secretariat() {
  const { rows } = await sql<{ id: string }>`insert into people (name) values ('Secretariat') returning id`.execute(db);
  const id = rows[0]?.id ?? '';
  await grantRole(db, null, id, { role: 'secretariat', scopeId: null });
  return id;
}
const as = await secretariat();
const [cookie, bearer] = [await test.signedIn(as), await test.bearer(as)];
const stateOf = async (id: string) => (await test.get(`/api/questionnaires/${id}`, bearer)).json();

it('gives the answers by name of no questionnaire that promised otherwise', async () => {
  for (const privacy of ['confidential', 'anonymous'] as const) {
    const { id, people } = await openedQuestionnaire(db, { people: 12, privacy, now: test.clock(), secret });
    const sent = await test.send('POST', `/api/askings/${people[0]?.token}/answers`, { answers: { nps: 9 } });
    expect(sent.statusCode, sent.body).toBe(201);
    expect((await test.get(`/api/questionnaires/${id}/answers`, bearer)).statusCode).toBe(404);
    expect((await test.get(`/back-office/questionnaires/${id}/answers`, cookie)).statusCode).toBe(404);
  }
});

describe('the settings of a questionnaire', () => {
  it('change on a page, and what was typed stays where something is wrong', async () => {
    const { id } = await openedQuestionnaire(db, { people: 12, now: test.clock(), secret });
    const page = `/back-office/questionnaires/${id}/settings`;
    expect((await test.get(page, cookie)).body).not.toContain('name="privacy"');
    const wrong = await test.post(page, { 'title[en]': 'Another title', closes: '2001-01-01T10:00', minimumGroup: '5' }, cookie);
    expect(wrong.statusCode).toBe(422);
    expect(wrong.body).toContain('Another title');
    const less = await test.post(page, { 'title[en]': 'Another title', minimumGroup: '4' }, cookie);
    expect(less.statusCode).toBe(422);
    const kept = await test.post(page, { 'title[en]': 'Another title', closes: '2090-01-01T10:00', minimumGroup: '8' }, cookie);
    expect(kept.statusCode, kept.body).toBe(303);
    expect(await stateOf(id)).toMatchObject({
      title: { en: 'Another title' },
      minimumGroup: 8,
      closes: '2090-01-01T10:00:00',
      automatic: true,
    });
    expect((await test.post(page, { 'title[en]': 'Another title', minimumGroup: '6' }, cookie)).statusCode).toBe(409);
  });
});

const choice = (key: string, codes: string[]) => ({
  key,
  type: 'choice',
  segment: true,
  label: { en: key },
  choices: codes.map((code) => ({ code, label: { en: code } })),
});
const SEGMENTED = {
  key: 'segmented',
  kind: 'questionnaire',
  languages: ['en'],
  defaultLanguage: 'en',
  title: { en: 'Segmented' },
  pages: [
    {
      key: 'page',
      items: [
        choice('role', ['a', 'b']),
        choice('mode', ['x', 'y']),
        choice('first', ['yes', 'no']),
        { key: 'nps', type: 'scale', min: 0, max: 10, label: { en: 'Recommend' } },
      ],
    },
  ],
};

describe('results of those who are of two groups at once', () => {
  it('are shown where both together are enough, and not where the rest would be few', async () => {
    const opened = await openedQuestionnaire(db, { people: 60, definition: SEGMENTED, now: test.clock(), secret });
    const { definition } = await askedWith(db, opened.people[0]?.token ?? '');
    for (const [n, { token }] of opened.people.entries()) {
      const { asked } = await askedWith(db, token);
      const given = { role: n < 30 ? 'a' : 'b', mode: n % 2 ? 'x' : 'y', first: n < 32 ? 'yes' : 'no', nps: n < 30 ? 9 : 3 };
      await answer(db, asked, definition, given, { key: sealingKey(secret), now: test.clock() });
    }
    await closeQuestionnaire(db, opened.viewer, opened.id, test.clock());
    await test.drain();
    const of = async (query: string) => {
      const { items, crossings } = (await test.get(`/api/questionnaires/${opened.id}/results?${query}`, bearer)).json();
      return { base: items.find(({ key }: { key: string }) => key === 'nps')?.base, crossings };
    };
    const { base, crossings } = await of('segment=role&group=a');
    expect(base).toBe(30);
    expect(crossings.map(({ key }: { key: string }) => key)).toContain('mode');
    expect((await of('segment=role&group=a&withSegment=mode&withGroup=x')).base).toBe(15);
    expect((await of('segment=mode&group=x&withSegment=role&withGroup=a')).base).toBe(15);
    // Of `first` yes, two are of role b: neither they nor the others are told beside role a.
    expect((await of('segment=role&group=b&withSegment=first&withGroup=yes')).base).toBeNull();
    expect((await of('segment=role&group=a&withSegment=first&withGroup=yes')).base).toBeNull();
    const page = await test.get(`/back-office/questionnaires/${opened.id}/results?look=role.a&and=mode.x`, cookie);
    expect(page.body).toContain('And at once');
    expect(
      (await test.get(`/api/questionnaires/${opened.id}/results?segment=role&group=a&withSegment=no&withGroup=x`, bearer))
        .statusCode,
    ).toBe(422);
  });
});
