import type { z } from 'zod';
import type { Language } from '../../web/locales/languages.ts';
import { country, email, interfaceLanguage, line, zone } from '../fields.ts';
import type { PersonField, PersonFileRow } from './people-file.ts';

/** A row of a file of people, understood. A field that the file leaves empty is undefined and changes nothing. */
export interface PersonEntry {
  name: string;
  email?: string;
  /** The mailbox is shared: nobody signs in with it. */
  sharedEmail: boolean;
  language?: Language;
  zone?: string;
  /** Its id or its name, in `country` where that is given. */
  organisation?: string;
  country?: string;
  title?: string;
  isContact?: boolean;
}

export interface PersonRowError {
  field: PersonField;
  /** The catalogue's `invalid.<code>`. */
  code: string;
  params?: Record<string, string | number>;
}

export interface UnderstoodPerson {
  line: number;
  entry: PersonEntry;
  errors: PersonRowError[];
}

// Made once: a file has thousands of rows.
const asLine = by(line());
const asEmail = by(email);
const asLanguage = by(interfaceLanguage);
const asZone = by(zone);
const asCountry = by(country);

const YES = new Set(['true', 'yes', 'y', '1', 'x', 'oui', 'si', 'sí', 'sim', 'on']);
const NO = new Set(['false', 'no', 'n', '0', 'non', 'não', 'nao', 'off']);

/** What a row says, or what is wrong with it, field by field. */
export function understandPerson({ line: at, fields }: PersonFileRow): UnderstoodPerson {
  const errors: PersonRowError[] = [];
  const read = <Value>(field: PersonField, understood: (text: string) => Value | undefined, code: string) => {
    const text = fields[field];
    if (text === undefined) return undefined;
    const value = understood(text);
    if (value === undefined) errors.push({ field, code });
    return value;
  };
  const entry: PersonEntry = {
    name: read('name', asLine, 'cityName') ?? '',
    email: read('email', asEmail, 'email'),
    sharedEmail: read('sharedEmail', yesOrNo, 'yesOrNo') ?? false,
    language: read('language', (text) => asLanguage(text.toLowerCase()), 'interfaceLanguage'),
    zone: read('zone', asZone, 'zone'),
    organisation: read('organisation', asLine, 'cityName'),
    country: read('country', (text) => asCountry(text.toUpperCase()), 'country'),
    title: read('title', asLine, 'cityName'),
    isContact: read('isContact', yesOrNo, 'yesOrNo'),
  };
  if (fields.name === undefined) errors.push({ field: 'name', code: 'required' });
  if (fields.organisation === undefined && (entry.title !== undefined || entry.isContact))
    errors.push({ field: 'organisation', code: 'required' });
  if (entry.sharedEmail && fields.email === undefined) errors.push({ field: 'email', code: 'required' });
  return { line: at, entry, errors };
}

function by<Schema extends z.ZodType>(schema: Schema) {
  return (text: string): z.output<Schema> | undefined => {
    const result = schema.safeParse(text);
    return result.success ? result.data : undefined;
  };
}

function yesOrNo(text: string): boolean | undefined {
  const word = text.toLowerCase();
  return YES.has(word) ? true : NO.has(word) ? false : undefined;
}
