import { countryName, formatDate, formatNumber } from '../../web/locales/format.ts';
import { readIn } from '../../web/locales/text-map.ts';
import type { Definition, Item } from '../forms/definition.ts';
import { evaluate } from '../forms/evaluation.ts';
import { choicesOf } from '../forms/walk.ts';

/** One answer as it is read: its question, and texts, links or files. */
export interface SaidAnswer {
  key: string;
  question: { text: string; lang: string };
  /** Paragraphs of a text, or what was chosen. */
  lines: string[];
  /** The language of a text that was written; undefined for choices, dates and numbers, which are in the reader's. */
  lang?: string;
  link?: string;
  /** Ids of files. */
  files?: string[];
}

export interface SaidPage {
  key: string;
  title: { text: string; lang: string } | null;
  answers: SaidAnswer[];
}

interface Written {
  language: string;
  answers: Record<string, unknown>;
  translations: Record<string, Record<string, unknown>>;
}

/** What an entry says in one of its languages, page by page, as a jury reads it. Texts that it lacks are left out. */
export function answersInWords(definition: Definition, entry: Written, language: string, reader: string): SaidPage[] {
  const { visible } = evaluate(definition, entry.answers, { mode: 'draft' });
  const own = language === entry.language;
  const texts = own ? entry.answers : (entry.translations[language] ?? {});
  const words = (map: Record<string, string> | undefined) => {
    const read = readIn(map, [reader, language], definition.defaultLanguage);
    return read ? { text: read.text, lang: read.lang } : null;
  };
  return definition.pages
    .map((page) => ({
      key: page.key,
      title: words(page.title),
      answers: page.items
        .filter((item) => visible.has(item.key) && item.type !== 'note')
        .flatMap((item): SaidAnswer[] => {
          const isText = item.type === 'shortText' || item.type === 'longText';
          // A line that was not translated (a name) is the same in every language.
          const value =
            isText && !own && (item.type === 'longText' || texts[item.key] !== undefined)
              ? texts[item.key]
              : entry.answers[item.key];
          const said = value === undefined ? null : sayValue(definition, item, value, reader);
          const question = words(item.label) ?? { text: item.key, lang: reader };
          return said ? [{ key: item.key, question, ...said, ...(isText ? { lang: own ? entry.language : language } : {}) }] : [];
        }),
    }))
    .filter((page) => page.answers.length > 0);
}

function sayValue(
  definition: Definition,
  item: Item,
  value: unknown,
  reader: string,
): Omit<SaidAnswer, 'key' | 'question'> | null {
  const labelOf = (code: unknown) =>
    readIn(choicesOf(definition, item).find((choice) => choice.code === code)?.label, [reader], definition.defaultLanguage)
      ?.text ?? String(code);
  const list = Array.isArray(value) ? value : [value];
  switch (item.type) {
    case 'longText':
      return { lines: String(value).split(/\n+/) };
    case 'date':
      return { lines: [dateWords(String(value), reader)] };
    case 'number':
    case 'scale':
      return { lines: [typeof value === 'number' ? formatNumber(value, reader) : String(value)] };
    case 'country':
      return { lines: [countryName(String(value), reader)] };
    case 'url':
      return { lines: [String(value)], link: String(value) };
    case 'choice':
    case 'multiChoice':
      return { lines: list.map(labelOf) };
    case 'ranking':
      return { lines: list.map((code, at) => `${at + 1}. ${labelOf(code)}`) };
    case 'file':
      return { lines: [], files: list.map(String) };
    case 'consent':
      return { lines: ['✓'] };
    case 'matrix':
      return {
        lines: item.rows.flatMap((row) => {
          const code = (value as Record<string, unknown>)[row.key];
          const label = readIn(row.label, [reader], definition.defaultLanguage)?.text ?? row.key;
          return code === undefined ? [] : [`${label}: ${labelOf(code)}`];
        }),
      };
    case 'repeat':
      return {
        lines: list.map((one) =>
          item.items
            .flatMap((inner) => {
              const given = (one as Record<string, unknown>)[inner.key];
              return given === undefined ? [] : (sayValue(definition, inner, given, reader)?.lines ?? []);
            })
            .join(' · '),
        ),
      };
    default:
      return { lines: [String(value)] };
  }
}

function dateWords(text: string, reader: string): string {
  try {
    return formatDate(Temporal.PlainDate.from(text), reader);
  } catch {
    return text;
  }
}
