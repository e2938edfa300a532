import type { OwnEntry } from '../../server/calls/entry-queries.ts';
import { Layout } from '../layout.tsx';
import { textIn } from '../locales/text-map.ts';
import type { PageContext } from '../page.ts';
import { ButtonLink } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Table } from '../ui/table.tsx';
import { Tag } from '../ui/tag.tsx';
import { Happened } from '../ui/when.tsx';
import { ENTRY_TONES, entryState } from './words.ts';

/** What this person writes for their cities. */
export function OwnEntriesPage({ ctx, entries }: { ctx: PageContext; entries: OwnEntry[] }) {
  const { t } = ctx;
  return (
    <Layout ctx={ctx} title={t('entries.mine.title')} breadcrumbs={[{ words: t('calls.list.title'), href: '/calls' }]}>
      {entries.length === 0 ? (
        <EmptyState title={t('entries.mine.none')} action={<ButtonLink href="/calls">{t('calls.list.title')}</ButtonLink>} />
      ) : (
        <Table
          ctx={ctx}
          caption={t('entries.mine.title')}
          captionUnseen
          rows={entries}
          rowKey={(row) => row.id}
          columns={[
            {
              key: 'title',
              words: t('entries.field.title'),
              cell: (row) => (
                <a href={`/entries/${row.id}`}>
                  {textIn(row.title, [ctx.language]) || t('entries.untitled', { code: row.code })}
                </a>
              ),
            },
            {
              key: 'call',
              words: t('calls.list.call'),
              cell: (row) => (
                <a href={`/calls/${row.call.slug}`}>{textIn(row.call.title, [ctx.language], row.call.defaultLanguage)}</a>
              ),
            },
            { key: 'city', words: t('entries.fact.city'), cell: (row) => row.organisation.name },
            {
              key: 'state',
              words: t('calls.fact.state'),
              cell: (row) => <Tag tone={ENTRY_TONES[row.state]}>{entryState(ctx, row.state)}</Tag>,
            },
            {
              key: 'changed',
              words: t('entries.fact.changed'),
              cell: (row) => <Happened ctx={ctx} at={row.changedAt} style="short" />,
            },
          ]}
        />
      )}
    </Layout>
  );
}
