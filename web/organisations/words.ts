import { textIn } from '../locales/text-map.ts';
import { translateCode } from '../locales/translate.ts';
import type { PageContext } from '../page.ts';

/** The country's name in the reader's language. */
export function countryIn(language: string, code: string): string {
  return new Intl.DisplayNames(language, { type: 'region' }).of(code) ?? code;
}

/** The language's name; of what is no language, as it was posted, the text itself. */
export function languageIn(language: string, tag: string): string {
  try {
    return new Intl.DisplayNames(language, { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

export function number(language: string, value: number | null): string {
  return value === null ? '–' : new Intl.NumberFormat(language).format(value);
}

export function networkName(ctx: PageContext, name: Record<string, string>): string {
  return textIn(name, [ctx.language, 'en']);
}

export function moment(ctx: PageContext, at: Temporal.Instant): string {
  return at.toZonedDateTimeISO(ctx.zone).toLocaleString(ctx.language, { dateStyle: 'medium', timeStyle: 'short' });
}

export function day(ctx: PageContext, date: Temporal.PlainDate): string {
  return date.toLocaleString(ctx.language, { dateStyle: 'medium' });
}

/** Words for a code of the database, or the code itself. */
export function said(ctx: PageContext, prefix: string, code: string): string {
  return translateCode(ctx.language, `${prefix}.${code}`) ?? code;
}

/** What was typed, as a field shows it again. */
export function typed(values: Record<string, unknown>, field: string): string {
  const value = values[field];
  if (Array.isArray(value)) return value.join(', ');
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

export function ticked(values: Record<string, unknown>, field: string): boolean {
  return values[field] === true || values[field] === 'on';
}

export function chosen(values: Record<string, unknown>, field: string): string[] {
  return [values[field] ?? []].flat().filter((value): value is string => typeof value === 'string');
}

let countryCodes: string[] | undefined;

/** All countries, by their names in the reader's language. */
export function countryOptions(language: string): { value: string; words: string }[] {
  countryCodes ??= codes();
  return countryCodes
    .map((value) => ({ value, words: countryIn(language, value) }))
    .sort((a, b) => a.words.localeCompare(b.words, language));
}

const NOT_COUNTRIES = new Set(['EU', 'EZ', 'UN', 'QO', 'ZZ', 'XA', 'XB']);

function codes(): string[] {
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  return letters
    .flatMap((first) => letters.map((second) => first + second))
    .filter((code) => names.of(code) !== undefined && !NOT_COUNTRIES.has(code));
}
