import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { brokenAt } from '../../server/judging/chain.ts';
import { rankingFrom } from '../../server/judging/rankings.ts';
import { testApp } from '../support/app.ts';
import { giveAll, type JudgingWorld, judgingWorld, somebody } from './world.ts';

const test = await testApp();
let calls = 0;
const world = (options: Parameters<typeof judgingWorld>[1] = {}) => judgingWorld(test, { slug: `award-${++calls}`, ...options });
const review = (entry: string, juror: { id: string; bearer: { authorization: string } }, body: object, as = juror) =>
  test.send('PUT', `/api/entries/${entry}/reviews/${juror.id}`, body, as.bearer);

async function scoreAll({ jurors, entries }: JudgingWorld, score: (entry: number, juror: number) => number): Promise<void> {
  for (const [j, juror] of jurors.entries()) {
    for (const [i, entry] of entries.entries()) {
      const answer = await review(entry.id, juror, { scores: { relevance: score(i, j), impact: score(i, j) }, submitted: true });
      expect(answer.statusCode).toBe(200);
    }
  }
}

describe('the jury of a call', () => {
  it('is invited by mail, in each one’s language, and sits from then on', async () => {
    const { call, secretariat } = await world({ jurors: 0 });
    const body = {
      email: 'specialist@example.org',
      name: 'A specialist',
      language: 'fr',
      languages: ['fr', 'en'],
      seat: 'juror',
    };
    const made = await test.send('POST', `/api/calls/${call.slug}/jury`, body, secretariat.bearer);
    expect(made.statusCode).toBe(201);
    expect(made.json()).toMatchObject({ name: 'A specialist', seat: 'juror', languages: ['fr', 'en'], assigned: 0 });
    await test.drain();
    const [mail] = await test.mails('specialist@example.org');
    expect(mail?.subject).toContain('Award');
    const desk = await test.get('/api/desk', await test.bearer(made.json().personId));
    expect(desk.json().items).toEqual([
      { slug: call.slug, title: { en: 'Award' }, defaultLanguage: 'en', entries: 0, submitted: 0 },
    ]);
  });

  it('never has the secretariat or the chair as jurors, whichever way round it is tried', async () => {
    const { call, secretariat, jurors, chair } = await world({ jurors: 1 });
    const office = await somebody(test, 'An officer', 'secretariat');
    const seat = { email: `${office.id}@example.org`, name: 'An officer', seat: 'juror' };
    const refused = await test.send('POST', `/api/calls/${call.slug}/jury`, seat, secretariat.bearer);
    expect([refused.statusCode, refused.json().code]).toEqual([409, 'juror-holds-office']);
    const other = { email: 'second-chair@example.org', name: 'Second chair', seat: 'chair' };
    expect((await test.send('POST', `/api/calls/${call.slug}/jury`, other, secretariat.bearer)).json().code).toBe('chair-taken');
    await expect(
      sql`insert into roles (person_id, role) values (${jurors[0]?.id}, 'secretariat')`.execute(test.db),
    ).rejects.toThrow();
    await expect(
      sql`insert into jury_members (call_id, person_id, seat) values (${call.id}, ${chair.id}, 'juror')`.execute(test.db),
    ).rejects.toThrow();
  });
});

describe('assignments', () => {
  it('are invisible until published, and say beforehand what they mean', async () => {
    const { call, secretariat, jurors } = await world({ entries: 6, jurors: 3, countries: ['ES'] });
    const run = await test.send('PUT', `/api/calls/${call.slug}/assignments`, { automatic: { reviews: 2 } }, secretariat.bearer);
    expect(run.statusCode).toBe(200);
    expect(run.json()).toMatchObject({ number: 1, publishedAt: null, shortage: [], connected: true, added: 12, kept: 0 });
    expect(run.json().conflicts).toEqual([{ kind: 'country', pairs: 1 }]);
    expect(run.json().load.reduce((sum: number, one: { entries: number }) => sum + one.entries, 0)).toBe(12);
    const [juror] = jurors;
    expect((await test.get(`/api/desk/${call.slug}`, juror?.bearer)).json().items).toEqual([]);
    await test.send('PUT', `/api/calls/${call.slug}/assignments/publication`, undefined, secretariat.bearer);
    expect((await test.get(`/api/desk/${call.slug}`, juror?.bearer)).json().items.length).toBeGreaterThan(0);
  });

  it('by hand refuse a pair in conflict, and name shortage when nobody may', async () => {
    const { call, secretariat, jurors, entries } = await world({ entries: 3, jurors: 2, countries: ['ES', 'ES'] });
    const pair = { entry: entries[0]?.id, juror: jurors[0]?.id };
    const refused = await test.send('PUT', `/api/calls/${call.slug}/assignments`, { pairs: [pair] }, secretariat.bearer);
    expect(refused.json().errors).toEqual([expect.objectContaining({ path: 'pairs.0', code: 'inConflict' })]);
    const run = await test.send('PUT', `/api/calls/${call.slug}/assignments`, { automatic: { reviews: 2 } }, secretariat.bearer);
    expect(run.json().shortage).toEqual([{ entry: entries[0]?.id, reviews: 2 }]);
  });

  it('keep started reviews and move little when made again', async () => {
    const { call, secretariat, jurors, entries } = await world({ entries: 6, jurors: 3 });
    const assign = (body: object) => test.send('PUT', `/api/calls/${call.slug}/assignments`, body, secretariat.bearer);
    const first = (await assign({ automatic: { reviews: 2, seed: 3 }, publish: true })).json();
    const mine = first.pairs.find((pair: { juror: string }) => pair.juror === jurors[0]?.id);
    await review(mine.entry, jurors[0] as never, { scores: { impact: 3 } });
    const again = (await assign({ automatic: { reviews: 2, seed: 99 } })).json();
    expect([again.added, again.withdrawn, again.kept]).toEqual([0, 0, 12]);
    const none = (await assign({ pairs: [{ entry: entries[1]?.id, juror: jurors[1]?.id }], publish: true })).json();
    expect(none.pairs).toContainEqual(mine);
    const kept = await sql<{
      n: number;
    }>`select count(*)::int as n from assignments where call_id = ${call.id} and withdrawn_at is not null`.execute(test.db);
    expect(kept.rows[0]?.n).toBeGreaterThanOrEqual(10);
  });
});

describe('a review', () => {
  it('is saved as written, a draft until it is handed in complete', async () => {
    const all = await world({ entries: 2, jurors: 2 });
    await giveAll(test, all);
    const [juror] = all.jurors as [JudgingWorld['jurors'][number]];
    const entry = all.entries[0]?.id ?? '';
    const draft = await review(entry, juror, { scores: { relevance: 7 }, commentToJury: 'Strong' });
    expect(draft.json()).toMatchObject({
      version: 1,
      complete: false,
      missing: ['impact'],
      submittedAt: null,
      scores: { relevance: 7, impact: null },
    });
    const early = await review(entry, juror, { submitted: true });
    expect(early.json().errors).toEqual([expect.objectContaining({ path: 'scores.impact', code: 'required' })]);
    expect((await review(entry, juror, { scores: { impact: 11 } })).json().errors[0]).toMatchObject({
      path: 'scores.impact',
      code: 'offScale',
    });
    expect((await review(entry, juror, { scores: { impact: 4.5 } })).statusCode).toBe(422);
    const done = await review(entry, juror, { scores: { impact: 4 }, submitted: true });
    expect(done.json()).toMatchObject({ complete: true, commentToJury: 'Strong', scores: { relevance: 7, impact: 4 } });
    expect(done.json().submittedAt).not.toBeNull();
    const reopened = await review(entry, juror, { scores: { impact: null } });
    expect(reopened.json()).toMatchObject({ complete: false, submittedAt: null, scores: { relevance: 7, impact: null } });
  });

  it('loses nothing that was written on two screens or without a line', async () => {
    const all = await world({ entries: 1, jurors: 1 });
    await giveAll(test, all);
    const [juror] = all.jurors as [JudgingWorld['jurors'][number]];
    const entry = all.entries[0]?.id ?? '';
    await review(entry, juror, { commentToJury: 'First', scores: { relevance: 5 } });
    await review(entry, juror, { commentToJury: 'First, from the train', base: { commentToJury: 'First' } });
    const merged = await review(entry, juror, {
      commentToJury: 'First, from the desk',
      scores: { relevance: 5, impact: 8 },
      base: { commentToJury: 'First', scores: { relevance: 5 } },
    });
    expect(merged.json().commentToJury).toBe('First, from the train\n\n* * *\n\nFirst, from the desk');
    expect(merged.json().scores).toEqual({ relevance: 5, impact: 8 });
    const twice = await review(entry, juror, { commentToJury: 'First, from the desk', base: { commentToJury: 'First' } });
    expect(twice.json().commentToJury).toBe('First, from the train\n\n* * *\n\nFirst, from the desk');
  });

  it('is written for nobody else, not even by the secretariat', async () => {
    const all = await world({ entries: 1, jurors: 2 });
    await giveAll(test, all);
    const [one, other] = all.jurors as [JudgingWorld['jurors'][number], JudgingWorld['jurors'][number]];
    const entry = all.entries[0]?.id ?? '';
    expect((await review(entry, one, { scores: { impact: 1 } }, other)).statusCode).toBe(404);
    expect((await review(entry, one, { scores: { impact: 1 } }, all.secretariat)).statusCode).toBe(403);
  });

  it('shows others’ only after one’s own is in', async () => {
    const all = await world({ entries: 1, jurors: 2 });
    await giveAll(test, all);
    const [one, other] = all.jurors as [JudgingWorld['jurors'][number], JudgingWorld['jurors'][number]];
    const { id, code } = all.entries[0] as JudgingWorld['entries'][number];
    await review(id, one, { scores: { relevance: 9, impact: 9 }, commentToJury: 'Splendid', notes: 'ask them', submitted: true });
    const before = await test.get(`/api/desk/${all.call.slug}/${code}`, other.bearer);
    expect(before.json().others).toBeNull();
    expect(before.body).not.toContain('Splendid');
    await review(id, other, { scores: { relevance: 1, impact: 1 }, submitted: true });
    const after = await test.get(`/api/desk/${all.call.slug}/${code}`, other.bearer);
    expect(after.json().others).toEqual([{ name: 'Juror 1', comment: 'Splendid', scores: { relevance: 9, impact: 9 } }]);
    expect(after.body).not.toContain('ask them');
  });

  it('ends with a recusal: the entry is gone for that juror, the reason and the scores stay on record', async () => {
    const all = await world({ entries: 2, jurors: 2 });
    await giveAll(test, all);
    const [juror] = all.jurors as [JudgingWorld['jurors'][number]];
    const { id, code } = all.entries[0] as JudgingWorld['entries'][number];
    await review(id, juror, { scores: { relevance: 9, impact: 9 }, submitted: true });
    expect((await test.send('PUT', `/api/entries/${id}/recusal`, { reason: 'I advised them' }, juror.bearer)).statusCode).toBe(
      200,
    );
    const missing = await test.get(`/api/desk/${all.call.slug}/AAAAAA`, juror.bearer);
    const gone = await test.get(`/api/desk/${all.call.slug}/${code}`, juror.bearer);
    expect([gone.statusCode, gone.body]).toEqual([404, missing.body]);
    expect((await review(id, juror, { scores: { impact: 1 } })).statusCode).toBe(404);
    const { rows } = await sql<{ kind: string; reason: string; scores: object; removal: string }>`
      select x.kind, x.reason, r.scores, r.removal_reason as removal from conflicts x join reviews r using (entry_id, person_id) where x.entry_id = ${id}`.execute(
      test.db,
    );
    expect(rows).toEqual([{ kind: 'recusal', reason: 'I advised them', scores: expect.any(Object), removal: 'I advised them' }]);
    expect((await test.get('/api/desk', juror.bearer)).json().items[0]).toMatchObject({ entries: 1, submitted: 0 });
  });
});

describe('the ranking', () => {
  it('is for the chair and whoever runs the call, and can be recomputed from what is kept', async () => {
    const all = await world({ entries: 6, jurors: 3 });
    await giveAll(test, all);
    await scoreAll(all, (i, j) => Math.min(10, i + j));
    expect((await test.get(`/api/calls/${all.call.slug}/ranking`, all.jurors[0]?.bearer)).statusCode).toBe(403);
    const now = await test.get(`/api/calls/${all.call.slug}/ranking`, all.chair.bearer);
    expect(now.json()).toMatchObject({ status: 'calibrated', number: null, k: 3 });
    expect(now.json().entries.map((row: { entry: string }) => row.entry)).toEqual(
      all.entries.map((entry) => entry.id).toReversed(),
    );
    const kept = await test.send('POST', `/api/calls/${all.call.slug}/rankings`, { chosen: 2, seed: 42 }, all.secretariat.bearer);
    expect(kept.json()).toMatchObject({ number: 1, k: 2, seed: 42 });
    const stored = (await test.get(`/api/calls/${all.call.slug}/rankings/1`, all.chair.bearer)).json();
    expect(JSON.parse(JSON.stringify(await rankingFrom(stored.input)))).toEqual(stored.result);
    expect((await test.get(`/api/calls/${all.call.slug}/ranking`, all.chair.bearer)).json().number).toBe(1);
    await review(all.entries[0]?.id ?? '', all.jurors[0] as never, { scores: { impact: 9 } });
    expect((await test.get(`/api/calls/${all.call.slug}/ranking`, all.chair.bearer)).json().number).toBeNull();
  });
});

describe('what is decided', () => {
  it('has one laureate a city, reasons and who was there, and a chain that shows any change', async () => {
    const all = await world({ entries: 3, jurors: 2 });
    await giveAll(test, all);
    await scoreAll(all, (i) => 3 * i);
    await test.send('POST', `/api/calls/${all.call.slug}/rankings`, {}, all.secretariat.bearer);
    const decide = (body: object) => test.send('POST', `/api/calls/${all.call.slug}/decisions`, body, all.chair.bearer);
    const [first, second] = all.entries as [JudgingWorld['entries'][number], JudgingWorld['entries'][number]];
    await sql`update entries set organisation_id = ${first.organisation} where id = ${second.id}`.execute(test.db);
    const reasons = { en: 'It reaches who is seldom reached.' };
    expect((await decide({ kind: 'laureate', entry: first.id, reasons, present: [] })).statusCode).toBe(422);
    expect(
      (await decide({ kind: 'laureate', entry: first.id, place: 1, reasons, present: ['Juror 1', 'Juror 2'] })).statusCode,
    ).toBe(201);
    expect((await decide({ kind: 'laureate', entry: second.id, reasons, present: ['Juror 1'] })).json().code).toBe(
      'one-laureate-a-city',
    );
    expect((await decide({ kind: 'void', reasons, present: ['Juror 1'] })).json().code).toBe('award-has-laureates');
    expect((await decide({ kind: 'mention', entry: second.id, reasons, present: ['Juror 1'] })).statusCode).toBe(201);
    expect((await test.send('PUT', `/api/calls/${all.call.slug}/results`, undefined, all.chair.bearer)).statusCode).toBe(403);
    expect((await test.send('PUT', `/api/calls/${all.call.slug}/results`, undefined, all.secretariat.bearer)).statusCode).toBe(
      200,
    );
    const states = await sql<{
      state: string;
    }>`select state from entries where call_id = ${all.call.id} order by title->>'en'`.execute(test.db);
    expect(states.rows.map((row) => row.state)).toEqual(['laureate', 'mention', 'not-selected']);
    expect((await decide({ kind: 'mention', entry: second.id, reasons, present: ['Juror 1'] })).json().code).toBe('call-decided');
    const { chain } = (await test.get(`/api/calls/${all.call.slug}/chain`, all.chair.bearer)).json();
    expect(chain.map((link: { step: string }) => link.step)).toEqual([
      'call',
      'assignments',
      'ranking',
      'decision',
      'decision',
      'publication',
    ]);
    expect(brokenAt(chain)).toBeNull();
    const changed = structuredClone(chain);
    changed[3].content = changed[3].content.replace('seldom', 'often');
    expect(brokenAt(changed)).toEqual({ number: 4, why: 'hash' });
    expect(brokenAt(chain.toSpliced(2, 1))).toEqual({ number: 4, why: 'order' });
    await expect(sql`update judging_chain set content = '{}' where call_id = ${all.call.id}`.execute(test.db)).rejects.toThrow();
  });

  it('may be that the award is void', async () => {
    const all = await world({ entries: 1, jurors: 1 });
    const decided = await test.send(
      'POST',
      `/api/calls/${all.call.slug}/decisions`,
      { kind: 'void', reasons: { en: 'None.' }, present: ['Chair'] },
      all.chair.bearer,
    );
    expect(decided.json().items.map((one: { kind: string }) => one.kind)).toEqual(['void']);
    const late = { kind: 'laureate', entry: all.entries[0]?.id, reasons: { en: 'x' }, present: ['Chair'] };
    expect((await test.send('POST', `/api/calls/${all.call.slug}/decisions`, late, all.chair.bearer)).json().code).toBe(
      'award-void',
    );
  });
});
