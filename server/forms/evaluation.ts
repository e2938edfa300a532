import type { FieldError } from '../errors.ts';
import { type Answers, holds, isAnswered } from './conditions.ts';
import type { Definition, Item, Per, RepeatItem } from './definition.ts';
import { own } from './own.ts';
import { readValue } from './values.ts';
import { choicesOf, perOf } from './walk.ts';

export interface Evaluation {
  /** What to keep: only visible items, only values of the right kind, keyed by item. */
  answers: Answers;
  /** Paths of the items that are to be seen: `mode`, `partners.0.name`. */
  visible: Set<string>;
  /** What is wrong, by path: `mode`, `venue.access`, `partners.0.name`. */
  errors: FieldError[];
}

export interface EvaluationOptions {
  /** `draft`: nothing is required yet, and texts above their limit are kept. */
  mode: 'draft' | 'final';
  /** Only the items asked of each person, or once of the delegation. */
  per?: Per;
  /** Only errors of this page: a step of a form that is filled in page by page. The answers are of all pages. */
  page?: string;
}

/**
 * What `raw` is worth under a definition, in one pass: an item whose condition does not hold is discarded and not required.
 * `raw` may be anything at all; never throws. Answers evaluated again stay as they are.
 */
export function evaluate(definition: Definition, raw: unknown, { mode, per, page: only }: EvaluationOptions): Evaluation {
  const result: Evaluation = { answers: {}, visible: new Set(), errors: [] };
  for (const page of definition.pages) {
    if (page.visibleWhen && !holds(page.visibleWhen, lookupIn(result.answers))) continue;
    const errors = only === undefined || only === page.key ? result.errors : [];
    for (const item of page.items) {
      if (per !== undefined && perOf(item, page) !== per) continue;
      if (item.visibleWhen && !holds(item.visibleWhen, lookupIn(result.answers))) continue;
      result.visible.add(item.key);
      const given = own(raw, item.key);
      const value =
        item.type === 'repeat'
          ? repeated(definition, item, given, mode, { ...result, errors })
          : single(definition, item, given, mode, item.key, errors);
      if (value !== undefined) result.answers[item.key] = value;
    }
  }
  return result;
}

/** What conditions read: an item, or a row of a matrix as `item.row`. */
export function lookupIn(...layers: Answers[]): (name: string) => unknown {
  return (name) => {
    const [key = '', row] = name.split('.');
    const layer = layers.find((answers) => Object.hasOwn(answers, key));
    const value = own(layer, key);
    return row === undefined ? value : own(value, row);
  };
}

function single(
  definition: Definition,
  item: Item,
  given: unknown,
  mode: 'draft' | 'final',
  path: string,
  errors: FieldError[],
): unknown {
  const { value, problems } = readValue(definition, item, given, mode === 'draft');
  for (const { at, code, params } of problems) errors.push({ path: at === undefined ? path : `${path}.${at}`, code, params });
  if (mode === 'final' && problems.length === 0) errors.push(...lacking(definition, item, value, path));
  return value;
}

/** What a final answer must have beyond being of the right kind. */
function lacking(definition: Definition, item: Item, value: unknown, path: string): FieldError[] {
  if (item.type === 'note') return [];
  if (item.type === 'matrix' && item.required) {
    return item.rows
      .filter(({ key }) => own(value, key) === undefined)
      .map(({ key }) => ({ path: `${path}.${key}`, code: 'required' }));
  }
  if (!isAnswered(value)) return item.required ? [{ path, code: item.type === 'consent' ? 'consent' : 'required' }] : [];
  if ((item.type === 'multiChoice' || item.type === 'ranking') && Array.isArray(value)) {
    if (
      item.min !== undefined &&
      value.length < item.min &&
      !(item.type === 'multiChoice' && exclusive(definition, item, value))
    ) {
      return [{ path, code: 'tooFew', params: { min: item.min } }];
    }
    if (item.max !== undefined && value.length > item.max) return [{ path, code: 'tooMany', params: { max: item.max } }];
  }
  return [];
}

// "None of these" alone is enough, however many are asked for.
const exclusive = (definition: Definition, item: Item, value: unknown[]) =>
  choicesOf(definition, item).some((choice) => choice.exclusive === true && value.includes(choice.code));

function repeated(
  definition: Definition,
  group: RepeatItem,
  given: unknown,
  mode: 'draft' | 'final',
  result: Evaluation,
): Answers[] | undefined {
  const max = group.max ?? 20;
  const list = listOf(given);
  if (list === undefined) {
    result.errors.push({ path: group.key, code: 'kind' });
    return undefined;
  }
  const instances: Answers[] = [];
  for (const one of list.slice(0, max)) {
    const index = instances.length;
    const part: Evaluation = { answers: {}, visible: new Set(), errors: [] };
    for (const item of group.items) {
      if (item.visibleWhen && !holds(item.visibleWhen, lookupIn(part.answers, result.answers))) continue;
      const path = `${group.key}.${index}.${item.key}`;
      part.visible.add(path);
      const value = single(definition, item, own(one, item.key), mode, path, part.errors);
      if (value !== undefined) part.answers[item.key] = value;
    }
    // An empty one that was only added is none; one that is wrong is kept in the errors of its own place.
    const blank =
      Object.keys(part.answers).length === 0 && part.errors.every(({ code }) => code === 'required' || code === 'consent');
    if (blank && (mode === 'final' || !isBlankRow(one))) continue;
    instances.push(part.answers);
    for (const path of part.visible) result.visible.add(path);
    result.errors.push(...part.errors);
  }
  if (list.length > max) result.errors.push({ path: group.key, code: 'tooManyOfThem', params: { max } });
  const least = Math.max(group.min ?? 0, group.required ? 1 : 0);
  if (mode === 'final' && instances.length < least)
    result.errors.push({ path: group.key, code: 'tooFewOfThem', params: { min: least } });
  return instances.length > 0 ? instances : undefined;
}

// A draft keeps the blank rows that somebody has added: they are about to fill them in.
const isBlankRow = (one: unknown) => typeof one === 'object' && one !== null && !Array.isArray(one);

// Form posts number the instances; a parser may have made them a list or a map.
function listOf(given: unknown): unknown[] | undefined {
  if (given === undefined || given === null || given === '') return [];
  if (Array.isArray(given)) return given.slice(0, 1000);
  if (typeof given !== 'object') return undefined;
  const entries = Object.entries(given).slice(0, 1000);
  if (!entries.every(([index]) => /^\d{1,6}$/.test(index))) return undefined;
  return entries.sort(([a], [b]) => Number(a) - Number(b)).map(([, one]) => one);
}

/**
 * The raw answers in a form-encoded body (as qs nests it) under `prefix`, written as in field names (`people[0][answers]`) or dotted.
 * Only keys of the definition come through.
 */
export function parseBody(definition: Definition, body: unknown, prefix: string): Answers {
  const steps = prefix
    .replaceAll(']', '')
    .split(/[.[]/)
    .filter((step) => step !== '');
  const found = steps.reduce<unknown>((value, step) => own(value, step), body);
  const raw: Answers = {};
  for (const { items } of definition.pages) {
    for (const { key } of items) {
      const value = own(found, key);
      if (value !== undefined) raw[key] = value;
    }
  }
  return raw;
}
