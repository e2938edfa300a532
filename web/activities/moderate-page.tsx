import type { ActivityRow, ActivityWriting } from '../../server/activities/queries.ts';
import { text, type Values } from '../events/form-values.ts';
import { Layout } from '../layout.tsx';
import { languageName } from '../locales/format.ts';
import { readIn } from '../locales/text-map.ts';
import type { FieldError, PageContext } from '../page.ts';
import { Button } from '../ui/button.tsx';
import { LangText, Markdown } from '../ui/content.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Pager } from '../ui/pager.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { Table } from '../ui/table.tsx';
import { TextArea } from '../ui/text-area.tsx';
import { Happened } from '../ui/when.tsx';
import { ActivityFacts } from './activity-page.tsx';
import { Standing } from './city-activities-page.tsx';

const PATH = '/back-office/activities';

/** What waits to be read, the longest first. */
export function ModerateActivitiesPage({
  ctx,
  items,
  next,
  later,
}: {
  ctx: PageContext;
  items: ActivityWriting[];
  next: string | null;
  later: boolean;
}) {
  const { t } = ctx;
  return (
    <Layout ctx={ctx} title={t('activities.moderate.title')} lead={t('activities.moderate.lead')}>
      {items.length === 0 ? (
        <EmptyState title={t('activities.moderate.none')} />
      ) : (
        <Table
          ctx={ctx}
          caption={t('activities.moderate.title')}
          captionUnseen
          rows={items}
          rowKey={(row) => row.id}
          columns={[
            {
              key: 'title',
              words: t('activities.what'),
              cell: (row) => (
                <a href={`${PATH}/${row.id}`}>
                  <LangText ctx={ctx} map={row.title} defaultLanguage={row.organisation.language} />
                </a>
              ),
            },
            { key: 'city', words: t('activities.city'), cell: (row) => row.organisation.name },
            { key: 'written', words: t('activities.moderate.since'), cell: (row) => <Happened ctx={ctx} at={row.writtenAt} /> },
            { key: 'state', words: t('activities.standing'), cell: (row) => <Standing ctx={ctx} activity={row} /> },
          ]}
        />
      )}
      <Pager ctx={ctx} first={later ? PATH : null} next={next && `${PATH}?cursor=${encodeURIComponent(next)}`} />
    </Layout>
  );
}

interface OneProps {
  ctx: PageContext;
  activity: ActivityWriting;
  /** What everybody reads meanwhile. */
  before?: ActivityRow | undefined;
  description: { html: string; lang: string } | null;
  values: Values;
  errors: FieldError[];
}

/** One writing as it would be published, beside what is published, and the word on it. */
export function ModerateActivityPage({ ctx, activity, before, description, values, errors }: OneProps) {
  const { t } = ctx;
  const title = readIn(activity.title, [ctx.language], activity.organisation.language);
  const path = `${PATH}/${activity.id}`;
  return (
    <Layout
      ctx={ctx}
      title={title?.text ?? ''}
      titleLang={title?.fallback ? title.lang : undefined}
      width="text"
      errors={errors}
      breadcrumbs={[{ words: t('activities.moderate.title'), href: PATH }]}
    >
      <p>
        <Standing ctx={ctx} activity={activity} />
      </p>
      <ActivityFacts ctx={ctx} activity={activity} />
      {activity.pictureId && <img class="activity-picture" src={`${path}/picture`} alt={t('activities.picture')} />}
      {description && (
        <Markdown html={description.html} lang={description.lang === ctx.language ? undefined : description.lang} />
      )}
      <p class="hint">
        {t('activities.moderate.languages', {
          languages: Object.keys(activity.title)
            .map((tag) => languageName(tag, ctx.language))
            .join(', '),
        })}
      </p>
      {before && (
        <section aria-labelledby="before">
          <h2 id="before">{t('activities.moderate.before')}</h2>
          <p>
            <a href={`/activities/${activity.id}`}>
              <LangText ctx={ctx} map={before.title} defaultLanguage={before.organisation.language} />
            </a>
          </p>
          <ActivityFacts ctx={ctx} activity={before} />
        </section>
      )}
      {activity.state === 'pending' && (
        <>
          <PostForm action={`${path}/publication`} hidden={{ no: activity.no }}>
            <Button>{t('activities.publish')}</Button>
          </PostForm>
          <PostForm action={`${path}/return`} hidden={{ no: activity.no }}>
            <TextArea
              ctx={ctx}
              name="reason"
              label={t('activities.reason')}
              hint={t('activities.reasonHint')}
              value={text(values, 'reason')}
              errors={errors}
              maxlength={1000}
              rows={3}
              required
            />
            <Button kind="secondary">{t('activities.return')}</Button>
          </PostForm>
        </>
      )}
    </Layout>
  );
}
