import type { Report, ReportedEvent } from '../../server/reports/report.ts';
import { countryName, formatDateRange, formatMoney, formatNumber, formatPercent, languageName } from '../locales/format.ts';
import { readIn, textIn } from '../locales/text-map.ts';
import type { PageContext } from '../page.ts';
import { BarChart } from '../ui/chart.tsx';
import { LangText } from '../ui/content.tsx';
import { DefinitionList, Stats } from '../ui/facts.tsx';
import { MapOfCities } from '../ui/map-of-cities.tsx';
import { Table } from '../ui/table.tsx';

const MOST_BARS = 30;

/** The figures of a report in pictures and tables: of one event or of a year. */
export function ReportParts({ ctx, report, one = false }: { ctx: PageContext; report: Report; one?: boolean }) {
  const { t, language } = ctx;
  const number = t('reports.people');
  const bars = (title: string, rows: { words: string; value: number }[]) =>
    rows.length > 0 && <BarChart ctx={ctx} title={title} columns={[title, number]} rows={rows.slice(0, MOST_BARS)} />;
  return (
    <>
      <Totals ctx={ctx} report={report} one={one} />
      {!one && <Events ctx={ctx} events={report.events} caption={t('reports.eventList')} />}
      {!one &&
        bars(
          t('reports.byKind'),
          report.kinds.map(({ key, people }) => ({ words: t(`events.kind.${key}` as 'events.kind.congress'), value: people })),
        )}
      {bars(
        t('reports.byCountry'),
        report.byCountry.map(({ key, people }) => ({ words: countryName(key, language), value: people })),
      )}
      {bars(
        t('reports.byNetwork'),
        report.byNetwork.map(({ key, name, people }) => ({ words: textIn(name ?? {}, [language]) || key, value: people })),
      )}
      {bars(
        t('reports.byLanguage'),
        report.byLanguage.map(({ key, people }) => ({ words: languageName(key, language), value: people })),
      )}
      <MapOfCities
        ctx={ctx}
        title={t('reports.map')}
        points={report.places.map(({ people, ...place }) => ({ ...place, count: people }))}
      />
      <Gender ctx={ctx} gender={report.gender} />
      <Awards ctx={ctx} report={report} />
    </>
  );
}

function Totals({ ctx, report, one }: { ctx: PageContext; report: Report; one: boolean }) {
  const { t, language } = ctx;
  const [only] = report.events;
  const satisfaction = one ? only?.satisfaction : undefined;
  return (
    <Stats
      ctx={ctx}
      stats={[
        ...(one
          ? []
          : [
              { words: t('reports.events'), value: report.events.length },
              { words: t('reports.registrations'), value: report.registrations },
            ]),
        { words: t('reports.people'), value: report.people },
        { words: t('reports.cities'), value: report.cities },
        { words: t('reports.countries'), value: report.countries },
        {
          words: t('reports.firstTimers'),
          value: report.firstTimers,
          note:
            report.people > 0
              ? t('reports.firstShare', { share: formatPercent(report.firstTimers / report.people, language) })
              : undefined,
        },
        ...(report.attendance
          ? [
              { words: t('reports.attended'), value: report.attendance.attended },
              { words: t('reports.noShows'), value: report.attendance.noShows },
            ]
          : []),
        ...(satisfaction
          ? [
              {
                words: t('reports.recommend'),
                value: signed(satisfaction.score, language),
                note: t('reports.recommendOf', { n: satisfaction.base }),
              },
            ]
          : []),
        ...report.money.map(({ currency, due }) => ({
          words: t('reports.money.due'),
          value: formatMoney(due, currency, language),
        })),
        ...report.money.map(({ currency, received }) => ({
          words: t('reports.money.received'),
          value: formatMoney(received, currency, language),
        })),
      ]}
    />
  );
}

const signed = (value: number, language: string) => formatNumber(value, language, { signDisplay: 'exceptZero' });

/** Events beside one another: those of a year, or the editions of a series. */
export function Events({ ctx, events, caption }: { ctx: PageContext; events: ReportedEvent[]; caption: string }) {
  const { t, language } = ctx;
  const count = (key: 'people' | 'cities' | 'countries') => ({
    key,
    words: t(`reports.${key}`),
    number: true,
    cell: (event: ReportedEvent) => formatNumber(event[key], language),
  });
  return (
    <Table
      ctx={ctx}
      caption={caption}
      rows={events}
      rowKey={(event) => event.id}
      columns={[
        {
          key: 'event',
          words: t('reports.column.name'),
          cell: (event) => {
            const title = readIn(event.title, [language], event.defaultLanguage);
            return (
              <a href={`/events/${event.slug}`} lang={title && title.lang !== language ? title.lang : undefined}>
                {title?.text ?? event.slug}
              </a>
            );
          },
        },
        {
          key: 'when',
          words: t('reports.when'),
          cell: ({ startsAt, endsAt, zone }) =>
            formatDateRange(Temporal.Instant.from(startsAt), Temporal.Instant.from(endsAt), language, zone),
        },
        count('people'),
        count('cities'),
        count('countries'),
        {
          key: 'recommend',
          words: t('reports.recommend'),
          number: true,
          cell: ({ satisfaction }) =>
            satisfaction
              ? `${signed(satisfaction.score, language)} · ${t('reports.recommendOf', { n: satisfaction.base })}`
              : '–',
        },
      ]}
    />
  );
}

function Gender({ ctx, gender }: { ctx: PageContext; gender: Report['gender'] }) {
  const { t, language } = ctx;
  const percent = (value: number) => formatPercent(value / 100, language);
  return (
    <section aria-labelledby="gender">
      <h2 id="gender">{t('reports.gender')}</h2>
      <p class="hint">{t('reports.gender.lead')}</p>
      <DefinitionList
        facts={(['participants', 'speakers', 'juries'] as const).map((who) => {
          const shares = gender[who];
          return {
            term: t(`reports.gender.${who}`),
            value: shares
              ? t('reports.gender.line', {
                  women: percent(shares.women),
                  men: percent(shares.men),
                  said: percent(shares.said),
                })
              : t('reports.gender.few'),
          };
        })}
      />
    </section>
  );
}

function Awards({ ctx, report: { awards } }: { ctx: PageContext; report: Report }) {
  const { t, language } = ctx;
  if (awards.length === 0) return null;
  return (
    <section aria-labelledby="awards">
      <h2 id="awards">{t('reports.awards')}</h2>
      {awards.map((award) => (
        <div key={award.slug}>
          <h3>
            <a href={`/calls/${award.slug}`}>
              <LangText ctx={ctx} map={award.title} defaultLanguage={award.defaultLanguage} />
            </a>
          </h3>
          <p>{t('reports.award.line', { entries: award.entries, cities: award.cities })}</p>
          <ul>
            {award.laureates.map(({ city, country, title, language: own }) => (
              <li key={city}>
                {city}, {countryName(country, language)}: <LangText ctx={ctx} map={title} defaultLanguage={own} />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}
