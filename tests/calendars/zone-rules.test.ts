import ICAL from 'ical.js';
import { describe, expect, it } from 'vitest';
import { recomputeInstants } from '../../server/calendars/recomputing.ts';
import { instantOf } from '../../server/events/rules.ts';
import { registrationWorld } from '../registrations/world.ts';
import { testApp } from '../support/app.ts';
import { ZONES } from './zones.ts';

const test = await testApp();
const { db } = test;
const world = await registrationWorld(test);

// As if a country had decided to keep winter time all year.
const withoutSummer = (local: Temporal.PlainDateTime, zone: string) =>
  zone === 'Europe/Madrid' ? local.toZonedDateTime('+01:00').toInstant() : instantOf(local, zone);

const event = (slug: string) =>
  db
    .selectFrom('events')
    .select(['id', 'starts_at', 'ends_at', 'sequence', 'starts_local'])
    .where('slug', '=', slug)
    .executeTakeFirstOrThrow();

describe('R11 when the rules of a zone change', () => {
  it('local times stay, calendars get one update with a higher SEQUENCE, and a second run changes nothing', async () => {
    const slug = await world.openEvent();
    const guest = await world.person('Guest', 'guest@example.org');
    await test.post(`/events/${slug}/registration`, { category: 'member' }, await test.signedIn(guest));
    await test.drain();
    const before = await event(slug);
    test.clock.advance({ hours: 1 });
    expect(await recomputeInstants(db, test.clock(), withoutSummer)).toBe(1);
    expect(await recomputeInstants(db, test.clock(), withoutSummer)).toBe(0);
    await test.drain();
    const after = await event(slug);
    expect([after.starts_local.toString(), after.sequence]).toEqual([before.starts_local.toString(), before.sequence + 1]);
    expect(after.starts_at.toString()).toBe(before.starts_at.add({ hours: 1 }).toString());
    const mails = await test.mails('guest@example.org');
    const entries = mails.map(({ attachments }) => {
      const text = Buffer.from(attachments[0]?.content ?? []).toString();
      const entry = new ICAL.Component(ICAL.parse(text)).getFirstSubcomponent('vevent');
      return [entry?.getFirstPropertyValue('sequence'), String(entry?.getFirstPropertyValue('dtstart'))];
    });
    expect(entries).toEqual([
      [0, `${world.year}-05-26T07:00:00Z`],
      [1, `${world.year}-05-26T08:00:00Z`],
    ]);
    // The rules of before are back, so that the tests after this one meet them.
    expect(await recomputeInstants(db, test.clock())).toBe(1);
  });

  it('what is over stays as it was, and other zones are left alone', async () => {
    const slug = await world.openEvent();
    const there = await world.openEvent({ zone: 'America/Bogota' });
    const [one, other] = [await event(slug), await event(there)];
    await recomputeInstants(db, one.ends_at.add({ hours: 24 * 400 }), withoutSummer);
    expect((await event(slug)).sequence).toBe(one.sequence);
    await recomputeInstants(db, test.clock(), withoutSummer);
    expect((await event(there)).sequence).toBe(other.sequence);
    await recomputeInstants(db, test.clock());
  });

  it('the sessions of the event follow, drafted and released', async () => {
    const slug = await world.openEvent();
    const { id } = await event(slug);
    const made = await test.send(
      'POST',
      `/api/events/${slug}/sessions`,
      { title: { en: 'Opening' }, starts: `${world.year}-05-26T10:00` },
      world.asSecretariat,
    );
    expect(made.statusCode, made.body).toBe(201);
    const session = await db.selectFrom('sessions').selectAll().where('event_id', '=', id).executeTakeFirstOrThrow();
    const snapshot = {
      rooms: [],
      tracks: [],
      sessions: [
        {
          id: session.id,
          title: session.title,
          starts: `${world.year}-05-26T10:00`,
          startsAt: session.starts_at.toString(),
          endsAt: session.ends_at.toString(),
          sequence: session.sequence,
          updatedAt: session.updated_at.toString(),
        },
      ],
    };
    await db
      .insertInto('programme_releases')
      .values({ event_id: id, no: 1, snapshot: JSON.stringify(snapshot) as never, released_by: null })
      .execute();
    test.clock.advance({ hours: 1 });
    await recomputeInstants(db, test.clock(), withoutSummer);
    const drafted = await db.selectFrom('sessions').selectAll().where('event_id', '=', id).executeTakeFirstOrThrow();
    const later = session.starts_at.add({ hours: 1 }).toString();
    expect([drafted.starts_at.toString(), drafted.sequence]).toEqual([later, session.sequence + 1]);
    const releases = await db
      .selectFrom('programme_releases')
      .select(['no', 'snapshot'])
      .where('event_id', '=', id)
      .orderBy('no')
      .execute();
    expect(releases.map(({ no }) => no)).toEqual([1, 2]);
    expect((releases.at(-1)?.snapshot as typeof snapshot | undefined)?.sessions).toEqual([
      {
        ...snapshot.sessions[0],
        startsAt: later,
        endsAt: session.ends_at.add({ hours: 1 }).toString(),
        sequence: session.sequence + 1,
        updatedAt: test.clock().toString(),
      },
    ]);
    await recomputeInstants(db, test.clock());
  });
});

describe('R10 the rules of zones', () => {
  // No file of ours holds a VTIMEZONE: all times are UTC, so the only table that can be stale is the one of the process.
  const offset = (zone: string, at: string) => Temporal.Instant.from(at).toZonedDateTimeISO(zone).offset;

  it('are those of today: what countries decided in the last years is in them', () => {
    expect(offset('America/Mexico_City', '2027-07-01T12:00:00Z')).toBe('-06:00');
    expect(offset('Africa/Cairo', '2027-07-01T12:00:00Z')).toBe('+03:00');
    expect(offset('Europe/Kyiv', '2027-07-01T12:00:00Z')).toBe('+03:00');
    expect(offset('America/Asuncion', '2027-07-01T12:00:00Z')).toBe('-03:00');
    expect(offset('Asia/Amman', '2027-01-01T12:00:00Z')).toBe('+03:00');
  });

  it('are the same wherever a time is computed and wherever it is shown, at twelve dates in the next two years', () => {
    for (const zone of ZONES) {
      const shown = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' });
      for (let n = 0; n < 12; n++) {
        const at = Temporal.Instant.from('2027-01-15T12:00:00Z').add({ hours: n * 24 * 61 });
        const words = shown.formatToParts(at.epochMilliseconds).find(({ type }) => type === 'timeZoneName')?.value ?? '';
        expect(words.replace('GMT', '') || '+00:00', `${zone} ${at.toString()}`).toBe(at.toZonedDateTimeISO(zone).offset);
      }
    }
  });
});
