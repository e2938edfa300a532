import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.ts';
import { visitsWorld } from './world.ts';

const test = await testApp();
const world = await visitsWorld(test);
const { api, asSecretariat, held } = world;
const park = await world.visit('Park with Support', { places: 2 });
const sports = await world.visit('Inclusive sports', { places: 3 });
const gijon = await world.city('gijon', 'Gijón');
const leon = await world.city('leon', 'León');
const people = [
  await world.participant(gijon, 'Anna'),
  await world.participant(gijon, 'Bruno'),
  await world.participant(gijon, 'Carla'),
];
const alone = await world.participant(leon, 'Dora');
await test.drain();

describe('a city that goes together', () => {
  it('gets the same for all of its people, also beyond how many of one city go to one visit', async () => {
    expect((await test.send('PUT', api('/visits'), { mode: 'wishes', perCity: 1 }, asSecretariat)).statusCode).toBe(200);
    for (const one of people) await world.wish(one, [park, sports]);
    await world.wish(alone, [park]);
    expect((await world.allocate({ seed: 1 })).allocation.assigned).toBe(3);
    expect((await test.send('PUT', api(`/visits/together/${gijon}`), { together: true }, asSecretariat)).json()).toEqual({
      together: true,
    });
    const { allocation } = await world.allocate({ seed: 1 });
    expect(allocation.assigned).toBe(4);
    await test.send('PUT', api('/allocation/release'), {}, asSecretariat);
    expect(await Promise.all([...people, alone].map(held))).toEqual([[sports], [sports], [sports], [park]]);
  });

  it('keeps what was released when it is computed again, and gives a cancelled place to whoever waits', async () => {
    const again = await world.allocate({ seed: 999 });
    expect(again.allocation).toMatchObject({ assigned: 4, moved: 0 });
    const first = people[0] ?? alone;
    const waits = await test.send('PUT', api(`/preferences/${alone.id}/waiting/${sports}`), {}, alone.as);
    expect(waits.json()).toMatchObject({ visits: [park], waiting: [{ visit: sports, ahead: 0 }] });
    expect((await test.send('DELETE', `/api/registrations/${first.id}`, undefined, asSecretariat)).statusCode).toBe(200);
    const { sweepVisits } = await import('../../server/study-visits/exchanges.ts');
    await sweepVisits(test.db, test.clock());
    expect(await held(alone)).toEqual([sports]);
  });
});

describe('a registration that was cancelled and is restored', () => {
  it('has no visit any more, and waits for one as everybody', async () => {
    const [first] = people;
    if (!first) throw new Error('nobody');
    await test.db
      .updateTable('registrations')
      .set({ state: 'confirmed', ended_at: null, ended_by: null, reason_code: null, reason: null })
      .where('id', '=', first.id)
      .execute();
    expect(await held(first)).toEqual([]);
    const back = await test.send('PUT', api(`/preferences/${first.id}/waiting/${park}`), {}, first.as);
    expect(back.json()).toMatchObject({ visits: [park] });
  });

  it('is not undone by a proposal that was computed before', async () => {
    await world.allocate({ seed: 5 });
    const second = people[1] ?? alone;
    expect((await test.send('DELETE', api(`/preferences/${second.id}/places/${sports}`), undefined, second.as)).statusCode).toBe(
      200,
    );
    const released = await test.send('PUT', api('/allocation/release'), {}, asSecretariat);
    expect([released.statusCode, released.json().code]).toEqual([409, 'visits-stale']);
  });
});
