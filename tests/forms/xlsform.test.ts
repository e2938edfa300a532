import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkDefinition } from '../../server/forms/checks.ts';
import { holds } from '../../server/forms/conditions.ts';
import { type Condition, type Definition, parseDefinition } from '../../server/forms/definition.ts';
import { formWorkbook } from '../../server/forms/form-workbook.ts';
import { fromXlsForm } from '../../server/forms/xlsform.ts';
import { shortest } from '../../server/forms/xlsform-expressions.ts';
import { toXlsForm } from '../../server/forms/xlsform-sheets.ts';
import { readSheets } from '../../server/http/workbook-file.ts';
import { CORE } from '../../server/questionnaires/core.ts';
import { SELF_ASSESSMENT } from '../../server/questionnaires/self-assessment-core.ts';
import { CONGRESS_EVALUATION, EVERYTHING } from './example.ts';

const sheet = (name: string, ...rows: string[][]) => ({ name, rows });

// Conditions say the same in more than one way: the shortest is compared.
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, part]) => part !== undefined)
      .map(([key, part]) => [key, key === 'visibleWhen' ? shortest(part as Condition) : plain(part)]),
  );
}

describe('a form as an XLSForm', () => {
  it('is the same form when it is read again, as a file', async () => {
    for (const definition of [
      parseDefinition(CONGRESS_EVALUATION),
      EVERYTHING,
      parseDefinition(CORE),
      parseDefinition(SELF_ASSESSMENT),
    ]) {
      const read = fromXlsForm(readSheets(await formWorkbook(definition)), 'registration');
      expect(read.definition).toEqual(plain(definition));
      expect(read.notUnderstood).toEqual(checkDefinition(definition).map(({ path, code }) => ({ at: path, what: code })));
    }
  });

  it('is the same form whatever is asked', () => {
    fc.assert(
      fc.property(definitions(), (definition) => {
        const read = fromXlsForm(toXlsForm(definition), 'registration');
        expect(read.definition).toEqual(plain(definition));
      }),
      { numRuns: 200 },
    );
  });

  it('shows a question for the same answers', () => {
    const answers = fc.dictionary(
      fc.constantFrom('one', 'two', 'many'),
      fc.oneof(fc.constantFrom('a', 'b', 'c'), fc.integer({ min: 0, max: 3 }), fc.constant(['a', 'b'])),
    );
    fc.assert(
      fc.property(conditions(), answers, (condition, given) => {
        expect(holds(shortest(condition), (item) => given[item])).toBe(holds(condition, (item) => given[item]));
      }),
      { numRuns: 2000 },
    );
  });

  it('of another program is read as far as it is understood, and the rest is told row by row', () => {
    const { definition, notUnderstood } = fromXlsForm(
      [
        sheet(
          'survey',
          ['type', 'name', 'label', 'label::French (fr)', 'hint::Klingon', 'relevant', 'constraint', 'appearance', 'calculation'],
          ['start', 'begun', '', '', '', '', '', '', ''],
          ['text', 'Your Name', 'Who are you?', 'Qui êtes-vous ?', 'nuq', '', '', '', ''],
          ['integer', 'age', 'Age', '', '', '', '. > 17 and . < 100', '', ''],
          ['select one colour or_other', 'fav', 'Colour', '', '', "${age} < 30 or ${Your Name} = 'x'", '', 'minimal', ''],
          ['select_one colour', 'second', 'Second', '', '', "${age} < 30 and selected(${fav}, 'dark blue')", '', '', ''],
          ['begin group', 'grid', 'How was', '', '', '', '', 'table-list', ''],
          ['select_one good', 'food', 'The food', '', '', '', '', '', ''],
          ['select_one good', 'beds', 'The beds', '', '', '', '', '', ''],
          ['end group', '', '', '', '', '', '', '', ''],
          ['text', 'why', 'Why?', '', '', "${food} = '1'", '', '', '1 + 1'],
          ['select_one missing', 'lost', 'Lost', '', '', '', '', '', ''],
        ),
        sheet(
          'choices',
          ['list_name', 'name', 'label'],
          ['colour', 'red', 'Red'],
          ['colour', 'dark blue', 'Dark blue'],
          ['good', '1', 'Bad'],
          ['good', '2', 'Good'],
          ['spare', 'x', 'X'],
        ),
        sheet('settings', ['form_title', 'default_language'], ['A form', 'English (en)']),
      ],
      'questionnaire',
    );
    expect(definition.languages).toEqual(['en', 'fr']);
    expect(definition.pages).toEqual([
      {
        key: 'page-1',
        items: [
          { key: 'your-Name', type: 'shortText', label: { en: 'Who are you?', fr: 'Qui êtes-vous ?' } },
          { key: 'age', type: 'number', integer: true, min: 18, max: 99, label: { en: 'Age' } },
          { key: 'fav', type: 'choice', choiceList: 'colour', label: { en: 'Colour' } },
          {
            key: 'second',
            type: 'choice',
            choiceList: 'colour',
            label: { en: 'Second' },
            visibleWhen: {
              all: [
                { item: 'age', op: 'answered' },
                { not: { item: 'age', op: 'gte', value: 30 } },
                { item: 'fav', op: 'eq', value: 'dark-blue' },
              ],
            },
          },
          {
            key: 'grid',
            type: 'matrix',
            label: { en: 'How was' },
            choices: [
              { code: '1', label: { en: 'Bad' } },
              { code: '2', label: { en: 'Good' } },
            ],
            rows: [
              { key: 'food', label: { en: 'The food' } },
              { key: 'beds', label: { en: 'The beds' } },
            ],
          },
          { key: 'why', type: 'shortText', label: { en: 'Why?' }, visibleWhen: { item: 'grid.food', op: 'eq', value: '1' } },
        ],
      },
    ]);
    expect(notUnderstood.map(({ at, what }) => `${at}: ${what}`)).toEqual([
      'survey 2: type start',
      'survey 3: column hint::Klingon',
      'survey 5, type: or_other',
      'survey 5, appearance: minimal',
      "survey 5, relevant: ${age} < 30 or ${Your Name} = 'x'",
      'survey 11: column calculation',
      'survey 12: type select_one missing',
      'choices spare: listUnused',
    ]);
  });

  it('is refused where it is none', () => {
    expect(() => readSheets(Buffer.from('PK\x03\x04 nothing of the kind'))).toThrow();
    expect(() => fromXlsForm([sheet('survey', ['type', 'name'])], 'questionnaire')).toThrow();
    expect(() => fromXlsForm([sheet('Sheet1', ['a'])], 'questionnaire')).toThrow();
  });
});

const CODES = ['a', 'b', 'c'];
const word = fc.constantFrom('Plain', 'Qu’est-ce ?', ' leading space', 'two\nlines', '=1+1', `it's "so" & <b>`, '0', 'no');
const texts = fc.tuple(word, fc.option(word, { nil: undefined })).map(([en, fr]) => (fr === undefined ? { en } : { en, fr }));
const flag = fc.constantFrom(undefined, true, false);

function conditions(): fc.Arbitrary<Condition> {
  const value = fc.oneof(fc.constantFrom('a', 'b', `it's`, `"it's"`, '2026-05-01', '7'), fc.integer({ min: -3, max: 3 }));
  const comparison: fc.Arbitrary<Condition> = fc.oneof(
    fc.record({
      item: fc.constantFrom('one', 'two'),
      op: fc.constantFrom('eq', 'ne', 'gte', 'lte'),
      value,
    }) as fc.Arbitrary<Condition>,
    fc.record({
      item: fc.constant('two'),
      op: fc.constant('in'),
      value: fc.array(value, { minLength: 1, maxLength: 3 }),
    }) as fc.Arbitrary<Condition>,
    fc.record({
      item: fc.constant('many'),
      op: fc.constant('contains'),
      value: fc.constantFrom('a', 'b'),
    }) as fc.Arbitrary<Condition>,
    fc.record({
      item: fc.constantFrom('one', 'two', 'many'),
      op: fc.constant('answered'),
      value: fc.constantFrom(true, false),
    }) as fc.Arbitrary<Condition>,
  );
  return fc.letrec<{ condition: Condition }>((tie) => ({
    condition: fc.oneof(
      { maxDepth: 2 },
      comparison,
      fc.array(tie('condition'), { minLength: 1, maxLength: 3 }).map((all) => ({ all })),
      fc.array(tie('condition'), { minLength: 1, maxLength: 3 }).map((any) => ({ any })),
      tie('condition').map((not) => ({ not })),
    ),
  })).condition;
}

/** Forms in which any question follows three that conditions may look at. */
function definitions(): fc.Arbitrary<Definition> {
  const choices = fc
    .tuple(texts, fc.constantFrom(undefined, null, 0, 2.5), flag)
    .map(([label, score, exclusive]) => CODES.map((code) => without({ code, label, score, exclusive })));
  const options = fc.oneof(
    choices.map((own) => ({ choices: own })),
    fc.constant({ choiceList: 'agree' }),
  );
  const n = fc.constantFrom(undefined, 1, 2);
  const kinds = fc.oneof(
    n.map((maxChars) => ({ type: 'shortText', maxChars })),
    fc.tuple(n, n).map(([maxChars, maxWords]) => ({ type: 'longText', maxChars, maxWords })),
    fc
      .tuple(n, n, flag, fc.option(texts, { nil: undefined }))
      .map(([min, max, integer, unit]) => ({ type: 'number', min, max, integer, unit })),
    fc.constantFrom('date', 'email', 'url', 'country', 'consent', 'note').map((type) => ({ type })),
    fc.constant({ type: 'date', min: '2026-01-01', max: '2026-12-31' }),
    options.map((of) => ({ type: 'choice', ...of })),
    fc.tuple(options, n, n).map(([of, min, max]) => ({ type: 'multiChoice', ...of, min, max })),
    fc.tuple(options, n).map(([of, max]) => ({ type: 'ranking', ...of, max })),
    texts.map((minLabel) => ({ type: 'scale', min: -2, max: 7, minLabel })),
    fc.tuple(options, texts).map(([of, label]) => ({
      type: 'matrix',
      ...of,
      rows: [
        { key: 'access', label, concept: 'venue.access' },
        { key: 'venue', label },
      ],
    })),
    fc.constant({ type: 'file', accept: ['pdf', 'image'], maxBytes: 5000, maxFiles: 2 }),
  );
  const item = fc
    .tuple(
      kinds,
      texts,
      fc.option(texts, { nil: undefined }),
      flag,
      flag,
      fc.option(conditions(), { nil: undefined }),
      fc.constantFrom(undefined, 'a concept'),
    )
    .map(([kind, label, help, required, segment, visibleWhen, concept]) =>
      without({ ...kind, label, help, required, segment, visibleWhen, concept }),
    );
  const asked = [
    { key: 'one', type: 'number', label: { en: 'One' } },
    { key: 'two', type: 'shortText', label: { en: 'Two' } },
    { key: 'many', type: 'multiChoice', label: { en: 'Many' }, choices: CODES.map((code) => ({ code, label: { en: code } })) },
  ];
  return fc
    .tuple(
      fc.array(item, { maxLength: 6 }),
      fc.array(item, { minLength: 1, maxLength: 3 }),
      texts,
      fc.option(conditions(), { nil: undefined }),
    )
    .map(([items, inner, title, visibleWhen]) =>
      parseDefinition({
        key: 'any-form',
        kind: 'application',
        languages: ['en', 'fr'],
        defaultLanguage: 'en',
        title,
        choiceLists: { agree: CODES.map((code) => ({ code, label: { en: code } })) },
        pages: [
          { key: 'first', items: [...asked, ...items.map((one, at) => ({ key: `item${at}`, ...one }))] },
          without({
            key: 'second',
            title,
            visibleWhen,
            items: [
              {
                key: 'group',
                type: 'repeat',
                label: title,
                min: 1,
                items: inner.map((one, at) => ({ key: `inner${at}`, ...one })),
              },
            ],
          }),
        ],
      }),
    );
}

const without = (record: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
