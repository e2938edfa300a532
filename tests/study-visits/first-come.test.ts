import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.ts';
import { visitsWorld } from './world.ts';

const test = await testApp();
const world = await visitsWorld(test);
const { api, asSecretariat } = world;
const park = await world.visit('Park with Support', { places: 2, kept: 1 });
const gijon = await world.city('gijon', 'Gijón');
const [anna, bruno] = [await world.participant(gijon, 'Anna'), await world.participant(gijon, 'Bruno')];
await test.drain();

const museums = await world.visit('Social museums', { places: 1 });
const clara = await world.participant(gijon, 'Clara');

describe('first come, first served', () => {
  it('makes the places of a visit those of the programme, less what is kept', async () => {
    expect((await test.send('PUT', api('/visits'), { mode: 'first-come' }, asSecretariat)).statusCode).toBe(200);
    expect((await test.send('POST', api('/releases'), { note: '' }, asSecretariat)).statusCode).toBe(201);
    expect((await test.send('PUT', api(`/sessions/${park}/choice`), {}, anna.as)).statusCode).toBe(200);
    const late = await test.send('PUT', api(`/sessions/${park}/choice`), {}, bruno.as);
    expect([late.statusCode, late.json().code]).toEqual([409, 'session-full']);
    expect((await world.wish(bruno, [park])).json().code).toBe('visits-no-wishes');
  });

  it('passes a place that is given back on to who waits, and lets two people swap what they have', async () => {
    expect((await test.send('PUT', api(`/sessions/${museums}/choice`), {}, clara.as)).statusCode).toBe(200);
    const waits = await test.send('PUT', api(`/sessions/${park}/waiting`), {}, bruno.as);
    expect(waits.json()).toEqual({ session: park, chosen: false, waiting: 1 });
    await test.send('PUT', api(`/sessions/${park}/waiting`), {}, clara.as);
    await test.send('DELETE', api(`/sessions/${park}/choice`), undefined, anna.as);
    expect([await world.held(anna), await world.held(bruno), await world.held(clara)]).toEqual([[], [park], [museums]]);

    const offered = await test.send('POST', api(`/preferences/${clara.id}/swaps`), { gives: museums, wants: park }, clara.as);
    expect(offered.statusCode, offered.body).toBe(201);
    const page = await test.get(`/registrations/${bruno.id}/visits`, await test.signedIn(bruno.personId));
    expect([page.statusCode, page.body.includes('Social museums'), page.body.includes('/acceptance')]).toEqual([200, true, true]);
    const { id: swap } = offered.json<{ id: string }>();
    expect((await test.send('PUT', api(`/preferences/${anna.id}/swaps/${swap}/acceptance`), {}, anna.as)).statusCode).toBe(409);
    expect((await test.send('PUT', api(`/preferences/${bruno.id}/swaps/${swap}/acceptance`), {}, bruno.as)).statusCode).toBe(200);
    expect([await world.held(bruno), await world.held(clara)]).toEqual([[museums], [park]]);
    // Who got it by a swap waits for it no more.
    const waiting = await test.get(api(`/sessions/${park}/waiting-list`), asSecretariat);
    expect(waiting.json<{ items: { endedBy: string }[] }>().items.map(({ endedBy }) => endedBy)).toEqual(['served', 'served']);
    await test.drain();
    for (const name of ['bruno', 'clara'])
      expect((await test.mails(`${name}@example.org`)).some(({ text }) => text.includes('swap'))).toBe(true);
  });

  it('stays so once somebody holds a place', async () => {
    const other = await test.send('PUT', api('/visits'), { mode: 'wishes' }, asSecretariat);
    expect([other.statusCode, other.json().code]).toEqual([409, 'visits-held']);
  });
});
