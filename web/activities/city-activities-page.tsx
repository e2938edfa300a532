import type { ActivityWriting } from '../../server/activities/queries.ts';
import { standing } from '../../server/activities/rules.ts';
import { Layout } from '../layout.tsx';
import { formatInstant } from '../locales/format.ts';
import type { PageContext } from '../page.ts';
import { ButtonLink } from '../ui/button.tsx';
import { LangText } from '../ui/content.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Table } from '../ui/table.tsx';
import { Tag, type Tone } from '../ui/tag.tsx';

const TONES: Record<ReturnType<typeof standing>, Tone> = {
  pending: 'wait',
  pendingAgain: 'wait',
  published: 'good',
  returned: 'bad',
  returnedAgain: 'bad',
};

/** How an activity stands, and why it came back. */
export function Standing({ ctx, activity }: { ctx: PageContext; activity: ActivityWriting }) {
  const state = standing(activity.state, activity.published);
  return (
    <>
      <Tag tone={TONES[state]}>{ctx.t(`activities.state.${state}`)}</Tag>
      {activity.reason && <> {activity.reason}</>}
    </>
  );
}

/** The activities of one's cities and how each stands. */
export function CityActivitiesPage({
  ctx,
  activities,
  cities,
}: {
  ctx: PageContext;
  activities: ActivityWriting[];
  cities: { id: string }[];
}) {
  const { t } = ctx;
  const add = cities.length > 0 && <ButtonLink href="/city-activities/new">{t('activities.new')}</ButtonLink>;
  return (
    <Layout ctx={ctx} title={t('activities.own.title')} lead={t('activities.own.lead')} actions={add}>
      {activities.length === 0 ? (
        <EmptyState title={t('activities.own.none')} action={add} />
      ) : (
        <Table
          ctx={ctx}
          caption={t('activities.own.title')}
          captionUnseen
          rows={activities}
          rowKey={(row) => row.id}
          columns={[
            {
              key: 'title',
              words: t('activities.what'),
              cell: (row) => (
                <a href={`/city-activities/${row.id}`}>
                  <LangText ctx={ctx} map={row.title} defaultLanguage={row.organisation.language} />
                </a>
              ),
            },
            { key: 'city', words: t('activities.city'), cell: (row) => row.organisation.name },
            { key: 'when', words: t('activities.when'), cell: (row) => formatInstant(row.startsAt, ctx.language, row.zone) },
            { key: 'state', words: t('activities.standing'), cell: (row) => <Standing ctx={ctx} activity={row} /> },
          ]}
        />
      )}
    </Layout>
  );
}
