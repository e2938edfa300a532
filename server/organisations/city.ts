import { z } from 'zod';
import type { Membership } from '../../db/tables/organisations.ts';
import { LANGUAGES } from '../../web/locales/languages.ts';
import { country, languageTag, line, zone } from '../fields.ts';
import type { Field, FileRow } from './cities-file.ts';
import { MEMBERSHIPS } from './rules.ts';

/** A row of a file of cities, understood. A field that the file leaves empty is undefined and changes nothing. */
export interface City {
  name: string;
  country: string;
  languages?: string[];
  networks?: string[];
  zone?: string;
  latitude?: number;
  longitude?: number;
  population?: number;
  membership?: Membership;
  memberSince?: number;
}

export interface RowError {
  field: Field;
  /** The catalogue's `invalid.<code>`. */
  code: string;
  params?: Record<string, string | number>;
}

/** Remembers what each text meant: a file has thousands of rows of few countries, languages and zones, and asking Intl is slow. */
function remembering<Value>(understand: (text: string) => Value): (text: string) => Value {
  const known = new Map<string, Value>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined || known.has(text)) return before as Value;
    if (known.size > 5000) known.clear();
    const value = understand(text);
    known.set(text, value);
    return value;
  };
}

const readCountry = remembering(countryOf);
const readLanguages = remembering(languagesOf);
const readZone = remembering((text) => parsed(zone, text));

/** What a row says, or what is wrong with it, field by field. */
export function understand({ fields }: FileRow): { city: City; errors: RowError[] } {
  const errors: RowError[] = [];
  const read = <Value>(field: Field, understood: (text: string) => Value | undefined, code: string): Value | undefined => {
    const text = fields[field];
    if (text === undefined) return undefined;
    const value = understood(text);
    if (value === undefined) errors.push({ field, code });
    return value;
  };
  const name = read('name', (text) => parsed(line(), text), 'cityName');
  const code = read('country', readCountry, 'country');
  if (fields.name === undefined) errors.push({ field: 'name', code: 'required' });
  if (fields.country === undefined) errors.push({ field: 'country', code: 'required' });
  const city: City = {
    name: name ?? fields.name ?? '',
    country: code ?? '',
    languages: read('language', readLanguages, 'languageTag'),
    networks: read('network', networksOf, 'cityNetwork'),
    zone: read('timezone', readZone, 'zone'),
    latitude: read('latitude', (text) => degrees(text, 90), 'latitude'),
    longitude: read('longitude', (text) => degrees(text, 180), 'longitude'),
    population: read('population', inhabitants, 'population'),
    membership: read('membership', (text) => MEMBERSHIPS.find((membership) => membership === text.toLowerCase()), 'choice'),
    memberSince: read('memberSince', yearOf, 'year'),
  };
  return { city, errors };
}

function parsed<Schema extends z.ZodType>(schema: Schema, text: string): z.output<Schema> | undefined {
  const result = schema.safeParse(text);
  return result.success ? result.data : undefined;
}

/** ISO code of any case, or the country's name in one of the interface's languages. */
function countryOf(text: string): string | undefined {
  return parsed(country, text.toUpperCase()) ?? countriesByName().get(plain(text));
}

const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

let byName: Map<string, string> | undefined;
function countriesByName(): Map<string, string> {
  if (byName) return byName;
  byName = new Map();
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  const codes = letters
    .flatMap((first) => letters.map((second) => first + second))
    .filter((code) => country.safeParse(code).success);
  for (const language of LANGUAGES) {
    const names = new Intl.DisplayNames(language, { type: 'region' });
    for (const code of codes) byName.set(plain(names.of(code) ?? code), code);
  }
  return byName;
}

function languagesOf(text: string): string[] | undefined {
  const tags = text
    .split(/[\s,;|/]+/)
    .filter(Boolean)
    .map((tag) => parsed(languageTag, /-/.test(tag) ? tag : tag.toLowerCase()));
  return tags.every((tag): tag is string => tag !== undefined && known(tag)) ? [...new Set(tags)].slice(0, 10) : undefined;
}

// `xx` is well formed, but nobody speaks it.
const known = (tag: string) => new Intl.DisplayNames('en', { type: 'language', fallback: 'none' }).of(tag) !== undefined;

function networksOf(text: string): string[] | undefined {
  const names = text.split(/[;|]/).map((name) => parsed(line(), name));
  const given = names.filter((name): name is string => name !== undefined);
  return given.length > 0 && given.length <= 20 ? [...new Set(given)] : undefined;
}

function degrees(text: string, most: number): number | undefined {
  if (!/^[+-]?\d{1,3}([.,]\d{1,15})?$/.test(text)) return undefined;
  const value = Number(text.replace(',', '.'));
  return Math.abs(value) <= most ? value : undefined;
}

function inhabitants(text: string): number | undefined {
  if (!/^\d{1,10}$|^\d{1,3}([ .,'\u00a0\u202f]\d{3})+$/.test(text)) return undefined;
  const value = Number(text.replace(/\D/g, ''));
  return value <= 2_000_000_000 ? value : undefined;
}

function yearOf(text: string): number | undefined {
  const value = /^\d{4}$/.test(text) ? Number(text) : 0;
  return value >= 1900 && value <= 2200 ? value : undefined;
}
