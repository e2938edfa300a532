import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import fc from 'fast-check';
import ICAL from 'ical.js';
import { describe, expect, it } from 'vitest';
import { eventCancel, eventFile, eventPublish, eventRequest, feed } from '../../server/calendars/ical.ts';
import { anEntry, attendee, organizer } from './entries.ts';
import { ZONES } from './zones.ts';

const run = promisify(execFile);
const parsed = (content: string) => new ICAL.Component(ICAL.parse(content));
const vevent = (content: string) => parsed(content).getFirstSubcomponent('vevent') ?? expect.fail('no VEVENT');
const value = (content: string, name: string) => vevent(content).getFirstPropertyValue(name)?.toString();
const names = (content: string) => [
  ...parsed(content)
    .getAllProperties()
    .map((property) => property.name),
  ...vevent(content)
    .getAllProperties()
    .map((property) => property.name),
];

describe('METHOD', () => {
  it('R14 is PUBLISH without an attendee while no answers are read, REQUEST with one when they are', () => {
    const entry = anEntry({ organizer, attendee });
    const published = eventFile(entry, {});
    expect([published.method, value(published.content, 'attendee')]).toEqual(['PUBLISH', undefined]);
    expect(published.content).toContain('\r\nMETHOD:PUBLISH\r\n');
    expect(published.content).not.toContain(attendee.address);
    const asked = eventFile(entry, { replyAddress: 'rsvp+1@reply.example.org' });
    expect([asked.method, value(asked.content, 'attendee'), value(asked.content, 'organizer')]).toEqual([
      'REQUEST',
      `MAILTO:${attendee.address}`,
      'mailto:rsvp+1@reply.example.org',
    ]);
    const property = vevent(asked.content).getFirstProperty('attendee');
    expect([property?.getParameter('rsvp'), property?.getParameter('partstat'), property?.getParameter('cn')]).toEqual([
      'TRUE',
      'NEEDS-ACTION',
      attendee.name,
    ]);
  });

  it('R3 is CANCEL with STATUS:CANCELLED for the same UID, whether answers are read or not', () => {
    const entry = anEntry({ organizer, attendee, sequence: 3 });
    for (const answering of [{}, { replyAddress: 'rsvp@reply.example.org' }]) {
      const { method, content } = eventCancel(entry, answering);
      expect(method).toBe('CANCEL');
      expect(content).toContain('\r\nMETHOD:CANCEL\r\n');
      expect([value(content, 'status'), value(content, 'uid'), value(content, 'sequence')]).toEqual([
        'CANCELLED',
        entry.uid,
        '3',
      ]);
      expect(value(content, 'attendee')).toBe('replyAddress' in answering ? `MAILTO:${attendee.address}` : undefined);
      expect(content).not.toContain('RSVP');
    }
  });
});

describe('times', () => {
  it('R6 have stamps that end in Z, in whole seconds, and nothing that no standard knows', () => {
    const { content } = eventRequest(anEntry({ organizer, attendee }));
    for (const name of ['DTSTAMP', 'CREATED', 'LAST-MODIFIED', 'DTSTART', 'DTEND'])
      expect(content).toMatch(new RegExp(`\\r\\n${name}:\\d{8}T\\d{6}Z\\r\\n`));
    expect(content).not.toContain('TIMEZONE-ID');
  });

  it('R6 R7 are the same instants whatever the zone of the event and of the process', async () => {
    const outputs = await Promise.all(
      ['UTC', 'America/New_York', 'Asia/Kolkata'].map(async (TZ) => {
        const { stdout } = await run(process.execPath, ['--import', 'tsx', 'tests/calendars/zones.ts'], {
          env: { ...process.env, TZ },
          maxBuffer: 10_000_000,
        });
        return stdout;
      }),
    );
    expect(outputs[1]).toBe(outputs[0]);
    expect(outputs[2]).toBe(outputs[0]);
    const { timed, allDay } = JSON.parse(outputs[0] ?? '') as { timed: { start: string; content: string }[]; allDay: string };
    expect(timed.length).toBe(ZONES.length * 4);
    for (const { start, content } of timed) {
      const time = vevent(content).getFirstPropertyValue('dtstart');
      expect(time instanceof ICAL.Time && Temporal.Instant.fromEpochMilliseconds(time.toUnixTime() * 1000).toString()).toBe(
        start,
      );
    }
    expect(allDay).toContain('\r\nDTSTART;VALUE=DATE:20270601\r\nDTEND;VALUE=DATE:20270604\r\n');
  });
});

describe('text', () => {
  const unit = fc.constantFrom(
    'a',
    'Ñ',
    ' ',
    ';',
    ',',
    ':',
    '"',
    '\\',
    "'",
    '^',
    '\r\n',
    '\n',
    '=',
    'ا',
    'ل',
    '\u200d',
    '👩‍👧',
    '🏳️‍🌈',
    '日',
    '𝒳',
    'BEGIN:VEVENT',
    'X-EVIL:1',
    'END:VCALENDAR',
    '\\n',
    'X-CONVIVIUM-CONFERENCE-PLACEHOLDER:',
  );
  const text = fc.string({ unit, minLength: 1, maxLength: 60 });
  const oneLine = (typed: string) => typed.replace(/\s+/g, ' ').trim();

  it('R8 stays within 75 octets a line, ends lines by CRLF, and is read as it was written', () => {
    fc.assert(
      fc.property(text, text, text, (summary, description, location) => {
        const { content } = eventPublish(anEntry({ summary, description, location, organizer }));
        expect(content.endsWith('END:VCALENDAR\r\n')).toBe(true);
        expect(content.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
        for (const line of content.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
        expect(Buffer.from(content).toString()).toBe(content);
        expect(value(content, 'summary')).toBe(oneLine(summary) || '–');
        expect(value(content, 'description') ?? '').toBe(description.replaceAll('\r\n', '\n'));
        expect(value(content, 'location') ?? '').toBe(oneLine(location));
      }),
      { numRuns: 300 },
    );
  });

  it('R9 adds no property, whatever is in titles, places, names, UIDs, addresses and URLs', () => {
    const plain = names(feed({ name: 'x' }, [anEntry({ location: 'x' })])).toSorted();
    const asked = names(
      eventRequest(anEntry({ organizer, attendee, onlineUrl: 'https://meet.example.org/1' })).content,
    ).toSorted();
    fc.assert(
      fc.property(text, text, text, (one, two, three) => {
        const tail = encodeURIComponent(two.toWellFormed());
        const listed = feed({ name: `n${one}` }, [
          anEntry({ summary: `s${two}`, location: `l${three}`, uid: `u${one}@x`, url: `https://x.org/?q=${tail}&${one}` }),
        ]);
        expect(names(listed).toSorted()).toEqual(plain);
        expect(parsed(listed).getAllSubcomponents('vevent')).toHaveLength(1);
        const { content } = eventRequest(
          anEntry({
            organizer: { name: one, address: `${two}@example.org` },
            attendee: { name: two, address: `x${three}@${one}` },
            onlineUrl: `https://meet.example.org/${three}`,
          }),
        );
        expect(names(content).toSorted()).toEqual(asked);
      }),
      { numRuns: 300 },
    );
  });

  it('R9 keeps URLs whole, with commas and semicolons, and leaves out what is none', () => {
    const { content } = eventPublish(
      anEntry({ url: 'https://x.org/?a=1,2;b=3', onlineUrl: `https://meet.example.org/${'r'.repeat(80)},x` }),
    );
    expect(decodeURIComponent(value(content, 'url') ?? '')).toBe('https://x.org/?a=1,2;b=3');
    expect(decodeURIComponent(value(content, 'conference') ?? '')).toBe(`https://meet.example.org/${'r'.repeat(80)},x`);
    expect(content).not.toContain('X-CONVIVIUM');
    for (const url of ['javascript:alert(1)', 'no url', '']) {
      expect(value(eventPublish(anEntry({ url })).content, 'url')).toBeUndefined();
    }
  });

  it('R19 writes an address with an IDN in ASCII', () => {
    const { content } = eventPublish(anEntry({ organizer: { name: 'M', address: 'post@münchen.example' } }));
    expect(value(content, 'organizer')).toBe('mailto:post@xn--mnchen-3ya.example');
  });
});

describe('a feed', () => {
  it('R12 has the same bytes in whatever order its entries come, keeps what is cancelled, and holds no address', () => {
    const entries = ['b', 'a', 'c'].map((id, n) =>
      anEntry({ uid: `${id}@x`, organizer, attendee, status: n === 1 ? 'cancelled' : 'confirmed' }),
    );
    const one = feed({ name: 'Events; all', description: 'Of, the network' }, entries);
    expect(feed({ name: 'Events; all', description: 'Of, the network' }, entries.toReversed())).toBe(one);
    expect(parsed(one).getAllSubcomponents('vevent')).toHaveLength(3);
    expect(one).toContain('STATUS:CANCELLED');
    expect(one).toContain('REFRESH-INTERVAL;VALUE=DURATION:PT1H');
    expect(one).not.toMatch(/mailto:|ORGANIZER|ATTENDEE/i);
    expect(one).toContain('\r\nNAME:Events\\; all\r\n');
  });
});
