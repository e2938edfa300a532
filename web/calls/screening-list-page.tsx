import { ENTRY_STATES, type EntryFilter } from '../../server/calls/input.ts';
import type { CallDetails } from '../../server/calls/queries.ts';
import type { EntryCounts, ScreeningRow } from '../../server/calls/screening.ts';
import { countryName } from '../locales/format.ts';
import { textIn } from '../locales/text-map.ts';
import type { FieldError, PageContext } from '../page.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { ListTools } from '../ui/list-tools.tsx';
import { Exports, ListCount, Pager } from '../ui/pager.tsx';
import { Table } from '../ui/table.tsx';
import { Tag } from '../ui/tag.tsx';
import { Happened } from '../ui/when.tsx';
import { OfficeFrame } from './office-frame.tsx';
import { ENTRY_TONES, entryState } from './words.ts';

export interface ScreeningListProps {
  ctx: PageContext;
  call: CallDetails;
  entries: ScreeningRow[];
  next: string | null;
  counts: EntryCounts;
  filter: EntryFilter;
  query: string;
  errors?: FieldError[];
}

/** The entries of a call for whoever runs it. */
export function ScreeningListPage({ ctx, call, entries, next, counts, filter, query, errors }: ScreeningListProps) {
  const { t } = ctx;
  const base = `/back-office/calls/${call.slug}`;
  const themed = (rows: CallDetails['themes']) =>
    rows.map((row) => ({ value: row.key, words: textIn(row.title, [ctx.language], call.defaultLanguage) }));
  return (
    <OfficeFrame ctx={ctx} call={call} tab="entries" title={t('callsOffice.tab.entries')} errors={errors}>
      <ListTools
        ctx={ctx}
        action={`${base}/entries`}
        search={filter.q}
        filters={[
          {
            name: 'state',
            label: t('calls.fact.state'),
            value: filter.state,
            options: ENTRY_STATES.map((state) => ({ value: state, words: entryState(ctx, state) })),
          },
          { name: 'theme', label: t('entries.field.theme'), value: filter.theme, options: themed(call.themes) },
          {
            name: 'country',
            label: t('callsOffice.country'),
            value: filter.country,
            options: counts.countries.map((code) => ({ value: code, words: countryName(code, ctx.language) })),
          },
          {
            name: 'late',
            label: t('entries.fact.late'),
            value: filter.late ? 'on' : undefined,
            options: [{ value: 'on', words: t('entries.late') }],
          },
          {
            name: 'sort',
            label: t('callsOffice.sort'),
            value: filter.sort,
            options: (['-changed', '-submitted', 'city', 'title'] as const).map((sort) => ({
              value: sort,
              words: t(`callsOffice.sort.${sort}`),
            })),
          },
        ]}
      />
      <div data-list>
        <ListCount ctx={ctx} total={counts.total} />
        {entries.length === 0 ? (
          <EmptyState title={t('callsOffice.noEntries')} />
        ) : (
          <Table
            ctx={ctx}
            caption={t('callsOffice.tab.entries')}
            captionUnseen
            rows={entries}
            rowKey={(row) => row.id}
            columns={[
              {
                key: 'title',
                words: t('entries.field.title'),
                cell: (row) => (
                  <a href={`${base}/entries/${row.id}`}>
                    {textIn(row.title, [ctx.language, row.language]) || t('entries.untitled', { code: row.code })}
                  </a>
                ),
              },
              {
                key: 'city',
                words: t('entries.fact.city'),
                cell: (row) => `${row.organisation.name}, ${countryName(row.organisation.country, ctx.language)}`,
              },
              {
                key: 'theme',
                words: t('entries.field.theme'),
                cell: (row) =>
                  textIn(call.themes.find(({ key }) => key === row.theme)?.title, [ctx.language], call.defaultLanguage),
              },
              {
                key: 'state',
                words: t('calls.fact.state'),
                cell: (row) => (
                  <>
                    <Tag tone={ENTRY_TONES[row.state]}>{entryState(ctx, row.state)}</Tag>{' '}
                    {row.late && <Tag tone="wait">{t('entries.late')}</Tag>}
                  </>
                ),
              },
              {
                key: 'submitted',
                words: t('emails.calls.fact.at'),
                cell: (row) => row.submittedAt && <Happened ctx={ctx} at={row.submittedAt} style="short" />,
              },
            ]}
          />
        )}
        <Pager ctx={ctx} next={next && `${base}/entries?${query ? `${query}&` : ''}cursor=${encodeURIComponent(next)}`} />
        <Exports ctx={ctx} path={`${base}/entries`} query={query} />
      </div>
    </OfficeFrame>
  );
}
