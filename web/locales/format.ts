import type { Language } from './languages.ts';

// Intl objects are slow to make and are kept.
const names = new Map<string, Intl.DisplayNames>();

function displayNames(language: string, type: 'language' | 'region'): Intl.DisplayNames {
  const key = `${type} ${language}`;
  let made = names.get(key);
  if (!made) names.set(key, (made = new Intl.DisplayNames(language, { type })));
  return made;
}

/** The name of a language, in another or in itself, with a capital letter. */
export function languageName(tag: string, inLanguage: string): string {
  const name = displayNames(inLanguage, 'language').of(tag) ?? tag;
  return name.charAt(0).toLocaleUpperCase(inLanguage) + name.slice(1);
}

/** The name of a country (ISO 3166-1 alpha-2). */
export function countryName(code: string, language: Language): string {
  return displayNames(language, 'region').of(code) ?? code;
}

const money = new Map<string, Intl.NumberFormat>();

/** Minor units of an ISO 4217 currency, as the reader writes money. */
export function formatMoney(minor: number, currency: string, language: Language): string {
  const key = `${language} ${currency}`;
  let format = money.get(key);
  if (!format) money.set(key, (format = new Intl.NumberFormat(language, { style: 'currency', currency })));
  return format.format(minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}

/** A moment in a zone, with the zone's name. */
export function formatMoment(at: Temporal.Instant, zone: string, language: Language): string {
  return at.toLocaleString(language, { dateStyle: 'long', timeStyle: 'short', timeZone: zone });
}
