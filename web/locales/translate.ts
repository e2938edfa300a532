import { IntlMessageFormat } from 'intl-messageformat';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import type { Language } from './languages.ts';
import { pt } from './pt.ts';

// The arguments of a message are read from its English text, by types alone: `t` refuses a missing or misnamed one.
type Ws = ' ' | '\n' | '\t';
type Trim<S extends string> = S extends `${Ws}${infer R}` ? Trim<R> : S extends `${infer R}${Ws}` ? Trim<R> : S;
type NumberKind = `plural${string}` | `number${string}` | `selectordinal${string}`;
type Kind<Rest extends string> = Trim<Rest> extends NumberKind ? 'number' : 'text';
type Head<S extends string> = S extends `${infer N},${infer Rest}`
  ? N extends `${string}}${string}`
    ? S extends `${infer M}}${string}`
      ? [Trim<M>, 'text']
      : never
    : [Trim<N>, Kind<Rest>]
  : S extends `${infer M}}${string}`
    ? [Trim<M>, 'text']
    : never;
type Ident<N extends string> = N extends '' | `${string}${' ' | '#' | '{' | '.' | '!' | '\n'}${string}` ? never : N;
type Found<S extends string> = S extends `${string}{${infer R}` ? Head<R> | Found<R> : never;
type Value<K> = K extends 'number' ? number : string | number;
type Args<S extends string> = {
  [P in Found<S> as P extends [infer N extends string, string] ? Ident<N> : never]: P extends [string, infer K]
    ? Value<K>
    : never;
};

type Messages = typeof en;
export type Key = keyof Messages;
export type Translate = <K extends Key>(
  key: K,
  ...args: keyof Args<Messages[K]> extends never ? [] : [Args<Messages[K]>]
) => string;

const catalogues: Record<Language, Record<Key, string>> = { en, fr, es, pt };
const translators = new Map<Language, Translate>();

// Arguments are few and come again: dates, counts, names of states. To remember a sentence takes a tenth of making it.
const MOST_KEPT = 5000;
const LONGEST_KEPT = 300;

function asking(key: string, args: Record<string, string | number>): string {
  let asked = key;
  for (const name in args) asked += `\0${name}\0${typeof args[name] === 'number' ? '#' : ''}${args[name]}`;
  return asked;
}

/** `t` of a language. Messages are ICU, compiled once a process. Errors: none; a missing key does not compile. */
export function translator(language: Language): Translate {
  const known = translators.get(language);
  if (known) return known;
  const messages = catalogues[language];
  const compiled = new Map<string, IntlMessageFormat>();
  const said = new Map<string, string>();
  const t = ((key: Key, args?: Record<string, string | number>) => {
    const message = messages[key];
    if (!args) return message.includes('{') ? format(key, message) : message;
    const asked = asking(key, args);
    const before = said.get(asked);
    if (before !== undefined) return before;
    const words = format(key, message, args);
    if (asked.length <= LONGEST_KEPT) said.set(asked, words);
    if (said.size > MOST_KEPT) said.clear();
    return words;
  }) as Translate;
  function format(key: string, message: string, args?: Record<string, string | number>): string {
    let formatter = compiled.get(key);
    if (!formatter) compiled.set(key, (formatter = new IntlMessageFormat(message, language, undefined, { ignoreTag: true })));
    return String(formatter.format(args));
  }
  translators.set(language, t);
  return t;
}

/** `t` for a key that is only known when it runs (a code of the database). Undefined when the catalogue has no such key. */
export function translateCode(language: Language, key: string, args: Record<string, string | number> = {}): string | undefined {
  if (!isKey(key)) return undefined;
  return (translator(language) as (key: Key, args: Record<string, string | number>) => string)(key, args);
}

function isKey(key: string): key is Key {
  return Object.hasOwn(en, key);
}
