import ICAL from 'ical.js';
import { beforeEach, describe, expect, it } from 'vitest';
import { programmeWorld } from '../programme/world.ts';

// What is chosen stands in the calendar session by session, each with a UID of its own.

const world = await programmeWorld();
const { test } = world;
let session: string;
let participant: Awaited<ReturnType<typeof world.participant>>;
let address: string;

const choose = (method: 'PUT' | 'DELETE') =>
  test.send(method, `/api/events/${world.slug}/sessions/${session}/choice`, undefined, participant.token);

/** Ten minutes on, and again: what waited is sent. */
async function entries() {
  await test.drain();
  test.clock.advance({ minutes: 11 });
  await test.db
    .insertInto('outbox')
    .values({ topic: 'sends.kick', payload: '{}' as never })
    .execute();
  await test.drain();
  return (await test.mails(address)).flatMap(({ attachments }) => {
    const text = Buffer.from(attachments[0]?.content ?? []).toString();
    if (!text.includes(session)) return [];
    const calendar = new ICAL.Component(ICAL.parse(text));
    const event = calendar.getFirstSubcomponent('vevent') ?? expect.fail('no VEVENT');
    return [
      [
        String(calendar.getFirstPropertyValue('method')),
        Number(event.getFirstPropertyValue('sequence')),
        String(event.getFirstPropertyValue('dtstart')).slice(11, 16),
        String(event.getFirstPropertyValue('status')),
      ],
    ];
  });
}

beforeEach(async () => {
  session = await world.session();
  await world.release();
  participant = await world.participant();
  const row = await test.db.selectFrom('people').select('email').where('id', '=', participant.personId).executeTakeFirstOrThrow();
  address = row.email ?? '';
  await test.drain();
});

describe('R2 R3 a chosen session', () => {
  it('comes into the calendar, moves with its release, and goes when it is left', async () => {
    expect((await choose('PUT')).statusCode).toBe(200);
    const asked = ['PUBLISH', 0, '08:00', 'CONFIRMED'];
    expect(await entries()).toEqual([asked]);
    await world.office('PATCH', `/sessions/${session}`, { starts: `${world.year}-05-26T12:00` });
    expect(await entries()).toEqual([asked]);
    await world.release();
    const moved = ['PUBLISH', 1, '10:00', 'CONFIRMED'];
    expect(await entries()).toEqual([asked, moved]);
    await choose('DELETE');
    expect(await entries()).toEqual([asked, moved, ['CANCEL', 2, '10:00', 'CANCELLED']]);
  });

  it('goes with the registration, and is no matter of mail when somebody changed their mind at once', async () => {
    await choose('PUT');
    await choose('DELETE');
    expect(await entries()).toEqual([]);
    await choose('PUT');
    expect(await entries()).toHaveLength(1);
    await test.send('DELETE', `/api/registrations/${participant.registrationId}`, undefined, participant.token);
    expect((await entries()).map(([method]) => method)).toEqual(['PUBLISH', 'CANCEL']);
  });
});
