import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventRequest } from '../../server/calendars/ical.ts';
import { addressOf, propertyIn, readCalendar } from '../../server/calendars/reading.ts';
import { replyIn, verdictOn } from '../../server/calendars/replies.ts';
import { eventOfReplyAddress, replyAddress } from '../../server/calendars/reply-address.ts';
import { readReplyMail } from '../../server/calendars/reply-mail.ts';
import { anEntry, attendee, organizer } from './entries.ts';
import { type Answered, appleReply, googleReply, outlookReply } from './fixtures.ts';

const answered: Answered = {
  uid: '0199c0de-0000-7000-8000-000000000001@convivium.example',
  attendee: 'guest@example.org',
  organizer: 'rsvp+1@reply.example.org',
  sequence: 2,
  stamp: '20261124T080000Z',
};
const at = (text: string) => Temporal.Instant.from(text);
const known = { sequence: 2, stamp: at('2026-11-20T10:00:00Z'), answerStamp: null };
const guest = { address: 'guest@example.org', verified: true };

async function reply(raw: Buffer) {
  const mail = await readReplyMail(raw);
  return mail.reply ?? expect.fail('no reply');
}

describe('R13 a reply', () => {
  it.each([
    ['Google', googleReply(answered), 'accepted'],
    ['Outlook', outlookReply(answered, { organizer: true }), 'accepted'],
    ['Exchange, which leaves out the ORGANIZER,', outlookReply({ ...answered, partstat: 'TENTATIVE' }), 'tentative'],
    ['Apple', appleReply(answered), 'declined'],
  ] as const)('of %s is understood', async (_, raw, answer) => {
    const found = await reply(raw);
    expect(found).toMatchObject({ method: 'REPLY', uid: answered.uid, sequence: 2, stamp: at('2026-11-24T08:00:00Z') });
    expect(found.attendees).toEqual([{ address: 'guest@example.org', answer, sentBy: null }]);
    expect(verdictOn(found, known, guest)).toBe('counted');
  });

  it('about an older SEQUENCE, or not newer than the answer that is kept, is outdated', async () => {
    const older = await reply(googleReply({ ...answered, sequence: 1 }));
    expect(verdictOn(older, known, guest)).toBe('outdated');
    const same = await reply(googleReply(answered));
    expect(verdictOn(same, { ...known, answerStamp: at('2026-11-24T08:00:00Z') }, guest)).toBe('outdated');
    expect(verdictOn(same, { ...known, answerStamp: at('2026-11-24T07:59:59Z') }, guest)).toBe('counted');
  });

  it('counts for nobody but who wrote it, as its domain must confirm; a colleague who says so may', async () => {
    const found = await reply(googleReply(answered));
    expect(verdictOn(found, known, { ...guest, verified: false })).toBe('unverified');
    expect(verdictOn(found, known, { address: 'mallory@example.net', verified: true })).toBe('unverified');
    expect(verdictOn(found, known, { address: 'assistant@example.org', verified: true })).toBe('unverified');
    const [one] = found.attendees;
    const onBehalf = { ...found, attendees: [{ ...(one ?? expect.fail()), sentBy: 'assistant@example.org' }] };
    expect(verdictOn(onBehalf, known, { address: 'Assistant@EXAMPLE.org', verified: true })).toBe('counted');
    const abroad = { ...found, attendees: [{ ...(one ?? expect.fail()), sentBy: 'mallory@example.net' }] };
    expect(verdictOn(abroad, known, { address: 'mallory@example.net', verified: true })).toBe('unverified');
  });

  it('of somebody unknown, of two at once, or without a word that is an answer counts for nothing', async () => {
    const found = await reply(googleReply(answered));
    expect(verdictOn(found, undefined, guest)).toBe('unknown');
    expect(verdictOn({ ...found, attendees: [...found.attendees, ...found.attendees] }, known, guest)).toBe('unknown');
    const silent = found.attendees.map((one) => ({ ...one, answer: null }));
    expect(verdictOn({ ...found, attendees: silent }, known, guest)).toBe('unknown');
  });

  it('that proposes another time or passes the entry on is understood as that', async () => {
    expect(verdictOn(await reply(appleReply(answered, 'COUNTER')), known, guest)).toBe('proposal');
    const passed = await reply(googleReply({ ...answered, partstat: 'DELEGATED' }));
    expect([passed.attendees[0]?.answer, verdictOn(passed, known, guest)]).toEqual(['delegated', 'counted']);
  });

  it('that is a request, a cancellation or no calendar at all is none', async () => {
    const request = eventRequest(anEntry({ organizer, attendee })).content;
    expect(replyIn(request)).toBeUndefined();
    expect((await readReplyMail(Buffer.from('From: a@example.org\r\n\r\nThanks!'))).reply).toBeUndefined();
    expect((await readReplyMail(Buffer.from(''))).messageId).toMatch(/^<sha256\.[0-9a-f]{64}>$/);
  });

  it('written by a program of its own accord is known as such', async () => {
    const plain = googleReply(answered).toString();
    expect((await readReplyMail(Buffer.from(plain))).automatic).toBe(false);
    for (const header of ['Auto-Submitted: auto-replied', 'List-Id: <a.example.org>', 'Return-Path: <>']) {
      expect((await readReplyMail(Buffer.from(`${header}\r\n${plain}`))).automatic, header).toBe(true);
    }
    expect((await readReplyMail(Buffer.from(`Auto-Submitted: no\r\n${plain}`))).automatic).toBe(false);
  });
});

describe('what is read', () => {
  it('never throws, whatever comes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: fc.constantFrom('BEGIN:VCALENDAR', 'END:', 'VEVENT', '\r\n', ':', ';', '"', 'A=', ' ', 'ü', '\0') }),
        async (text) => {
          readCalendar(text);
          replyIn(`BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\n${text}\r\nEND:VEVENT\r\nEND:VCALENDAR`);
          await readReplyMail(Buffer.from(`Content-Type: text/calendar\r\n\r\n${text}`));
        },
      ),
      { numRuns: 200 },
    );
  });

  it('is what was written, with whatever name', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', ';', ':', ',', '"', '^', 'ü', ' '), maxLength: 80 }), (name) => {
        const { content } = eventRequest(anEntry({ organizer, attendee: { name: `x${name}`, address: 'jo@example.org' } }));
        const event = readCalendar(content)?.components[0];
        expect(addressOf(propertyIn(event, 'ATTENDEE')?.value)).toBe('jo@example.org');
        expect(propertyIn(event, 'ATTENDEE')?.params.CN).toBe(`x${name}`.replace(/\s+/g, ' ').trim());
      }),
    );
  });

  it('compares addresses without case and with a domain in ASCII', () => {
    expect(addressOf('MAILTO:Jo@MÜNCHEN.example')).toBe('jo@xn--mnchen-3ya.example');
    expect(addressOf('mailto:jo%2Bx@example.org')).toBe('jo+x@example.org');
    expect(addressOf('invalid:nomail')).toBeUndefined();
  });
});

describe('the address of answers', () => {
  const event = '0199c0de-0000-7000-8000-000000000001';
  const secret = 's'.repeat(32);

  it('names its event, in any case, and cannot be made up', () => {
    const address = replyAddress(secret, 'reply.example.org', event);
    expect(address.indexOf('@')).toBeLessThanOrEqual(64);
    expect(eventOfReplyAddress(secret, address)).toBe(event);
    expect(eventOfReplyAddress(secret, address.toUpperCase())).toBe(event);
    expect(eventOfReplyAddress('t'.repeat(32), address)).toBeUndefined();
    expect(eventOfReplyAddress(secret, 'rsvp+1@reply.example.org')).toBeUndefined();
  });
});
