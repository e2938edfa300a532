import type { AllowanceRow } from '../../server/events/allowances.ts';
import type { EventDetails } from '../../server/events/queries.ts';
import type { Page } from '../../server/http/cursor.ts';
import { countryName } from '../locales/format.ts';
import type { FieldError, PageContext } from '../page.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Pager } from '../ui/pager.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { Table } from '../ui/table.tsx';
import { Tag } from '../ui/tag.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { Names } from './about-fields.tsx';
import { text, type Values } from './form-values.ts';
import { OfficeFrame } from './office-frame.tsx';

export interface AllowancesPageProps {
  ctx: PageContext;
  event: EventDetails;
  page: Page<AllowanceRow>;
  organisations: string[];
  typed?: Values;
  later: boolean;
  errors?: FieldError[];
}

/** How many people of each organisation the event takes, and for whom it is another number than for everybody. */
export function AllowancesPage({ ctx, event, page, organisations, typed = {}, later, errors = [] }: AllowancesPageProps) {
  const { t } = ctx;
  const path = `/back-office/events/${event.slug}/allowances`;
  const size = (limit: number | null) => limit ?? t('events.page.unlimited');
  return (
    <OfficeFrame
      ctx={ctx}
      event={event}
      title={t('events.office.tab.allowances')}
      lead={t('events.allowances.lead', {
        members: String(size(event.limitMember)),
        others: String(size(event.limitNonMember)),
      })}
      tab="allowances"
      errors={errors}
    >
      {page.items.length === 0 ? (
        <EmptyState title={t('events.allowances.none')} />
      ) : (
        <Table
          ctx={ctx}
          caption={t('events.office.tab.allowances')}
          captionUnseen
          rows={page.items}
          rowKey={(row) => row.organisation.slug}
          columns={[
            { key: 'name', words: t('events.allowances.organisation'), cell: (row) => row.organisation.name },
            {
              key: 'country',
              words: t('events.list.country'),
              cell: (row) => countryName(row.organisation.country, ctx.language),
            },
            { key: 'used', words: t('events.allowances.used'), number: true, cell: (row) => row.used },
            {
              key: 'limit',
              words: t('events.allowances.size'),
              number: true,
              cell: (row) => (
                <>
                  {size(row.limit)} {row.size !== null && <Tag tone="new">{t('events.allowances.own')}</Tag>}
                </>
              ),
            },
            {
              key: 'actions',
              words: t('events.languages.actions'),
              cell: (row) =>
                row.size !== null && (
                  <PostForm action={`${path}/${row.organisation.slug}/removal`} inline>
                    <Button kind="quiet" small label={t('events.allowances.removeOf', { name: row.organisation.name })}>
                      {t('events.allowances.remove')}
                    </Button>
                  </PostForm>
                ),
            },
          ]}
        />
      )}
      <Pager ctx={ctx} first={later ? path : null} next={page.next && `${path}?cursor=${encodeURIComponent(page.next)}`} />
      <h2>{t('events.allowances.set')}</h2>
      <PostForm action={path}>
        <TextInput
          ctx={ctx}
          errors={errors}
          name="organisation"
          value={text(typed, 'organisation')}
          label={t('events.allowances.organisation')}
          hint={t('events.field.hostHint')}
          required
          size="medium"
          list="organisations"
        />
        <Names id="organisations" names={organisations} />
        <TextInput
          ctx={ctx}
          errors={errors}
          name="size"
          value={text(typed, 'size')}
          label={t('events.allowances.size')}
          required
          inputmode="numeric"
          size="short"
        />
        <Button kind="secondary">{t('events.office.save')}</Button>
      </PostForm>
    </OfficeFrame>
  );
}
