import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { json } from '../../db/database.ts';
import { grantRole } from '../../server/accounts/roles.ts';
import { closeQuestionnaire } from '../../server/questionnaires/actions.ts';
import { testApp } from '../support/app.ts';
import { openedQuestionnaire } from './world.ts';

const test = await testApp();
const { db } = test;

async function edition(scores: number[]) {
  const opened = await openedQuestionnaire(db, {
    people: Math.max(10, scores.length),
    now: test.clock(),
    secret: test.system.config.secret,
  });
  for (const [n, score] of scores.entries())
    await test.send('POST', `/api/askings/${opened.people[n]?.token}/answers`, {
      answers: { nps: score, value: { useful: score > 6 ? '5' : '2' } },
    });
  await closeQuestionnaire(db, opened.viewer, opened.id, test.clock());
  await test.drain();
  return opened;
}

describe('editions', () => {
  it('are compared by concept, on the same scale, and never by a figure of fewer than five', async () => {
    const first = await edition([9, 9, 9, 9, 9, 1, 1, 1, 1, 1]);
    const second = await edition([10, 10, 10, 10, 10, 10, 10, 10, 5, 5]);
    const third = await edition([10, 10, 10]);
    await grantRole(db, null, first.viewer.personId, { role: 'secretariat', scopeId: null });
    const headers = await test.bearer(first.viewer.personId);
    const answer = await test.get(`/api/questionnaires/${first.id}/comparison?with=${second.id}&with=${third.id}`, headers);
    expect(answer.statusCode, answer.body).toBe(200);
    const { items } = answer.json<{ items: { concept: string; values: ({ value: number; base: number } | null)[] }[] }>();
    expect(items.find(({ concept }) => concept === 'nps')?.values).toEqual([
      { value: 0, base: 10 },
      { value: 60, base: 10 },
      null,
    ]);
    expect(items.find(({ concept }) => concept === 'content.useful')?.values).toEqual([
      { value: 3.5, base: 10 },
      { value: 4.4, base: 10 },
      null,
    ]);
    const cookie = await test.signedIn(first.viewer.personId);
    const page = await test.get(`/back-office/questionnaires/${first.id}/comparison?with=${second.id}`, cookie);
    expect(page.body).toContain('indicative: fewer than 30 answers');
  });
});

describe('the code in a room', () => {
  it('mails the personal link to whoever was asked, and says the same to everybody', async () => {
    const opened = await openedQuestionnaire(db, { people: 12, now: test.clock(), secret: test.system.config.secret });
    await test.drain();
    const [somebody] = opened.people;
    const before = (await test.mails(somebody?.address)).length;
    const ask = (email: string) => test.post(`/questionnaires/${opened.id}/room`, { email });
    const wrong = await ask('delegate at example');
    expect([wrong.statusCode, wrong.body.includes('value="delegate at example"')]).toEqual([422, true]);
    expect(wrong.body).toContain('This is not an e-mail address');
    const known = await ask(somebody?.address ?? '');
    const unknown = await ask('stranger@example.org');
    expect(known.body.replaceAll(somebody?.address ?? '', '')).toBe(unknown.body);
    await test.drain();
    const mails = await test.mails(somebody?.address);
    expect(mails).toHaveLength(before + 1);
    expect(mails.at(-1)?.text).toContain(`/q/${somebody?.token}`);
    expect(await test.mails('stranger@example.org')).toHaveLength(0);
  });
});

describe('networks', () => {
  it('are compared by what their events were thought of together, and show a coordinator their own alone', async () => {
    const network = async (name: string) => {
      const { rows } = await sql<{
        id: string;
      }>`insert into networks (slug, name) values (${name}, ${json({ en: name })}) returning id`.execute(db);
      return rows[0]?.id ?? '';
    };
    const [north, south] = [await network('north'), await network('south')];
    const editions = [
      await edition([10, 10, 10, 10, 10]),
      await edition([5, 5, 5, 5, 5]),
      await edition([10, 10, 10, 10, 10, 5, 5, 5, 5, 5]),
    ];
    for (const [n, { eventId }] of editions.entries())
      await sql`update events set network_id = ${n < 2 ? north : south} where id = ${eventId}`.execute(db);
    const { rows } = await sql<{ id: string }>`insert into people (name) values ('A coordinator') returning id`.execute(db);
    const coordinator = rows[0]?.id ?? '';
    await grantRole(db, null, coordinator, { role: 'coordinator', scopeId: south });
    const seenBy = async (person: string) => (await test.get('/api/questionnaires/networks', await test.bearer(person))).json();
    await grantRole(db, null, editions[0]?.viewer.personId ?? '', { role: 'secretariat', scopeId: null });
    const whole = await seenBy(editions[0]?.viewer.personId ?? '');
    expect(whole.networks.map(({ name, answers }: { name: { en: string }; answers: number }) => [name.en, answers])).toEqual([
      ['north', 10],
      ['south', 10],
    ]);
    const nps = whole.items.find(({ concept }: { concept: string }) => concept === 'nps');
    expect(nps.values).toEqual([
      { value: 0, base: 10 },
      { value: 0, base: 10 },
    ]);
    expect(nps.all).toEqual({ value: 0, base: 20 });
    expect((await seenBy(coordinator)).networks.map(({ name }: { name: { en: string } }) => name.en)).toEqual(['south']);
  });
});
