import type { ProgrammeFilter } from '../../server/programme/input.ts';
import type { Programme } from '../../server/programme/programme.ts';
import type { ShownSession } from '../../server/programme/shown.ts';
import { Layout } from '../layout.tsx';
import { formatDate, formatInstant, languageName, zonePlace } from '../locales/format.ts';
import { textIn } from '../locales/text-map.ts';
import type { FieldError, PageContext } from '../page.ts';
import { ButtonLink, ButtonRow } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { type Filter, ListTools } from '../ui/list-tools.tsx';
import { Tabs } from '../ui/tabs.tsx';
import { type Choosing, SessionCard } from './session-card.tsx';
import { dayWords, type ProgrammeEvent } from './words.ts';

export interface ProgrammePageProps {
  ctx: PageContext;
  event: ProgrammeEvent;
  /** What there is to filter by. */
  programme: Programme;
  sessions: ShownSession[];
  days: string[];
  filter: ProgrammeFilter;
  release: { no: number; releasedAt: Temporal.Instant } | null;
  choosing: Choosing | null;
  errors?: FieldError[];
}

/** The released programme for everybody: by day, axis, room, language, and what is on now. */
export function ProgrammePage(props: ProgrammePageProps) {
  const { ctx, event, sessions, filter, release, choosing, days } = props;
  const { t } = ctx;
  const path = `/events/${event.slug}/programme`;
  const own = textIn(event.title, [ctx.language], event.defaultLanguage);
  return (
    <Layout
      ctx={ctx}
      title={t('programme.public.title')}
      errors={props.errors}
      breadcrumbs={[{ words: own, href: `/events/${event.slug}` }]}
      lead={release && t('programme.public.zone', { place: zonePlace(event.zone) })}
      actions={
        <ButtonRow>
          {choosing && (
            <ButtonLink kind="secondary" href={`/events/${event.slug}/my-programme`}>
              {t('programme.own.title')}
            </ButtonLink>
          )}
        </ButtonRow>
      }
    >
      {!release ? (
        <EmptyState title={t('programme.public.none')} action={<EventLink ctx={ctx} event={event} />}>
          {t('programme.public.noneLead')}
        </EmptyState>
      ) : (
        <>
          <Tabs ctx={ctx} label={t('programme.public.days')} tabs={tabsOf(props, path)} />
          <ListTools
            ctx={ctx}
            action={path}
            filters={filtersOf(props)}
            hidden={{ day: filter.day?.toString(), now: filter.now ? '1' : undefined }}
          />
          {sessions.length === 0 ? (
            <EmptyState
              title={filter.now ? t('programme.public.nothingNow') : t('programme.public.nothing')}
              action={<a href={path}>{t('programme.public.all')}</a>}
            />
          ) : (
            days
              .filter((day) => sessions.some((session) => session.starts.startsWith(day)))
              .map((day) => (
                <section class="programme-day" key={day} aria-labelledby={`d-${day}`}>
                  <h2 id={`d-${day}`}>{dayWords(ctx, day)}</h2>
                  <ol class="sessions">
                    {sessions
                      .filter((session) => session.starts.startsWith(day))
                      .map((session) => (
                        <SessionCard key={session.id} ctx={ctx} event={event} session={session} choosing={choosing} />
                      ))}
                  </ol>
                </section>
              ))
          )}
          <p class="hint">
            {t('programme.public.version', {
              no: release.no,
              when: formatInstant(release.releasedAt, ctx.language, event.zone),
            })}
            . <span class="no-print">{t('programme.public.print')}</span>
          </p>
        </>
      )}
    </Layout>
  );
}

export function EventLink({ ctx, event }: { ctx: PageContext; event: ProgrammeEvent }) {
  return (
    <ButtonLink kind="secondary" href={`/events/${event.slug}`}>
      {ctx.t('programme.public.toEvent')}
    </ButtonLink>
  );
}

function tabsOf({ ctx, days, filter }: ProgrammePageProps, path: string) {
  const { t, language } = ctx;
  const { day, now } = filter;
  return [
    { href: path, words: t('programme.public.allDays'), current: !day && !now },
    ...days.map((one) => ({
      href: `${path}?day=${one}`,
      words: formatDate(Temporal.PlainDate.from(one), language, 'day'),
      current: day?.toString() === one,
    })),
    { href: `${path}?now=1`, words: t('programme.public.now'), current: now === true },
  ];
}

function filtersOf({ ctx, event, programme, filter }: ProgrammePageProps): Filter[] {
  const { t } = ctx;
  const words = (map: Record<string, string>) => textIn(map, [ctx.language], event.defaultLanguage);
  const spoken = [...new Set(programme.sessions.flatMap(({ languages, interpreting }) => [...languages, ...interpreting]))];
  const kinds = [...new Set(programme.sessions.map(({ kind }) => kind))];
  const filters: Filter[] = [
    {
      name: 'track',
      label: t('programme.public.track'),
      value: filter.track,
      options: programme.tracks.map(({ id, name }) => ({ value: id, words: words(name) })),
    },
    {
      name: 'kind',
      label: t('programme.public.kind'),
      value: filter.kind,
      options: kinds.map((kind) => ({ value: kind, words: t(`programme.kind.${kind}`) })),
    },
    {
      name: 'language',
      label: t('programme.public.language'),
      value: filter.language,
      options: spoken.map((tag) => ({ value: tag, words: languageName(tag, ctx.language) })),
    },
  ];
  return filters.filter(({ options }) => options.length > 1);
}
