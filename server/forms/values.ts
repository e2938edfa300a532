import { domainToASCII } from 'node:url';
import type { Choice, Definition, Item } from './definition.ts';
import { own } from './own.ts';
import { choicesOf } from './walk.ts';

/** What is wrong with one answer: the catalogue's `invalid.<code>`. `at` is the part of the item (a row, a position). */
export interface ValueProblem {
  at?: string;
  code: string;
  params?: Record<string, string | number>;
}
export interface Read {
  value: unknown;
  problems: ValueProblem[];
}

const HARD_LIMIT = 100_000;
// biome-ignore lint/suspicious/noControlCharactersInRegex: that is the point
const UNWANTED =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const words = new Intl.Segmenter('und', { granularity: 'word' });
const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** Words as a reader counts them, in any script (Unicode UAX #29). */
export function countWords(text: string): number {
  let count = 0;
  for (const segment of words.segment(text)) if (segment.isWordLike) count++;
  return count;
}

/** Characters as a reader counts them (grapheme clusters). */
export function countCharacters(text: string): number {
  let count = 0;
  for (const _ of graphemes.segment(text)) count++;
  return count;
}

const nothing: Read = { value: undefined, problems: [] };
const wrong = (code: string, params?: ValueProblem['params']): Read => ({ value: undefined, problems: [{ code, params }] });
const right = (value: unknown): Read => ({ value, problems: [] });

/**
 * The answer to one item in `raw`, whatever that is. `keepLong`: a draft keeps a text above its limit, and says so.
 * Never throws. Repeat groups are the evaluation's.
 */
export function readValue(definition: Definition, item: Item, raw: unknown, keepLong: boolean): Read {
  if (raw === undefined || raw === null || raw === '') return nothing;
  switch (item.type) {
    case 'note':
    case 'repeat':
      return nothing;
    case 'shortText':
      return text(raw, true, { maxChars: item.maxChars ?? 300 }, keepLong);
    case 'longText':
      return text(raw, false, { maxChars: item.maxChars ?? 20_000, maxWords: item.maxWords }, keepLong);
    case 'number':
      return numeric(raw, item.min ?? -1e12, item.max ?? 1e12, item.integer === true);
    case 'scale':
      return numeric(raw, item.min, item.max, true);
    case 'date':
      return date(raw, item.min, item.max);
    case 'email':
      return typed(raw, 254, asEmail, 'email');
    case 'url':
      return typed(raw, 2000, asUrl, 'webAddress');
    case 'country':
      return typed(raw, 2, asCountry, 'country');
    case 'choice':
      return typed(raw, 50, (code) => find(choicesOf(definition, item), code)?.code, 'choice');
    case 'multiChoice':
      return several(choicesOf(definition, item), raw);
    case 'ranking':
      return ranked(choicesOf(definition, item), raw);
    case 'matrix':
      return rows(choicesOf(definition, item), item.rows, raw);
    case 'consent':
      return raw === true || raw === 'true' || raw === 'on' || raw === '1'
        ? right(true)
        : raw === false || raw === 'false'
          ? nothing
          : wrong('kind');
    case 'file':
      return files(raw, item.maxFiles ?? 1);
  }
}

function clean(raw: unknown): string | undefined {
  if (typeof raw === 'number' && Number.isFinite(raw)) return String(raw);
  if (typeof raw !== 'string') return undefined;
  return raw
    .slice(0, HARD_LIMIT + 1)
    .replace(UNWANTED, '')
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .trim();
}

function text(raw: unknown, oneLine: boolean, limit: { maxChars: number; maxWords?: number }, keepLong: boolean): Read {
  const cleaned = clean(raw);
  if (cleaned === undefined) return wrong('kind');
  const value = oneLine ? cleaned.replace(/\s+/g, ' ') : cleaned;
  if (value === '') return nothing;
  if (value.length > HARD_LIMIT) return wrong('tooLong', { max: limit.maxChars });
  const problem = tooLong(value, limit);
  return { value: problem && !keepLong ? undefined : value, problems: problem ? [problem] : [] };
}

function tooLong(value: string, { maxChars, maxWords }: { maxChars: number; maxWords?: number }): ValueProblem | undefined {
  // A grapheme has at least one code unit: short texts need no counting.
  const characters = value.length > maxChars ? countCharacters(value) : 0;
  if (characters > maxChars) return { code: 'tooLong', params: { max: maxChars } };
  const count = maxWords === undefined ? 0 : countWords(value);
  return maxWords !== undefined && count > maxWords ? { code: 'tooManyWords', params: { max: maxWords, count } } : undefined;
}

function numeric(raw: unknown, min: number, max: number, integer: boolean): Read {
  const typedIn = clean(raw)
    ?.replace(/[\s\u00a0\u202f]/g, '')
    .replace(',', '.');
  if (typedIn === '') return nothing;
  if (typedIn === undefined || !/^[+-]?\d{1,15}(\.\d{1,12})?$/.test(typedIn)) return wrong(integer ? 'number' : 'decimal');
  // Adding zero makes -0 a plain zero, as JSON keeps it.
  const value = Number(typedIn) + 0;
  if (integer && !Number.isInteger(value)) return wrong('number');
  if (value < min) return wrong('tooSmall', { min });
  return value > max ? wrong('tooLarge', { max }) : right(value);
}

function date(raw: unknown, min: string | undefined, max: string | undefined): Read {
  const typedIn = clean(raw);
  if (typedIn === '') return nothing;
  const value = typedIn === undefined ? undefined : asDate(typedIn);
  if (value === undefined) return wrong('localDate');
  if (min !== undefined && value < min) return wrong('tooEarly', { min });
  return max !== undefined && value > max ? wrong('tooLate', { max }) : right(value);
}

function asDate(typedIn: string): string | undefined {
  try {
    return /^\d{4}-\d{2}-\d{2}$/.test(typedIn) ? Temporal.PlainDate.from(typedIn, { overflow: 'reject' }).toString() : undefined;
  } catch {
    return undefined;
  }
}

function typed(raw: unknown, max: number, understand: (text: string) => string | undefined, code: string): Read {
  const cleaned = clean(raw);
  if (cleaned === '') return nothing;
  const value = cleaned === undefined || cleaned.length > max ? undefined : understand(cleaned);
  return value === undefined ? wrong(code) : right(value);
}

function asEmail(typedIn: string): string | undefined {
  const [, local, domain] = /^([^\s@<>(),;:"[\]\\]{1,64})@([^\s@]{1,250})$/u.exec(typedIn) ?? [];
  const ascii = domain === undefined ? '' : domainToASCII(domain).toLowerCase();
  if (!local || local.startsWith('.') || local.endsWith('.') || local.includes('..')) return undefined;
  const address = `${local}@${ascii}`;
  return /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(ascii) && address.length <= 254 ? address : undefined;
}

function asUrl(typedIn: string): string | undefined {
  const full = /^[a-z][a-z0-9+.-]*:/i.test(typedIn) ? typedIn : `https://${typedIn}`;
  const parsed = URL.canParse(full) ? new URL(full) : undefined;
  if (!parsed || !/^https?:$/.test(parsed.protocol) || !parsed.hostname.includes('.') || parsed.username || parsed.password)
    return undefined;
  return parsed.href.length <= 2000 ? parsed.href : undefined;
}

const regions = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
function asCountry(typedIn: string): string | undefined {
  const code = typedIn.toUpperCase();
  return /^[A-Z]{2}$/.test(code) && code !== 'ZZ' && regions.of(code) !== undefined ? code : undefined;
}

const find = (choices: readonly Choice[], code: string) => choices.find((choice) => choice.code === code);

// A form post brings one value alone, or several as a list; more than twice what can be chosen is nobody's choice.
function codes(raw: unknown, most: number): string[] | undefined {
  const list: unknown[] = Array.isArray(raw) ? raw : [raw];
  if (list.length > most * 2 + 10) return undefined;
  const cleaned = list.map((one) => (one === null || one === undefined ? '' : clean(one)));
  return cleaned.every((one) => one !== undefined) ? cleaned.filter((one) => one !== '') : undefined;
}

function several(choices: readonly Choice[], raw: unknown): Read {
  const chosen = codes(raw, choices.length);
  if (!chosen?.every((code) => find(choices, code))) return wrong('choice');
  if (chosen.length === 0) return nothing;
  const known = choices.filter((choice) => chosen.includes(choice.code));
  if (known.length > 1 && known.some((choice) => choice.exclusive)) return wrong('exclusive');
  return right(known.map((choice) => choice.code));
}

function ranked(choices: readonly Choice[], raw: unknown): Read {
  const chosen = codes(raw, choices.length);
  if (!chosen?.every((code) => find(choices, code))) return wrong('choice');
  if (chosen.length === 0) return nothing;
  return new Set(chosen).size < chosen.length ? wrong('rankedTwice') : right(chosen);
}

function rows(choices: readonly Choice[], wanted: readonly { key: string }[], raw: unknown): Read {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return wrong('kind');
  const value: Record<string, string> = {};
  const problems: ValueProblem[] = [];
  for (const { key } of wanted) {
    const given = own(raw, key);
    const code = given === undefined || given === null ? '' : clean(given);
    if (code === '') continue;
    if (code !== undefined && find(choices, code)) value[key] = code;
    else problems.push({ at: key, code: 'choice' });
  }
  return { value: Object.keys(value).length > 0 ? value : undefined, problems };
}

function files(raw: unknown, max: number): Read {
  const ids = codes(raw, max);
  if (!ids?.every((id) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id))) return wrong('file');
  if (ids.length === 0) return nothing;
  const once = [...new Set(ids)];
  return once.length > max ? wrong('tooManyFiles', { max }) : right(once);
}
