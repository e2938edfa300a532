import type { Sheet } from '../http/workbook-file.ts';
import type { Choice } from './definition.ts';
import { codeOf, type NotUnderstood } from './surveyjs.ts';

// The sheets of an XLSForm as rows with named cells, and their lists of options.

type Texts = Record<string, string>;

export interface FormTableRow {
  /** `survey 7`: sheet and line, as a spreadsheet numbers them. */
  at: string;
  cells: Record<string, string>;
  texts: Record<string, Texts>;
}

export interface FormTable {
  rows: FormTableRow[];
  /** In the order of the columns. */
  languages: string[];
}

/** What is found while a form is read. */
export interface Reading {
  defaultLanguage: string;
  notUnderstood: NotUnderstood[];
}

/**
 * A sheet's rows below its titles. A column of none of the names `known` or `texts` is told of in each row that fills it, so that
 * nothing is lost unseen.
 */
export function tableOf(
  sheet: Sheet | undefined,
  reading: Reading,
  known: readonly string[],
  texts: readonly string[],
): FormTable {
  const [titles = [], ...lines] = sheet?.rows ?? [];
  const name = sheet?.name.trim().toLowerCase() ?? '';
  const columns = titles.map((title) => columnOf(title, reading.defaultLanguage, known, texts));
  const rows = lines.flatMap((line, n) => {
    if (line.every((cell) => cell.trim() === '')) return [];
    const row: FormTableRow = { at: `${name} ${n + 2}`, cells: {}, texts: {} };
    line.forEach((cell, at) => {
      const column = columns[at];
      if (cell.trim() === '') return;
      if (!column) reading.notUnderstood.push({ at: row.at, what: `column ${(titles[at] ?? '').slice(0, 60) || at + 1}` });
      else if (column.language) row.texts[column.name] = { ...row.texts[column.name], [column.language]: cell };
      else row.cells[column.name] = cell.trim();
    });
    return [row];
  });
  return { rows, languages: [...new Set(columns.flatMap((column) => column?.language ?? []))] };
}

function columnOf(title: string, defaultLanguage: string, known: readonly string[], texts: readonly string[]) {
  const [first = '', ...rest] = title.trim().split(/::?/);
  const name = first
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_');
  if (texts.includes(name)) {
    const language = rest.length === 0 ? defaultLanguage : languageOf(rest.join(':'));
    return language ? { name, language } : undefined;
  }
  return known.includes(name) && rest.length === 0 ? { name, language: undefined } : undefined;
}

let byName: Map<string, string> | undefined;

/** The tag of a language that a form names `French (fr)`, `fr` or `French`. */
export function languageOf(title: string): string | undefined {
  const text = title.trim();
  const tag = /\(([^()]+)\)$/.exec(text)?.[1] ?? text;
  if (/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(tag)) return tag;
  if (!byName) {
    const names = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });
    const letters = [...'abcdefghijklmnopqrstuvwxyz'];
    byName = new Map(letters.flatMap((a) => letters.map((b) => [names.of(a + b)?.toLowerCase() ?? '', a + b])));
  }
  return byName.get(text.toLowerCase());
}

/** `yes`, `no`, or undefined for nothing; what is neither is told of. */
export function flagOf({ at, cells }: FormTableRow, column: string, reading: Reading): boolean | undefined {
  const cell = cells[column]?.toLowerCase();
  if (cell === undefined) return undefined;
  if (['yes', 'true', 'true()', '1', 'x'].includes(cell)) return true;
  if (['no', 'false', 'false()', '0'].includes(cell)) return false;
  reading.notUnderstood.push({ at: `${at}, ${column}`, what: cell.slice(0, 200) });
  return undefined;
}

export interface OptionList {
  choices: Choice[];
  /** It says itself that questions share it. */
  shared: boolean;
}

/** The lists of the sheet of choices, by name. */
export function listsOf(table: FormTable, reading: Reading): Map<string, OptionList> {
  const lists = new Map<string, OptionList>();
  for (const row of table.rows) {
    const { at, cells, texts } = row;
    const { list_name: name, name: value } = cells;
    if (!name || !value) {
      reading.notUnderstood.push({ at, what: 'listLacksName' });
      continue;
    }
    const list = lists.get(name) ?? { choices: [], shared: false };
    lists.set(name, list);
    if (flagOf(row, 'shared', reading)) list.shared = true;
    const exclusive = flagOf(row, 'exclusive', reading);
    const score = scoreOf(row, reading);
    list.choices.push({
      code: codeIn(value),
      label: texts.label ?? { [reading.defaultLanguage]: value },
      ...(score === undefined ? {} : { score }),
      ...(exclusive === undefined ? {} : { exclusive }),
    });
  }
  return lists;
}

/** A code of ours for a value of theirs: itself, where it can be one. */
export const codeIn = (value: string) => (/^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/.test(value) ? value : codeOf(value));

function scoreOf({ at, cells }: FormTableRow, reading: Reading): number | null | undefined {
  const { score } = cells;
  if (score === undefined) return undefined;
  if (score === 'none') return null;
  const number = Number(score);
  if (Number.isFinite(number)) return number;
  reading.notUnderstood.push({ at: `${at}, score`, what: score.slice(0, 200) });
  return undefined;
}
