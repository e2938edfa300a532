import type { Definition } from '../../server/forms/definition.ts';
import type { AnswerVersion, NamedAnswer } from '../../server/questionnaires/named-answers.ts';
import { Layout } from '../layout.tsx';
import { formatDate } from '../locales/format.ts';
import type { PageContext } from '../page.ts';
import { AnswersList } from '../registrations/answers-list.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Pager } from '../ui/pager.tsx';
import { Table } from '../ui/table.tsx';

export interface NamedAnswersPageProps {
  ctx: PageContext;
  title: string;
  home: string;
  answers: NamedAnswer[];
  next: string | null;
}

/** Who answered a named questionnaire; each name leads to the answer. */
export function NamedAnswersPage({ ctx, title, home, answers, next }: NamedAnswersPageProps) {
  const { t } = ctx;
  return (
    <Layout
      ctx={ctx}
      title={t('questionnaires.named.title')}
      lead={t('questionnaires.named.lead')}
      breadcrumbs={crumbs(ctx, home, title)}
    >
      {answers.length === 0 ? (
        <EmptyState title={t('questionnaires.results.noneYet')} />
      ) : (
        <Table
          ctx={ctx}
          caption={t('questionnaires.named.title')}
          captionUnseen
          rows={answers}
          rowKey={(row) => row.id}
          columns={[
            {
              key: 'name',
              words: t('questionnaires.named.name'),
              cell: (row) => <a href={`${home}/answers/${row.id}`}>{row.name}</a>,
            },
            { key: 'organisation', words: t('questionnaires.named.organisation'), cell: (row) => row.organisation ?? '–' },
            { key: 'day', words: t('questionnaires.results.day'), cell: (row) => formatDate(row.answeredOn, ctx.language) },
            { key: 'version', words: t('assessments.changed'), cell: (row) => (row.version > 1 ? row.version - 1 : '–') },
          ]}
        />
      )}
      <Pager ctx={ctx} next={next} />
    </Layout>
  );
}

export interface NamedAnswerPageProps {
  ctx: PageContext;
  title: string;
  home: string;
  definition: Definition;
  answer: NamedAnswer & { before: AnswerVersion[] };
}

/** One answer under a name, and what it was before it was changed. */
export function NamedAnswerPage({ ctx, title, home, definition, answer }: NamedAnswerPageProps) {
  const { t } = ctx;
  return (
    <Layout
      ctx={ctx}
      title={answer.name}
      kicker={answer.organisation ?? undefined}
      lead={formatDate(answer.answeredOn, ctx.language)}
      breadcrumbs={[...crumbs(ctx, home, title), { href: `${home}/answers`, words: t('questionnaires.named.title') }]}
    >
      <AnswersList ctx={ctx} definition={definition} answers={answer.answers} per="person" />
      {answer.before.map(({ version, answeredOn, answers }) => (
        <details class="card" key={version}>
          <summary>{t('questionnaires.named.before', { day: formatDate(answeredOn, ctx.language) })}</summary>
          <AnswersList ctx={ctx} definition={definition} answers={answers} per="person" />
        </details>
      ))}
    </Layout>
  );
}

const crumbs = (ctx: PageContext, home: string, title: string) => [
  { href: '/back-office/questionnaires', words: ctx.t('questionnaires.list.title') },
  { href: home, words: title },
];
