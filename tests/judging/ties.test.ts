import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { brokenBy, tieMaterial } from '../../server/judging/ties.ts';
import { testApp } from '../support/app.ts';
import { giveAll, judgingWorld } from './world.ts';

const criterion = (id: string, weight: number) => ({ id, weight, least: 0, most: 10, required: true, themes: [] });
const review = (entry: string, light: number, heavy: number) => ({ entry, theme: null, scores: { light, heavy } });

describe('the rule for ties', () => {
  const criteria = [criterion('light', 1), criterion('heavy', 2)];
  const reviews = [review('a', 8, 4), review('b', 4, 6), review('c', 4, 6)];

  it('asks the heaviest criterion first, then the jury, and never chance', () => {
    const material = tieMaterial('heaviest-criterion', criteria, reviews, []);
    expect(brokenBy(material, 'a', 'b')).toEqual({ first: 'b', by: 'criterion' });
    expect(brokenBy(material, 'b', 'c')).toBeNull();
    const voted = tieMaterial('heaviest-criterion', criteria, reviews, [
      ['b', 'c'],
      ['c', 'b'],
    ]);
    expect(brokenBy(voted, 'b', 'c')).toEqual({ first: 'c', by: 'vote' });
  });

  it('asks the jury alone where the call says so', () => {
    const material = tieMaterial('jury-vote', criteria, reviews, [['a', 'b']]);
    expect(brokenBy(material, 'a', 'b')).toEqual({ first: 'a', by: 'vote' });
    expect(brokenBy(material, 'b', 'c')).toBeNull();
  });
});

describe('a tie at the cut line', async () => {
  const test = await testApp();
  const world = await judgingWorld(test, { slug: 'level', entries: 4, jurors: 3 });
  const { chair, secretariat, jurors, entries } = world;
  const [best, light, heavy, last] = entries.map((entry) => entry.id) as [string, string, string, string];
  const api = (path: string) => `/api/calls/level/${path}`;
  const ranking = async () => (await test.get(api('ranking'), chair.bearer)).json();
  const place = async () => (await ranking()).entries.map((row: { entry: string }) => row.entry);

  it('is named with the rule and with what the rule says', async () => {
    await giveAll(test, world);
    const given = { [best]: [9, 10], [light]: [8, 4], [heavy]: [4, 6], [last]: [2, 1] } as Record<string, [number, number]>;
    for (const [j, juror] of jurors.entries())
      for (const [id, [relevance, impact]] of Object.entries(given)) {
        const scores = { relevance: id === best || id === last ? relevance + (j === 1 ? 1 : 0) : relevance, impact };
        const saved = await test.send('PUT', `/api/entries/${id}/reviews/me`, { scores, submitted: true }, juror.bearer);
        expect(saved.statusCode).toBe(200);
      }
    await test.send('POST', api('rankings'), { chosen: 2 }, chair.bearer);
    expect(await place()).toEqual([best, heavy, light, last]);
    expect((await ranking()).tie).toMatchObject({
      rule: 'heaviest-criterion',
      exact: [heavy, light],
      broken: [{ above: heavy, below: light, by: 'criterion' }],
      votes: [],
    });
    const decisions = (await test.get('/back-office/calls/level/decisions', await test.signedIn(chair.id))).body;
    expect(decisions).toContain('Who is among the best 2 is open between:');
    expect(decisions).toContain('/back-office/calls/level/ranking#tie');
  });

  it('is voted on by the jury where the call says so; who was there and why is on record, in the chain and in what is recomputed', async () => {
    const page = '/back-office/calls/level/ranking';
    const cookie = await test.signedIn(chair.id);
    const call = (await test.get('/api/calls/level', secretariat.bearer)).json();
    expect(call.tieRule).toBe('heaviest-criterion');
    await sql`update calls set tie_rule = 'jury-vote' where slug = 'level'`.execute(test.db);
    expect((await ranking()).tie.broken).toEqual([expect.objectContaining({ by: null })]);
    const form = { reasons: 'It reaches more schools.', present: 'Chair\nJuror 1' };
    const same = await test.post(
      '/back-office/calls/level/ties',
      { ...form, [`places[${light}]`]: '1', [`places[${heavy}]`]: '1' },
      cookie,
    );
    expect(same.statusCode).toBe(422);
    expect(same.body).toContain('It reaches more schools.');
    expect(same.body).toContain('Each needs a place of its own.');
    const voted = await test.post(
      '/back-office/calls/level/ties',
      { ...form, [`places[${light}]`]: '1', [`places[${heavy}]`]: '2' },
      cookie,
    );
    expect([voted.statusCode, voted.headers.location]).toEqual([303, `${page}?done=tieVoted`]);
    expect(await place()).toEqual([best, light, heavy, last]);
    const shown = (await test.get(page, cookie)).body;
    expect(shown).toContain('It reaches more schools.');
    expect(shown).toContain('Recorded by Chair.');
    expect((await test.get('/back-office/calls/level/decisions', cookie)).body).not.toContain('ranking#tie');
    await test.send('POST', api('rankings'), { chosen: 2 }, chair.bearer);
    const kept = (await test.get(api('rankings/2'), chair.bearer)).json();
    expect(kept.input.ties).toEqual({ rule: 'jury-vote', votes: [[light, heavy]] });
    const { chain } = (await test.get(api('chain'), chair.bearer)).json();
    const step = chain.find((link: { step: string }) => link.step === 'tie');
    expect(JSON.parse(step.content)).toMatchObject({ present: ['Chair', 'Juror 1'], reasons: 'It reaches more schools.' });
  });

  it('is nothing for a juror, and no entry of another call', async () => {
    const body = { entries: [light, heavy], reasons: 'So.', present: ['Somebody'] };
    expect((await test.send('POST', api('ties'), body, jurors[0]?.bearer)).statusCode).toBe(403);
    const foreign = { ...body, entries: [light, jurors[0]?.id] };
    expect((await test.send('POST', api('ties'), foreign, chair.bearer)).statusCode).toBe(422);
  });
});
