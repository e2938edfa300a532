import type { Questionnaire } from '../../server/questionnaires/queries.ts';
import { stateOf } from '../../server/questionnaires/rules.ts';
import { Layout } from '../layout.tsx';
import { textIn } from '../locales/text-map.ts';
import type { PageContext } from '../page.ts';
import { ButtonLink } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Pager } from '../ui/pager.tsx';
import { Table } from '../ui/table.tsx';
import { Tag, type Tone } from '../ui/tag.tsx';

export const TONES: Record<ReturnType<typeof stateOf>, Tone> = { draft: 'new', open: 'good', closed: 'wait', settled: 'off' };

export function QuestionnairesPage({
  ctx,
  questionnaires,
  next,
  assessments,
}: {
  ctx: PageContext;
  questionnaires: Questionnaire[];
  next: string | null;
  /** Whether the yearly self-assessments are theirs to see. */
  assessments: boolean;
}) {
  const { t } = ctx;
  const add = <ButtonLink href="/back-office/questionnaires/new">{t('questionnaires.list.new')}</ButtonLink>;
  return (
    <Layout ctx={ctx} title={t('questionnaires.list.title')} lead={t('questionnaires.list.lead')} actions={add}>
      {questionnaires.length === 0 ? (
        <EmptyState title={t('questionnaires.list.none')} action={add}>
          {t('questionnaires.list.noneLead')}
        </EmptyState>
      ) : (
        <Table
          ctx={ctx}
          caption={t('questionnaires.list.title')}
          captionUnseen
          rows={questionnaires}
          rowKey={(row) => row.id}
          columns={[
            {
              key: 'title',
              words: t('questionnaires.list.name'),
              cell: (row) => (
                <a href={`/back-office/questionnaires/${row.id}`}>
                  {textIn(row.title, [ctx.language], row.event?.defaultLanguage)}
                </a>
              ),
            },
            {
              key: 'state',
              words: t('questionnaires.list.state'),
              cell: (row) => {
                const state = stateOf(row, ctx.now);
                return <Tag tone={TONES[state]}>{t(`questionnaires.state.${state}`)}</Tag>;
              },
            },
            {
              key: 'privacy',
              words: t('questionnaires.list.privacy'),
              cell: (row) => t(`questionnaires.privacy.${row.privacy}`),
            },
            { key: 'rate', words: t('questionnaires.list.rate'), cell: (row) => t('questionnaires.rate', row) },
          ]}
        />
      )}
      <Pager ctx={ctx} next={next} />
      <ul class="inline-list">
        <li>
          <a href="/back-office/questionnaires/networks">{t('questionnaires.networks.title')}</a>
        </li>
        {assessments && (
          <li>
            <a href="/back-office/self-assessments">{t('assessments.title')}</a>
          </li>
        )}
      </ul>
    </Layout>
  );
}
