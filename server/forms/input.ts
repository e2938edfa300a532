import { z } from 'zod';
import { flag, languageTag, line, list, optional, optionalLine, optionalText, whole } from '../fields.ts';
import { type Condition, FILE_KINDS, ITEM_TYPES, type Item, KINDS, OPERATORS, PER, PRIVACIES } from './definition.ts';
import { type OptionLine, optionsFromLines } from './editing.ts';
import { hasChoices } from './walk.ts';

// What the editor's forms send. The definition itself is the API's input, in definition.ts.

const languages = z.preprocess(
  (value) => (typeof value === 'string' ? value.split(/[\s,;]+/).filter(Boolean) : value),
  z.array(languageTag).min(1).max(40),
);

export const FormWrite = z.object({ kind: z.enum(KINDS), title: line(300), languages, defaultLanguage: languageTag });
export const SettingsWrite = z.object({
  title: line(300),
  intro: optionalText(),
  languages,
  defaultLanguage: languageTag,
  privacy: optional(z.enum(PRIVACIES)),
});
export const Seen = z.object({ seen: whole(1, 1_000_000_000) });
export const ItemAdd = z.object({ type: z.enum(ITEM_TYPES), label: line(1000), group: optional(z.string().max(40)) });
export const PageAdd = z.object({ title: optionalLine(200) });
export const PageWrite = z.object({ title: optionalLine(200), intro: optionalText(), per: optional(z.enum(PER)) });
export const ListWrite = z.object({ name: z.string().regex(/^[a-z][A-Za-z0-9_-]{0,39}$/), choices: optionalText(50_000) });
export const Move = z.object({ direction: z.enum(['up', 'down']) });
export const PutIntoUse = z.object({ incomplete: optional(flag) });
export const Translations = z.object({
  language: languageTag,
  texts: z.record(z.string().max(200), z.string().max(10_000)).default({}),
});

const numeric = optional(
  z.preprocess(
    (value) =>
      typeof value === 'string' && /^\s*[+-]?\d{1,12}([.,]\d+)?\s*$/.test(value) ? Number(value.replace(',', '.')) : value,
    z.number(),
  ),
);
const conditionRow = z.object({
  item: z.string().max(100).default(''),
  op: z.enum(OPERATORS).catch('eq'),
  value: z.string().max(500).default(''),
});

const ItemWrite = z.object({
  key: z.string().max(100),
  label: optionalText(5000),
  help: optionalText(2000),
  required: optional(flag),
  per: optional(z.enum(PER)),
  concept: optionalLine(100),
  segment: optional(flag),
  maxChars: numeric,
  maxWords: numeric,
  min: optional(z.string().max(40)),
  max: optional(z.string().max(40)),
  integer: optional(flag),
  unit: optionalLine(50),
  minLabel: optionalLine(100),
  maxLabel: optionalLine(100),
  itemLabel: optionalLine(100),
  choices: optionalText(100_000),
  choiceList: optional(z.string().max(40)),
  rows: optionalText(20_000),
  accept: list(z.enum(FILE_KINDS)),
  maxBytes: numeric,
  maxFiles: numeric,
  join: z.enum(['all', 'any']).catch('all'),
  conditions: z.array(conditionRow).max(10).default([]),
  conditionRemoved: optional(flag),
});
type ItemWrite = z.output<typeof ItemWrite>;

/** How an item is sent from the editor, before it is made into one by `itemFrom`. */
export const ItemForm: z.ZodType<ItemWrite> = ItemWrite;

/** The item that the editor's form describes, on the ground of what it was. Its shape is for `ItemShape` to check. */
export function itemFrom(before: Item, form: ItemWrite, language: string): unknown {
  const words = (map: Record<string, string> | undefined, text: string) => {
    const { [language]: _old, ...others } = map ?? {};
    const next = text === '' ? others : { ...others, [language]: text };
    return Object.keys(next).length > 0 ? next : undefined;
  };
  const visibleWhen = form.conditionRemoved ? undefined : (conditionFrom(form) ?? before.visibleWhen);
  const common = {
    key: form.key,
    type: before.type,
    label: words(before.label, form.label) ?? {},
    help: words(before.help, form.help),
    required: form.required || undefined,
    per: form.per,
    concept: form.concept || undefined,
    segment: form.segment || undefined,
    visibleWhen,
  };
  return withoutUndefined({ ...common, ...specifics(before, form, language, words) });
}

type Words = (map: Record<string, string> | undefined, text: string) => Record<string, string> | undefined;

function specifics(before: Item, form: ItemWrite, language: string, words: Words): Record<string, unknown> {
  const bounds = { min: asNumber(form.min), max: asNumber(form.max) };
  const options = hasChoices(before) ? optionsOf(before, form, language) : {};
  switch (before.type) {
    case 'shortText':
      return { maxChars: form.maxChars };
    case 'longText':
      return { maxChars: form.maxChars, maxWords: form.maxWords };
    case 'number':
      return { ...bounds, integer: form.integer || undefined, unit: words(before.unit, form.unit) };
    case 'date':
      return { min: form.min, max: form.max };
    case 'scale':
      return { ...bounds, minLabel: words(before.minLabel, form.minLabel), maxLabel: words(before.maxLabel, form.maxLabel) };
    case 'choice':
      return options;
    case 'multiChoice':
    case 'ranking':
      return { ...options, ...bounds };
    case 'matrix': {
      const rows = before.rows.map(({ key, ...row }) => ({ code: key, ...row }));
      return {
        ...options,
        rows: optionsFromLines(form.rows, language, rows, false).map(({ code, ...row }) => ({ key: code, ...row })),
      };
    }
    case 'file':
      return { accept: form.accept.length > 0 ? form.accept : undefined, maxBytes: form.maxBytes, maxFiles: form.maxFiles };
    case 'repeat':
      return { ...bounds, itemLabel: words(before.itemLabel, form.itemLabel), items: before.items };
    default:
      return {};
  }
}

function optionsOf(before: { choices?: OptionLine[] }, form: ItemWrite, language: string): Record<string, unknown> {
  if (form.choiceList) return { choiceList: form.choiceList };
  return { choices: optionsFromLines(form.choices, language, before.choices ?? [], true) };
}

/** The condition that the rows of selects describe; undefined when none is filled in. */
function conditionFrom({ conditions, join }: ItemWrite): Condition | undefined {
  const parts = conditions
    .filter(({ item }) => item !== '')
    .map(({ item, op, value }) => {
      if (op === 'answered') return { item, op };
      if (op === 'in')
        return {
          item,
          op,
          value: value
            .split(',')
            .map((one) => asValue(one.trim()))
            .filter((one) => one !== ''),
        };
      return { item, op, value: asValue(value.trim()) };
    });
  if (parts.length === 0) return undefined;
  return join === 'any' ? { any: parts } : { all: parts };
}

const asValue = (text: string): string | number => (/^-?\d{1,12}(\.\d+)?$/.test(text) ? Number(text) : text);
// What is not a number stays as typed: the shape says that it is none.
const asNumber = (text: string | undefined): unknown =>
  text !== undefined && /^\s*[+-]?\d{1,12}([.,]\d+)?\s*$/.test(text) ? Number(text.replace(',', '.')) : text;

function withoutUndefined(record: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
}
