import { countryName, formatInstant, formatList, formatMoney } from '../locales/format.ts';
import type { PageContext } from '../page.ts';
import { LangText } from '../ui/content.tsx';
import { type Column, Table } from '../ui/table.tsx';
import { Tag } from '../ui/tag.tsx';
import type { EventView } from './event-page.tsx';

type Category = EventView['categories'][number];

/** The ways to take part, what each costs until when, and what is left. */
export function PriceTable({ ctx, event }: { ctx: PageContext; event: EventView }) {
  const { t } = ctx;
  if (event.categories.length === 0) return null;
  const reduced = event.reducedCountries.length > 0 && event.categories.some((category) => category.priceReduced !== null);
  return (
    <section>
      <h2>{t('events.page.prices')}</h2>
      <Table
        ctx={ctx}
        caption={t('events.page.pricesTable')}
        captionUnseen
        rows={event.categories}
        rowKey={(category) => category.key}
        columns={columnsOf(ctx, event, reduced)}
      />
      {reduced && (
        <p class="hint">
          {t('events.page.reducedFor', {
            countries: formatList(
              event.reducedCountries
                .map((code) => countryName(code, ctx.language))
                .sort((a, b) => a.localeCompare(b, ctx.language)),
              ctx.language,
            ),
          })}
        </p>
      )}
    </section>
  );
}

function columnsOf(ctx: PageContext, event: EventView, reduced: boolean): Column<Category>[] {
  const { t } = ctx;
  const money = (minor: number) => (minor > 0 ? formatMoney(minor, event.currency, ctx.language) : t('events.page.free'));
  const late = event.lateFrom !== null && event.categories.some((category) => category.priceLate !== null);
  const isLate = event.lateFrom !== null && Temporal.Instant.compare(ctx.now, event.lateFrom) >= 0;
  const day = (at: Temporal.Instant) => formatInstant(at, ctx.language, event.zone, 'date');
  const price = (minor: number, now: boolean) => (
    <>
      {money(minor)} {now && <Tag tone="new">{t('events.page.now')}</Tag>}
    </>
  );
  const columns: (Column<Category> | false)[] = [
    { key: 'name', words: t('events.page.category'), cell: (category) => <Name ctx={ctx} event={event} category={category} /> },
    late &&
      event.lateFrom !== null && {
        key: 'early',
        // The last day of the early price is the one before the late price begins.
        words: t('events.page.until', { date: day(event.lateFrom.subtract({ minutes: 1 })) }),
        number: true,
        cell: (category) => price(category.priceEarly, !isLate),
      },
    late &&
      event.lateFrom !== null && {
        key: 'late',
        words: t('events.page.from', { date: day(event.lateFrom) }),
        number: true,
        cell: (category) => price(category.priceLate ?? category.priceEarly, isLate),
      },
    !late && { key: 'price', words: t('events.page.price'), number: true, cell: (category) => money(category.price) },
    reduced && {
      key: 'reduced',
      words: t('events.page.reduced'),
      number: true,
      cell: (category) => (category.priceReduced === null ? '–' : money(category.priceReduced)),
    },
    event.categories.some((category) => category.capacity !== null) && {
      key: 'left',
      words: t('events.page.places'),
      number: true,
      cell: (category) =>
        category.free === null ? '–' : category.free === 0 ? t('events.page.full') : t('events.page.left', { n: category.free }),
    },
  ];
  return columns.filter((column) => column !== false);
}

function Name({ ctx, event, category }: { ctx: PageContext; event: EventView; category: Category }) {
  const { t } = ctx;
  return (
    <span class="category">
      <LangText ctx={ctx} map={category.name} defaultLanguage={event.defaultLanguage} />
      {Object.keys(category.name).length === 0 && category.key}
      <small>
        {category.openTo !== 'anyone' && t(`events.openTo.${category.openTo}`)}
        {category.openTo !== 'anyone' && Object.keys(category.note).length > 0 && ' · '}
        <LangText ctx={ctx} map={category.note} defaultLanguage={event.defaultLanguage} />
      </small>
    </span>
  );
}
