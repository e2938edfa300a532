import { Invalid, NotFound } from '../errors.ts';
import {
  type Definition,
  type FormKind,
  type Item,
  type ItemType,
  type Page,
  parseDefinition,
  type RepeatItem,
  type SimpleItem,
} from './definition.ts';
import { placesOf } from './walk.ts';

// What the editor does to a definition: each takes one and returns another.

/** The first draft of a form: one page without questions. */
export function emptyDefinition(form: {
  kind: FormKind;
  title: Record<string, string>;
  languages: string[];
  defaultLanguage: string;
}): Definition {
  const key = slug(form.title[form.defaultLanguage] ?? '', /[^a-z0-9]+/g, '-') || 'form';
  return parseDefinition({ key, ...form, pages: [{ key: 'page1', items: [] }] });
}

/** A new item with what its type needs, at the end of a page or of a group in it. Returns its key too. */
export function withItemAdded(
  definition: Definition,
  page: string,
  { type, label, group }: { type: ItemType; label: string; group?: string },
) {
  const copy = structuredClone(definition);
  const key = freshKey(copy, label);
  const item = blankItem(type, key, { [copy.defaultLanguage]: label });
  const onPage = pageOf(copy, page);
  const within =
    group === undefined ? undefined : onPage.items.find((one): one is RepeatItem => one.type === 'repeat' && one.key === group);
  if (group !== undefined && !within) throw new NotFound();
  if (within && item.type === 'repeat') throw new Invalid([{ path: 'type', code: 'choice' }]);
  if (within) within.items.push(item as SimpleItem);
  else onPage.items.push(item);
  return { definition: copy, key };
}

function blankItem(type: ItemType, key: string, label: Record<string, string>): Item {
  const [language = 'en'] = Object.keys(label);
  const choices = ['a', 'b'].map((code) => ({ code, label: { [language]: code.toUpperCase() } }));
  switch (type) {
    case 'choice':
    case 'multiChoice':
    case 'ranking':
      return { key, type, label, choices };
    case 'matrix':
      return { key, type, label, choices, rows: [{ key: 'row1', label: { [language]: '1' } }] };
    case 'scale':
      return { key, type, label, min: 1, max: 5 };
    case 'repeat':
      return { key, type, label, items: [] };
    default:
      return { key, type, label };
  }
}

/** The item under `key` in its place, or replaced by `item`. Errors: NotFound; Invalid when the new key is another item's. */
export function withItem(definition: Definition, key: string, item: Item): Definition {
  const copy = structuredClone(definition);
  const { list, at } = find(copy, key);
  if (item.key !== key && placesOf(copy).some((place) => place.item.key === item.key)) {
    throw new Invalid([{ path: 'key', code: 'duplicate', params: { key: item.key } }]);
  }
  list[at] = item;
  return copy;
}

export function withoutItem(definition: Definition, key: string): Definition {
  const copy = structuredClone(definition);
  const { list, at } = find(copy, key);
  list.splice(at, 1);
  return copy;
}

/** One place up or down; at the edge of a page on to the page before or after. */
export function withItemMoved(definition: Definition, key: string, by: -1 | 1): Definition {
  const copy = structuredClone(definition);
  const { list, at } = find(copy, key);
  const [item] = list.splice(at, 1);
  if (!item) return definition;
  if (at + by >= 0 && at + by <= list.length) {
    list.splice(at + by, 0, item);
    return copy;
  }
  const page = copy.pages.findIndex(({ items }) => items === list);
  const next = page === -1 ? undefined : copy.pages[page + by];
  if (!next) return definition;
  if (by === 1) next.items.unshift(item);
  else next.items.push(item);
  return copy;
}

export function withPageAdded(definition: Definition, title: string): Definition {
  const copy = structuredClone(definition);
  let n = copy.pages.length + 1;
  while (copy.pages.some(({ key }) => key === `page${n}`)) n++;
  copy.pages.push({ key: `page${n}`, ...(title ? { title: { [copy.defaultLanguage]: title } } : {}), items: [] });
  return copy;
}

export function withPage(definition: Definition, key: string, change: Partial<Page>): Definition {
  const copy = structuredClone(definition);
  Object.assign(pageOf(copy, key), change);
  return copy;
}

/** Errors: Invalid for the last page, which a form keeps. */
export function withoutPage(definition: Definition, key: string): Definition {
  pageOf(definition, key);
  if (definition.pages.length === 1) throw new Invalid([{ path: 'pages', code: 'noQuestions' }]);
  return { ...definition, pages: definition.pages.filter((page) => page.key !== key) };
}

export function withPageMoved(definition: Definition, key: string, by: -1 | 1): Definition {
  const pages = [...definition.pages];
  const at = pages.indexOf(pageOf(definition, key));
  const [page] = pages.splice(at, 1);
  if (page) pages.splice(Math.max(0, at + by), 0, page);
  return { ...definition, pages };
}

function pageOf(definition: Definition, key: string): Page {
  const page = definition.pages.find((one) => one.key === key);
  if (!page) throw new NotFound();
  return page;
}

function find(definition: Definition, key: string): { list: Item[]; at: number } {
  for (const { items } of definition.pages) {
    for (const list of [items, ...items.flatMap((item) => (item.type === 'repeat' ? [item.items as Item[]] : []))]) {
      const at = list.findIndex((item) => item.key === key);
      if (at !== -1) return { list, at };
    }
  }
  throw new NotFound();
}

/** A key that no item has, from the words of a label: `dietaryNeeds`. */
function freshKey(definition: Definition, label: string): string {
  const words = slug(label, /[^a-z0-9]+/g, ' ')
    .split(' ')
    .filter(Boolean)
    .slice(0, 4);
  const camel = words.map((word, n) => (n === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1))).join('');
  const base = (/^[a-z]/.test(camel) ? camel : `q${camel}`).slice(0, 30);
  const taken = new Set([...placesOf(definition).map(({ item }) => item.key), ...Object.getOwnPropertyNames(Object.prototype)]);
  let key = base;
  for (let n = 2; taken.has(key); n++) key = `${base}${n}`;
  return key;
}

function slug(text: string, unwanted: RegExp, by: string): string {
  const plain = text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(unwanted, by);
  return plain.slice(0, 60).replace(/^[- ]+|[- ]+$/g, '');
}

/** One option or row a line: `onsite = On site | 3`. Labels in other languages stay with their code. */
export function optionsFromLines(
  lines: string,
  language: string,
  before: readonly OptionLine[],
  withMarks: boolean,
): OptionLine[] {
  const known = new Map(before.map((option) => [option.code, option]));
  const byLabel = new Map(before.map((option) => [option.label[language] ?? '', option.code]));
  const taken = new Set<string>();
  return lines
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .slice(0, 300)
    .map((line) => {
      const [, given, rest = line] = /^([A-Za-z0-9][A-Za-z0-9_-]{0,39})\s*=\s*(.*)$/.exec(line) ?? [];
      const [label = '', ...marks] = withMarks ? rest.split('|').map((part) => part.trim()) : [rest.trim()];
      const code = given ?? byLabel.get(label) ?? freshCode(label, taken, known);
      taken.add(code);
      const { score: _score, exclusive: _exclusive, ...old } = known.get(code) ?? { code, label: {} };
      return { ...old, code, label: { ...old.label, [language]: label }, ...marksOf(marks) };
    });
}

export interface OptionLine {
  code: string;
  label: Record<string, string>;
  concept?: string;
  score?: number | null;
  exclusive?: boolean;
}

function marksOf(marks: string[]): Pick<OptionLine, 'score' | 'exclusive'> {
  const score = marks.find((mark) => /^-?\d{1,6}([.,]\d{1,3})?$/.test(mark));
  return {
    ...(marks.includes('exclusive') ? { exclusive: true } : {}),
    ...(marks.includes('-') ? { score: null } : score === undefined ? {} : { score: Number(score.replace(',', '.')) }),
  };
}

function freshCode(label: string, taken: ReadonlySet<string>, known: ReadonlyMap<string, OptionLine>): string {
  const base =
    slug(label, /[^a-z0-9]+/g, '-')
      .slice(0, 30)
      .replace(/^[^a-z]+/, '') || 'option';
  let code = base;
  for (let n = 2; taken.has(code) || known.has(code) || code in Object.prototype; n++) code = `${base}-${n}`;
  return code;
}

/** The other way round, for the field that is edited. */
export function linesFromOptions(options: readonly OptionLine[], language: string): string {
  return options
    .map(({ code, label, score, exclusive }) => {
      const marks = [exclusive ? 'exclusive' : '', score === null ? '-' : score === undefined ? '' : String(score)].filter(
        Boolean,
      );
      return [`${code} = ${(label[language] ?? '').replaceAll('\n', ' ')}`, ...marks].join(' | ');
    })
    .join('\n');
}
