import { createHash } from 'node:crypto';
import type { FieldError } from '../errors.ts';
import type { Definition, Item } from '../forms/definition.ts';
import { evaluate } from '../forms/evaluation.ts';
import { countWords } from '../forms/values.ts';
import { SUMMARY_WORDS, TITLE_MAX } from './input.ts';

type Texts = Record<string, string>;
type Answers = Record<string, unknown>;

/** What a city writes: everything that a jury reads and a hash covers, but for the files' bytes and who signed. */
export interface Content {
  /** The language of `answers`. */
  language: string;
  languages: string[];
  theme: string | null;
  modality: string | null;
  title: Texts;
  summary: Texts;
  mayPublish: boolean;
  answers: Answers;
  translations: Record<string, Answers>;
}

/** The items that are written anew in each language: lines and texts outside of groups that repeat. */
export function translatable(definition: Definition): Extract<Item, { type: 'shortText' | 'longText' }>[] {
  return definition.pages.flatMap((page) => page.items.filter((item) => item.type === 'shortText' || item.type === 'longText'));
}

/** What typed texts of another language are worth, with what is wrong by item. Texts above their limit are kept. */
export function readTranslation(definition: Definition, raw: unknown): { answers: Answers; errors: FieldError[] } {
  const items = translatable(definition).map((item) => ({ ...item, required: false, visibleWhen: undefined }));
  return evaluate({ ...definition, pages: [{ key: 'texts', items }] }, raw, { mode: 'draft' });
}

/** What an entry still lacks or has too much of, by path: `title.es`, `theme`, `answers.impact`, `translations.fr.impact`. */
export function entryProblems(
  call: { themes: readonly unknown[]; modalities: readonly unknown[]; requiredLanguages: readonly string[] },
  definition: Definition | null,
  content: Content,
): FieldError[] {
  const languages = languagesOf(call, content);
  return [
    ...languages.flatMap((tag) => textProblems(`title.${tag}`, content.title[tag], { characters: TITLE_MAX })),
    ...languages.flatMap((tag) => textProblems(`summary.${tag}`, content.summary[tag], { words: SUMMARY_WORDS })),
    ...(call.themes.length > 0 && content.theme === null ? [{ path: 'theme', code: 'required' }] : []),
    ...(call.modalities.length > 0 && content.modality === null ? [{ path: 'modality', code: 'required' }] : []),
    ...(definition ? answerProblems(definition, content, languages) : []),
  ];
}

/** Every language that an entry has to be complete in: its own, and those the call requires. */
export function languagesOf(
  call: { requiredLanguages: readonly string[] },
  content: Pick<Content, 'language' | 'languages'>,
): string[] {
  return [...new Set([content.language, ...call.requiredLanguages, ...content.languages])];
}

function textProblems(path: string, text: string | undefined, max: { characters?: number; words?: number }): FieldError[] {
  if (!text) return [{ path, code: 'required' }];
  if (max.characters !== undefined && text.length > max.characters)
    return [{ path, code: 'tooLong', params: { max: max.characters } }];
  const count = max.words === undefined ? 0 : countWords(text);
  return max.words !== undefined && count > max.words ? [{ path, code: 'tooManyWords', params: { max: max.words, count } }] : [];
}

function answerProblems(definition: Definition, content: Content, languages: string[]): FieldError[] {
  const { errors } = evaluate(definition, content.answers, { mode: 'final' });
  const long = translatable(definition).filter((item) => item.type === 'longText' && content.answers[item.key] !== undefined);
  const others = languages.filter((tag) => tag !== content.language);
  return [
    ...errors.map((error) => ({ ...error, path: `answers.${error.path}` })),
    ...others.flatMap((tag) => {
      const texts = content.translations[tag] ?? {};
      return [
        ...readTranslation(definition, texts).errors.map((error) => ({ ...error, path: `translations.${tag}.${error.path}` })),
        ...long
          .filter((item) => texts[item.key] === undefined)
          .map(({ key }) => ({ path: `translations.${tag}.${key}`, code: 'required' })),
      ];
    }),
  ];
}

/** The fields of an entry one by one, as two people may change them apart: `title.es`, `answers.impact`. */
export function fieldsOf(content: Content): Map<string, unknown> {
  const { title, summary, answers, translations, ...single } = content;
  const nested = (name: string, map: Record<string, unknown>) =>
    Object.entries(map).map(([key, value]): [string, unknown] => [`${name}.${key}`, value]);
  return new Map<string, unknown>([
    ...Object.entries(single),
    ...nested('title', title),
    ...nested('summary', summary),
    ...nested('answers', answers),
    ...Object.entries(translations).flatMap(([tag, texts]) => nested(`translations.${tag}`, texts)),
  ]);
}

/** The content of which `fieldsOf` made these fields. */
export function contentOf(fields: ReadonlyMap<string, unknown>): Content {
  const content: Content = {
    language: '',
    languages: [],
    theme: null,
    modality: null,
    title: {},
    summary: {},
    mayPublish: false,
    answers: {},
    translations: {},
  };
  for (const [path, value] of fields) {
    if (value === undefined) continue;
    const [name = '', key = '', ...rest] = path.split('.');
    if (name === 'translations') (content.translations[key] ??= {})[rest.join('.')] = value;
    else if (key === '') Object.assign(content, { [name]: value });
    else (content[name as 'answers'] as Answers)[key] = value;
  }
  return content;
}

/**
 * What becomes of an entry that two have written at once: each field as whoever changed it has it. Where both changed one to
 * different values it is in `conflicts`, and `merged` has mine. Without a base every difference is a conflict.
 */
export function merge(base: Content | null, mine: Content, theirs: Content): { merged: Content; conflicts: string[] } {
  const [before, left, right] = [base && fieldsOf(base), fieldsOf(mine), fieldsOf(theirs)];
  const merged = new Map<string, unknown>();
  const conflicts: string[] = [];
  for (const path of new Set([...left.keys(), ...right.keys()])) {
    const [own, other] = [left.get(path), right.get(path)];
    const same = (a: unknown, b: unknown) => canonical(a ?? null) === canonical(b ?? null);
    if (same(own, other) || (before && same(other, before.get(path)))) merged.set(path, own);
    else if (before && same(own, before.get(path))) merged.set(path, other);
    else {
      merged.set(path, own);
      conflicts.push(path);
    }
  }
  return { merged: contentOf(merged), conflicts };
}

/** The paths in which two contents differ. */
export function changedFields(before: Content, after: Content): string[] {
  const [left, right] = [fieldsOf(before), fieldsOf(after)];
  return [...new Set([...left.keys(), ...right.keys()])].filter(
    (path) => canonical(left.get(path) ?? null) !== canonical(right.get(path) ?? null),
  );
}

/**
 * JSON in its one canonical spelling: no spaces, the names of objects in order of their UTF-16 code units, numbers and texts as
 * ECMAScript writes them (RFC 8785). What has no JSON is left out of objects and is null in lists.
 */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((one) => canonical(one ?? null)).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  if ('toJSON' in value && typeof value.toJSON === 'function') return canonical(value.toJSON());
  const pairs = Object.entries(value)
    .filter(([, one]) => one !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${pairs.map(([name, one]) => `${JSON.stringify(name)}:${canonical(one)}`).join(',')}}`;
}

/** SHA-256 of a text's UTF-8, in hex. */
export function hashOf(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
