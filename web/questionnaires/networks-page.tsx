import type { NetworkComparison } from '../../server/questionnaires/network-comparison.ts';
import { Dumbbells } from '../charts/dumbbells.tsx';
import { Layout } from '../layout.tsx';
import { textIn } from '../locales/text-map.ts';
import type { PageContext } from '../page.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { ListTools } from '../ui/list-tools.tsx';
import { Table } from '../ui/table.tsx';

const FEW = 30;

/** What participants think of the events of each network, beside what they think of all of them. */
export function NetworksPage({
  ctx,
  comparison,
  year,
}: {
  ctx: PageContext;
  comparison: NetworkComparison;
  year: number | undefined;
}) {
  const { t } = ctx;
  const { years, networks, items } = comparison;
  const say = (texts: Record<string, string>) => textIn(texts, [ctx.language], 'en');
  return (
    <Layout
      ctx={ctx}
      title={t('questionnaires.networks.title')}
      lead={t('questionnaires.networks.lead')}
      breadcrumbs={[{ href: '/back-office/questionnaires', words: t('questionnaires.list.title') }]}
    >
      {years.length === 0 ? (
        <EmptyState title={t('questionnaires.networks.none')} />
      ) : (
        <>
          <ListTools
            ctx={ctx}
            action="/back-office/questionnaires/networks"
            filters={[
              {
                name: 'year',
                label: t('assessments.year'),
                value: year === undefined ? undefined : String(year),
                options: years.map((one) => ({ value: String(one), words: String(one) })),
              },
            ]}
          />
          <Table
            ctx={ctx}
            caption={t('questionnaires.networks.title')}
            captionUnseen
            rows={networks}
            rowKey={(row) => row.id}
            columns={[
              { key: 'network', words: t('questionnaires.networks.network'), cell: (row) => say(row.name) },
              { key: 'questionnaires', words: t('questionnaires.networks.events'), cell: (row) => row.questionnaires },
              { key: 'answers', words: t('questionnaires.results.number'), cell: (row) => row.answers },
            ]}
          />
          {items.map((item) => (
            <Dumbbells
              key={`${item.concept} ${item.max}`}
              ctx={ctx}
              title={say(item.label)}
              names={[t('questionnaires.networks.network'), t('questionnaires.networks.all')]}
              rows={networks.flatMap(({ id, name }, n) => {
                const value = item.values[n];
                if (!value) return [];
                const note = value.base < FEW ? t('questionnaires.compare.indicative') : undefined;
                return [
                  {
                    key: id,
                    name: say(name),
                    min: item.min,
                    max: item.max,
                    values: [value.value, item.all?.value ?? null],
                    note,
                  },
                ];
              })}
            />
          ))}
        </>
      )}
    </Layout>
  );
}
