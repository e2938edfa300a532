import { Invalid } from '../errors.ts';
import type { Sheet } from '../http/workbook-file.ts';
import { checkDefinition } from './checks.ts';
import {
  type Definition,
  type Item,
  ItemShape,
  KINDS,
  type Page,
  PER,
  PRIVACIES,
  parseDefinition,
  type RepeatItem,
} from './definition.ts';
import type { NotUnderstood } from './surveyjs.ts';
import { itemOfRow, keyFor, listKey, optionsOf, relevantIn, type Survey, typeParts } from './xlsform-items.ts';
import { SURVEY, TEXT_COLUMNS } from './xlsform-sheets.ts';
import { type FormTableRow, flagOf, languageOf, listsOf, type Reading, tableOf } from './xlsform-table.ts';

const SETTINGS = ['form_title', 'form_id', 'version', 'default_language', 'kind', 'privacy', 'schema'];

/**
 * A form definition from the sheets of an XLSForm. What of it has no counterpart is told by sheet and line in `notUnderstood`; the
 * definition is without it. Errors: Invalid of `file` where the sheet `survey` is missing or nothing in it is a question.
 */
export function fromXlsForm(
  sheets: readonly Sheet[],
  kind: Definition['kind'],
): { definition: Definition; notUnderstood: NotUnderstood[] } {
  const named = (name: string) => sheets.find((sheet) => sheet.name.trim().toLowerCase() === name);
  const survey = named('survey');
  if (!survey?.rows[0]?.some((title) => title.trim().toLowerCase() === 'type'))
    throw new Invalid([{ path: 'file', code: 'fileNoSurvey' }]);
  const settings = named('settings');
  const reading: Reading = { defaultLanguage: defaultLanguageOf(settings), notUnderstood: [] };
  const asked = tableOf(survey, reading, SURVEY, Object.values(TEXT_COLUMNS));
  const choices = tableOf(named('choices'), reading, ['list_name', 'name', 'score', 'exclusive', 'shared'], ['label']);
  const about = tableOf(settings, reading, SETTINGS, ['title', 'intro']);
  const lists = listsOf(choices, reading);
  const book: Survey = { ...reading, lists, uses: usesOf(asked.rows), keys: new Map(), types: new Map(), kind };
  const pages = pagesOf(asked.rows, book);
  if (!pages.some(({ items }) => items.length > 0)) throw new Invalid([{ path: 'file', code: 'fileNoQuestions' }]);
  const shared = sharedLists(book);
  const languages = [...new Set([...asked.languages, ...choices.languages, ...about.languages])];
  if (!languages.includes(reading.defaultLanguage)) languages.unshift(reading.defaultLanguage);
  const definition = parseDefinition({
    ...aboutOf(about.rows[0], book),
    languages,
    ...(shared ? { choiceLists: shared } : {}),
    pages,
  });
  for (const { path, code } of checkDefinition(definition)) reading.notUnderstood.push({ at: path, what: code });
  return { definition, notUnderstood: inOrder(reading.notUnderstood) };
}

// As the sheets are read by people: from the first line to the last.
function inOrder(told: readonly NotUnderstood[]): NotUnderstood[] {
  const place = ({ at }: NotUnderstood) => ['survey', 'choices', 'settings'].findIndex((name) => at.startsWith(name)) & 3;
  const line = ({ at }: NotUnderstood) => Number(/^\w+ (\d+)/.exec(at)?.[1] ?? Number.MAX_SAFE_INTEGER);
  return told.toSorted((a, b) => place(a) - place(b) || line(a) - line(b));
}

function defaultLanguageOf(settings: Sheet | undefined): string {
  const at = settings?.rows[0]?.findIndex((title) => title.trim().toLowerCase() === 'default_language') ?? -1;
  return languageOf(settings?.rows[1]?.[at] ?? '') ?? 'en';
}

function aboutOf(row: FormTableRow | undefined, { defaultLanguage, kind }: Survey) {
  const cells = row?.cells ?? {};
  const one = <T extends string>(of: readonly T[], cell: string | undefined) => of.find((value) => value === cell);
  const key = (cells.form_id ?? '')
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, '-')
    .replace(/^-+/, '')
    .slice(0, 80);
  const privacy = one(PRIVACIES, cells.privacy);
  const version = Number(cells.version);
  return {
    ...(cells.schema ? { $schema: cells.schema.slice(0, 300) } : {}),
    key: key || 'imported',
    ...(Number.isInteger(version) && version > 0 && version <= 100_000 ? { version } : {}),
    kind: one(KINDS, cells.kind) ?? kind,
    ...(privacy ? { privacy } : {}),
    defaultLanguage,
    title: row?.texts.title ?? { [defaultLanguage]: cells.form_title ?? 'Form' },
    ...(row?.texts.intro ? { intro: row.texts.intro } : {}),
  };
}

/** Lists that several questions share, or that say so; those of one question have become its own. */
function sharedLists({ lists, uses, notUnderstood }: Survey) {
  const shared = [...lists].filter(([name, list]) => list.shared || (uses.get(name)?.size ?? 0) > 1);
  for (const [name, list] of lists)
    if (!list.shared && !uses.has(name)) notUnderstood.push({ at: `choices ${name}`, what: 'listUnused' });
  return shared.length > 0 ? Object.fromEntries(shared.map(([name, { choices }]) => [listKey(name), choices])) : undefined;
}

/** Which questions use a list: a table is one, however many rows it has. */
function usesOf(rows: readonly FormTableRow[]): Map<string, Set<string>> {
  const uses = new Map<string, Set<string>>();
  let table = '';
  for (const row of rows) {
    const type = typeOf(row);
    if (isTable(row)) table = row.at;
    else if (type === 'end_group') table = '';
    const { list } = typeParts(row.cells.type ?? '');
    if (list) uses.set(list, (uses.get(list) ?? new Set()).add(table || row.at));
  }
  return uses;
}

const isTable = (row: FormTableRow) => typeOf(row) === 'begin_group' && /table-list/.test(row.cells.appearance ?? '');

type Matrix = Extract<Item, { type: 'matrix' }>;
type Open =
  | { is: 'page' }
  | { is: 'box' }
  | { is: 'repeat'; item: RepeatItem; row: FormTableRow }
  | { is: 'matrix'; item: Matrix; row: FormTableRow; list: string };

// A group that is open decides what a question belongs to; without one, a page is made for the questions that stand alone.
function pagesOf(rows: FormTableRow[], book: Survey): Page[] {
  const pages: Page[] = [];
  const open: Open[] = [];
  const told = (row: FormTableRow, what: string) => book.notUnderstood.push({ at: row.at, what });
  const page = () => {
    if (open.length === 0 && pages.at(-1)?.key !== '') pages.push({ key: '', items: [] });
    return pages.at(-1) ?? { key: '', items: [] };
  };
  const add = (item: Item, row: FormTableRow) => {
    const whole = ItemShape.safeParse(item);
    if (!whole.success)
      return told(row, `wrong ${[...new Set(whole.error.issues.map(({ path }) => path.join('.')))].join(', ')}`.slice(0, 200));
    const around = open.find((one) => one.is === 'repeat');
    if (around && item !== around.item && item.type !== 'repeat') around.item.items.push(item);
    else page().items.push(item);
  };
  for (const row of rows) {
    const type = typeOf(row);
    const last = open.at(-1);
    if (type === 'begin_group' && !isTable(row)) {
      if (last) {
        told(row, 'groupInGroup');
        open.push({ is: 'box' });
      } else {
        pages.push(pageOfRow(row, book, pages));
        open.push({ is: 'page' });
      }
    } else if (type === 'begin_group') {
      const item = itemOfRow({ ...row, cells: { ...row.cells, type: 'matrix' } }, book);
      open.push(item?.type === 'matrix' ? { is: 'matrix', item, row, list: '' } : { is: 'box' });
    } else if (type === 'begin_repeat') {
      const item = open.some(({ is }) => is === 'repeat') ? undefined : itemOfRow(row, book);
      if (item?.type !== 'repeat') told(row, 'repeatInRepeat');
      open.push(item?.type === 'repeat' ? { is: 'repeat', item, row } : { is: 'box' });
    } else if (type === 'end_group' || type === 'end_repeat') {
      const ended = open.pop();
      if (!ended) told(row, 'endWithoutBegin');
      if (ended?.is === 'matrix' || ended?.is === 'repeat') add(ended.item, ended.row);
    } else if (last?.is === 'matrix') addLine(last, row, book);
    else {
      const item = itemOfRow(row, book);
      if (item) add(item, row);
    }
  }
  for (const unended of open.toReversed()) {
    book.notUnderstood.push({ at: 'row' in unended ? unended.row.at : 'survey', what: 'beginWithoutEnd' });
    if (unended.is === 'matrix' || unended.is === 'repeat') pages.at(-1)?.items.push(unended.item);
  }
  return pages.map((one, n) => (one.key === '' ? { ...one, key: freshPage(pages, n) } : one));
}

const typeOf = ({ cells }: FormTableRow) => (cells.type ?? '').toLowerCase().replace(/^(begin|end)[ _]+(group|repeat)$/, '$1_$2');

function freshPage(pages: Page[], n: number): string {
  let key = `page-${n + 1}`;
  while (pages.some((page) => page.key === key)) key += 'a';
  return key;
}

function pageOfRow(row: FormTableRow, book: Survey, pages: Page[]): Page {
  const visibleWhen = relevantIn(row, book);
  const per = PER.find((one) => one === row.cells.per);
  return {
    key: keyFor(new Set(pages.map(({ key }) => key)), row.cells.name ?? 'page'),
    ...(row.texts.label ? { title: row.texts.label } : {}),
    ...(row.texts.hint ? { intro: row.texts.hint } : {}),
    ...(per ? { per } : {}),
    ...(visibleWhen ? { visibleWhen } : {}),
    items: [],
  };
}

/** A question within a table: one row of its matrix. All rows have the options of the first. */
function addLine(matrix: Extract<Open, { is: 'matrix' }>, row: FormTableRow, book: Survey): void {
  const told = (what: string) => book.notUnderstood.push({ at: row.at, what });
  const { base, list, rest } = typeParts(row.cells.type ?? '');
  if (base !== 'select_one' || !book.lists.has(list)) return void told(`type ${row.cells.type ?? ''}`);
  if (matrix.list !== '' && matrix.list !== list) return void told('otherList');
  if (rest) told(rest);
  for (const column of ['relevant', 'constraint', 'parameters', 'settings', 'segment', 'per', 'appearance'])
    if (row.cells[column]) told(`column ${column}`);
  const { item } = matrix;
  matrix.list = list;
  Object.assign(item, optionsOf(list, book));
  const name = row.cells.name ?? '';
  const plain = name.startsWith(`${matrix.row.cells.name ?? ''}.`) ? name.slice((matrix.row.cells.name ?? '').length + 1) : name;
  const key = keyFor(new Set(item.rows.map((line) => line.key)), plain);
  item.rows.push({
    key,
    label: row.texts.label ?? { [book.defaultLanguage]: plain },
    ...(row.cells.concept ? { concept: row.cells.concept } : {}),
  });
  if (item.required === undefined && flagOf(row, 'required', book)) item.required = true;
  book.keys.set(name, `${item.key}.${key}`);
}
