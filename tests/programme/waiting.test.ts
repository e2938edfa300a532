import { beforeAll, describe, expect, it } from 'vitest';
import { sweepSessions } from '../../server/programme/waiting.ts';
import { type ProgrammeWorld, programmeWorld } from './world.ts';

let world: ProgrammeWorld;
let full: string;
let other: string;
let api: string;
type Person = Awaited<ReturnType<ProgrammeWorld['participant']>>;
let people: Person[];

beforeAll(async () => {
  world = await programmeWorld();
  api = `/api/events/${world.slug}`;
  full = await world.session({ capacity: 1, title: { en: 'Small room' } });
  // Half an hour later, in part at the same time.
  other = await world.session({ capacity: 1, title: { en: 'Next door' }, starts: `${world.year}-05-26T10:30` });
  await world.release();
  people = [await world.participant(), await world.participant(), await world.participant(), await world.participant()];
});

const who = (n: number) => {
  const one = people[n];
  if (!one) throw new Error('nobody');
  return one;
};
const put = (n: number, session: string, what: 'choice' | 'waiting') =>
  world.test.send('PUT', `${api}/sessions/${session}/${what}`, {}, who(n).token);
const leave = (n: number, session: string, what: 'choice' | 'waiting') =>
  world.test.send('DELETE', `${api}/sessions/${session}/${what}`, undefined, who(n).token);
const state = async (n: number) =>
  (await world.test.get(`${api}/choices`, who(n).token)).json<{ chosen: string[]; waiting: Record<string, number> }>();
const mailsTo = async (n: number) => {
  const { email } = await world.test.db
    .selectFrom('people')
    .select('email')
    .where('id', '=', who(n).personId)
    .executeTakeFirstOrThrow();
  return (await world.test.mails(email ?? '')).map(({ subject }) => subject);
};

describe('waiting for a full session', () => {
  it('gives what comes free to the first, who gives back what they hold at the same time, and tells both who get up', async () => {
    expect((await put(0, full, 'choice')).statusCode).toBe(200);
    expect((await put(1, other, 'choice')).statusCode).toBe(200);
    expect((await put(1, full, 'choice')).json()).toMatchObject({ code: 'session-same-time' });
    expect((await put(1, full, 'waiting')).json()).toEqual({ session: full, chosen: false, waiting: 1 });
    expect((await put(2, full, 'waiting')).json()).toMatchObject({ waiting: 2 });
    expect((await put(2, full, 'waiting')).json()).toMatchObject({ waiting: 2 });
    expect((await put(3, other, 'waiting')).json()).toMatchObject({ waiting: 1 });
    expect((await put(0, full, 'waiting')).json()).toMatchObject({ code: 'session-chosen' });

    const page = await world.test.get(`/events/${world.slug}/sessions/${full}`, await world.test.signedIn(who(2).personId));
    expect(page.body).toContain('You wait, as number 2');
    expect((await leave(0, full, 'choice')).statusCode).toBe(200);
    expect(await state(1)).toMatchObject({ chosen: [full], waiting: {} });
    expect(await state(2)).toMatchObject({ chosen: [], waiting: { [full]: 1 } });
    // What they gave back went on, too.
    expect(await state(3)).toMatchObject({ chosen: [other], waiting: {} });
    await world.test.drain();
    expect((await mailsTo(1)).filter((subject) => subject === 'You have a place: Small room').length).toBe(1);
    expect((await mailsTo(3)).filter((subject) => subject === 'You have a place: Next door').length).toBe(1);
    expect((await mailsTo(2)).some((subject) => subject.startsWith('You have a place'))).toBe(false);
  });

  it('lets nobody overtake, and shows the organiser who waits and who got up', async () => {
    expect((await put(0, full, 'choice')).json()).toMatchObject({ code: 'session-full' });
    const { items } = (await world.test.get(`${api}/sessions/${full}/waiting-list`, world.secretariat.token)).json<{
      items: { registrationId: string; endedBy: string | null }[];
    }>();
    expect(items.map(({ registrationId, endedBy }) => [registrationId, endedBy])).toEqual([
      [who(2).registrationId, null],
      [who(1).registrationId, 'served'],
    ]);
    const shown = await world.test.get(`/back-office/events/${world.slug}/programme/sessions/${full}`, world.secretariat.cookie);
    expect([shown.body.includes('Waiting list'), shown.body.includes('Number 1')]).toEqual([true, true]);
    expect((await world.test.get(`${api}/sessions/${full}/waiting-list`, who(0).token)).statusCode).toBe(404);
  });

  it('gives more places to those who wait, and what a cancelled registration held', async () => {
    expect((await put(0, full, 'waiting')).json()).toMatchObject({ waiting: 2 });
    await world.office('PATCH', `/sessions/${full}`, { capacity: 2 });
    expect((await state(2)).chosen).toEqual([full]);
    expect((await state(0)).waiting).toEqual({ [full]: 1 });
    await world.test.send('DELETE', `/api/registrations/${who(1).registrationId}`, undefined, world.secretariat.token);
    await world.test.drain();
    const { sweepSessions } = await import('../../server/programme/waiting.ts');
    await sweepSessions(world.test.db, world.test.clock());
    expect((await state(0)).chosen).toEqual([full]);
    const held = await world.test.db
      .selectFrom('places')
      .innerJoin('sessions', 'sessions.pool_id', 'places.pool_id')
      .select('registration_id')
      .where('sessions.id', '=', full)
      .execute();
    expect(held.map(({ registration_id }) => registration_id).sort()).toEqual(
      [who(0).registrationId, who(2).registrationId].sort(),
    );
  });

  it('is left by who does not want it any more, without a script', async () => {
    const cookie = await world.test.signedIn(who(3).personId);
    const path = `/events/${world.slug}/sessions/${full}`;
    const joined = await world.test.post(`${path}/waiting`, {}, cookie);
    expect([joined.statusCode, joined.headers.location]).toEqual([303, `${path}?done=sessionWaitedFor`]);
    expect((await world.test.post(`${path}/waiting/removal`, {}, cookie)).statusCode).toBe(303);
    expect((await state(3)).waiting).toEqual({});
    expect((await leave(3, full, 'waiting')).statusCode).toBe(200);
  });

  it('ends with a mail when the session is taken out of the programme, once', async () => {
    const told = async () => {
      await world.test.drain();
      return (await mailsTo(3)).filter((subject) => subject.endsWith('has changed')).length;
    };
    const gone = await world.session({ capacity: 1, title: { en: 'Short-lived' }, starts: `${world.year}-05-27T18:00` });
    await world.release();
    expect((await put(0, gone, 'choice')).statusCode).toBe(200);
    expect((await put(3, gone, 'waiting')).json()).toMatchObject({ waiting: 1 });
    const before = await told();
    await world.test.send('DELETE', `${api}/sessions/${gone}`, undefined, world.secretariat.token);
    await sweepSessions(world.test.db, world.test.system.clock());
    expect((await state(3)).waiting).toEqual({});
    await world.release();
    expect(await told()).toBe(before + 1);
    await world.session({ title: { en: 'Another' }, starts: `${world.year}-05-27T20:00` });
    await world.release();
    expect(await told()).toBe(before + 1);
  });
});

describe('who speaks in a session', () => {
  it('has it in their own programme and their feed, registered or not', async () => {
    await world.session({ title: { en: 'The talk' }, speakers: [{ name: 'Speaker only', email: 'speaker-only@example.org' }] });
    await world.release();
    const { id: speaker } = await world.test.db
      .selectFrom('people')
      .select('id')
      .where('email', '=', 'speaker-only@example.org')
      .executeTakeFirstOrThrow();
    const cookie = await world.test.signedIn(speaker);
    const own = await world.test.get(`/events/${world.slug}/my-programme`, cookie);
    expect([own.body.includes('The talk'), own.body.includes('You speak here')]).toEqual([true, true]);
    const made = await world.test.send(
      'POST',
      '/api/account/calendars',
      { kind: 'registrations', name: 'Phone' },
      await world.test.bearer(speaker),
    );
    expect(made.statusCode, made.body).toBe(201);
    const { url } = made.json<{ url: string }>();
    expect((await world.test.get(new URL(url).pathname)).body).toContain('SUMMARY:The talk');
  });
});
