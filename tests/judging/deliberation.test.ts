import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.ts';
import { giveAll, judgingWorld } from './world.ts';

const test = await testApp();

describe('the final', () => {
  it('ranks the finalists by ballot, without the say of who is in conflict, and proves the result', async () => {
    const world = await judgingWorld(test, { slug: 'final', entries: 4, jurors: 3, countries: [null, null, 'ES'] });
    await giveAll(test, world);
    const api = (path: string) => `/api/calls/final/${path}`;
    const { chair, jurors } = world;
    const [a, b, c, d] = world.entries.map((entry) => entry.id) as [string, string, string, string];
    expect((await test.send('PUT', api('ballot'), undefined, chair.bearer)).json().code).toBe('too-few-finalists');
    for (const entry of [a, b, c]) {
      const body = { kind: 'shortlisted', entry, reasons: { en: 'Among the best.' }, present: ['Chair'] };
      expect((await test.send('POST', api('decisions'), body, chair.bearer)).statusCode).toBe(201);
    }
    expect((await test.send('PUT', api('ballot'), undefined, chair.bearer)).json()).toEqual({
      open: true,
      cast: 0,
      result: null,
    });
    const cast = (n: number, ranking: string[]) => test.send('PUT', '/api/desk/final/ballot', { ranking }, jurors[n]?.bearer);
    expect((await cast(0, [a, b, c])).statusCode).toBe(200);
    expect((await cast(1, [b, a, c])).statusCode).toBe(200);
    expect((await cast(1, [a, c, b])).statusCode).toBe(200);
    expect((await cast(2, [a, c, b])).statusCode).toBe(422);
    expect((await cast(2, [d])).statusCode).toBe(422);
    expect((await cast(2, [c, b])).statusCode).toBe(200);
    expect((await test.get(api('ballot'), jurors[0]?.bearer)).statusCode).toBe(403);
    expect((await test.get(api('ballot'), chair.bearer)).json()).toEqual({ open: true, cast: 3, result: null });
    const closed = await test.send('PUT', api('ballot/closing'), undefined, chair.bearer);
    expect(closed.json().order).toEqual([[a], [c], [b]]);
    expect((await cast(0, [c])).json().code).toBe('ballot-closed');
    const { chain } = (await test.get(api('chain'), chair.bearer)).json();
    expect(chain.at(-1).step).toBe('ballot');
  });

  it('keeps what was said, for the chair and the secretariat', async () => {
    const world = await judgingWorld(test, { slug: 'said', entries: 1, jurors: 1 });
    const said = { text: 'All agree that it reaches far.', entry: world.entries[0]?.id };
    const made = await test.send('POST', '/api/calls/said/notes', said, world.chair.bearer);
    expect(made.json().items).toEqual([expect.objectContaining({ text: said.text, entry: said.entry, writtenBy: 'Chair' })]);
    expect((await test.get('/api/calls/said/notes', world.secretariat.bearer)).json().items).toHaveLength(1);
    expect((await test.get('/api/calls/said/notes', world.jurors[0]?.bearer)).statusCode).toBe(403);
  });
});
