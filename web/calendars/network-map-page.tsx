import type { Happening } from '../../server/calendars/network.ts';
import type { MemberPlace } from '../../server/calendars/network-queries.ts';
import { Layout } from '../layout.tsx';
import { countryName, formatDateRange, formatNumber } from '../locales/format.ts';
import { textIn } from '../locales/text-map.ts';
import type { PageContext } from '../page.ts';
import { ButtonLink } from '../ui/button.tsx';
import { LangText } from '../ui/content.tsx';
import { type CityPoint, MapOfCities } from '../ui/map-of-cities.tsx';
import { kindWords } from './month-page.tsx';

interface Props {
  ctx: PageContext;
  events: Happening[];
  activities: Happening[];
  members: MemberPlace[];
}

/** Where the network is: a map without anything from outside, and all of it again as lists. */
export function NetworkMapPage({ ctx, events, activities, members }: Props) {
  const { t } = ctx;
  const placed: CityPoint[] = [
    ...members.flatMap((one) => point(one, { name: one.name })),
    ...activities.flatMap((one) => point(one, { name: titleOf(ctx, one), href: one.path, kind: 2 })),
    ...events.flatMap((one) => point(one, { name: titleOf(ctx, one), href: one.path, kind: 1 })),
  ];
  const unplaced = members.length + activities.length + events.length - placed.length;
  return (
    <Layout
      ctx={ctx}
      title={t('calendars.map.title')}
      lead={t('calendars.map.lead')}
      hero
      actions={
        <ButtonLink kind="secondary" href="/calendar">
          {t('calendars.month.title')}
        </ButtonLink>
      }
    >
      {placed.length === 0 ? (
        <p>{t('calendars.map.none')}</p>
      ) : (
        <MapOfCities ctx={ctx} title={t('calendars.map.title')} points={placed} />
      )}
      <ul class="inline-list map-legend">
        <li class="map-legend-0">{t('calendars.map.members')}</li>
        <li class="map-legend-1">{t('calendars.map.events')}</li>
        <li class="map-legend-2">{t('calendars.map.activities')}</li>
      </ul>
      {unplaced > 0 && <p class="hint">{t('calendars.map.unplaced', { n: unplaced })}</p>}
      <Lines ctx={ctx} id="events" title={t('calendars.map.events')} lines={events} />
      <Lines ctx={ctx} id="activities" title={t('calendars.map.activities')} lines={activities} />
      {members.length > 0 && (
        <section aria-labelledby="members">
          <h2 id="members">{`${t('calendars.map.members')} (${formatNumber(members.length, ctx.language)})`}</h2>
          <ul class="plain-list map-members">
            {byCountry(members).map(([country, cities]) => (
              <li key={country}>
                <strong>{countryName(country, ctx.language)}</strong>: {cities.map(({ name }) => name).join(', ')}
              </li>
            ))}
          </ul>
        </section>
      )}
    </Layout>
  );
}

function Lines({ ctx, id, title, lines }: { ctx: PageContext; id: string; title: string; lines: Happening[] }) {
  if (lines.length === 0) return null;
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <ul class="plain-list">
        {lines.map((one) => (
          <li key={one.id}>
            <a href={one.path}>
              <LangText ctx={ctx} map={one.title} defaultLanguage={one.defaultLanguage} />
            </a>
            {' · '}
            {[
              formatDateRange(one.startsAt, one.endsAt, ctx.language, one.zone),
              one.kind === 'activity' ? null : kindWords(ctx, one.kind),
              one.city,
              one.country && countryName(one.country, ctx.language),
            ]
              .filter(Boolean)
              .join(' · ')}
          </li>
        ))}
      </ul>
    </section>
  );
}

const titleOf = (ctx: PageContext, { title, defaultLanguage }: Happening) => textIn(title, [ctx.language], defaultLanguage);

function point(
  { latitude, longitude }: { latitude: number | null; longitude: number | null },
  rest: Omit<CityPoint, 'latitude' | 'longitude' | 'count'>,
): CityPoint[] {
  return latitude === null || longitude === null ? [] : [{ ...rest, latitude, longitude, count: 1 }];
}

function byCountry(members: MemberPlace[]): [string, MemberPlace[]][] {
  const countries = new Map<string, MemberPlace[]>();
  for (const member of members) countries.set(member.country, [...(countries.get(member.country) ?? []), member]);
  return [...countries];
}
