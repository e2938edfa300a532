import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.ts';
import { giveAll, judgingWorld } from './world.ts';

const test = await testApp();

describe('assigning by hand', () => {
  it('shows what a pair costs, adds and takes out one at a time, and jurors see it when it is published', async () => {
    const world = await judgingWorld(test, { slug: 'hand', entries: 3, jurors: 2, countries: ['ES', null] });
    const { secretariat, jurors, entries } = world;
    const [one, two] = jurors as [(typeof jurors)[number], (typeof jurors)[number]];
    const [own, free, begun] = entries.map((entry) => entry.id) as [string, string, string];
    const office = await test.signedIn(secretariat.id);
    const home = '/back-office/calls/hand/assignments';
    const api = (entry: string, juror: string) => `/api/calls/hand/assignments/${entry}/${juror}`;
    const desk = async (juror: typeof one) =>
      (await test.get('/api/desk/hand', juror.bearer)).json().items.map((row: { id: string }) => row.id);

    const never = await test.get(`${home}?entry=${own}&juror=${one.id}`, office);
    expect(never.body).toContain('A conflict forbids it');
    expect(never.body).toContain('the same country');
    expect((await test.post(`${home}/pairs`, { entry: own, juror: one.id }, office)).statusCode).toBe(422);
    const seen = await test.get(`${home}?entry=${free}&juror=${one.id}`, office);
    expect(seen.body).toContain('Entries of the juror: 0 now, 1 then.');
    expect((await test.post(`${home}/pairs`, { entry: free, juror: one.id }, office)).statusCode).toBe(303);
    expect((await test.post(`${home}/pairs`, { entry: begun, juror: one.id }, office)).statusCode).toBe(303);
    expect((await test.send('PUT', api(own, two.id), undefined, secretariat.bearer)).json()).toMatchObject({
      planned: true,
      conflicts: [],
      load: { now: 1, after: 0 },
    });
    expect(await desk(one)).toEqual([]);
    expect((await test.post(`${home}/publication`, {}, office)).statusCode).toBe(303);
    expect((await desk(one)).toSorted()).toEqual([free, begun].toSorted());
    expect(await desk(two)).toEqual([own]);

    await test.send('PUT', `/api/entries/${begun}/reviews/me`, { scores: { relevance: 3 } }, one.bearer);
    const stays = await test.post(`${home}/pairs/removal`, { entry: begun, juror: one.id }, office);
    expect([stays.statusCode, stays.body.includes('This review was begun')]).toEqual([409, true]);
    expect((await test.send('DELETE', api(free, one.id), undefined, secretariat.bearer)).json().planned).toBe(false);
    expect((await desk(one)).toSorted()).toEqual([free, begun].toSorted());
    await test.post(`${home}/publication`, {}, office);
    expect(await desk(one)).toEqual([begun]);
    expect((await test.send('PUT', api(free, one.id), undefined, one.bearer)).statusCode).toBe(403);
    expect((await test.send('PUT', api(free, one.id), undefined, world.chair.bearer)).statusCode).toBe(403);
  });
});

describe('what a juror declares', () => {
  it('takes the entries of a city off the desk, and answers the same for one that takes no part', async () => {
    const world = await judgingWorld(test, { slug: 'tie', entries: 2, jurors: 2 });
    await judgingWorld(test, { slug: 'elsewhere', entries: 1, jurors: 1 });
    await giveAll(test, world);
    const [juror, other] = world.jurors as [(typeof world.jurors)[number], (typeof world.jurors)[number]];
    const cookie = await test.signedIn(juror.id);
    const page = '/desk/tie/conflicts';
    const [mine] = world.entries;
    await test.send(
      'PUT',
      `/api/entries/${mine?.id}/reviews/me`,
      { scores: { relevance: 9, impact: 9 }, submitted: true },
      juror.bearer,
    );
    const found = (await test.get(`${page}?q=CÍTY`, cookie)).body;
    expect([found.includes('tie-city-0'), found.includes('elsewhere-city-0')]).toEqual([true, true]);
    const empty = await test.post(page, { q: 'city', organisation: 'tie-city-0', reason: '' }, cookie);
    expect(empty.statusCode).toBe(422);
    expect(empty.body).toMatch(/value="tie-city-0"[^>]*checked/);
    const takesPart = await test.post(page, { q: 'city', organisation: 'tie-city-0', reason: 'I advised them.' }, cookie);
    const doesNot = await test.post(page, { q: 'city', organisation: 'elsewhere-city-0', reason: 'I live there.' }, cookie);
    expect([takesPart.statusCode, takesPart.headers.location]).toEqual([doesNot.statusCode, doesNot.headers.location]);
    expect((await test.get('/api/desk/tie', juror.bearer)).json().items.map((row: { id: string }) => row.id)).toEqual([
      world.entries[1]?.id,
    ]);
    expect((await test.get(`/desk/tie/${mine?.code}`, cookie)).statusCode).toBe(404);
    expect((await test.get('/api/desk/tie', other.bearer)).json().items).toHaveLength(2);
    const declared = (await test.get('/api/desk/tie/conflicts', juror.bearer)).json().items;
    expect(
      declared.map((one: { organisation: { slug: string }; reason: string }) => [one.organisation.slug, one.reason]),
    ).toEqual([
      ['tie-city-0', 'I advised them.'],
      ['elsewhere-city-0', 'I live there.'],
    ]);
    const cost = (await test.get(`/api/calls/tie/assignments/${mine?.id}/${juror.id}`, world.chair.bearer)).json();
    expect(cost.conflicts).toEqual(['declared']);
    const ranking = (await test.get('/api/calls/tie/ranking', world.chair.bearer)).json();
    expect(ranking.entries).toEqual([]);

    // Taken back it forbids nothing any more, and gives nothing back by itself.
    expect((await test.post(`${page}/nobody/removal`, {}, cookie)).statusCode).toBe(404);
    const back = await test.post(`${page}/tie-city-0/removal`, {}, cookie);
    expect(back.headers.location).toBe(`${page}?done=declarationWithdrawn`);
    const left = (await test.send('DELETE', '/api/desk/tie/conflicts/elsewhere-city-0', undefined, juror.bearer)).json().items;
    expect(left).toEqual([]);
    expect((await test.get('/api/desk/tie', juror.bearer)).json().items).toHaveLength(1);
    const free = (await test.get(`/api/calls/tie/assignments/${mine?.id}/${juror.id}`, world.chair.bearer)).json();
    expect(free.conflicts).toEqual([]);
    await giveAll(test, world);
    expect((await test.get('/api/desk/tie', juror.bearer)).json().items).toHaveLength(2);
    expect((await test.post(page, { q: 'city', organisation: 'tie-city-0', reason: 'Again.' }, cookie)).statusCode).toBe(303);
    expect((await test.get('/api/desk/tie', juror.bearer)).json().items).toHaveLength(1);
  });
});
