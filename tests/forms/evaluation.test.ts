import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Definition, parseDefinition } from '../../server/forms/definition.ts';
import { evaluate, parseBody } from '../../server/forms/evaluation.ts';
import { placesOf } from '../../server/forms/walk.ts';
import { CONGRESS_EVALUATION, EVERYTHING } from './example.ts';

const example = parseDefinition(CONGRESS_EVALUATION);
const final = (definition: Definition, raw: unknown) => evaluate(definition, raw, { mode: 'final' });
const good = { badge: 'Ana', diet: 'a', agree: 'true' };

// Anything, and more often something that is nearly an answer.
const nearly = fc.oneof(
  fc.anything({ withNullPrototype: true, withSparseArray: true }),
  fc.constantFrom(
    'a',
    'b',
    'c',
    'true',
    '2',
    3,
    '2026-05-05',
    'x@example.org',
    'example.org',
    'ES',
    ['a', 'b'],
    { one: 'a' },
    '   ',
    '\u0000\ud83d',
  ),
  fc.array(fc.record({ companionName: fc.string({ unit: 'binary' }), child: fc.constantFrom('a', 'b', 'z'), age: fc.string() }), {
    maxLength: 4,
  }),
  fc.string({ unit: 'binary' }),
);
const keys = placesOf(EVERYTHING).map(({ item }) => item.key);
const rawAnswers = fc.dictionary(fc.constantFrom(...keys, '__proto__', 'constructor', 'unknown'), nearly, { maxKeys: 25 });

describe('evaluating answers', () => {
  it('does with the worked example what the design says', () => {
    const accepted = final(example, { mode: 'onsite', venue: { access: '4', transport: 'na' }, nps: '9', why: 'crafted' });
    expect(accepted.errors).toEqual([]);
    expect(accepted.answers).toEqual({ mode: 'onsite', venue: { access: '4', transport: 'na' }, nps: 9 });
    expect(final(example, { mode: 'bogus' }).errors.map(({ path, code }) => `${path}:${code}`)).toEqual([
      'mode:choice',
      'nps:required',
    ]);
  });

  it('never throws, keeps no hidden item and nothing unknown', () => {
    fc.assert(
      fc.property(fc.oneof(rawAnswers, fc.anything()), fc.constantFrom('draft' as const, 'final' as const), (raw, mode) => {
        const { answers, visible } = evaluate(EVERYTHING, raw, { mode });
        for (const key of Object.keys(answers)) expect(visible.has(key)).toBe(true);
        expect(JSON.parse(JSON.stringify(answers))).toEqual(answers);
        expect(JSON.stringify(answers)).not.toMatch(/\\u0000|\\ud[89a-f]/);
      }),
      { numRuns: 1500 },
    );
  });

  it('requires nothing of a draft', () => {
    fc.assert(
      fc.property(rawAnswers, (raw) => {
        const codes = evaluate(EVERYTHING, raw, { mode: 'draft' }).errors.map(({ code }) => code);
        expect(codes).not.toContain('required');
        expect(codes).not.toContain('tooFew');
      }),
    );
    expect(evaluate(EVERYTHING, {}, { mode: 'draft' }).errors).toEqual([]);
  });

  it('leaves its own answers as they are', () => {
    fc.assert(
      fc.property(rawAnswers, (raw) => {
        const once = evaluate(EVERYTHING, raw, { mode: 'draft' });
        expect(evaluate(EVERYTHING, once.answers, { mode: 'draft' }).answers).toEqual(once.answers);
        const done = evaluate(EVERYTHING, raw, { mode: 'final' });
        if (done.errors.length === 0) expect(evaluate(EVERYTHING, done.answers, { mode: 'final' })).toEqual(done);
      }),
      { numRuns: 1000 },
    );
  });

  it('asks of each person, or once of the delegation', () => {
    expect(evaluate(EVERYTHING, { ...good, stand: 'a' }, { mode: 'final', per: 'person' }).answers).toEqual({
      badge: 'Ana',
      diet: 'a',
      agree: true,
    });
    expect(evaluate(EVERYTHING, { ...good, stand: 'a' }, { mode: 'final', per: 'delegation' })).toMatchObject({
      answers: { stand: 'a' },
      errors: [],
    });
  });

  it('says of each kind of answer what is wrong with it', () => {
    const wrong = (raw: Record<string, unknown>) =>
      final(EVERYTHING, { ...good, ...raw }).errors.map(({ path, code }) => `${path}:${code}`);
    expect(wrong({ badge: 'x'.repeat(21) })).toEqual(['badge:tooLong']);
    expect(wrong({ badge: '👩‍👩‍👧'.repeat(20) })).toEqual([]);
    expect(wrong({ about: 'one two three four five six' })).toEqual(['about:tooManyWords']);
    expect(wrong({ nights: '1.5' })).toEqual(['nights:number']);
    expect(wrong({ nights: '10' })).toEqual(['nights:tooLarge']);
    expect(wrong({ arrival: '2026-02-30' })).toEqual(['arrival:localDate']);
    expect(wrong({ arrival: '2026-06-01' })).toEqual(['arrival:tooLate']);
    expect(wrong({ assistant: 'nobody' })).toEqual(['assistant:email']);
    expect(wrong({ site: 'javascript:alert(1)' })).toEqual(['site:webAddress']);
    expect(wrong({ passport: 'XX' })).toEqual(['passport:country']);
    expect(wrong({ diet: 'b' })).toEqual(['dietWords:required']);
    expect(wrong({ diet: ['a', 'b'] })).toEqual(['diet:choice']);
    expect(wrong({ themes: ['a', 'c'] })).toEqual(['themes:exclusive']);
    expect(wrong({ order: ['a', 'a'] })).toEqual(['order:rankedTwice']);
    expect(wrong({ grid: { one: 'z' } })).toEqual(['grid.one:choice']);
    expect(wrong({ cv: 'me.pdf' })).toEqual(['cv:file']);
    expect(wrong({ agree: '' })).toEqual(['agree:consent']);
    expect(wrong({ nights: 3, companions: [{ companionName: 'Eva', child: 'a', age: 'x' }, {}, { child: 'b' }] })).toEqual([
      'companions.0.age:decimal',
      'companions.1.companionName:required',
    ]);
    expect(wrong({ nights: 3, companions: Array(4).fill({ companionName: 'Eva' }) })).toEqual(['companions:tooManyOfThem']);
  });

  it('understands what people type', () => {
    const { answers } = final(EVERYTHING, {
      ...good,
      badge: ' Ana\u0000  Núria ',
      site: 'example.org',
      assistant: 'A@EXÄMPLE.org',
      nights: '2',
    });
    expect(answers).toMatchObject({
      badge: 'Ana Núria',
      site: 'https://example.org/',
      assistant: 'A@xn--exmple-cua.org',
      nights: 2,
    });
  });

  it('reads a form post under its prefix, and nothing inherited', () => {
    const body = JSON.parse('{"people":[{"answers":{"badge":"Ana","__proto__":{"diet":"a"},"other":1}}]}');
    expect(parseBody(EVERYTHING, body, 'people[0][answers]')).toEqual({ badge: 'Ana' });
    expect(parseBody(EVERYTHING, body, 'people.7.answers')).toEqual({});
    expect(parseBody(EVERYTHING, 'nonsense', 'answers')).toEqual({});
  });

  it('is quick with what is far too long', () => {
    const start = performance.now();
    evaluate(
      EVERYTHING,
      { about: 'a '.repeat(5_000_000), badge: '\u0301'.repeat(1_000_000), order: Array(100_000).fill('a') },
      { mode: 'draft' },
    );
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
