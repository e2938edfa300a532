import { describe, expect, it } from 'vitest';
import type { Participant, Problem } from '../../server/study-visits/allocation.ts';
import { costOfMove } from '../../server/study-visits/move.ts';
import { reasonsOf } from '../../server/study-visits/reasons.ts';
import { nextSteps, wishRefusal } from '../../server/study-visits/rules.ts';
import { nextServed } from '../../server/study-visits/waiting.ts';
import { translator } from '../../web/locales/translate.ts';
import { reasonWords } from '../../web/study-visits/reason-words.ts';

const visit = (id: string, more: Partial<Problem['visits'][number]> = {}) => ({
  id,
  starts: 0,
  ends: 10,
  places: 2,
  kept: 0,
  minimum: 0,
  languages: [],
  ...more,
});
const person = (id: string, wishes: string[], more: Partial<Participant> = {}): Participant => ({
  id,
  city: null,
  host: false,
  together: false,
  languages: [],
  wishes,
  busy: [],
  former: [],
  fixed: [],
  ...more,
});
const problem = (visits: Problem['visits'], participants: Participant[], more: Partial<Problem> = {}): Problem => ({
  visits,
  participants,
  each: 1,
  perCity: null,
  seed: 1,
  ...more,
});
const said = (world: Problem, given: Record<string, string[]>, who: string) =>
  (reasonsOf(world, given).get(who) ?? []).map((reason) => reasonWords(translator('en'), reason, (id) => id.toUpperCase()));

describe('why somebody got what they got', () => {
  it('says with whom a visit was full', () => {
    const world = problem(
      [visit('park'), visit('gym')],
      [person('a', ['park']), person('b', ['gym', 'park']), person('c', ['park', 'gym'])],
    );
    expect(said(world, { a: ['park'], b: ['park'], c: ['gym'] }, 'c')).toEqual([
      'You got your second wish, “GYM”.',
      'Your first wish, “PARK”, was full: of 2 people there, 1 wished it as much as you or more; with the others, more people got something.',
    ]);
    const equal = problem([visit('park', { places: 1 })], [person('a', ['park']), person('c', ['park'])]);
    expect(said(equal, { a: ['park'] }, 'c')).toEqual([
      'Your first wish, “PARK”, was full: 1 person got it who wished it as much as you or more.',
    ]);
  });

  it('says which rule stood in the way', () => {
    const closed = problem([visit('park', { minimum: 2 })], [person('a', ['park'])]);
    expect(said(closed, {}, 'a')).toEqual([
      'Your first wish, “PARK”, does not take place: it needs 2 people, and fewer could be brought together.',
    ]);
    const language = problem([visit('park', { languages: ['es'] })], [person('a', ['park'], { languages: ['pt-BR'] })]);
    expect(said(language, {}, 'a')).toEqual(['Your first wish, “PARK”, is in none of the languages you understand.']);
    const busy = problem([visit('park')], [person('a', ['park'], { busy: [{ starts: 9, ends: 12 }] })]);
    expect(said(busy, {}, 'a')).toEqual(['Your first wish, “PARK”, is at the time of a session you have chosen or speak in.']);
    const spread = problem(
      [visit('park', { places: 5 })],
      [person('a', ['park'], { city: 'x' }), person('b', ['park'], { city: 'x' })],
      { perCity: 1 },
    );
    expect(said(spread, { a: ['park'] }, 'b')).toEqual([
      'Your first wish, “PARK”: of one city only 1 person goes there, and others of yours do.',
    ]);
    expect(said(problem([visit('park')], [person('a', [])]), {}, 'a')).toEqual(['You stated no wish.']);
    const put = problem([visit('park')], [person('a', [], { fixed: ['park'] })]);
    expect(said(put, { a: ['park'] }, 'a')).toEqual(['The organisers put you into “PARK”.']);
  });
});

describe('moving somebody by hand', () => {
  it('costs the difference of ranks and the rules it breaks, none of those that were broken before', () => {
    const world = problem(
      [visit('park', { places: 1 }), visit('gym', { minimum: 1 })],
      [person('a', ['park', 'gym']), person('b', ['park', 'gym'])],
    );
    expect(costOfMove(world, { a: ['park'], b: ['gym'] }, 'b', ['park'])).toEqual({
      from: 2,
      to: 1,
      cost: -1,
      assigned: 0,
      breaks: [{ rule: 'places', of: 'park' }],
    });
    expect(costOfMove(world, { a: ['park'], b: ['park'] }, 'b', [])).toEqual({
      from: 1,
      to: null,
      cost: 2,
      assigned: -1,
      breaks: [],
    });
  });
});

describe('a free place', () => {
  it('goes to the first who may have it, who gives back what they have at that time', () => {
    const world = problem(
      [visit('park', { places: 1, languages: ['es'] }), visit('gym'), visit('later', { starts: 20, ends: 30 })],
      [person('a', ['park'], { languages: ['fr'] }), person('b', ['gym', 'later', 'park'])],
      { each: 2 },
    );
    const queue = [
      { id: '1', registration: 'a', visit: 'park' },
      { id: '2', registration: 'b', visit: 'park' },
    ];
    expect(nextServed(world, { b: ['gym', 'later'] }, queue)).toEqual({ ...queue[1], visits: ['later', 'park'] });
    expect(nextServed(world, { a: [], x: [], b: ['park'] }, queue.slice(0, 1))).toBeNull();
  });
});

describe('who may say what', () => {
  const now = Temporal.Instant.from('2026-05-01T10:00Z');
  const choices = {
    mode: 'wishes' as const,
    wishes: 3,
    each: 1,
    perCity: null,
    closes: null,
    closesAt: null,
    releasedAt: null,
    frozenAt: null,
  };

  it('takes wishes until they close, and of organisers afterwards', () => {
    expect(wishRefusal(choices, 'confirmed', now, false)).toBeNull();
    expect(wishRefusal(choices, 'waiting', now, false)).toBe('visits-not-registered');
    expect(wishRefusal({ ...choices, closesAt: now }, 'confirmed', now, false)).toBe('visits-closed');
    expect(wishRefusal({ ...choices, closesAt: now }, 'confirmed', now, true)).toBeNull();
    expect(wishRefusal({ ...choices, frozenAt: now }, 'confirmed', now, true)).toBe('visits-frozen');
    expect(wishRefusal({ ...choices, mode: 'first-come' }, 'confirmed', now, false)).toBe('visits-no-wishes');
  });

  it('lets the city that did not speak last answer, and ends with a refusal', () => {
    const request = { guestId: 'g', hostId: 'h' };
    const [guest, host] = [
      { guest: true, host: false },
      { guest: false, host: true },
    ];
    expect(nextSteps({ kind: 'asked', organisationId: 'g' }, request, host)).toEqual(['accepted', 'proposed', 'declined']);
    expect(nextSteps({ kind: 'asked', organisationId: 'g' }, request, guest)).toEqual(['withdrawn']);
    expect(nextSteps({ kind: 'proposed', organisationId: 'h' }, request, guest)).toEqual(['accepted', 'proposed', 'withdrawn']);
    expect(nextSteps({ kind: 'proposed', organisationId: 'h' }, request, host)).toEqual(['declined']);
    expect(nextSteps({ kind: 'accepted', organisationId: 'h' }, request, guest)).toEqual(['withdrawn']);
    expect(nextSteps({ kind: 'accepted', organisationId: 'g' }, request, host)).toEqual(['declined']);
    expect(nextSteps({ kind: 'declined', organisationId: 'h' }, request, guest)).toEqual([]);
  });
});
