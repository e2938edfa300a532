import type { CalendarFilter } from '../../server/calendars/input.ts';
import type { Happening } from '../../server/calendars/network.ts';
import { KINDS } from '../../server/events/input.ts';
import { Layout } from '../layout.tsx';
import { formatDate, formatInstant } from '../locales/format.ts';
import { textIn } from '../locales/text-map.ts';
import type { FieldError, PageContext } from '../page.ts';
import { ButtonLink, ButtonRow } from '../ui/button.tsx';
import { LangText } from '../ui/content.tsx';
import { ListTools } from '../ui/list-tools.tsx';
import { at, queryOf } from '../ui/query.ts';

interface Props {
  ctx: PageContext;
  month: Temporal.PlainYearMonth;
  items: Happening[];
  networks: { slug: string; name: Record<string, string> }[];
  filter: CalendarFilter;
  errors: FieldError[];
  today: Temporal.PlainDate;
}

/** What a line of the calendar is. */
export const kindWords = ({ t }: PageContext, kind: Happening['kind']) =>
  kind === 'activity' ? t('calendars.month.activity') : t(`events.kind.${kind}`);

/** A month of the network: a table of its days, and on a phone the list of those on which something takes place. */
export function MonthPage({ ctx, month, items, networks, filter, errors, today }: Props) {
  const { t, language } = ctx;
  const others = queryOf(filter, ['month']);
  const to = (target: Temporal.PlainYearMonth) =>
    at('/calendar', [`month=${target.toString()}`, others].filter(Boolean).join('&'));
  const words = formatDate(month.toPlainDate({ day: 1 }), language, 'month');
  return (
    <Layout
      ctx={ctx}
      title={t('calendars.month.title')}
      lead={t('calendars.month.lead')}
      hero
      errors={errors}
      actions={
        <ButtonLink
          kind="secondary"
          href={`webcal${ctx.publicUrl.replace(/^https?/, '')}${at('/calendar.ics', [others, `lang=${language}`].filter(Boolean).join('&'))}`}
        >
          {t('calendars.month.feed')}
        </ButtonLink>
      }
    >
      <ListTools
        ctx={ctx}
        action="/calendar"
        filters={[
          {
            name: 'kind',
            label: t('events.list.kind'),
            value: filter.kind,
            options: [...KINDS, 'activity' as const].map((kind) => ({ value: kind, words: kindWords(ctx, kind) })),
          },
          {
            name: 'network',
            label: t('events.page.network'),
            value: filter.network,
            options: networks.map(({ slug, name }) => ({ value: slug, words: textIn(name, [language, 'en']) || slug })),
          },
        ].filter(({ options }) => options.length > 0)}
        hidden={{ month: filter.month }}
      />
      <nav class="month-ways" aria-label={t('events.list.month')}>
        <ButtonRow>
          <ButtonLink kind="quiet" href={to(month.subtract({ months: 1 }))}>
            {`← ${t('calendars.month.before')}`}
          </ButtonLink>
          <ButtonLink kind="quiet" href={at('/calendar', others)}>
            {t('calendars.month.today')}
          </ButtonLink>
          <ButtonLink kind="quiet" href={to(month.add({ months: 1 }))}>
            {`${t('calendars.month.after')} →`}
          </ButtonLink>
        </ButtonRow>
      </nav>
      <h2>{words}</h2>
      {items.length === 0 && <p>{t('calendars.month.none')}</p>}
      <table class="month-grid">
        <caption class="unseen">{t('calendars.month.grid', { month: words })}</caption>
        <thead>
          <tr>
            {weekdays(language).map((day) => (
              <th key={day.long} scope="col" abbr={day.long}>
                {day.short}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeksOf(month).map((week) => (
            <tr key={week[0]?.toString()}>
              {week.map((date) => (
                <Day
                  key={date.toString()}
                  ctx={ctx}
                  date={date}
                  within={date.month === month.month}
                  today={date.equals(today)}
                  items={items}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Layout>
  );
}

function Day({
  ctx,
  date,
  within,
  today,
  items,
}: {
  ctx: PageContext;
  date: Temporal.PlainDate;
  within: boolean;
  today: boolean;
  items: Happening[];
}) {
  const there = within ? items.filter((one) => isOn(one, date)) : [];
  const state = [!within && 'month-other', there.length === 0 && 'month-empty', today && 'month-today'].filter(Boolean).join(' ');
  return (
    <td class={state || undefined} aria-current={today ? 'date' : undefined}>
      <time dateTime={date.toString()}>
        <span class="month-day" aria-hidden="true">
          {date.day}
        </span>
        <span class="month-date">{formatDate(date, ctx.language, 'weekday')}</span>
      </time>
      {there.length > 0 && <Lines ctx={ctx} date={date} items={there.slice(0, AT_ONCE)} />}
      {there.length > AT_ONCE && (
        <details>
          <summary>{ctx.t('calendars.month.more', { n: there.length - AT_ONCE })}</summary>
          <Lines ctx={ctx} date={date} items={there.slice(AT_ONCE)} />
        </details>
      )}
    </td>
  );
}

// On the International Day there are hundreds: the rest of a day unfolds.
const AT_ONCE = 5;

function Lines({ ctx, date, items }: { ctx: PageContext; date: Temporal.PlainDate; items: Happening[] }) {
  return (
    <ul class="plain-list">
      {items.map((one) => (
        <li key={one.id} class={`month-item${one.cancelled ? ' month-off' : ''}`}>
          <a href={one.path}>
            {one.starts.toPlainDate().equals(date) && `${formatInstant(one.startsAt, ctx.language, one.zone, 'time')} `}
            <LangText ctx={ctx} map={one.title} defaultLanguage={one.defaultLanguage} />
          </a>
          <span class="month-kind">
            {[kindWords(ctx, one.kind), one.city].filter(Boolean).join(' · ')}
            {one.cancelled && ` · ${ctx.t('events.state.cancelled')}`}
          </span>
        </li>
      ))}
    </ul>
  );
}

const isOn = ({ starts, ends }: Happening, date: Temporal.PlainDate) =>
  Temporal.PlainDate.compare(starts.toPlainDate(), date) <= 0 && Temporal.PlainDate.compare(lastDay(starts, ends), date) >= 0;

// What ends at midnight has no part in the day that begins then.
function lastDay(starts: Temporal.PlainDateTime, ends: Temporal.PlainDateTime): Temporal.PlainDate {
  const last = ends.subtract({ minutes: 1 });
  return Temporal.PlainDateTime.compare(last, starts) > 0 ? last.toPlainDate() : starts.toPlainDate();
}

/** The weeks that a month touches, Monday first (ISO 8601). */
function weeksOf(month: Temporal.PlainYearMonth): Temporal.PlainDate[][] {
  const first = month.toPlainDate({ day: 1 });
  const monday = first.subtract({ days: first.dayOfWeek - 1 });
  const weeks = Math.ceil((first.dayOfWeek - 1 + month.daysInMonth) / 7);
  return Array.from({ length: weeks }, (_, week) => Array.from({ length: 7 }, (_, day) => monday.add({ days: week * 7 + day })));
}

// 5 January 2026 was a Monday.
function weekdays(language: string): { long: string; short: string }[] {
  const name = (day: Temporal.PlainDate, style: 'long' | 'short') =>
    new Intl.DateTimeFormat(language, { weekday: style, timeZone: 'UTC' }).format(day.toZonedDateTime('UTC').epochMilliseconds);
  return Array.from({ length: 7 }, (_, n) => Temporal.PlainDate.from('2026-01-05').add({ days: n })).map((day) => ({
    long: name(day, 'long'),
    short: name(day, 'short'),
  }));
}
