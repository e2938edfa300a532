import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { arrival, beginning, byDay, instantIn } from '../../server/mailings/rules.ts';
import { testApp } from '../support/app.ts';
import { testClock } from '../support/clock.ts';
import { mailingOffice, minute, TEXTS, takePart } from './world.ts';

const at = (text: string) => Temporal.PlainDateTime.from(text);
const instant = (text: string) => Temporal.Instant.from(text);
const LONG_AGO = { now: instant('2020-01-01T00:00:00Z'), expires: null };

describe('R32: a morning', () => {
  const meant = (day: string, zone: string) =>
    arrival({ schedule: 'morning', planned: at(day), zone: 'UTC', quietHours: false }, zone, LONG_AGO).toString();

  it('is each one’s own, also on the days when clocks change', () => {
    const zones = ['Europe/Paris', 'Europe/Lisbon', 'America/Sao_Paulo', 'Asia/Seoul', 'Atlantic/Cape_Verde', 'Pacific/Auckland'];
    expect(zones.map((zone) => meant('2027-03-28T09:00', zone))).toEqual([
      '2027-03-28T07:00:00Z',
      '2027-03-28T08:00:00Z',
      '2027-03-28T12:00:00Z',
      '2027-03-28T00:00:00Z',
      '2027-03-28T10:00:00Z',
      '2027-03-27T20:00:00Z',
    ]);
    expect(zones.map((zone) => meant('2027-10-31T09:00', zone))).toEqual([
      '2027-10-31T08:00:00Z',
      '2027-10-31T09:00:00Z',
      '2027-10-31T12:00:00Z',
      '2027-10-31T00:00:00Z',
      '2027-10-31T10:00:00Z',
      '2027-10-30T20:00:00Z',
    ]);
  });

  it('skips what a clock skips, and takes the first of what it repeats', () => {
    expect(instantIn(at('2027-03-28T02:30'), 'Europe/Paris').toString()).toBe('2027-03-28T01:30:00Z');
    expect(instantIn(at('2027-10-31T02:30'), 'Europe/Paris').toString()).toBe('2027-10-31T00:30:00Z');
  });

  it('begins with the first zone of the world, so that nobody gets it late', () => {
    const first = beginning({ schedule: 'morning', planned: at('2027-05-01T09:00'), zone: 'UTC' });
    expect(first.toString()).toBe('2027-04-30T19:00:00Z');
    for (const zone of ['Pacific/Kiritimati', 'Pacific/Apia', 'Pacific/Chatham', 'Etc/GMT+12'])
      expect(Temporal.Instant.compare(first, instant(meant('2027-05-01T09:00', zone)))).not.toBe(1);
  });

  it('wakes nobody: from 21 to 8 o’clock it waits for the morning, unless that were too late', () => {
    expect(byDay(instant('2027-03-27T22:30:00Z'), 'Europe/Paris').toString()).toBe('2027-03-28T06:00:00Z');
    expect(byDay(instant('2027-03-27T12:00:00Z'), 'Europe/Paris').toString()).toBe('2027-03-27T12:00:00Z');
    const plan = { schedule: 'moment', planned: at('2027-05-01T22:00'), zone: 'UTC', quietHours: true } as const;
    const now = instant('2027-04-01T00:00:00Z');
    expect(arrival(plan, 'Europe/Madrid', { now, expires: null }).toString()).toBe('2027-05-02T06:00:00Z');
    expect(arrival(plan, 'Europe/Madrid', { now, expires: instant('2027-05-02T05:00:00Z') }).toString()).toBe(
      '2027-05-01T22:00:00Z',
    );
  });
});

describe('a mailing that follows its event', () => {
  it('is sent three days before the new day when the event moves, and to nobody when that is cancelled', async () => {
    const test = await testApp({ clock: testClock('2027-03-01T10:00:00Z') });
    const { db } = test;
    const office = await mailingOffice(db, 4);
    for (const { id } of office.people) await takePart(office, db, id);
    const headers = await test.bearer(office.organiser);
    const made = await test.send(
      'POST',
      '/api/mailings',
      {
        kind: 'reminder',
        name: 'Soon',
        event: office.slug,
        audience: { registration: 'confirmed' },
        texts: TEXTS,
        fallbacks: { organisation: { en: 'your city' } },
      },
      headers,
    );
    expect(made.json()).toMatchObject({ reach: 'event', defaultLanguage: 'en' });
    const id = made.json().id;
    const scheduled = await test.send(
      'PUT',
      `/api/mailings/${id}/schedule`,
      { schedule: 'morning', offsetDays: -3, time: '10:00' },
      headers,
    );
    expect(scheduled.json()).toMatchObject({ state: 'scheduled', planned: '2027-05-23T10:00:00', offsetDays: -3 });
    const move = async (day: string) => {
      await sql`update events set starts_local = ${`${day} 07:00`}, ends_local = ${`${day} 19:00`}, starts_at = ${`${day}T07:00Z`}, ends_at = ${`${day}T19:00Z`} where id = ${office.eventId}`.execute(
        db,
      );
      await sql`insert into outbox (topic, payload) values ('events.changed', ${JSON.stringify({ event: office.eventId })}::jsonb)`.execute(
        db,
      );
      await test.drain();
    };
    const now = async () => (await test.get(`/api/mailings/${id}`, headers)).json();
    await move('2027-09-10');
    expect(await now()).toMatchObject({ state: 'scheduled', planned: '2027-09-07T10:00:00', startsAt: '2027-09-06T20:00:00Z' });
    // Its audience is frozen; then the event moves once more.
    test.clock.set('2027-09-06T20:30:00Z');
    await minute(test);
    await move('2027-09-20');
    const arrivals = await sql<{ at: Temporal.Instant }>`
      select s.not_before as at from sends s where s.mailing_id = ${id} order by s.not_before`.execute(db);
    expect(arrivals.rows.map((row) => row.at.toString())).toEqual([
      '2027-09-17T01:00:00Z',
      '2027-09-17T08:00:00Z',
      '2027-09-17T11:00:00Z',
      '2027-09-17T13:00:00Z',
    ]);
    await sql`update events set cancelled_at = now() where id = ${office.eventId}`.execute(db);
    await move('2027-09-20');
    expect((await now()).state).toBe('cancelled');
    expect((await test.get(`/api/mailings/${id}/progress`, headers)).json().counts).toEqual({ cancelled: 4 });
    expect((await test.mails()).filter((mail) => mail.subject.startsWith('News for'))).toEqual([]);
  });
});
