import { formatMoney, languageWithin } from '../locales/format.ts';
import { readIn, type TextMap } from '../locales/text-map.ts';
import type { PageContext } from '../page.ts';

export interface LangTextProps {
  ctx: PageContext;
  map: TextMap | null | undefined;
  defaultLanguage?: string;
  /** The small note that this is only in another language; without it the `lang` alone says so. */
  note?: boolean;
}

/** A text of the content in the reader's language, or in another with its `lang` and a note. Nothing when there is none. */
export function LangText({ ctx, map, defaultLanguage, note }: LangTextProps) {
  const read = readIn(map, [ctx.language], defaultLanguage);
  if (!read) return null;
  if (read.lang === ctx.language) return <>{read.text}</>;
  return (
    <>
      <span lang={read.lang} dir="auto">
        {read.text}
      </span>
      {note && <span class="lang-note"> ({ctx.t('ui.lang.only', { language: languageWithin(read.lang, ctx.language) })})</span>}
    </>
  );
}

/** Text that an organiser wrote in Markdown. `html` must come from our own sanitiser. */
export function Markdown({ html, lang }: { html: string; lang?: string }) {
  return <div class="prose" lang={lang} dir={lang ? 'auto' : undefined} dangerouslySetInnerHTML={{ __html: html }} />;
}

/** An amount in minor units, as the reader writes money. */
export function Money({ ctx, minor, currency }: { ctx: PageContext; minor: number; currency: string }) {
  return (
    <data class="money" value={`${minor} ${currency}`}>
      {formatMoney(minor, currency, ctx.language)}
    </data>
  );
}
