import type { Choice, Condition, Definition, Item, Page, SimpleItem } from './definition.ts';
import { placesOf } from './walk.ts';
import { literal, type Names, shortest, toExpression } from './xlsform-expressions.ts';

// A form as XLSForm writes forms: three sheets. Source: https://xlsform.org/en/ref-table/
// What the standard has no column for stands in columns of ours, which other programs pass over.

export interface FormSheet {
  name: 'survey' | 'choices' | 'settings';
  rows: string[][];
}

type Texts = Record<string, string>;
type Row = Record<string, string>;
/** Columns with texts: one of each for each language. */
export const TEXT_COLUMNS = {
  label: 'label',
  help: 'hint',
  unit: 'unit',
  minLabel: 'min_label',
  maxLabel: 'max_label',
  itemLabel: 'item_label',
} as const;
/** The columns of the first sheet that are the same in every language. */
export const SURVEY = [
  'type',
  'name',
  'required',
  'relevant',
  'constraint',
  'appearance',
  'parameters',
  'concept',
  'segment',
  'per',
  'settings',
];

/** The sheets of a form. Reading them again gives the same form, its conditions in their shortest form. */
export function toXlsForm(definition: Definition): FormSheet[] {
  const { languages } = definition;
  const own = ownLists(definition);
  const survey = definition.pages.flatMap((page) => rowsOfPage(definition, page, own));
  const lists = [
    ...Object.entries(definition.choiceLists ?? {}).map(([name, choices]) => ({ name, choices, shared: true })),
    ...[...own.values()].map((list) => ({ ...list, shared: false })),
  ];
  const choices = lists.flatMap(({ name, choices: options, shared }) =>
    options.map((choice) => rowOfChoice(choice, name, shared, languages)),
  );
  return [
    {
      name: 'survey',
      rows: tableOf(
        survey,
        ['type', 'name', ...inLanguages(Object.values(TEXT_COLUMNS), languages), ...SURVEY],
        ['label'],
        languages,
      ),
    },
    {
      name: 'choices',
      rows: tableOf(
        choices,
        ['list_name', 'name', ...inLanguages(['label'], languages), 'score', 'exclusive', 'shared'],
        ['label'],
        languages,
      ),
    },
    {
      name: 'settings',
      rows: tableOf(
        [rowOfSettings(definition)],
        [
          'form_title',
          'form_id',
          'version',
          'default_language',
          ...inLanguages(['title', 'intro'], languages),
          'kind',
          'privacy',
          'schema',
        ],
        [],
        languages,
      ),
    },
  ];
}

/** `French (fr)`, as XLSForm names languages. */
export const languageTitle = (tag: string) => `${new Intl.DisplayNames('en', { type: 'language' }).of(tag) ?? tag} (${tag})`;
const inLanguages = (columns: readonly string[], languages: readonly string[]) =>
  columns.flatMap((column) => languages.map((tag) => `${column}::${languageTitle(tag)}`));

// Columns in which nothing stands are left out, but the ones that say which languages there are.
function tableOf(rows: Row[], columns: readonly string[], always: readonly string[], languages: readonly string[]): string[][] {
  const kept = new Set(inLanguages(always, languages));
  const used = [...new Set(columns)].filter(
    (column) => kept.has(column) || rows.some((row) => row[column]) || column === 'type' || column === 'name',
  );
  return [used, ...rows.map((row) => used.map((column) => row[column] ?? ''))];
}

function textsRow(column: string, texts: Texts | undefined, languages: readonly string[]): Row {
  return Object.fromEntries(languages.flatMap((tag) => (texts?.[tag] ? [[`${column}::${languageTitle(tag)}`, texts[tag]]] : [])));
}

function rowOfSettings({ key, version, languages, defaultLanguage, title, intro, kind, privacy, $schema }: Definition): Row {
  return {
    form_title: title[defaultLanguage] ?? '',
    form_id: key,
    version: version === undefined ? '' : String(version),
    default_language: languageTitle(defaultLanguage),
    ...textsRow('title', title, languages),
    ...textsRow('intro', intro, languages),
    kind,
    privacy: privacy ?? '',
    schema: $schema ?? '',
  };
}

function rowOfChoice(
  { code, label, score, exclusive }: Choice,
  list: string,
  shared: boolean,
  languages: readonly string[],
): Row {
  return {
    list_name: list,
    name: code,
    ...textsRow('label', label, languages),
    score: score === null ? 'none' : score === undefined ? '' : String(score),
    exclusive: yesNo(exclusive),
    shared: shared ? 'yes' : '',
  };
}

const yesNo = (value: boolean | undefined) => (value === undefined ? '' : value ? 'yes' : 'no');

/** The lists of questions that have options of their own, under a name that no shared list has. */
function ownLists(definition: Definition): Map<string, { name: string; choices: Choice[] }> {
  const taken = new Set(Object.keys(definition.choiceLists ?? {}));
  const lists = new Map<string, { name: string; choices: Choice[] }>();
  for (const { item } of placesOf(definition)) {
    if (!('choices' in item) || !item.choices) continue;
    let name = item.key;
    while (taken.has(name)) name += '_';
    taken.add(name);
    lists.set(item.key, { name, choices: item.choices });
  }
  return lists;
}

type Lists = ReturnType<typeof ownLists>;

function rowsOfPage(definition: Definition, page: Page, lists: Lists): Row[] {
  const { languages } = definition;
  const begin: Row = {
    type: 'begin_group',
    name: page.key,
    ...textsRow('label', page.title, languages),
    ...textsRow('hint', page.intro, languages),
    relevant: relevantOf(definition, page.visibleWhen),
    appearance: 'field-list',
    per: page.per ?? '',
  };
  return [begin, ...page.items.flatMap((item) => rowsOfItem(definition, item, lists)), { type: 'end_group', name: page.key }];
}

function rowsOfItem(definition: Definition, item: Item, lists: Lists): Row[] {
  const { languages } = definition;
  const list = hasList(item) ? (item.choiceList ?? lists.get(item.key)?.name ?? '') : '';
  const row: Row = {
    name: item.key,
    ...Object.assign(
      {},
      ...Object.entries(TEXT_COLUMNS).map(([property, column]) =>
        textsRow(column, (item as unknown as Record<string, Texts | undefined>)[property], languages),
      ),
    ),
    required: yesNo(item.required),
    relevant: relevantOf(definition, item.visibleWhen),
    concept: item.concept ?? '',
    segment: yesNo(item.segment),
    per: item.per ?? '',
    ...special(item, list),
  };
  if (item.type === 'repeat')
    return [row, ...item.items.flatMap((inner) => rowsOfItem(definition, inner, lists)), { type: 'end_repeat', name: item.key }];
  if (item.type !== 'matrix') return [row];
  const lines = item.rows.map(
    (line): Row => ({
      type: `select_one ${list}`,
      name: `${item.key}.${line.key}`,
      ...textsRow('label', line.label, languages),
      required: yesNo(item.required),
      concept: line.concept ?? '',
    }),
  );
  return [row, ...lines, { type: 'end_group', name: item.key }];
}

const hasList = (item: Item): item is Extract<SimpleItem, { choices?: Choice[]; choiceList?: string }> =>
  item.type === 'choice' || item.type === 'multiChoice' || item.type === 'ranking' || item.type === 'matrix';

function relevantOf(definition: Definition, condition: Condition | undefined): string {
  return condition ? toExpression(shortest(condition), namesOf(definition)) : '';
}

/** Of which kind the answers of a definition's items are. */
export function namesOf(definition: Pick<Definition, 'pages'>): Names {
  const types = new Map(placesOf(definition as Definition).map(({ item }) => [item.key, item.type]));
  const is =
    (...kinds: string[]) =>
    (item: string) =>
      kinds.includes(types.get(item) ?? '');
  return { listed: is('multiChoice', 'ranking'), ticked: is('consent') };
}

function special(item: Item, list: string): Row {
  const bounds = (of: string, min?: number | string, max?: number | string) =>
    [min === undefined ? '' : `${of} >= ${literal(min)}`, max === undefined ? '' : `${of} <= ${literal(max)}`]
      .filter(Boolean)
      .join(' and ');
  switch (item.type) {
    case 'shortText':
      return { type: 'text', constraint: bounds('string-length(.)', undefined, item.maxChars) };
    case 'longText':
      return {
        type: 'text',
        appearance: 'multiline',
        constraint: bounds('string-length(.)', undefined, item.maxChars),
        settings: settings({ 'max-words': item.maxWords }),
      };
    case 'number':
      return {
        type: item.integer ? 'integer' : 'decimal',
        constraint: bounds('.', item.min, item.max),
        settings: settings({ integer: item.integer === false ? 'no' : undefined }),
      };
    case 'date':
      return { type: 'date', constraint: bounds('.', item.min, item.max) };
    case 'email':
    case 'url':
    case 'country':
      return { type: 'text', settings: settings({ as: item.type }) };
    case 'choice':
      return { type: `select_one ${list}` };
    case 'multiChoice':
      return { type: `select_multiple ${list}`, constraint: bounds('count-selected(.)', item.min, item.max) };
    case 'ranking':
      return { type: `rank ${list}`, constraint: bounds('count-selected(.)', item.min, item.max) };
    case 'scale':
      return { type: 'range', parameters: `start=${item.min} end=${item.max} step=1` };
    case 'matrix':
      return { type: 'begin_group', appearance: 'table-list' };
    case 'file':
      return {
        type: 'file',
        settings: settings({ accept: item.accept?.join(','), 'max-bytes': item.maxBytes, 'max-files': item.maxFiles }),
      };
    case 'consent':
      return { type: 'acknowledge' };
    case 'note':
      return { type: 'note' };
    case 'repeat':
      return { type: 'begin_repeat', settings: settings({ min: item.min, max: item.max }) };
  }
}

const settings = (pairs: Record<string, string | number | undefined>) =>
  Object.entries(pairs)
    .flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${value}`]))
    .join(' ');
