import { domainToASCII } from 'node:url';
import { z } from 'zod';
import { LANGUAGES } from '../web/locales/languages.ts';

// The kinds of fields that inputs are made of. Form posts bring strings only, so each takes a string too.

// A control character or half a surrogate pair never belongs to what somebody meant to type.
// biome-ignore lint/suspicious/noControlCharactersInRegex: that is the point
const UNWANTED =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const tidy = (text: string) => text.replace(UNWANTED, '').normalize('NFC').replace(/\r\n?/g, '\n').trim();

const blankToUndefined = (value: unknown) => (value === '' || value === null ? undefined : value);

/** One line of text, 1 to `max` characters. */
export const line = (max = 200) =>
  z
    .string()
    .max(max * 2)
    .transform((text) => tidy(text).replace(/\s+/g, ' '))
    .pipe(z.string().min(1).max(max));

/** One line that may be empty. */
export const optionalLine = (max = 200) =>
  z
    .string()
    .max(max * 2)
    .default('')
    .transform((text) => tidy(text).replace(/\s+/g, ' '))
    .pipe(z.string().max(max));

/** Text of several lines that may be empty. */
export const optionalText = (max = 5000) =>
  z
    .string()
    .max(max * 2)
    .default('')
    .transform(tidy)
    .pipe(z.string().max(max));

/** A value or nothing: an empty form field counts as nothing. */
export const optional = <Schema extends z.ZodType>(schema: Schema) => z.preprocess(blankToUndefined, schema.optional());

/** Like `optional`, but tells "cleared" (null) from "not mentioned" (undefined), as a PATCH needs. */
export const nullable = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (value === '' ? null : value), schema.nullable().optional());

/** An e-mail address, its domain in ASCII (IDN as punycode). */
export const email = z
  .string()
  .max(254)
  .transform((text, context) => {
    const [, local, domain] = /^([^\s@<>(),;:"[\]\\]{1,64})@([^\s@]{1,250})$/u.exec(tidy(text)) ?? [];
    const ascii = domain === undefined ? '' : domainToASCII(domain);
    if (
      !local ||
      !/^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(ascii) ||
      local.startsWith('.') ||
      local.endsWith('.') ||
      local.includes('..')
    ) {
      context.addIssue({ code: 'custom', params: { code: 'email' } });
      return z.NEVER;
    }
    return `${local}@${ascii.toLowerCase()}`;
  });

const zones = new Set(['UTC', ...Intl.supportedValuesOf('timeZone')]);

/** An IANA time zone that this installation knows. */
export const zone = z
  .string()
  .max(64)
  .refine((name) => zones.has(name) || knownAlias(name), { params: { code: 'zone' } });

function knownAlias(name: string): boolean {
  try {
    return name.includes('/') && Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}

export const interfaceLanguage = z.enum(LANGUAGES);

/** A language of content: BCP 47, as `ca` or `pt-BR`. */
export const languageTag = z
  .string()
  .max(35)
  .refine((tag) => /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(tag) && canonical(tag), { params: { code: 'languageTag' } });

function canonical(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}

/** ISO 3166-1 alpha-2. */
export const country = z
  .string()
  .max(2)
  .refine(
    (code) => /^[A-Z]{2}$/.test(code) && new Intl.DisplayNames('en', { type: 'region', fallback: 'none' }).of(code) !== undefined,
    {
      params: { code: 'country' },
    },
  );

/** ISO 4217. */
export const currency = z
  .string()
  .refine((code) => Intl.supportedValuesOf('currency').includes(code), { params: { code: 'currency' } });

/** A map of languages; empty texts are left out. */
export const texts = (max = 200) =>
  z
    .record(languageTag, z.string().max(max * 2))
    .default({})
    .transform((map) =>
      Object.fromEntries(
        Object.entries(map)
          .map(([tag, text]) => [tag, tidy(text)])
          .filter(([, text]) => text !== ''),
      ),
    )
    .pipe(z.record(z.string(), z.string().max(max)));

/** A whole number, also as typed. */
export const whole = (min: number, max: number) =>
  z.preprocess(
    (value) => (typeof value === 'string' && /^[+-]?\d{1,12}$/.test(value.trim()) ? Number(value) : value),
    z.int().min(min).max(max),
  );

export const decimal = (min: number, max: number) =>
  z.preprocess(
    (value) =>
      typeof value === 'string' && /^[+-]?\d{1,9}([.,]\d{1,12})?$/.test(value.trim()) ? Number(value.replace(',', '.')) : value,
    z.number().min(min).max(max),
  );

/** A checkbox ("on") or a JSON boolean. */
export const flag = z.preprocess(
  (value) => (Array.isArray(value) ? value.at(-1) : value),
  z.union([
    z.boolean(),
    z.enum(['on', 'true', '1', 'off', 'false', '0', '']).transform((text) => text === 'on' || text === 'true' || text === '1'),
  ]),
);

/** A list: one value, several, or comma-separated in a query. */
export const list = <Schema extends z.ZodType>(schema: Schema, max = 1000) =>
  z.preprocess(
    (value) => (value === undefined || value === '' ? [] : Array.isArray(value) ? value.filter((item) => item !== '') : [value]),
    z.array(schema).max(max),
  );

export const id = z.uuid();

/** Local date and time as planned, `2026-05-26T09:00`; no zone and no offset. Years 1900 to 2200. */
export const localDateTime = z.string().transform((text, context) => {
  const match = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(:\d{2})?$/.exec(text.trim());
  try {
    const local = match && Temporal.PlainDateTime.from(`${match[1]}T${match[2]}`, { overflow: 'reject' });
    if (local && local.year >= 1900 && local.year <= 2200) return local;
  } catch {
    // falls through: not a date of the calendar
  }
  context.addIssue({ code: 'custom', params: { code: 'localDateTime' } });
  return z.NEVER;
});

export const localDate = z.string().transform((text, context) => {
  try {
    if (/^\d{4}-\d{2}-\d{2}$/.test(text.trim())) return Temporal.PlainDate.from(text.trim(), { overflow: 'reject' });
  } catch {
    // falls through
  }
  context.addIssue({ code: 'custom', params: { code: 'localDate' } });
  return z.NEVER;
});

/** A web address of http or https. */
export const webAddress = z
  .string()
  .max(2000)
  .refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol), { params: { code: 'webAddress' } });

/** What a search box sends. */
export const search = z.preprocess(
  (value) => (Array.isArray(value) ? value[0] : value),
  z
    .string()
    .max(1000)
    .default('')
    .transform((text) => tidy(text).slice(0, 100)),
);
