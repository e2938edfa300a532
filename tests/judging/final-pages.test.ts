import { expect, it } from 'vitest';
import { testApp } from '../support/app.ts';
import { giveAll, judgingWorld } from './world.ts';

const test = await testApp();

it('the final is opened, voted on by places without a script, closed and explained', async () => {
  const world = await judgingWorld(test, { slug: 'last', entries: 4, jurors: 3, countries: [null, null, 'ES'] });
  await giveAll(test, world);
  const [a, b, c] = world.entries.map((entry) => entry.id) as [string, string, string];
  const chair = await test.signedIn(world.chair.id);
  const cookies = await Promise.all(world.jurors.map((juror) => test.signedIn(juror.id)));
  const board = '/back-office/calls/last/ballot';
  expect((await test.get(board, chair)).body).toContain('Nothing is in the final yet');
  expect((await test.post(board, {}, chair)).statusCode).toBe(409);
  for (const entry of [a, b, c]) {
    const body = { kind: 'shortlisted', entry, reasons: { en: 'Among the best.' }, present: ['Chair'] };
    await test.send('POST', '/api/calls/last/decisions', body, world.chair.bearer);
  }
  expect((await test.get('/desk/last/ballot', cookies[0])).body).toContain('The ballot is not open.');
  expect((await test.get(board, cookies[0])).statusCode).toBe(403);
  expect((await test.post(board, {}, chair)).headers.location).toBe(`${board}?done=ballotOpened`);
  expect((await test.get('/desk/last', cookies[0])).body).toContain('/desk/last/ballot');

  const cast = (n: number, places: Record<string, string>) =>
    test.post(
      '/desk/last/ballot',
      Object.fromEntries(Object.entries(places).map(([id, at]) => [`places[${id}]`, at])),
      cookies[n],
    );
  expect((await cast(0, { [a]: '1', [b]: '2', [c]: '2' })).headers.location).toBe('/desk/last/ballot?done=ballotCast');
  const own = (await test.get('/api/desk/last/ballot', world.jurors[0]?.bearer)).json();
  expect(own.ranking.map((group: string[]) => group.toSorted())).toEqual([[a], [b, c].toSorted()]);
  expect((await cast(1, { [a]: '1', [b]: '3', [c]: '2' })).statusCode).toBe(303);

  const theirs = (await test.get('/desk/last/ballot', cookies[2])).body;
  expect([theirs.includes(`places[${a}]`), theirs.includes(`places[${b}]`)]).toEqual([false, true]);
  const wrong = await cast(2, { [a]: '1', [b]: '2' });
  expect(wrong.statusCode).toBe(422);
  expect(wrong.body).not.toContain(`places[${a}]`);
  expect(wrong.body).toMatch(/<option value="2" selected/);
  expect((await cast(2, { [c]: '1', [b]: '2' })).statusCode).toBe(303);

  const closed = await test.post(`${board}/closing`, {}, chair);
  expect(closed.headers.location).toBe(`${board}?done=ballotClosed`);
  const result = (await test.get(board, chair)).body;
  expect(result).toContain('last City 0 · Practice last 0 beats every other finalist one to one.');
  expect(result.match(/class="duel-won"/g)).toHaveLength(3);
  expect(result).toContain('A before B. A → B: a path of strength 2. From B to A there is no path.');
  expect((await cast(0, { [a]: '1' })).statusCode).toBe(409);

  // Opened again it takes ballots, and both results are in the chain.
  expect(result).toContain('Open it again');
  expect((await test.post(board, {}, chair)).headers.location).toBe(`${board}?done=ballotOpened`);
  expect((await cast(0, { [b]: '1', [a]: '2' })).statusCode).toBe(303);
  await test.post(`${board}/closing`, {}, chair);
  const { chain } = (await test.get('/api/calls/last/chain', world.chair.bearer)).json();
  expect(chain.filter((one: { step: string }) => one.step === 'ballot')).toHaveLength(2);
});

it('a finalist that is taken out again is on no ballot', async () => {
  const world = await judgingWorld(test, { slug: 'fewer', entries: 3, jurors: 1 });
  await giveAll(test, world);
  const api = (path: string) => `/api/calls/fewer/${path}`;
  let items: { id: string; entry: { id: string } }[] = [];
  for (const { id } of world.entries) {
    const body = { kind: 'shortlisted', entry: id, reasons: { en: 'Good.' }, present: ['Chair'] };
    items = (await test.send('POST', api('decisions'), body, world.chair.bearer)).json().items;
  }
  const out = items[0];
  await test.send('DELETE', api(`decisions/${out?.id}`), undefined, world.chair.bearer);
  await test.send('PUT', api('ballot'), undefined, world.chair.bearer);
  const { candidates } = (await test.get('/api/desk/fewer/ballot', world.jurors[0]?.bearer)).json();
  const left = world.entries.map((entry) => entry.id).filter((id) => id !== out?.entry.id);
  expect(candidates.map((one: { id: string }) => one.id).toSorted()).toEqual(left.toSorted());
});
