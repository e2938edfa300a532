import type { EventFilter } from '../../server/events/input.ts';
import type { EventChoices, EventRow } from '../../server/events/queries.ts';
import { Layout } from '../layout.tsx';
import { compareWords, countryName, formatDate, formatInstant, languageName } from '../locales/format.ts';
import { textIn } from '../locales/text-map.ts';
import type { FieldError, PageContext } from '../page.ts';
import { ButtonLink, ButtonRow } from '../ui/button.tsx';
import { LangText } from '../ui/content.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { type Filter, ListTools } from '../ui/list-tools.tsx';
import { Pager } from '../ui/pager.tsx';
import { at, queryOf } from '../ui/query.ts';
import { Tag } from '../ui/tag.tsx';
import { days } from './words.ts';

export interface EventsPageProps {
  ctx: PageContext;
  events: EventRow[];
  next: string | null;
  filter: EventFilter;
  choices: EventChoices;
  /** Not the first page. */
  later: boolean;
  errors?: FieldError[];
}

/** Coming or past events, for everybody, month by month. */
export function EventsPage({ ctx, events, next, filter, choices, later, errors = [] }: EventsPageProps) {
  const { t } = ctx;
  const past = filter.past ?? false;
  const query = queryOf(filter);
  const filtered = queryOf(filter, ['past']) !== '';
  return (
    <Layout
      ctx={ctx}
      title={past ? t('events.list.past') : t('events.list.title')}
      lead={t('events.list.lead')}
      hero
      errors={errors}
      head={
        <>
          <meta name="description" content={t('events.list.lead')} />
          <link rel="canonical" href={`${ctx.publicUrl}/events${past ? '?past=on' : ''}`} />
        </>
      }
    >
      <ListTools
        ctx={ctx}
        action="/events"
        search={filter.q}
        filters={filtersOf(ctx, filter, choices)}
        hidden={{ past: past ? 'on' : undefined }}
      />
      <div data-list>
        {events.length === 0 ? (
          <EmptyState
            title={filtered ? t('events.list.noneFound') : t('events.list.none')}
            action={
              filtered && (
                <ButtonLink kind="secondary" href={at('/events', past ? 'past=on' : '')}>
                  {t('ui.list.clear')}
                </ButtonLink>
              )
            }
          />
        ) : (
          byMonth(events).map(([month, rows]) => (
            <section key={month} aria-labelledby={`m-${month}`} class="month">
              <h2 id={`m-${month}`}>{formatDate(Temporal.PlainDate.from(`${month}-01`), ctx.language, 'month')}</h2>
              <ul class="cards events">
                {rows.map((event) => (
                  <EventCard key={event.slug} ctx={ctx} event={event} />
                ))}
              </ul>
            </section>
          ))
        )}
        <Pager
          ctx={ctx}
          first={later ? at('/events', query) : null}
          next={next && `/events?${query ? `${query}&` : ''}cursor=${encodeURIComponent(next)}`}
        />
      </div>
      <ButtonRow>
        <ButtonLink kind="quiet" href="/calendar">
          {t('calendars.month.title')}
        </ButtonLink>
        <ButtonLink kind="quiet" href="/map">
          {t('calendars.map.title')}
        </ButtonLink>
        <ButtonLink kind="quiet" href="/activities">
          {t('activities.title')}
        </ButtonLink>
        <ButtonLink kind="quiet" href={past ? '/events' : '/events?past=on'}>
          {past ? t('events.list.coming') : t('events.list.past')}
        </ButtonLink>
      </ButtonRow>
    </Layout>
  );
}

function byMonth(events: EventRow[]): [string, EventRow[]][] {
  const months = new Map<string, EventRow[]>();
  for (const event of events) {
    const month = event.starts.toString().slice(0, 7);
    const there = months.get(month);
    if (there) there.push(event);
    else months.set(month, [event]);
  }
  return [...months];
}

function filtersOf(ctx: PageContext, filter: EventFilter, choices: EventChoices): Filter[] {
  const { t, language } = ctx;
  const named = (values: string[], words: (value: string) => string, value?: string) =>
    [...new Set([...values, ...(value ? [value] : [])])]
      .map((one) => ({ value: one, words: words(one) }))
      .sort((a, b) => compareWords(a.words, b.words, language));
  const filters: Filter[] = [
    {
      name: 'kind',
      label: t('events.list.kind'),
      value: filter.kind,
      options: named(choices.kinds, (kind) => t(`events.kind.${kind as 'congress'}`), filter.kind),
    },
    {
      name: 'network',
      label: t('events.page.network'),
      value: filter.network,
      options: choices.networks.map(({ slug, name }) => ({ value: slug, words: textIn(name, [language, 'en']) })),
    },
    {
      name: 'country',
      label: t('events.list.country'),
      value: filter.country,
      options: named(choices.countries, (code) => countryName(code, language), filter.country),
    },
    {
      name: 'month',
      label: t('events.list.month'),
      value: filter.month,
      options: [...new Set([...choices.months, ...(filter.month ? [filter.month] : [])])].sort().map((month) => ({
        value: month,
        words: formatDate(Temporal.PlainDate.from(`${month}-01`), language, 'month'),
      })),
    },
    {
      name: 'language',
      label: t('events.list.language'),
      value: filter.language,
      options: named(choices.languages, (tag) => languageName(tag, language), filter.language),
    },
  ];
  // A filter with nothing to choose from only stands in the way.
  return filters.filter(({ options, value }) => options.length > 1 || value);
}

function EventCard({ ctx, event }: { ctx: PageContext; event: EventRow }) {
  const { t } = ctx;
  const where = [event.host?.name, event.country && countryName(event.country, ctx.language)].filter(Boolean);
  return (
    <li class="card event-card">
      <p class="kicker">
        {t(`events.kind.${event.kind}`)}
        {event.edition && ` · ${t('events.page.edition', { n: event.edition })}`}
      </p>
      <h3>
        <a href={`/events/${event.slug}`}>
          <LangText ctx={ctx} map={event.title} defaultLanguage={event.defaultLanguage} />
        </a>
      </h3>
      <p class="event-when">
        <time dateTime={event.startsAt.toString()}>{days(event, ctx.language)}</time>
      </p>
      <p>
        {[
          event.attendance === 'online' ? t('events.attendance.online') : where.join(', '),
          ...(event.network ? [textIn(event.network.name, [ctx.language, 'en'])] : []),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <p class="event-card-foot">
        <RegistrationTag ctx={ctx} event={event} />
      </p>
    </li>
  );
}

/** Whether one may register now, until when, or from when on. */
export function RegistrationTag({ ctx, event }: { ctx: PageContext; event: Omit<EventRow, 'places'> }) {
  const { t } = ctx;
  const before = (moment: Temporal.Instant | null) => moment !== null && Temporal.Instant.compare(ctx.now, moment) < 0;
  const day = (moment: Temporal.Instant) => formatInstant(moment, ctx.language, event.zone, 'date');
  const { registrationOpensAt: opens, registrationClosesAt: closes } = event;
  if (event.cancelledAt) return <Tag tone="bad">{t('events.state.cancelled')}</Tag>;
  if (!before(event.endsAt)) return <Tag tone="off">{t('events.state.past')}</Tag>;
  if (event.closedAt || (closes && !before(closes))) return <Tag tone="off">{t('events.window.over')}</Tag>;
  if (opens && before(opens)) return <Tag tone="wait">{t('events.window.from', { date: day(opens) })}</Tag>;
  return <Tag tone="good">{closes ? t('events.window.until', { date: day(closes) }) : t('events.window.open')}</Tag>;
}
