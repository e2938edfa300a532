import type { YearRow } from '../../server/reports/queries.ts';
import { Layout } from '../layout.tsx';
import { formatNumber } from '../locales/format.ts';
import type { PageContext } from '../page.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Table } from '../ui/table.tsx';
import { Tag } from '../ui/tag.tsx';

/** The years that there is a report of. */
export function ReportsPage({ ctx, years }: { ctx: PageContext; years: YearRow[] }) {
  const { t } = ctx;
  return (
    <Layout
      ctx={ctx}
      title={t('reports.title')}
      lead={t('reports.lead')}
      width="text"
      breadcrumbs={[{ words: t('ui.nav.backOffice'), href: '/back-office' }]}
    >
      {years.length === 0 ? (
        <EmptyState title={t('reports.none')} />
      ) : (
        <Table
          ctx={ctx}
          caption={t('reports.years')}
          rows={years}
          rowKey={({ year }) => String(year)}
          columns={[
            {
              key: 'year',
              words: t('reports.column.year'),
              cell: ({ year, releasedAt }) => (
                <>
                  <a href={`/back-office/reports/${year}`}>{year}</a>{' '}
                  {releasedAt && <Tag tone="good">{t('reports.released')}</Tag>}
                </>
              ),
            },
            { key: 'events', words: t('reports.events'), number: true, cell: ({ events }) => formatNumber(events, ctx.language) },
          ]}
        />
      )}
    </Layout>
  );
}
