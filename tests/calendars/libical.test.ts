import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type CalendarEntry, eventCancel, eventPublish, eventRequest } from '../../server/calendars/ical.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { anEntry, attendee, organizer } from './entries.ts';
import { expected, wholeDays } from './zones.ts';

// Judges that are not ours: libical (RFC 5546 per METHOD, and what a client makes of a second message) and python3-icalendar.

const folder = temporaryFolder();
const harness = compiled();
const python = ['/usr/bin/python3', 'python3'].find((name) => spawnSync(name, ['-c', 'import icalendar']).status === 0);

function compiled(): string | undefined {
  const to = path.join(folder, 'libical');
  const flags = spawnSync('pkg-config', ['--cflags', '--libs', 'libical'], { encoding: 'utf8' });
  if (flags.status !== 0) return undefined;
  const source = path.join(import.meta.dirname, 'libical.c');
  const made = spawnSync('gcc', [source, '-o', to, ...flags.stdout.trim().split(/\s+/).filter(Boolean), '-licalss']);
  return made.status === 0 ? to : undefined;
}

let files = 0;
function kept(content: string): string {
  const file = path.join(folder, `${++files}.ics`);
  writeFileSync(file, content);
  return file;
}
const check = (content: string) =>
  execFileSync(harness ?? '', ['check', kept(content)], { encoding: 'utf8', stdio: 'pipe' }).trim();
const classify = (fresh: string, old: string, address: string) =>
  execFileSync(harness ?? '', ['classify', kept(fresh), kept(old), address], { encoding: 'utf8' }).trim();

const summaries = ['XVIII Congress', 'XVIIIe Congrès, été', 'XVIII Congreso; ¿cuándo?', 'XVIII Congresso: São Paulo'];
const asked = (more: Partial<CalendarEntry> = {}) =>
  eventRequest({ ...anEntry(more), organizer, attendee: more.attendee ?? attendee }).content;

describe.skipIf(!harness)('libical (skipped where gcc and libical-dev are not installed)', () => {
  it.each(summaries)('R1 finds nothing wrong with a request, an update, a cancellation or a publication: %s', (summary) => {
    const more = { summary, onlineUrl: 'https://meet.example.org/granollers' };
    expect(check(asked(more))).toBe('1 0');
    expect(check(asked({ ...more, sequence: 1 }))).toBe('1 0');
    expect(check(eventCancel(anEntry({ ...more, organizer, attendee, sequence: 2 }), { replyAddress: 'r@x.org' }).content)).toBe(
      '1 0',
    );
    expect(check(eventPublish(anEntry({ ...more, organizer })).content)).toBe('1 0');
    expect(check(wholeDays())).not.toBe('');
  });

  it.each(['UID', 'DTSTAMP', 'ORGANIZER', 'ATTENDEE'])('R1 would notice a request without %s', (name) => {
    const without = asked().replace(new RegExp(`\\r\\n${name}[;:][^\\r]*(\\r\\n [^\\r]*)*`), '');
    expect(check(without)).not.toBe('1 0');
  });

  it('R2 takes an update for an update, a cancellation for one, and what is older for nothing', () => {
    const plain = { name: 'Jo', address: 'jo@example.org' };
    const first = asked({ attendee: plain });
    const later = {
      sequence: 1,
      stamp: Temporal.Instant.from('2026-12-01T00:00:00Z'),
      start: Temporal.Instant.from('2027-05-27T07:00:00Z'),
      attendee: plain,
    };
    const moved = asked(later);
    const gone = eventCancel(anEntry({ ...later, organizer, sequence: 2 }), { replyAddress: organizer.address }).content;
    expect(classify(moved, first, plain.address)).toBe('REQUEST-RESCHEDULE');
    expect(classify(first, moved, plain.address)).toBe('OBSOLETE');
    expect(classify(gone, moved, plain.address)).toBe('CANCEL-EVENT');
  });
});

const READ = `
import sys, json, icalendar
for content in json.load(sys.stdin):
  event = icalendar.Calendar.from_ical(content).walk('VEVENT')[0]
  print(json.dumps([event['DTSTART'].dt.isoformat(), str(event['SUMMARY']), str(event['LOCATION'])]))
`;

describe.skipIf(!python)('python3-icalendar (skipped where it is not installed)', () => {
  it('R6 R8 reads the same instants and texts in every zone', () => {
    const all = expected();
    const out = execFileSync(python ?? '', ['-c', READ], {
      input: JSON.stringify(all.map(({ content }) => content)),
      encoding: 'utf8',
    });
    const read = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as [string, string, string]);
    expect(read.map(([start]) => Temporal.Instant.from(start).toString())).toEqual(all.map(({ start }) => start));
    expect(read[0]?.slice(1)).toEqual([anEntry().summary, anEntry().location]);
  });
});
