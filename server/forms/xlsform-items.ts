import { type Condition, FILE_KINDS, type FileKind, type FormKind, type Item, type ItemType, PER } from './definition.ts';
import { type Read, readExpression, toCondition } from './xlsform-expressions.ts';
import { TEXT_COLUMNS } from './xlsform-sheets.ts';
import { codeIn, type FormTableRow, flagOf, type OptionList, type Reading } from './xlsform-table.ts';

/** A form while its questions are read. */
export interface Survey extends Reading {
  lists: Map<string, OptionList>;
  /** Which questions use a list, by its name. */
  uses: Map<string, Set<string>>;
  /** Our keys by their names, of questions and of rows (`venue.access`) that were read. */
  keys: Map<string, string>;
  types: Map<string, ItemType>;
  kind: FormKind;
}

/** A key of ours for a name of theirs: itself, where it can be one and is not taken. */
export function keyFor(taken: ReadonlySet<string>, name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9_-]+/g, '-')
    .replace(/^[^A-Za-z]+/, '');
  const base = (plain.charAt(0).toLowerCase() + plain.slice(1)).slice(0, 40) || 'question';
  let key = base;
  for (let n = 2; taken.has(key) || key in Object.prototype; n++) key = `${base.slice(0, 36)}-${n}`;
  return key;
}

/** When a question or page is shown; what is not understood of it is told. */
export function relevantIn(row: FormTableRow, book: Survey): Condition | undefined {
  const { relevant } = row.cells;
  if (relevant === undefined) return undefined;
  const of =
    (...types: ItemType[]) =>
    (item: string) =>
      types.includes(book.types.get(item) ?? 'note');
  const condition = toCondition(relevant, (name) => book.keys.get(name), {
    listed: of('multiChoice', 'ranking'),
    ticked: of('consent'),
  });
  if (!condition) book.notUnderstood.push({ at: `${row.at}, relevant`, what: relevant.slice(0, 200) });
  return condition && inOurCodes(condition, book);
}

function inOurCodes(condition: Condition, book: Survey): Condition {
  if ('all' in condition) return { all: condition.all.map((part) => inOurCodes(part, book)) };
  if ('any' in condition) return { any: condition.any.map((part) => inOurCodes(part, book)) };
  if ('not' in condition) return { not: inOurCodes(condition.not, book) };
  const type = book.types.get(condition.item.split('.')[0] ?? '');
  if (!type || !['choice', 'multiChoice', 'ranking', 'matrix'].includes(type)) return condition;
  const ours = (value: string | number) => (typeof value === 'string' ? codeIn(value) : value);
  const { value } = condition;
  // They ask of one choice, too, whether it is selected.
  if (type === 'choice' && condition.op === 'contains') return inOurCodes({ ...condition, op: 'eq' }, book);
  if (Array.isArray(value)) return { ...condition, value: value.map(ours) };
  return value === undefined || typeof value === 'boolean' ? condition : { ...condition, value: ours(value) };
}

/** The question that a row is; undefined, and told, where it is none of ours. */
export function itemOfRow(row: FormTableRow, book: Survey): Item | undefined {
  const { cells, texts } = row;
  const special = specialOf(row, book);
  if (!special) {
    book.notUnderstood.push({ at: row.at, what: `type ${(cells.type ?? '').slice(0, 100)}` });
    return undefined;
  }
  const name = cells.name ?? '';
  const key = keyFor(new Set(book.keys.values()), name);
  const visibleWhen = relevantIn(row, book);
  const [required, segment] = [flagOf(row, 'required', book), flagOf(row, 'segment', book)];
  const per = PER.find((one) => one === cells.per);
  if (cells.per && !per) book.notUnderstood.push({ at: `${row.at}, per`, what: cells.per });
  book.keys.set(name, key);
  book.types.set(key, special.type);
  const words = Object.fromEntries(
    Object.entries(TEXT_COLUMNS).flatMap(([property, column]) => (texts[column] ? [[property, texts[column]]] : [])),
  );
  return {
    key,
    label: { [book.defaultLanguage]: name || special.type },
    ...words,
    ...(required === undefined ? {} : { required }),
    ...(visibleWhen ? { visibleWhen } : {}),
    ...(per ? { per } : {}),
    ...(cells.concept ? { concept: cells.concept } : {}),
    ...(segment === undefined ? {} : { segment }),
    ...special,
  } as Item;
}

/** The options of a question: its own, or the shared list. */
export function optionsOf(list: string, { lists, uses }: Survey): Record<string, unknown> {
  const found = lists.get(list);
  if (!found?.shared && (uses.get(list)?.size ?? 0) <= 1) return { choices: found?.choices ?? [] };
  return { choiceList: listKey(list) };
}

export const listKey = (name: string) => (/^[a-z][A-Za-z0-9_-]{0,39}$/.test(name) ? name : keyFor(new Set(), name));

/** `select one`, `select1`, `select_one_external`: the base of a type, its list, and what is left. */
export function typeParts(type: string): { base: string; list: string; rest: string } {
  const [first = '', list = '', ...rest] = type
    .trim()
    .replace(/^(select)[ _]+(one|multiple)(?:[ _]from)?\b/i, (_, a, b) => `${a}_${b}`)
    .split(/\s+/);
  const base = first.toLowerCase();
  return { base: base === 'select1' ? 'select_one' : base, list, rest: rest.join(' ') };
}

type Special = { type: ItemType } & Record<string, unknown>;

function specialOf(row: FormTableRow, book: Survey): Special | undefined {
  const { base, list, rest } = typeParts(row.cells.type ?? '');
  const settings = pairsIn(row, 'settings', book);
  const made = withList(base, list, book) ?? (list ? undefined : withoutList(base, row, settings));
  if (!made) return undefined;
  if (rest) book.notUnderstood.push({ at: `${row.at}, type`, what: rest });
  const { type, settings: known, appearance, parameters, ...special } = made;
  if (row.cells.appearance && row.cells.appearance !== appearance)
    book.notUnderstood.push({ at: `${row.at}, appearance`, what: row.cells.appearance.slice(0, 200) });
  if (row.cells.parameters && !parameters)
    book.notUnderstood.push({ at: `${row.at}, parameters`, what: row.cells.parameters.slice(0, 200) });
  for (const name of settings.keys())
    if (!known?.includes(name)) book.notUnderstood.push({ at: `${row.at}, settings`, what: name });
  return { type, ...special, ...boundsIn(row, type, special.integer === true, book) };
}

interface Made extends Special {
  /** Which of them it has used. */
  settings?: string[];
  appearance?: string;
  parameters?: boolean;
}

function withList(base: string, list: string, book: Survey): Made | undefined {
  const type = ({ select_one: 'choice', select_multiple: 'multiChoice', rank: 'ranking' } as const)[base];
  return type && book.lists.has(list) ? { type, ...optionsOf(list, book) } : undefined;
}

function withoutList(base: string, row: FormTableRow, settings: Map<string, string>): Made | undefined {
  const number = (name: string) => (settings.has(name) ? Number(settings.get(name)) : undefined);
  const some = (parts: Record<string, unknown>) =>
    Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined));
  switch (base) {
    case 'text': {
      const as = (['email', 'url', 'country'] as const).find((one) => one === settings.get('as'));
      if (as) return { type: as, settings: ['as'] };
      const long = row.cells.appearance === 'multiline' || settings.has('max-words');
      return long
        ? { type: 'longText', appearance: 'multiline', settings: ['max-words'], ...some({ maxWords: number('max-words') }) }
        : { type: 'shortText' };
    }
    case 'integer':
      return { type: 'number', integer: true };
    case 'decimal':
      return { type: 'number', settings: ['integer'], ...(settings.get('integer') === 'no' ? { integer: false } : {}) };
    case 'date':
      return { type: 'date' };
    case 'range': {
      const pair = (name: string, otherwise: number) =>
        Number(new RegExp(`\\b${name}\\s*=\\s*(-?[\\d.]+)`).exec(row.cells.parameters ?? '')?.[1] ?? otherwise);
      return pair('step', 1) === 1 ? { type: 'scale', min: pair('start', 1), max: pair('end', 10), parameters: true } : undefined;
    }
    case 'matrix':
      return { type: 'matrix', rows: [], appearance: 'table-list' };
    case 'begin_repeat':
      return { type: 'repeat', items: [], settings: ['min', 'max'], ...some({ min: number('min'), max: number('max') }) };
    case 'image':
    case 'audio':
    case 'video':
      return { type: 'file', accept: [base] };
    case 'file': {
      const accept = settings
        .get('accept')
        ?.split(',')
        .filter((kind): kind is FileKind => (FILE_KINDS as readonly string[]).includes(kind));
      return {
        type: 'file',
        settings: ['accept', 'max-bytes', 'max-files'],
        ...some({ accept, maxBytes: number('max-bytes'), maxFiles: number('max-files') }),
      };
    }
    case 'acknowledge':
    case 'trigger':
      return { type: 'consent' };
    case 'note':
      return { type: 'note' };
    default:
      return undefined;
  }
}

// `max-words=150 accept=pdf,image`
function pairsIn(row: FormTableRow, column: string, book: Survey): Map<string, string> {
  const pairs = new Map<string, string>();
  for (const pair of (row.cells[column] ?? '').split(/\s+/).filter(Boolean)) {
    const [name = '', value] = pair.split('=');
    if (value === undefined) book.notUnderstood.push({ at: `${row.at}, ${column}`, what: pair.slice(0, 100) });
    else pairs.set(name, value);
  }
  return pairs;
}

const BOUNDED: Partial<Record<ItemType, string>> = {
  number: '.',
  date: '.',
  shortText: 'string-length(.)',
  longText: 'string-length(.)',
  multiChoice: 'count-selected(.)',
  ranking: 'count-selected(.)',
};

/** What a `constraint` says of the least and the most; all else is told. */
function boundsIn(row: FormTableRow, type: ItemType, whole: boolean, book: Survey): Record<string, unknown> {
  const { constraint } = row.cells;
  if (constraint === undefined) return {};
  const read = readExpression(constraint);
  const parts = read?.is === 'and' ? read.parts : read ? [read] : [];
  const found = parts.map((part) => boundOf(part, BOUNDED[type], whole || BOUNDED[type] !== '.'));
  const bounds = Object.assign({}, ...found.map((one) => one ?? {})) as { min?: unknown; max?: unknown };
  const text = type === 'shortText' || type === 'longText';
  if (parts.length === 0 || found.includes(undefined) || (text && bounds.min !== undefined)) {
    book.notUnderstood.push({ at: `${row.at}, constraint`, what: constraint.slice(0, 200) });
    return {};
  }
  return text ? { maxChars: bounds.max } : bounds;
}

function boundOf(part: Read, of: string | undefined, whole: boolean): { min?: unknown; max?: unknown } | undefined {
  if (part.is !== 'compare' || part.left !== of) return undefined;
  const { op, value } = part;
  if (op === '>=') return { min: value };
  if (op === '<=') return { max: value };
  if (!whole || typeof value !== 'number' || !Number.isInteger(value)) return undefined;
  return op === '>' ? { min: value + 1 } : op === '<' ? { max: value - 1 } : undefined;
}
