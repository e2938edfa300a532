import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { eventWorld } from '../events/world.ts';
import { judgingWorld, somebody } from './world.ts';

const { test, create } = await eventWorld();
let calls = 0;

/** A call for experiences of an event of its own. */
async function experiences() {
  const world = await judgingWorld(test, { slug: `experiences-${++calls}`, jurors: 1 });
  const event = await create();
  await sql`update calls set kind = 'experiences', event_id = (select id from events where slug = ${event}) where id = ${world.call.id}`.execute(
    test.db,
  );
  return { ...world, event };
}
const appoint = (event: string, person: string, by: { authorization: string }) =>
  test.send('POST', `/api/events/${event}/organisers`, { email: `${person}@example.org`, name: 'Somebody' }, by);

describe('whoever runs a call', () => {
  it('is not invited to its jury as an organiser of its event', async () => {
    const { call, event, secretariat } = await experiences();
    const organiser = await somebody(test, 'An organiser');
    expect((await appoint(event, organiser.id, secretariat.bearer)).statusCode).toBe(201);
    const seat = { email: `${organiser.id}@example.org`, name: 'An organiser', seat: 'juror' };
    const refused = await test.send('POST', `/api/calls/${call.slug}/jury`, seat, secretariat.bearer);
    expect([refused.statusCode, refused.json().code]).toEqual([409, 'juror-holds-office']);
  });

  it('is not given an office while they judge', async () => {
    const { event, secretariat, jurors } = await experiences();
    const admin = await somebody(test, 'An administrator', 'admin');
    const [juror] = jurors;
    const organiser = await appoint(event, juror?.id ?? '', secretariat.bearer);
    expect([organiser.statusCode, organiser.json().code]).toEqual([409, 'juror-holds-office']);
    const role = { role: 'secretariat', scopeId: null };
    const office = await test.send('POST', `/api/people/${juror?.id}/roles`, role, admin.bearer);
    expect([office.statusCode, office.json().code]).toEqual([409, 'juror-holds-office']);
    expect((await appoint(await create(), juror?.id ?? '', secretariat.bearer)).statusCode).toBe(201);
  });

  it('is given an office once the results are public', async () => {
    const { call, event, secretariat, jurors } = await experiences();
    await sql`update calls set results_published_at = now() where id = ${call.id}`.execute(test.db);
    expect((await appoint(event, jurors[0]?.id ?? '', secretariat.bearer)).statusCode).toBe(201);
    expect((await test.get(`/api/calls/${call.slug}/entries`, jurors[0]?.bearer)).statusCode).toBe(200);
  });

  it('is not somebody whom the call’s new event finds on its jury', async () => {
    const { call, secretariat, jurors } = await experiences();
    const other = await create();
    expect((await appoint(other, jurors[0]?.id ?? '', secretariat.bearer)).statusCode).toBe(201);
    await expect(
      sql`update calls set event_id = (select id from events where slug = ${other}) where id = ${call.id}`.execute(test.db),
    ).rejects.toThrow('a juror organises this event');
  });

  it('gives up a seat of juror by taking the chair, and sees every entry again', async () => {
    const { call, secretariat, jurors } = await judgingWorld(test, { slug: 'to-chair', jurors: 1 });
    await sql`delete from jury_members where call_id = ${call.id} and seat = 'chair'`.execute(test.db);
    const seat = { email: `${jurors[0]?.id}@example.org`, name: 'Juror 1', seat: 'chair' };
    expect((await test.send('POST', `/api/calls/${call.slug}/jury`, seat, secretariat.bearer)).statusCode).toBe(201);
    const held = await sql`select role from roles where person_id = ${jurors[0]?.id} and revoked_at is null`.execute(test.db);
    expect(held.rows).toEqual([]);
  });
});
