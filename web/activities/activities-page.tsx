import type { ActivityFilter } from '../../server/activities/input.ts';
import type { ActivityChoices, ActivityRow } from '../../server/activities/queries.ts';
import { Layout } from '../layout.tsx';
import { countryName } from '../locales/format.ts';
import { textIn } from '../locales/text-map.ts';
import type { FieldError, PageContext } from '../page.ts';
import { ButtonLink, ButtonRow } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ListTools } from '../ui/list-tools.tsx';
import { Pager } from '../ui/pager.tsx';
import { at, queryOf } from '../ui/query.ts';
import { ActivityCard } from './activity-card.tsx';

interface Props {
  ctx: PageContext;
  items: ActivityRow[];
  next: string | null;
  choices: ActivityChoices;
  filter: ActivityFilter;
  errors: FieldError[];
  later: boolean;
}

/** What cities do on the International Day, with the ways to take it along. */
export function ActivitiesPage({ ctx, items, next, choices, filter, errors, later }: Props) {
  const { t, language } = ctx;
  const query = queryOf(filter);
  const feed = at('/activities.atom', query);
  const frame = `<iframe src="${ctx.publicUrl}${at('/activities/embed', query ? `${query}&lang=${language}` : `lang=${language}`)}" title="${t('activities.title')}" width="100%" height="600"></iframe>`;
  return (
    <Layout
      ctx={ctx}
      title={t('activities.title')}
      lead={t('activities.lead')}
      hero
      errors={errors}
      head={<link rel="alternate" type="application/atom+xml" title={t('activities.title')} href={feed} />}
      actions={ctx.nav.organisations > 0 && <ButtonLink href="/city-activities">{t('activities.own.title')}</ButtonLink>}
    >
      <ListTools
        ctx={ctx}
        action="/activities"
        filters={[
          {
            name: 'year',
            label: t('activities.year'),
            value: filter.year?.toString(),
            options: choices.years.map((year) => ({ value: String(year), words: String(year) })),
          },
          {
            name: 'country',
            label: t('events.list.country'),
            value: filter.country,
            options: choices.countries.map((code) => ({ value: code, words: countryName(code, language) })),
          },
          {
            name: 'network',
            label: t('events.page.network'),
            value: filter.network,
            options: choices.networks.map(({ slug, name }) => ({ value: slug, words: textIn(name, [language, 'en']) })),
          },
        ].filter(({ options, value }) => options.length > 1 || value)}
      />
      <div data-list>
        {items.length === 0 ? (
          <EmptyState title={t('activities.none')} />
        ) : (
          <ul class="cards">
            {items.map((activity) => (
              <ActivityCard key={activity.id} ctx={ctx} activity={activity} />
            ))}
          </ul>
        )}
        <Pager
          ctx={ctx}
          first={later ? at('/activities', query) : null}
          next={next && at('/activities', [query, `cursor=${encodeURIComponent(next)}`].filter(Boolean).join('&'))}
        />
      </div>
      <section aria-labelledby="along">
        <h2 id="along">{t('activities.along')}</h2>
        <ButtonRow>
          <ButtonLink
            kind="secondary"
            href={at(
              '/calendar.ics',
              ['kind=activity', ...(filter.network ? [`network=${encodeURIComponent(filter.network)}`] : [])].join('&'),
            )}
          >
            {t('activities.calendar')}
          </ButtonLink>
          <ButtonLink kind="secondary" href={feed}>
            {t('activities.feed')}
          </ButtonLink>
          <ButtonLink kind="secondary" href={at('/api/activities', query)}>
            JSON
          </ButtonLink>
          <ButtonLink kind="secondary" href="/map">
            {t('calendars.map.title')}
          </ButtonLink>
        </ButtonRow>
        <details>
          <summary>{t('activities.embed')}</summary>
          <p class="hint">{t('activities.embedHint')}</p>
          <pre tabIndex={0}>
            <code>{frame}</code>
          </pre>
        </details>
      </section>
    </Layout>
  );
}
