import ICAL from 'ical.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { registrationWorld } from '../registrations/world.ts';
import { testApp } from '../support/app.ts';

const test = await testApp();
const { db } = test;
const world = await registrationWorld(test);
let person: string;
let me: { cookie: string };

beforeAll(async () => {
  person = await world.person('Reader', 'reader@example.org', 'fr');
  me = await test.signedIn(person);
});

const events = (text: string) => new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent');
const value = (event: ICAL.Component, name: string) => String(event.getFirstPropertyValue(name) ?? '');
const path = (url: string) => new URL(url).pathname;

async function made(kind: string, name = 'Phone', headers: Record<string, string> = me) {
  const answer = await test.send(
    'POST',
    '/api/account/calendars',
    { kind, name },
    { ...headers, 'sec-fetch-site': 'same-origin' },
  );
  expect(answer.statusCode, answer.body).toBe(201);
  const { id, url } = answer.json<{ id: string; url: string }>();
  return { id, path: path(url) };
}

describe('R12 a public feed', () => {
  it('has stable bytes, answers HEAD, and 304 to who has it, until something in it changes', async () => {
    const slug = await world.openEvent();
    const [one, two] = [await test.get('/calendars/all.ics'), await test.get('/calendars/all.ics')];
    expect([one.statusCode, one.headers['content-type']]).toEqual([200, 'text/calendar; charset=utf-8']);
    expect(two.body).toBe(one.body);
    const etag = String(one.headers.etag);
    const modified = String(one.headers['last-modified']);
    expect([two.headers.etag, /^"[^"]+"$/.test(etag), one.headers['cache-control']]).toEqual([etag, true, 'public, max-age=900']);
    const head = await test.app.inject({ method: 'HEAD', url: '/calendars/all.ics' });
    expect([head.statusCode, head.body, head.headers.etag]).toEqual([200, '', etag]);
    const known = await test.get('/calendars/all.ics', { 'if-none-match': etag });
    const since = await test.get('/calendars/all.ics', { 'if-modified-since': modified });
    expect([known.statusCode, known.body, since.statusCode, since.body]).toEqual([304, '', 304, '']);
    test.clock.advance({ hours: 1 });
    await test.send('PATCH', `/api/events/${slug}`, { starts: `${world.year}-05-27T09:00` }, world.asSecretariat);
    const after = { 'if-none-match': etag, 'if-modified-since': modified };
    expect((await test.get('/calendars/all.ics', after)).statusCode).toBe(200);
    expect((await test.get('/calendars/all.ics', { 'if-modified-since': modified })).statusCode).toBe(200);
  });

  it('says how often to look again, keeps what is cancelled, leaves out drafts, and holds no address', async () => {
    const slug = await world.openEvent({ title: { en: 'To be called off', fr: 'To be called off' } });
    await test.send('PUT', `/api/events/${slug}/cancellation`, { reason: { en: 'A storm' } }, world.asSecretariat);
    await test.send(
      'POST',
      '/api/events',
      {
        kind: 'seminar',
        title: { en: 'Not published' },
        languages: ['en'],
        zone: 'Europe/Madrid',
        starts: `${world.year}-01-02T09:00`,
        ends: `${world.year}-01-02T18:00`,
      },
      world.asSecretariat,
    );
    const { body } = await test.get('/calendars/all.ics');
    expect(body).toContain('\r\nREFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n');
    expect(body).toContain('\r\nX-PUBLISHED-TTL:PT1H\r\n');
    expect(body).toContain('\r\nMETHOD:PUBLISH\r\n');
    const found = events(body);
    expect(found.map((event) => value(event, 'summary'))).not.toContain('Not published');
    const off = found.find((event) => value(event, 'summary') === 'To be called off') ?? expect.fail('it is gone');
    expect([value(off, 'status'), value(off, 'sequence')]).toEqual(['CANCELLED', '1']);
    expect(body).not.toMatch(/mailto:|ATTENDEE|ORGANIZER|VTIMEZONE|[\w.]+@example\.org/i);
  });

  it('is in the language that is asked for', async () => {
    const french = await test.get('/calendars/all.ics?lang=fr');
    expect(french.body).toContain('NAME:Convivium : événements');
    expect(events(french.body).map((event) => value(event, 'summary'))).toContain('Congrès des villes éducatrices');
  });

  it('of one network holds its events alone, and of an unknown one is not there', async () => {
    const { id } = await db
      .insertInto('networks')
      .values({ slug: 'iberia', name: JSON.stringify({ en: 'Iberian network' }) as never })
      .returning('id')
      .executeTakeFirstOrThrow();
    const slug = await world.openEvent({ title: { en: 'Iberian meeting', fr: 'Iberian meeting' } });
    await db.updateTable('events').set({ network_id: id }).where('slug', '=', slug).execute();
    const { body } = await test.get('/calendars/networks/iberia.ics');
    expect(events(body).map((event) => value(event, 'summary'))).toEqual(['Iberian meeting']);
    expect((await test.get('/calendars/networks/none.ics')).statusCode).toBe(404);
    const page = await test.get('/calendars');
    for (const part of [
      `webcal://${new URL(test.url).host}/calendars/networks/iberia.ics`,
      'https://calendar.google.com/calendar/r?cid=webcal%3A%2F%2F',
      'https://outlook.office.com/calendar/0/addfromweb?url=http',
    ])
      expect(page.body).toContain(part);
  });
});

describe('R12 a feed of one’s own', () => {
  it('holds what one takes part in under the UID of the mails, and keeps it as cancelled', async () => {
    const slug = await world.openEvent({
      title: { en: 'Mine', fr: 'À moi' },
      onlineUrl: 'https://meet.example.org/x',
      attendance: 'hybrid',
    });
    const registered = await test.post(`/events/${slug}/registration`, { category: 'member' }, me);
    const base = String(registered.headers.location).split('?')[0] ?? '';
    await test.drain();
    const feed = await made('registrations');
    const first = await test.get(feed.path);
    const [mine] = events(first.body);
    if (!mine) return expect.fail('nothing in it');
    const mail = (await test.mails('reader@example.org')).at(-1)?.attachments[0]?.content ?? expect.fail('no mail');
    const [mailed] = events(Buffer.from(mail).toString());
    expect([value(mine, 'summary'), value(mine, 'uid')]).toEqual(['À moi', mailed && value(mailed, 'uid')]);
    expect([value(mine, 'sequence'), value(mine, 'status')]).toEqual(['0', 'CONFIRMED']);
    expect([first.headers['cache-control'], first.body.includes('reader@')]).toEqual(['private, max-age=900', false]);
    expect(value(mine, 'description')).toContain('https://meet.example.org/x');
    expect((await test.get(feed.path, { 'if-none-match': String(first.headers.etag) })).statusCode).toBe(304);
    await test.post(`${base}/removal`, {}, me);
    await test.drain();
    const [over] = events((await test.get(feed.path)).body);
    expect([over && value(over, 'status'), over && Number(value(over, 'sequence')) > 0]).toEqual(['CANCELLED', true]);
    expect(over && value(over, 'description')).not.toContain('meet.example.org');
  });

  it('is revoked at once, by its owner alone, and its token is nowhere in the database', async () => {
    const feed = await made('registrations', 'Old laptop');
    const rows = JSON.stringify(await db.selectFrom('calendar_feeds').selectAll().execute());
    const token = feed.path.slice('/calendars/'.length, -'.ics'.length);
    expect([token.length, rows.includes(token)]).toEqual([43, false]);
    const stranger = await test.signedIn(await world.person('Stranger', 'stranger@example.org'));
    expect((await test.post(`/account/calendars/${feed.id}/removal`, {}, stranger)).statusCode).toBe(404);
    expect((await test.get('/account/calendars', me)).body).toContain('Old laptop');
    expect((await test.get('/account/calendars', stranger)).body).not.toContain(token);
    expect((await test.post(`/account/calendars/${feed.id}/removal`, {}, me)).statusCode).toBe(303);
    expect((await test.get(feed.path)).statusCode).toBe(404);
    expect((await test.get('/account/calendars', me)).body).not.toContain('Old laptop');
    expect((await test.get(`/calendars/${'x'.repeat(43)}.ics`)).statusCode).toBe(404);
  });

  it('of what one organises holds drafts as tentative, for whoever organises them', async () => {
    const draft = await test.send(
      'POST',
      '/api/events',
      {
        kind: 'seminar',
        title: { en: 'A draft' },
        languages: ['en'],
        zone: 'Europe/Madrid',
        starts: `${world.year}-03-02T09:00`,
        ends: `${world.year}-03-02T18:00`,
      },
      world.asSecretariat,
    );
    expect(draft.statusCode).toBe(201);
    const theirs = await made('organised', 'Office', await test.signedIn(world.secretariat));
    const found = events((await test.get(theirs.path)).body).find((event) => value(event, 'summary') === 'A draft');
    expect(found && value(found, 'status')).toBe('TENTATIVE');
    const mine = await made('organised');
    expect(events((await test.get(mine.path)).body)).toEqual([]);
  });

  it('is made on the page too, which shows again what was wrong, and there are twenty at most', async () => {
    const other = await test.signedIn(await world.person('Collector', 'collector@example.org'));
    const wrong = await test.post('/account/calendars', { kind: 'registrations', name: '' }, other);
    expect(wrong.statusCode).toBe(422);
    for (let n = 0; n < 20; n++)
      expect((await test.post('/account/calendars', { kind: 'registrations', name: `Nr ${n}` }, other)).statusCode).toBe(303);
    const more = await test.post('/account/calendars', { kind: 'registrations', name: 'One more' }, other);
    expect([more.statusCode, more.body.includes('One more'), more.body.includes('Twenty calendars')]).toEqual([409, true, true]);
  });

  it('notes the day on which it was read, and no more', async () => {
    const feed = await made('registrations', 'Read');
    await test.get(feed.path);
    const row = await db.selectFrom('calendar_feeds').select('last_read_on').where('id', '=', feed.id).executeTakeFirstOrThrow();
    expect(row.last_read_on?.toString()).toBe(test.clock().toZonedDateTimeISO('UTC').toPlainDate().toString());
  });
});

describe('the feed and the files of an event', () => {
  it('hold its sessions as they were released last, and those taken out as cancelled', async () => {
    const slug = await world.openEvent({ title: { en: 'With a programme', fr: 'With a programme' } });
    const { id: eventId } = await db.selectFrom('events').select('id').where('slug', '=', slug).executeTakeFirstOrThrow();
    const session = (id: string, title: string, day: number, sequence = 0) => ({
      id,
      kind: 'workshop',
      title: { en: title },
      startsAt: `${world.year}-05-${day}T08:00:00Z`,
      endsAt: `${world.year}-05-${day}T09:00:00Z`,
      roomId: 'r1',
      sequence,
      updatedAt: `${world.year - 1}-10-0${sequence + 1}T00:00:00Z`,
    });
    const [kept, dropped] = ['0199c0de-0000-7000-8000-00000000000a', '0199c0de-0000-7000-8000-00000000000b'];
    const rooms = [{ id: 'r1', name: { en: 'Blue room' } }];
    const release = (no: number, sessions: unknown[]) =>
      db
        .insertInto('programme_releases')
        .values({ event_id: eventId, no, snapshot: JSON.stringify({ rooms, tracks: [], sessions }) as never, released_by: null })
        .execute();
    await release(1, [session(kept, 'Kept', 27), session(dropped, 'Dropped', 28)]);
    await release(2, [session(kept, 'Kept', 28, 1)]);
    const { body } = await test.get(`/calendars/events/${slug}.ics`);
    const found = events(body).map((event) => ['summary', 'status', 'sequence', 'location'].map((name) => value(event, name)));
    expect(found.slice(1)).toEqual([
      ['Kept · With a programme', 'CONFIRMED', '1', 'Blue room, Conference Hall'],
      ['Dropped · With a programme', 'CANCELLED', '1', 'Conference Hall'],
    ]);
    const file = await test.get(`/events/${slug}/sessions/${kept}.ics`);
    expect([file.statusCode, file.headers['content-disposition']]).toEqual([200, `attachment; filename="${slug}-session.ics"`]);
    expect(events(file.body).map((event) => value(event, 'uid').split('@')[0])).toEqual([kept]);
    expect((await test.get(`/events/${slug}/sessions/${eventId}.ics`)).statusCode).toBe(404);
  });
});
