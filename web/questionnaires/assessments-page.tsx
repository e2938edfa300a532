import type { AssessedRow, Assessment, NetworkIndicator } from '../../server/questionnaires/assessments.ts';
import { stateOf } from '../../server/questionnaires/rules.ts';
import { YearLines } from '../charts/year-lines.tsx';
import { Layout } from '../layout.tsx';
import { countryName } from '../locales/format.ts';
import type { FieldError, PageContext } from '../page.ts';
import { Button, ButtonLink, ButtonRow } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Pager } from '../ui/pager.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { Table } from '../ui/table.tsx';
import { Tag } from '../ui/tag.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { indicatorName } from './development-page.tsx';
import { TONES } from './questionnaires-page.tsx';

const HOME = '/back-office/self-assessments';

export interface AssessmentsPageProps {
  ctx: PageContext;
  years: Assessment[];
  indicators: NetworkIndicator[];
  year: string;
  errors?: FieldError[];
}

/** The yearly self-assessments of all cities: how many answered, how the network develops, and the next one. */
export function AssessmentsPage({ ctx, years, indicators, year, errors = [] }: AssessmentsPageProps) {
  const { t } = ctx;
  return (
    <Layout
      ctx={ctx}
      title={t('assessments.title')}
      lead={t('assessments.lead')}
      errors={errors}
      breadcrumbs={[{ href: '/back-office/questionnaires', words: t('questionnaires.list.title') }]}
    >
      {years.length === 0 ? (
        <EmptyState title={t('assessments.none')}>{t('assessments.noneLead')}</EmptyState>
      ) : (
        <Table
          ctx={ctx}
          caption={t('assessments.title')}
          captionUnseen
          rows={years}
          rowKey={(row) => row.id}
          columns={[
            { key: 'year', words: t('assessments.year'), cell: (row) => <a href={`${HOME}/${row.id}`}>{row.year}</a> },
            {
              key: 'state',
              words: t('questionnaires.list.state'),
              cell: (row) => <Tag tone={TONES[stateOf(row, ctx.now)]}>{t(`questionnaires.state.${stateOf(row, ctx.now)}`)}</Tag>,
            },
            { key: 'rate', words: t('questionnaires.list.rate'), cell: (row) => t('questionnaires.rate', row) },
          ]}
        />
      )}
      {indicators.length > 0 && (
        <section>
          <h2>{t('assessments.network')}</h2>
          {indicators.map((indicator) => (
            <YearLines
              key={indicator.concept}
              ctx={ctx}
              title={indicatorName(ctx, indicator)}
              years={indicator.years.map((one) => one.year)}
              min={indicator.min}
              max={indicator.max}
              lines={[{ name: t('assessments.mean'), values: indicator.years.map(({ mean }) => mean) }]}
              words={[
                {
                  head: t('questionnaires.results.n'),
                  cells: indicator.years.map(({ base }) => (base === null ? null : String(base))),
                },
              ]}
            />
          ))}
        </section>
      )}
      <section>
        <h2>{t('assessments.new')}</h2>
        <p>{t('assessments.newLead')}</p>
        <PostForm action={HOME}>
          <TextInput ctx={ctx} name="year" label={t('assessments.year')} value={year} size="short" required errors={errors} />
          <Button>{t('assessments.new')}</Button>
        </PostForm>
      </section>
    </Layout>
  );
}

/** One year: which cities were asked and have answered, by name, as the form says. */
export function AssessmentPage({
  ctx,
  assessment,
  cities,
  next,
}: {
  ctx: PageContext;
  assessment: Assessment;
  cities: AssessedRow[];
  next: string | null;
}) {
  const { t } = ctx;
  const state = stateOf(assessment, ctx.now);
  const home = `/back-office/questionnaires/${assessment.id}`;
  return (
    <Layout
      ctx={ctx}
      title={t('assessments.of', { year: String(assessment.year) })}
      kicker={<Tag tone={TONES[state]}>{t(`questionnaires.state.${state}`)}</Tag>}
      breadcrumbs={[{ href: HOME, words: t('assessments.title') }]}
    >
      <ButtonRow>
        {state === 'draft' && <ButtonLink href={`${home}/opening`}>{t('questionnaires.page.open')}</ButtonLink>}
        {assessment.openedAt && (
          <ButtonLink kind="secondary" href={`${home}/results`}>
            {t('questionnaires.page.results')}
          </ButtonLink>
        )}
        <ButtonLink kind="secondary" href={home}>
          {t('assessments.settings')}
        </ButtonLink>
      </ButtonRow>
      {cities.length === 0 ? (
        <EmptyState title={t('assessments.nobody')} />
      ) : (
        <Table
          ctx={ctx}
          caption={t('questionnaires.rate', assessment)}
          rows={cities}
          rowKey={(row) => row.id}
          columns={[
            {
              key: 'city',
              words: t('assessments.city'),
              cell: (row) => <a href={`/organisations/${row.slug}/self-assessments`}>{row.name}</a>,
            },
            { key: 'country', words: t('assessments.country'), cell: (row) => countryName(row.country, ctx.language) },
            {
              key: 'answered',
              words: t('questionnaires.list.rate'),
              cell: (row) => (
                <Tag tone={row.answered ? 'good' : 'wait'}>{t(row.answered ? 'assessments.yes' : 'assessments.no')}</Tag>
              ),
            },
            { key: 'changes', words: t('assessments.changed'), cell: (row) => (row.changes > 0 ? row.changes : '–') },
          ]}
        />
      )}
      <Pager ctx={ctx} next={next} />
    </Layout>
  );
}
