import { describe, expect, it } from 'vitest';
import { checkDefinition } from '../../server/forms/checks.ts';
import { type Definition, definitionJsonSchema, parseDefinition } from '../../server/forms/definition.ts';
import { conditionsCss } from '../../server/forms/stylesheet.ts';
import { completenessOf, textsOf, withTexts } from '../../server/forms/texts.ts';
import { conditionInWords } from '../../server/forms/wording.ts';
import { translator } from '../../web/locales/translate.ts';
import { CONGRESS_EVALUATION, EVERYTHING } from './example.ts';

const en = (text: string) => ({ en: text });
const form = (items: unknown[], more: Record<string, unknown> = {}) =>
  parseDefinition({
    key: 'f',
    kind: 'registration',
    languages: ['en'],
    defaultLanguage: 'en',
    title: en('F'),
    pages: [{ key: 'p', items }],
    ...more,
  });
const codes = (definition: Definition) => checkDefinition(definition).map(({ code }) => code);
const short = (key: string, more = {}) => ({ key, type: 'shortText', label: en(key), ...more });
const when = (item: string, op = 'eq', value: unknown = 'x') => ({ visibleWhen: { item, op, value } });

describe('form definitions', () => {
  it('accepts the worked example as it is written', () => {
    expect(parseDefinition(CONGRESS_EVALUATION)).toEqual(CONGRESS_EVALUATION);
    expect(checkDefinition(parseDefinition(CONGRESS_EVALUATION))).toEqual([]);
    expect(checkDefinition(EVERYTHING).map(({ path, code }) => `${path}:${code}`)).toEqual(['pages.0.items.1.label:textMissing']);
  });

  it('is published as a JSON Schema that knows every type', () => {
    const schema = JSON.stringify(definitionJsonSchema('https://example.org/1.json'));
    for (const type of ['shortText', 'matrix', 'ranking', 'repeat', 'consent']) expect(schema).toContain(`"${type}"`);
  });

  it('refuses what is not a definition, however hostile', () => {
    let deep: unknown = { item: 'a', op: 'answered' };
    for (let n = 0; n < 50_000; n++) deep = { not: deep };
    expect(() => form([short('a'), short('b', { visibleWhen: deep })])).toThrow();
    for (const value of [null, 1, 'x', [], { key: 1 }]) expect(() => parseDefinition(value)).toThrow();
    expect(() => form([short('constructor')])).toThrow(/reservedKey/);
    expect(() => form([short('__proto__')])).toThrow();
    expect(() => form([short('a', { label: 'a text and no map' })])).toThrow();
    expect(() => form([short('a', { surprise: 1 })])).toThrow();
  });

  it('finds what a schema cannot', () => {
    expect(codes(form([short('a'), short('a')]))).toEqual(['duplicate']);
    expect(codes(form([short('a', when('b')), short('b')]))).toEqual(['conditionLater']);
    expect(codes(form([short('a', when('a'))]))).toEqual(['conditionLater']);
    expect(codes(form([short('a'), short('b', when('zzz'))]))).toEqual(['conditionUnknown']);
    expect(codes(form([short('a'), short('b', when('a', 'gte', 3))]))).toEqual(['conditionOperator']);
    expect(codes(form([short('a'), short('b', { per: 'delegation', ...when('a') })]))).toEqual(['conditionOtherScope']);
    expect(codes(form([{ key: 'a', type: 'choice', label: en('a'), choiceList: 'none' }]))).toEqual(['noSuchList']);
    expect(codes(form([{ key: 'a', type: 'choice', label: en('a') }]))).toEqual(['choicesOrList']);
    const choice = {
      key: 'a',
      type: 'choice',
      label: en('a'),
      choices: [
        { code: 'x', label: en('x') },
        { code: 'x', label: en('y') },
      ],
    };
    expect(codes(form([choice]))).toEqual(['duplicate']);
    expect(codes(form([{ ...choice, choices: [{ code: 'x', label: en('x') }] }, short('b', when('a', 'eq', 'y'))]))).toEqual([
      'conditionChoice',
    ]);
    expect(codes(form([{ key: 'g', type: 'repeat', label: en('g'), items: [short('i')] }, short('b', when('i'))]))).toEqual([
      'conditionInGroup',
    ]);
    expect(codes(form([{ key: 'n', type: 'number', label: en('n'), min: 5, max: 1 }]))).toEqual(['maxBelowMin']);
    expect(codes(form([{ key: 's', type: 'scale', label: en('s'), min: 1, max: 1 }]))).toEqual(['scaleRange']);
    expect(codes(form([short('a')], { defaultLanguage: 'fr' }))).toContain('defaultLanguage');
    expect(codes(form([short('a')], { privacy: 'anonymous' }))).toEqual(['privacyKind']);
    expect(codes(form([{ key: 'e', type: 'email', label: en('e') }], { kind: 'questionnaire', privacy: 'anonymous' }))).toEqual([
      'notAnonymous',
    ]);
    expect(codes(form([short('a', { per: 'person' })], { kind: 'application' }))).toEqual(['perOnlyInRegistrations']);
    expect(codes(form([]))).toEqual(['noQuestions']);
  });

  it('counts what is translated, and takes translations by their place', () => {
    const [english, catalan] = completenessOf(EVERYTHING);
    expect(english?.missing).toEqual(['pages.0.items.1.label']);
    expect(english?.percent).toBeLessThan(100);
    expect(catalan?.filled).toBe(2);
    const all = Object.fromEntries(textsOf(EVERYTHING).map(({ path }) => [path, `ca ${path}`]));
    const done = withTexts(EVERYTHING, 'ca', { ...all, 'pages.99.title': 'nowhere' });
    expect(completenessOf(done)[1]).toMatchObject({ percent: 100, missing: [] });
    expect(completenessOf(EVERYTHING)[1]?.filled).toBe(2);
  });

  it('says conditions in words', () => {
    const definition = parseDefinition(CONGRESS_EVALUATION);
    const condition = {
      any: [
        { item: 'mode', op: 'eq' as const, value: 'onsite' },
        { not: { item: 'venue.access', op: 'in' as const, value: ['1', '2'] } },
      ],
    };
    expect(conditionInWords(definition, condition, translator('en'), 'en')).toBe(
      '“How did you take part?” is “On site” or it is not so that “The venue – was accessible” is “Strongly disagree” or “Disagree”',
    );
    expect(conditionInWords(definition, condition, translator('fr'), 'fr')).toContain('« Sur place »');
  });

  it('puts into a stylesheet what can be told by what is chosen', () => {
    const css = conditionsCss(parseDefinition(CONGRESS_EVALUATION));
    expect(css).toContain(
      '.form-answers:not(:is(:has([data-item="mode"] [value="onsite"]:checked))) [data-item="venue"] { display: none }',
    );
    expect(css).toContain('[data-item="nps"] [value="6"]:checked');
    expect(css).not.toContain('[data-item="nps"] [value="7"]:checked');
    const everything = conditionsCss(EVERYTHING);
    expect(everything).toContain(
      '.form-instance[data-group="companions"]:not(:has([data-item="child"] [value="a"]:checked)) [data-item="age"]',
    );
    expect(everything).not.toContain('nights');
  });
});
