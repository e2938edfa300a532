import { formatNumber } from '../locales/format.ts';
import { readIn } from '../locales/text-map.ts';
import type { PageContext } from '../page.ts';

/** What the pages of a jury's office know of their call. */
export interface CallInJudging {
  slug: string;
  title: Record<string, string>;
  defaultLanguage: string;
  zone: string;
  resultsPublishedAt: Temporal.Instant | null;
}

interface Words {
  text: string;
  lang: string;
}

/** A text of the call in the reader's language, with the language it is in. */
export function read(ctx: Pick<PageContext, 'language'>, map: Record<string, string>, fallback: string): Words {
  return readIn(map, [ctx.language], fallback) ?? { text: '–', lang: ctx.language };
}

/** The `lang` of a text when it is not the page's. */
export const langOf = (ctx: Pick<PageContext, 'language'>, text: Words) => (text.lang === ctx.language ? undefined : text.lang);

export const figure = (ctx: Pick<PageContext, 'language'>, value: number | null, digits = 1) =>
  value === null ? '–' : formatNumber(value, ctx.language, { minimumFractionDigits: digits, maximumFractionDigits: digits });
