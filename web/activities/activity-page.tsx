import type { ActivityRow } from '../../server/activities/queries.ts';
import { Layout } from '../layout.tsx';
import { countryName } from '../locales/format.ts';
import { readIn } from '../locales/text-map.ts';
import type { PageContext } from '../page.ts';
import { ButtonLink, ButtonRow } from '../ui/button.tsx';
import { Markdown } from '../ui/content.tsx';
import { DefinitionList } from '../ui/facts.tsx';
import { MapOfCities } from '../ui/map-of-cities.tsx';
import { When } from '../ui/when.tsx';

/** One activity as everybody reads it. */
export function ActivityPage({
  ctx,
  activity,
  description,
}: {
  ctx: PageContext;
  activity: ActivityRow;
  description: { html: string; lang: string } | null;
}) {
  const { t, language } = ctx;
  const { organisation, latitude, longitude } = activity;
  const title = readIn(activity.title, [language], organisation.language);
  return (
    <Layout
      ctx={ctx}
      title={title?.text ?? ''}
      titleLang={title?.fallback ? title.lang : undefined}
      kicker={<a href="/activities">{t('activities.title')}</a>}
      hero
      head={<link rel="canonical" href={`${ctx.publicUrl}/activities/${activity.id}`} />}
    >
      {activity.pictureId && <img class="activity-picture" src={`/activities/${activity.id}/picture`} alt="" />}
      <ActivityFacts ctx={ctx} activity={activity} />
      {description && <Markdown html={description.html} lang={description.lang === language ? undefined : description.lang} />}
      {latitude !== null && longitude !== null && (
        <MapOfCities
          ctx={ctx}
          title={t('activities.where')}
          points={[{ name: activity.place || organisation.name, latitude, longitude, count: 1 }]}
        />
      )}
      <ButtonRow>
        <ButtonLink kind="secondary" href={`/activities/${activity.id}.ics`}>
          {t('activities.calendar')}
        </ButtonLink>
      </ButtonRow>
    </Layout>
  );
}

/** When, where, whose. */
export function ActivityFacts({ ctx, activity }: { ctx: PageContext; activity: ActivityRow }) {
  const { t } = ctx;
  const { organisation, url } = activity;
  return (
    <DefinitionList
      facts={[
        { term: t('activities.city'), value: `${organisation.name}, ${countryName(organisation.country, ctx.language)}` },
        {
          term: t('activities.when'),
          value: <When ctx={ctx} at={activity.startsAt} until={activity.endsAt} zone={activity.zone} />,
        },
        activity.place !== '' && { term: t('activities.where'), value: activity.place },
        url !== null && {
          term: t('activities.link'),
          value: (
            <a href={url} rel="noopener nofollow ugc">
              {url}
            </a>
          ),
        },
      ]}
    />
  );
}
