import type { EventChangeRow } from '../../server/events/history.ts';
import { countryName, formatList, formatMoney, formatNumber, languageName } from '../locales/format.ts';
import { translateCode } from '../locales/translate.ts';
import type { PageContext } from '../page.ts';

export interface Difference {
  field: string;
  /** The language of the text that changed. */
  language?: string;
  /** Null: there was nothing to compare with. */
  before: string | null;
  after: string;
}

type Fields = Record<string, unknown>;
const LONG = 240;

/** One change of the audit trail field by field, a text language by language, a category each on its own. */
export function differences(ctx: PageContext, { before, after, names }: EventChangeRow, currency: string): Difference[] {
  const fields = [...new Set([...Object.keys(after ?? {}), ...Object.keys(before ?? {})])];
  return fields.flatMap((field): Difference[] => {
    const [old, now] = [before?.[field], after?.[field]];
    const said = translateCode(ctx.language, `events.change.field.${field}`) ?? field;
    if (field === 'categories') return ofCategories(ctx, said, listOf(old), listOf(now), currency);
    if (isTexts(old) || isTexts(now)) return ofTexts(ctx, said, before && textsOf(old), textsOf(now));
    return [{ field: said, before: before && inWords(ctx, field, old, names), after: inWords(ctx, field, now, names) }].filter(
      (line) => line.before !== line.after && (line.before !== null || line.after !== ''),
    );
  });
}

const isTexts = (value: unknown): value is Record<string, string> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const textsOf = (value: unknown): Record<string, string> => (isTexts(value) ? value : {});
const listOf = (value: unknown): Fields[] => (Array.isArray(value) ? value.filter(isTexts) : []);
const short = (text: string) => (text.length > LONG ? `${text.slice(0, LONG)} …` : text);

function ofTexts(
  ctx: PageContext,
  field: string,
  before: Record<string, string> | null,
  after: Record<string, string>,
): Difference[] {
  return [...new Set([...Object.keys(after), ...Object.keys(before ?? {})])].flatMap((tag) =>
    before?.[tag] === after[tag]
      ? []
      : [
          {
            field,
            language: languageName(tag, ctx.language),
            before: before && short(before[tag] ?? ''),
            after: short(after[tag] ?? ''),
          },
        ],
  );
}

function ofCategories(ctx: PageContext, field: string, before: Fields[], after: Fields[], currency: string): Difference[] {
  const keys = [...new Set([...after, ...before].map((category) => String(category.key)))];
  const lines = keys.flatMap((key) => {
    const said = (list: Fields[]) => {
      const found = list.find((category) => category.key === key);
      return found ? categoryInWords(ctx, found, currency) : '';
    };
    const [old, now] = [said(before), said(after)];
    return old === now ? [] : [{ field: `${field}: ${key}`, before: old, after: now }];
  });
  const order = (list: Fields[]) => list.map((category) => String(category.key)).join(', ');
  return lines.length === 0 && order(before) !== order(after) ? [{ field, before: order(before), after: order(after) }] : lines;
}

function categoryInWords(ctx: PageContext, category: Fields, currency: string): string {
  const money = (value: unknown) => (typeof value === 'number' ? formatMoney(value, currency, ctx.language) : '');
  const name = textsOf(category.name);
  return [
    Object.entries(name)
      .map(([tag, text]) => `${tag}: ${text}`)
      .join(', '),
    translateCode(ctx.language, `events.openTo.${String(category.openTo)}`) ?? '',
    [category.priceEarly, category.priceLate, category.priceReduced].map(money).filter(Boolean).join(' / '),
    typeof category.capacity === 'number' ? formatNumber(category.capacity, ctx.language) : '',
  ]
    .filter(Boolean)
    .join(' · ');
}

const TIMES = new Set(['starts', 'ends', 'registrationOpens', 'registrationCloses', 'changesUntil', 'lateFrom']);

function inWords(ctx: PageContext, field: string, value: unknown, names: Record<string, string>): string {
  const { t, language } = ctx;
  if (value === null || value === undefined || value === '') return '';
  if (typeof value === 'boolean') return value ? t('events.history.yes') : t('events.history.no');
  if (typeof value === 'number') return formatNumber(value, language);
  if (Array.isArray(value)) {
    const name = field === 'languages' ? languageName : field === 'reducedCountries' ? countryName : (one: string) => one;
    return formatList(
      value.map((one) => name(String(one), language)),
      language,
    );
  }
  const text = String(value);
  if (TIMES.has(field)) return text.replace('T', ' ').slice(0, 16);
  if (field === 'kind' || field === 'attendance') return translateCode(language, `events.${field}.${text}`) ?? text;
  if (field === 'country') return countryName(text, language);
  return short(names[text] ?? text);
}
