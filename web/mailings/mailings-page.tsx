import type { Mailing } from '../../server/mailings/queries.ts';
import { KINDS, STATES } from '../../server/mailings/rules.ts';
import { Layout } from '../layout.tsx';
import { formatNumber } from '../locales/format.ts';
import type { FieldError, PageContext } from '../page.ts';
import { ButtonLink, ButtonRow } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ListTools } from '../ui/list-tools.tsx';
import { Pager } from '../ui/pager.tsx';
import { Table } from '../ui/table.tsx';
import { Tag } from '../ui/tag.tsx';
import { crumbs, HOME, TONES, whenOf } from './words.ts';

/** All mailings that somebody runs, the newest first. */
export function MailingsPage({
  ctx,
  mailings,
  filter,
  next,
  errors,
}: {
  ctx: PageContext;
  mailings: Mailing[];
  filter: { q: string; state?: string; kind?: string; event?: string };
  next: string | null;
  errors?: FieldError[];
}) {
  const { t } = ctx;
  const add = (
    <ButtonRow>
      <ButtonLink href={`${HOME}/new${filter.event ? `?event=${encodeURIComponent(filter.event)}` : ''}`}>
        {t('mailings.list.new')}
      </ButtonLink>
      <ButtonLink kind="secondary" href={`${HOME}/templates`}>
        {t('mailings.list.templates')}
      </ButtonLink>
    </ButtonRow>
  );
  const choice = (name: 'state' | 'kind', values: readonly string[]) => ({
    name,
    label: t(`mailings.list.${name}`),
    value: filter[name],
    options: values.map((value) => ({ value, words: t(`mailings.${name}.${value}` as 'mailings.state.draft') })),
  });
  return (
    <Layout
      ctx={ctx}
      title={t('mailings.list.title')}
      lead={t('mailings.list.lead')}
      actions={add}
      errors={errors}
      breadcrumbs={crumbs(ctx).slice(0, 1)}
    >
      <ListTools
        ctx={ctx}
        action={HOME}
        search={filter.q}
        filters={[choice('state', STATES), choice('kind', KINDS)]}
        hidden={{ event: filter.event }}
      />
      {mailings.length === 0 ? (
        <EmptyState title={t('mailings.list.none')}>{t('mailings.list.noneLead')}</EmptyState>
      ) : (
        <Table
          ctx={ctx}
          caption={t('mailings.list.title')}
          captionUnseen
          rows={mailings}
          rowKey={(row) => row.id}
          columns={[
            { key: 'name', words: t('mailings.list.name'), cell: (row) => <a href={`${HOME}/${row.id}`}>{row.name}</a> },
            { key: 'kind', words: t('mailings.list.kind'), cell: (row) => t(`mailings.kind.${row.kind}`) },
            {
              key: 'state',
              words: t('mailings.list.state'),
              cell: (row) => <Tag tone={TONES[row.state]}>{t(`mailings.state.${row.state}`)}</Tag>,
            },
            { key: 'when', words: t('mailings.list.when'), cell: (row) => whenOf(ctx, row) },
            {
              key: 'size',
              words: t('mailings.list.size'),
              number: true,
              cell: (row) => (row.audienceSize === null ? '–' : formatNumber(row.audienceSize, ctx.language)),
            },
          ]}
        />
      )}
      <Pager ctx={ctx} next={next} />
    </Layout>
  );
}
