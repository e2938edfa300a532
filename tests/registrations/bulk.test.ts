import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { runBulk } from '../../server/registrations/bulks.ts';
import { testApp } from '../support/app.ts';
import { type Bulk, officeWorld } from './office-world.ts';

const test = await testApp();
const { db } = test;
const { person, secretariat, event, states, order } = await officeWorld(test);

describe('the same for many', () => {
  it('says first what it would do, in numbers and names, and does nothing yet', async () => {
    const here = await event(3, 2);
    const asked = await test.post(`${here.path}/bulk`, { ids: here.ids, action: 'cancel' }, secretariat.cookie);
    expect(asked.body).toContain('Cancel 3 registrations?');
    expect(asked.body).toContain('3 people lose their registration');
    expect(asked.body).toContain('2 places become free; one person waits, and is offered what fits.');
    expect(asked.body).toContain('Delegate 1');
    expect(await states(here.ids)).toEqual(['confirmed', 'confirmed', 'waiting']);
  });

  it('is done by workers, told by mail with the reason, and taken back while places are free', async () => {
    const here = await event(3);
    const two = here.ids.slice(0, 2);
    const order =
      /name="order" value="([^"]+)"/.exec(
        (await test.post(`${here.path}/bulk`, { ids: two, action: 'cancel' }, secretariat.cookie)).body,
      )?.[1] ?? '';
    const form = { ids: two, action: 'cancel', confirmed: 'on', order, reason: 'The hall is smaller' };
    const given = await test.post(`${here.path}/bulk`, form, secretariat.cookie);
    expect(given.headers.location).toBe(`${here.path}/bulk/${order}`);
    // A second press of the button is the same order.
    expect((await test.post(`${here.path}/bulk`, form, secretariat.cookie)).headers.location).toBe(`${here.path}/bulk/${order}`);
    expect((await test.get(`${here.path}/bulk/${order}`, secretariat.cookie)).body).toContain('http-equiv="refresh"');
    await test.drain();
    expect(await states(here.ids)).toEqual(['cancelled', 'cancelled', 'confirmed']);
    const [address] = (await sql<{ email: string }>`select email from people where id = ${here.world.people[0]?.[0]}`.execute(db))
      .rows;
    expect((await test.mails(address?.email)).at(-1)?.text).toContain('The hall is smaller');
    const page = await test.get(`${here.path}/bulk/${order}`, secretariat.cookie);
    expect(page.body).toContain('2 registrations are done.');
    expect((await test.post(`${here.path}/bulk/${order}/removal`, {}, secretariat.cookie)).statusCode).toBe(303);
    await test.drain();
    expect(await states(here.ids)).toEqual(['confirmed', 'confirmed', 'confirmed']);
    expect((await test.get(`${here.path}/bulk/${order}`, secretariat.cookie)).body).toContain('2 were taken back.');
    const { rows } = await sql<{
      n: number;
    }>`select count(*)::int as n from bulks where event_id = ${here.world.eventId}`.execute(db);
    expect(rows).toEqual([{ n: 1 }]);
  });

  it('gives nobody back a place that somebody else has by now', async () => {
    const here = await event(2, 1);
    const bulk = await order(here, { action: 'cancel', ids: [here.ids[0]] });
    await test.drain();
    const waiting = here.ids[1] ?? '';
    expect((await test.send('PUT', `/api/registrations/${waiting}/offer/acceptance`, {}, secretariat.token)).statusCode).toBe(
      200,
    );
    await test.send('DELETE', `/api/events/${here.slug}/registrations/bulk/${bulk.id}`, undefined, secretariat.token);
    await test.drain();
    const after = (await test.get(`/api/events/${here.slug}/registrations/bulk/${bulk.id}`, secretariat.token)).json<Bulk>();
    expect([after.undone, after.problems.map((problem) => problem.code)]).toEqual([0, ['no-places']]);
    expect(await states(here.ids)).toEqual(['cancelled', 'confirmed']);
  });

  it('acts on all that were found when it asked, and asks again when others have come', async () => {
    const here = await event(2);
    const ask = { everyOne: 'on', query: 'state=confirmed', action: 'cancel' };
    const hidden = (body: string, name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(body)?.[1] ?? '';
    const first = await test.post(`${here.path}/bulk`, ask, secretariat.cookie);
    expect(first.body).toContain('Cancel 2 registrations?');
    const late = await test.post(`${here.path}/new`, { name: 'A late guest', category: 'category-0' }, secretariat.cookie);
    const lateId = String(late.headers.location).split('/').at(-1)?.split('?')[0] ?? '';
    const form = { ...ask, confirmed: 'on', order: hidden(first.body, 'order') };
    const again = await test.post(`${here.path}/bulk`, { ...form, seen: hidden(first.body, 'seen') }, secretariat.cookie);
    expect(again.body).toContain('Cancel 3 registrations?');
    expect(await states([...here.ids, lateId])).toEqual(['confirmed', 'confirmed', 'confirmed']);
    const done = await test.post(`${here.path}/bulk`, { ...form, seen: hidden(again.body, 'seen') }, secretariat.cookie);
    expect(done.statusCode).toBe(303);
    await test.drain();
    expect(await states([...here.ids, lateId])).toEqual(['cancelled', 'cancelled', 'cancelled']);
  });

  it('goes on where a worker died, and does nothing twice', async () => {
    const here = await event(5);
    const made = await test.send(
      'POST',
      `/api/events/${here.slug}/registrations/bulk`,
      { action: 'paid', ids: here.ids, receivedOn: '2026-03-01' },
      secretariat.token,
    );
    const { id } = made.json<Bulk>();
    // Two workers have the same job, as after a kill; and it comes a third time when all is done.
    await Promise.all([runBulk(db, id, test.clock()), runBulk(db, id, test.clock())]);
    await runBulk(db, id, test.clock());
    const { rows } = await sql<{ registration_id: string; sum: number }>`
      select registration_id, sum(amount)::int as sum from payments where registration_id = any (${here.ids}::uuid[]) group by 1`.execute(
      db,
    );
    expect(rows.map((row) => row.sum)).toEqual([25000, 25000, 25000, 25000, 25000]);
    const bulk = (await test.get(`/api/events/${here.slug}/registrations/bulk/${id}`, secretariat.token)).json<Bulk>();
    expect([bulk.total, bulk.done, bulk.refused, bulk.endedAt !== null]).toEqual([5, 5, 0, true]);
  });

  it('says of each that could not be done why', async () => {
    const here = await event(5);
    const bulk = await order(here, { action: 'category', ids: here.ids, category: 'category-1' });
    expect([bulk.done, bulk.refused, bulk.problems.map((problem) => problem.code)]).toEqual([
      3,
      2,
      ['category-full', 'category-full'],
    ]);
    const again = await order(here, { action: 'paid', filter: { category: 'category-1' }, receivedOn: '2026-03-01' });
    expect([again.total, again.done]).toEqual([3, 3]);
  });

  it('is refused for what is missing, with what was chosen kept', async () => {
    const here = await event(1);
    const asked = await test.post(
      `${here.path}/bulk`,
      { ids: here.ids, action: 'category', confirmed: 'on' },
      secretariat.cookie,
    );
    expect(asked.statusCode).toBe(422);
    expect(asked.body).toContain(`name="ids" value="${here.ids[0]}"`);
    const nothing = await test.send(
      'POST',
      `/api/events/${here.slug}/registrations/bulk`,
      { action: 'cancel' },
      secretariat.token,
    );
    expect([nothing.statusCode, nothing.json<{ errors: { path: string }[] }>().errors[0]?.path]).toEqual([422, 'ids']);
  });

  it('is nobody’s but those who run the event, and touches no other event’s registrations', async () => {
    const [here, elsewhere] = [await event(1), await event(1)];
    const organiser = await person('Organiser elsewhere', 'organiser', elsewhere.world.eventId);
    const body = { action: 'cancel', ids: here.ids };
    expect((await test.send('POST', `/api/events/${here.slug}/registrations/bulk`, body, organiser.token)).statusCode).toBe(403);
    const own = await test.send('POST', `/api/events/${elsewhere.slug}/registrations/bulk`, body, organiser.token);
    expect(own.statusCode).toBe(422);
    expect(await states(here.ids)).toEqual(['confirmed']);
  });
});
