import ICAL from 'ical.js';
import { describe, expect, it } from 'vitest';
import { takeReply } from '../../server/calendars/actions.ts';
import { eventOfReplyAddress } from '../../server/calendars/reply-address.ts';
import { readReplyMail } from '../../server/calendars/reply-mail.ts';
import { registrationWorld } from '../registrations/world.ts';
import { testApp } from '../support/app.ts';
import { type Answered, appleReply, googleReply, outlookReply } from './fixtures.ts';
import { everything, mimeTree, rawMails } from './raw-mails.ts';

const test = await testApp({ settings: { REPLY_DOMAIN: 'reply.example.org', INBOUND_URL: 'smtp://127.0.0.1:2525' } });
const { db } = test;
const world = await registrationWorld(test);

let n = 0;
/** A guest of a new event, whose first entry is sent. */
async function invited(slug?: string, language = 'en') {
  const address = `invited-${++n}@example.org`;
  const event = slug ?? (await world.openEvent());
  const personId = await world.person(`Invited ${n}`, address, language);
  const cookie = await test.signedIn(personId);
  const answer = await test.post(`/events/${event}/registration`, { category: 'member' }, cookie);
  const path = String(answer.headers.location).split('?')[0] ?? '';
  await test.drain();
  return { slug: event, personId, cookie, path, address, id: path.split('/').at(-1) ?? '' };
}

interface Entry {
  method: string;
  uid: string;
  sequence: number;
  stamp: string;
  status: string;
  start: string;
  organizer: string;
  attendees: string[];
}

async function entries(address: string): Promise<Entry[]> {
  await test.drain();
  const files = (await test.mails(address)).flatMap(({ attachments }) =>
    attachments.filter(({ type }) => type === 'text/calendar').map(({ content }) => Buffer.from(content).toString()),
  );
  return files.map((content) => {
    const calendar = new ICAL.Component(ICAL.parse(content));
    const event = calendar.getFirstSubcomponent('vevent') ?? expect.fail('no VEVENT');
    const text = (name: string) => String(event.getFirstPropertyValue(name) ?? '');
    return {
      method: String(calendar.getFirstPropertyValue('method')),
      uid: text('uid'),
      sequence: Number(text('sequence')),
      stamp: text('dtstamp'),
      status: text('status'),
      start: text('dtstart'),
      organizer: text('organizer').replace(/^mailto:/i, ''),
      attendees: event.getAllProperties('attendee').map((one) => String(one.getFirstValue()).replace(/^mailto:/i, '')),
    };
  });
}

const lastEntry = async (address: string) => (await entries(address)).at(-1) ?? expect.fail('no entry');

const move = (slug: string, day: number) =>
  test.send('PATCH', `/api/events/${slug}`, { starts: `${world.year}-05-${day}T09:00` }, world.asSecretariat);

/** What the reader of mail does with a message that came to the organiser's address. */
async function arrives(raw: Buffer, entry: Entry, verified = true) {
  const eventId = eventOfReplyAddress(test.system.config.secret, entry.organizer) ?? expect.fail('not our address');
  const taken = await takeReply(db, { eventId, mail: await readReplyMail(raw), verified }, test.clock());
  await test.drain();
  return taken;
}

const answerTo = (entry: Entry, more: Partial<Answered> = {}): Answered => ({
  uid: entry.uid,
  attendee: entry.attendees[0] ?? '',
  organizer: entry.organizer,
  sequence: entry.sequence,
  stamp: test
    .clock()
    .toString()
    .replace(/[-:]|\.\d+/g, ''),
  ...more,
});

const kept = async (id: string) =>
  db.selectFrom('calendar_entries').select(['answer', 'method', 'sequence']).where('registration_id', '=', id).executeTakeFirst();
const subjects = async (address: string) => (await test.mails(address)).map(({ subject }) => subject);

describe('an entry in somebody’s calendar', () => {
  it('R2 R3 is asked, brought up to date and taken away under one UID, each time with a higher SEQUENCE and a newer DTSTAMP', async () => {
    const { slug, address } = await invited();
    test.clock.advance({ hours: 1 });
    await move(slug, 27);
    const [asked, moved] = await entries(address);
    test.clock.advance({ hours: 1 });
    await test.send('PUT', `/api/events/${slug}/cancellation`, { reason: { en: 'A storm' } }, world.asSecretariat);
    const gone = await lastEntry(address);
    if (!asked || !moved) return expect.fail('two entries are to be there');
    expect([asked, moved, gone].map(({ method, status }) => [method, status])).toEqual([
      ['REQUEST', 'CONFIRMED'],
      ['REQUEST', 'CONFIRMED'],
      ['CANCEL', 'CANCELLED'],
    ]);
    expect(new Set([asked.uid, moved.uid, gone.uid]).size).toBe(1);
    expect([moved.sequence - asked.sequence, gone.sequence - moved.sequence]).toEqual([1, 1]);
    expect([asked.stamp < moved.stamp, moved.stamp < gone.stamp]).toEqual([true, true]);
    expect([moved.start.slice(8, 10), new Set([asked.organizer, moved.organizer, gone.organizer]).size]).toEqual(['27', 1]);
  });

  it('R3 is taken away from who gives the place back, and from nobody else', async () => {
    const one = await invited();
    const other = await invited(one.slug);
    await test.post(`${one.path}/removal`, {}, one.cookie);
    expect(await lastEntry(one.address)).toMatchObject({ method: 'CANCEL', status: 'CANCELLED', attendees: [one.address] });
    expect((await entries(other.address)).map(({ method }) => method)).toEqual(['REQUEST']);
  });

  it('R3 R5 goes from who was replaced to who came, each named to themselves alone', async () => {
    const { path, cookie, address } = await invited();
    const newcomer = `newcomer-${n}@example.org`;
    await test.post(`${path}/replacement`, { 'person[name]': 'Newcomer', 'person[email]': newcomer }, cookie);
    expect(await lastEntry(address)).toMatchObject({ method: 'CANCEL', attendees: [address] });
    expect(await lastEntry(newcomer)).toMatchObject({ method: 'REQUEST', attendees: [newcomer] });
    const raw = (await rawMails(test.system.config.dataDir, address)).map(everything).join('');
    expect(raw).not.toContain(newcomer);
  });

  it('R2 has the same SEQUENCE and DTSTAMP when the same message is made again', async () => {
    const { id, address } = await invited();
    const before = await lastEntry(address);
    test.clock.advance({ minutes: 10 });
    await db
      .updateTable('sends')
      .set({ state: 'queued', ended_at: null, accepted_at: null })
      .where('address', '=', address)
      .execute();
    await db
      .insertInto('outbox')
      .values({ topic: 'sends.kick', payload: '{}' as never })
      .execute();
    const after = await lastEntry(address);
    expect([after.sequence, after.stamp]).toEqual([before.sequence, before.stamp]);
    expect((await db.selectFrom('calendar_entries').select('id').where('registration_id', '=', id).execute()).length).toBe(1);
  });

  it('R4 is the last of three alternatives, and a file beside them, under one METHOD', async () => {
    const { slug, address } = await invited();
    await test.send('PUT', `/api/events/${slug}/cancellation`, { reason: { en: 'A storm' } }, world.asSecretariat);
    await test.drain();
    const trees = (await rawMails(test.system.config.dataDir, address)).map(mimeTree);
    expect(trees.map(({ type, parts }) => [type, ...parts.map((part) => part.type)])).toEqual([
      // The pass for the door comes with the confirmation.
      ['multipart/mixed', 'multipart/alternative', 'image/png', 'application/ics'],
      ['multipart/mixed', 'multipart/alternative', 'application/ics'],
    ]);
    for (const [n, method] of ['REQUEST', 'CANCEL'].entries()) {
      const [alternatives] = trees[n]?.parts ?? [];
      const file = trees[n]?.parts.at(-1);
      expect(alternatives?.parts.map(({ type }) => type)).toEqual(['text/plain', 'text/html', 'text/calendar']);
      const calendar = alternatives?.parts.at(-1);
      expect([calendar?.method, /^METHOD:(\w+)/m.exec(calendar?.content ?? '')?.[1]]).toEqual([method, method]);
      expect(file?.content.trim()).toBe(calendar?.content.trim());
    }
  });

  it('R5 names its reader alone among fifty', async () => {
    const slug = await world.openEvent({ capacity: 60, limitMember: 60 });
    const guests: Awaited<ReturnType<typeof invited>>[] = [];
    for (let count = 0; count < 50; count++) guests.push(await invited(slug));
    const all = guests.map(({ address }) => address);
    const [first] = await entries(all[0] ?? '');
    for (const { address } of guests) {
      const raw = (await rawMails(test.system.config.dataDir, address)).map(everything).join('\n');
      const found = new Set(raw.match(/[\w.+-]+@[\w-]+(\.[\w-]+)+/g)?.filter((one) => all.includes(one)));
      expect([...found]).toEqual([address]);
      const [entry] = await entries(address);
      expect(entry?.attendees).toEqual([address]);
      expect(entry?.organizer).toBe(first?.organizer);
    }
    const [content] = (await test.mails(all[7]))[0]?.attachments.map((one) => Buffer.from(one.content).toString()) ?? [];
    expect(content?.replace(/\r?\n /g, '')).toMatch(/ATTENDEE;[^\n]*PARTSTAT=NEEDS-ACTION[^\n]*/);
    expect(content?.replace(/\r?\n /g, '')).toMatch(/ATTENDEE;[^\n]*RSVP=TRUE[^\n]*:MAILTO:/i);
  });
});

describe('R13 an answer of a calendar program', () => {
  it.each([
    ['Google', (of: Answered) => googleReply({ ...of, partstat: 'ACCEPTED' }), 'accepted'],
    ['Exchange, without an ORGANIZER,', (of: Answered) => outlookReply({ ...of, partstat: 'TENTATIVE' }), 'tentative'],
    ['Apple', (of: Answered) => appleReply({ ...of, partstat: 'ACCEPTED' }), 'accepted'],
  ] as const)('of %s is kept beside the registration', async (_, program, answer) => {
    const { address, id } = await invited();
    const entry = await lastEntry(address);
    expect(await arrives(program(answerTo(entry)), entry)).toBe('counted');
    expect((await kept(id))?.answer).toBe(answer);
  });

  it('that declines leaves the seat, and sends its link to give it back once', async () => {
    const { slug, address, id } = await invited(undefined, 'fr');
    const entry = await lastEntry(address);
    expect(await arrives(appleReply(answerTo(entry)), entry)).toBe('counted');
    test.clock.advance({ minutes: 1 });
    expect(await arrives(appleReply(answerTo(entry)), entry)).toBe('counted');
    const state = await db.selectFrom('registrations').select('state').where('id', '=', id).executeTakeFirstOrThrow();
    expect(state.state).toBe('confirmed');
    const told = (await test.mails(address)).filter(({ subject }) => subject.startsWith('Votre agenda a refusé'));
    expect(told.length).toBe(1);
    const link = /\/registrations\/manage\/[\w-]{43}\/removal/.exec(told[0]?.text ?? '')?.[0] ?? '';
    expect((await test.get(link)).statusCode).toBe(200);
    await test.post(link, {});
    expect(await lastEntry(address)).toMatchObject({ method: 'CANCEL' });
    expect(slug).not.toBe('');
  });

  it('about the event before it moved, or older than the last, or forged, changes nothing', async () => {
    const { slug, address, id } = await invited();
    const before = await lastEntry(address);
    test.clock.advance({ hours: 1 });
    await move(slug, 27);
    const entry = await lastEntry(address);
    expect(await arrives(googleReply(answerTo(before)), entry)).toBe('outdated');
    expect(await arrives(googleReply(answerTo(entry, { from: 'mallory@example.net' })), entry)).toBe('unverified');
    expect(await arrives(googleReply(answerTo(entry)), entry, false)).toBe('unverified');
    expect((await kept(id))?.answer).toBeNull();
    const late = googleReply(answerTo(entry));
    test.clock.advance({ minutes: 5 });
    expect(await arrives(appleReply(answerTo(entry)), entry)).toBe('counted');
    expect(await arrives(late, entry)).toBe('outdated');
    expect((await kept(id))?.answer).toBe('declined');
  });

  it('that comes twice is one, and a clock far ahead shuts out nobody', async () => {
    const { address, id } = await invited();
    const entry = await lastEntry(address);
    const ahead = googleReply(answerTo(entry, { stamp: '20991231T000000Z' }));
    expect([await arrives(ahead, entry), await arrives(ahead, entry)]).toEqual(['counted', 'again']);
    test.clock.advance({ minutes: 1 });
    expect(await arrives(appleReply(answerTo(entry)), entry)).toBe('counted');
    expect((await kept(id))?.answer).toBe('declined');
  });

  it('that proposes another time is kept for the organisers and politely declined, once', async () => {
    const { address, id } = await invited();
    const entry = await lastEntry(address);
    for (const _ of [1, 2]) expect(await arrives(appleReply(answerTo(entry), 'COUNTER'), entry)).toBe('proposal');
    expect((await subjects(address)).filter((subject) => subject.includes('stays as it is'))).toHaveLength(1);
    expect((await kept(id))?.answer).toBeNull();
  });

  it('that passes the entry on adds nobody, and one that a program writes by itself is not answered', async () => {
    const { address, id } = await invited();
    const entry = await lastEntry(address);
    expect(await arrives(googleReply(answerTo(entry, { partstat: 'DELEGATED' })), entry)).toBe('counted');
    expect((await kept(id))?.answer).toBe('delegated');
    test.clock.advance({ minutes: 1 });
    const mails = (await subjects(address)).length;
    const automatic = Buffer.concat([Buffer.from('Auto-Submitted: auto-replied\r\n'), appleReply(answerTo(entry))]);
    expect(await arrives(automatic, entry)).toBe('counted');
    expect((await subjects(address)).length).toBe(mails);
  });

  it('to somebody else’s event, or of nobody invited, is kept as unknown', async () => {
    const one = await invited();
    const other = await invited();
    const entry = await lastEntry(one.address);
    const elsewhere = await lastEntry(other.address);
    expect(await arrives(googleReply(answerTo(entry)), elsewhere)).toBe('unknown');
    expect(await arrives(googleReply(answerTo(entry, { attendee: 'stranger@example.org' })), entry)).toBe('unknown');
    expect(await arrives(Buffer.from('From: one@example.org\r\nMessage-ID: <plain@x>\r\n\r\nSee you there!'), entry)).toBe(
      'unreadable',
    );
  });

  it('is seen by the organisers: counted, listed with what did not count, on the registration and in the list', async () => {
    const { slug, address, id } = await invited();
    const entry = await lastEntry(address);
    await arrives(googleReply(answerTo(entry, { partstat: 'TENTATIVE', comment: 'If my train runs' })), entry);
    await arrives(googleReply(answerTo(entry, { from: 'mallory@example.net' })), entry);
    const answer = await test.get(`/api/events/${slug}/calendar-answers`, world.asSecretariat);
    const { items, counts } = answer.json<{ items: { verdict: string; answer: string; comment: string }[]; counts: unknown }>();
    expect(items.map((one) => [one.verdict, one.answer, one.comment]).toSorted()).toEqual([
      ['counted', 'tentative', 'If my train runs'],
      ['unverified', 'accepted', ''],
    ]);
    expect(counts).toEqual({ accepted: 0, declined: 0, tentative: 1, delegated: 0, none: 0 });
    const one = await test.get(`/api/events/${slug}/calendar-answers?verdict=counted&registrationId=${id}`, world.asSecretariat);
    expect(one.json<{ items: unknown[] }>().items).toHaveLength(1);
    const office = await test.signedIn(world.secretariat);
    const base = `/back-office/events/${slug}`;
    for (const path of [`${base}/registrations/${id}`, `${base}/registrations`, `${base}/calendar-answers`])
      expect((await test.get(path, office)).body, path).toContain('Perhaps');
    test.clock.advance({ hours: 1 });
    await move(slug, 27);
    await test.drain();
    expect((await test.get(`${base}/registrations/${id}`, office)).body).toContain('Perhaps, before the last change');
  });
});
