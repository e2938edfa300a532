import { describe, expect, it } from 'vitest';
import { newId } from '../../db/ids.ts';
import { visitsWorld } from '../study-visits/world.ts';
import { testApp } from '../support/app.ts';

const test = await testApp();
const world = await visitsWorld(test);
const { api, asSecretariat } = world;
const vic = await world.city('Vic');
const office = await test.signedIn(world.secretariat);
const { id: eventId } = await test.db.selectFrom('events').select('id').where('slug', '=', world.slug).executeTakeFirstOrThrow();

interface Answer {
  id: string;
  result: string;
  code: string | null;
  registrationId: string | null;
  state: string | null;
}
const send = async (walkIns: Record<string, unknown>[], as: Record<string, string> = asSecretariat): Promise<Answer[]> => {
  const answer = await test.send('POST', api('/walk-ins'), { walkIns }, as);
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json<{ results: Answer[] }>().results;
};
const coming = (name: string, more: Record<string, unknown> = {}) => ({ id: newId(), name, category: 'member', ...more });
const people = (name: string) => test.db.selectFrom('people').select('id').where('name', '=', name).execute();
const present = async () =>
  (await test.get(api('/check-ins/counts'), asSecretariat)).json<{ items: { present: number }[] }>().items[0]?.present;

/** A volunteer's device at a door that is made by the API. */
async function volunteer(more: { registeredOnly?: boolean } = {}) {
  const made = await test.send('POST', api('/doors'), { name: 'North', ...more }, asSecretariat);
  const { id, link } = made.json<{ id: string; link: string }>();
  const kept = await test.post(new URL(link).pathname, { name: 'Volunteer' });
  return { id, link, cookie: String(kept.headers['set-cookie']).split(';')[0] ?? '' };
}

describe('somebody who comes without having registered', () => {
  it('is registered and checked in once, however often and however much at once a device sends it', async () => {
    const before = (await present()) ?? 0;
    const ona = coming('Ona Walks', { email: 'ona-walks@example.org', organisation: 'Vic' });
    const all = (await Promise.all([send([ona]), send([ona, ona]), send([ona])])).flat();
    expect(all.map(({ result }) => result).sort()).toEqual(['done', 'known', 'known', 'known']);
    expect(new Set(all.map(({ registrationId, state }) => `${registrationId} ${state}`)).size).toBe(1);
    expect([(await people('Ona Walks')).length, await present()]).toEqual([1, before + 1]);
    const row = await test.db
      .selectFrom('registrations')
      .select(['organisation_id', 'state'])
      .where('id', '=', all[0]?.registrationId ?? '')
      .executeTakeFirst();
    expect(row).toEqual({ organisation_id: vic, state: 'confirmed' });
  });

  it('stops no other when they are refused, and says why', async () => {
    const known = coming('Ona Walks', { email: 'ona-walks@example.org' });
    const wrong = coming('No Address', { email: 'not an address' });
    const unknown = coming('No Category', { category: 'nothing' });
    const right = coming('Pau Walks', { organisation: 'Atlantis' });
    const answers = await send([known, wrong, unknown, right]);
    expect(answers.map(({ result, code }) => [result, code])).toEqual([
      ['refused', 'already-registered'],
      ['refused', 'door-walk-in'],
      ['refused', 'door-walk-in'],
      ['done', null],
    ]);
    expect(await people('No Category')).toEqual([]);
    // A city that nobody knows stands in words where the organiser looks.
    const { items } = (await test.get(api('/walk-ins'), asSecretariat)).json<{
      items: { name: string; organisation: string | null; known: boolean; state: string }[];
    }>();
    expect(items.find(({ name }) => name === 'Pau Walks')).toMatchObject({
      organisation: 'Atlantis',
      known: false,
      state: 'confirmed',
    });
    expect((await test.get(`/back-office/events/${world.slug}/door`, office)).body).toContain('“Atlantis”');
  });

  it('comes through the door of a volunteer too, who is the one that let them in, until the door is closed', async () => {
    const { id, cookie } = await volunteer();
    const nuria = { ...coming('Núria Walks'), at: test.clock().subtract({ minutes: 3 }).toString() };
    expect((await send([nuria], { cookie })).map(({ result, state }) => [result, state])).toEqual([['done', 'confirmed']]);
    const list = (await test.get(api('/check-ins'), asSecretariat)).json<{
      items: { name: string; by: string; cameAt: string }[];
    }>();
    expect(list.items.find(({ name }) => name === 'Núria Walks')).toMatchObject({ by: 'Volunteer · North', cameAt: nuria.at });
    const typed = { name: 'Page Walks', email: '', organisation: 'Vic', category: 'member' };
    expect((await test.post(`/door/${world.slug}/walk-ins`, typed, { cookie })).statusCode).toBe(303);

    const { items } = (await test.get(api('/doors'), asSecretariat)).json<{
      items: { id: string; keepers: { name: string }[] }[];
    }>();
    expect(items.map((door) => [door.id, door.keepers.map(({ name }) => name)])).toEqual([[id, ['Volunteer']]]);
    const closed = await test.send('DELETE', api(`/doors/${id}`), undefined, asSecretariat);
    expect([closed.statusCode, closed.json<{ closedAt: string | null }>().closedAt !== null]).toEqual([200, true]);
    expect((await test.send('POST', api('/walk-ins'), { walkIns: [coming('Late')] }, { cookie })).statusCode).toBe(401);
    expect(await people('Late')).toEqual([]);
  });

  it('ends for a device that has registered 200, and not for whoever runs the event', async () => {
    const { cookie } = await volunteer();
    await test.system.pool.query(
      `with k as (select id from door_keepers order by id desc limit 1),
        made as (insert into people (name, language, zone) select 'Many', 'en', 'UTC' from generate_series(1, 200) returning id),
        r as (insert into registrations (event_id, person_id, category_id, state, pool_ids, currency, reference, ended_at)
          select c.event_id, made.id, c.id, 'cancelled', '{}', 'EUR', 'M-' || made.id, now() from made, categories c
          where c.event_id = $1 and c.key = 'member' returning id)
      insert into walk_ins (id, event_id, registration_id, at, keeper_id, received_at) select uuid_v7(), $1, r.id, now(), k.id, now() from r, k`,
      [eventId],
    );
    expect((await send([coming('One More')], { cookie })).map(({ code }) => code)).toEqual(['door-walk-ins']);
    expect(await people('One More')).toEqual([]);
    expect((await send([coming('One More')])).map(({ code }) => code)).toEqual([null]);
  });

  it('is registered at no door for the registered alone, and that door does not offer it', async () => {
    const { cookie } = await volunteer({ registeredOnly: true });
    const door = `/door/${world.slug}`;
    expect((await send([coming('Not Here')], { cookie })).map(({ code }) => code)).toEqual(['door-registered-only']);
    const typed = { name: 'Not Here', email: '', organisation: '', category: 'member' };
    expect((await test.post(`${door}/walk-ins`, typed, { cookie })).statusCode).toBe(409);
    expect(await people('Not Here')).toEqual([]);
    const offers = async (headers: Record<string, string>) => (await test.get(door, headers)).body.includes(`${door}/walk-ins`);
    expect([await offers({ cookie }), await offers({ cookie: (await volunteer()).cookie })]).toEqual([false, true]);
    const back = `/back-office/events/${world.slug}/door`;
    expect((await test.post(`${back}/doors`, { name: 'South', registeredOnly: 'on' }, office)).statusCode).toBe(200);
    expect((await test.get(back, office)).body.match(/registered only/g)).toHaveLength(2);
  });

  it('waits when all places are taken, and is not counted as here', async () => {
    const before = await present();
    await test.db.deleteFrom('places').where('registration_id', 'is', null).execute();
    const [answer] = await send([coming('Full House')]);
    expect(answer).toMatchObject({ result: 'done', state: 'waiting' });
    expect(await present()).toBe(before);
    // The door reads it with the name of the category, not its key.
    const { guests } = (await test.get(api('/door'), asSecretariat)).json<{
      guests: { name: string; state: string; categoryName: Record<string, string> }[];
    }>();
    const category = await test.db
      .selectFrom('categories')
      .select('name')
      .where('event_id', '=', eventId)
      .where('key', '=', 'member')
      .executeTakeFirstOrThrow();
    expect(guests.find(({ name }) => name === 'Full House')).toMatchObject({ state: 'waiting', categoryName: category.name });
  });
});
