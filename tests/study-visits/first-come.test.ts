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

describe('first come, first served', () => {
  it('makes the places of a visit those of the programme, less what is kept', async () => {
    expect((await test.send('PUT', api('/visits'), { mode: 'first-come' }, asSecretariat)).statusCode).toBe(200);
    expect((await test.send('POST', api('/releases'), { note: '' }, asSecretariat)).statusCode).toBe(201);
    expect((await test.send('PUT', api(`/sessions/${park}/choice`), {}, anna.as)).statusCode).toBe(200);
    const late = await test.send('PUT', api(`/sessions/${park}/choice`), {}, bruno.as);
    expect([late.statusCode, late.json().code]).toEqual([409, 'session-full']);
    expect((await world.wish(bruno, [park])).json().code).toBe('visits-no-wishes');
  });

  it('stays so once somebody holds a place', async () => {
    const other = await test.send('PUT', api('/visits'), { mode: 'wishes' }, asSecretariat);
    expect([other.statusCode, other.json().code]).toEqual([409, 'visits-held']);
  });
});
