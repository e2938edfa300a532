import type { EventDetails } from '../../server/events/queries.ts';
import type { Figures } from '../../server/registrations/figures.ts';
import { OfficeFrame } from '../events/office-frame.tsx';
import { countryName, formatMoney } from '../locales/format.ts';
import { textIn } from '../locales/text-map.ts';
import type { PageContext } from '../page.ts';
import { BarChart, LineOverTime } from '../ui/chart.tsx';
import { Progress, Stats } from '../ui/facts.tsx';
import { MapOfCities } from '../ui/map-of-cities.tsx';
import { Exports } from '../ui/pager.tsx';
import { Table } from '../ui/table.tsx';

export interface OfficeParticipantsPageProps {
  ctx: PageContext;
  event: EventDetails;
  figures: Figures;
  missing: { id: string; slug: string; name: string; country: string }[];
}

/** What the registrations of an event come to, in pictures, and who is missing. */
export function OfficeParticipantsPage({ ctx, event, figures, missing }: OfficeParticipantsPageProps) {
  const { t, language } = ctx;
  const list = `/back-office/events/${event.slug}/registrations`;
  const money = (minor: number) => formatMoney(minor, event.currency, language);
  const text = (map: Record<string, string> | null) => textIn(map, [language], event.defaultLanguage);
  return (
    <OfficeFrame
      ctx={ctx}
      event={event}
      title={t('registrationsOffice.tab.participants')}
      lead={t('registrationsOffice.figures.lead')}
      tab="participants"
    >
      <Stats
        ctx={ctx}
        stats={[
          { words: t('registrationsOffice.figures.confirmed'), value: figures.confirmed, href: `${list}?state=confirmed` },
          { words: t('registrationsOffice.figures.pending'), value: figures.pending, href: `${list}?state=pending` },
          { words: t('registrationsOffice.figures.waiting'), value: figures.waiting, href: `${list}?state=waiting` },
          { words: t('registrationsOffice.figures.organisations'), value: figures.organisations },
          {
            words: t('registrationsOffice.figures.due'),
            value: money(Math.max(0, figures.fees - figures.received)),
            href: `${list}?paid=no`,
          },
          { words: t('registrationsOffice.figures.received'), value: money(figures.received) },
        ]}
      />
      <h2>{t('registrationsOffice.figures.places')}</h2>
      {figures.pools.map((pool, at) => (
        <Progress
          key={at}
          ctx={ctx}
          label={pool.kind === 'event' ? t('registrationsOffice.figures.places') : text(pool.category)}
          value={pool.taken}
          total={pool.capacity}
        />
      ))}
      <LineOverTime
        ctx={ctx}
        title={t('registrationsOffice.figures.byDay')}
        columns={[t('registrationsOffice.figures.day'), t('registrationsOffice.figures.number')]}
        points={figures.days.map(({ day, confirmed }) => ({ date: day, value: confirmed }))}
        // A limit that is far away would only press the line to the ground.
        limit={
          figures.confirmed * 4 > event.places.capacity
            ? { words: t('registrationsOffice.figures.capacity'), value: event.places.capacity }
            : undefined
        }
      />
      {figures.countries.length > 0 && (
        <BarChart
          ctx={ctx}
          title={t('registrationsOffice.figures.byCountry')}
          columns={[t('registrationsOffice.list.country'), t('registrationsOffice.figures.number')]}
          rows={figures.countries.map(({ country, n }) => ({ words: countryName(country, language), value: n }))}
        />
      )}
      {figures.categories.length > 0 && (
        <BarChart
          ctx={ctx}
          title={t('registrationsOffice.figures.byCategory')}
          columns={[t('registrationsOffice.list.category'), t('registrationsOffice.figures.number')]}
          rows={figures.categories.map(({ key, name, n }) => ({ words: text(name) || key, value: n }))}
        />
      )}
      <MapOfCities
        ctx={ctx}
        title={t('registrationsOffice.figures.map')}
        points={figures.cities.map(({ name, latitude, longitude, n }) => ({ name, latitude, longitude, count: n }))}
      />
      {missing.length === 0 ? (
        <p>{t('registrationsOffice.figures.missingNone')}</p>
      ) : (
        <>
          <Table
            ctx={ctx}
            caption={t('registrationsOffice.figures.missing')}
            rows={missing}
            rowKey={(row) => row.id}
            columns={[
              {
                key: 'name',
                words: t('registrationsOffice.list.organisation'),
                cell: (row) => <a href={`/organisations/${row.slug}`}>{row.name}</a>,
              },
              { key: 'country', words: t('registrationsOffice.list.country'), cell: (row) => countryName(row.country, language) },
            ]}
          />
          <Exports ctx={ctx} path={`/back-office/events/${event.slug}/missing-members`} />
        </>
      )}
    </OfficeFrame>
  );
}
