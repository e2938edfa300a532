import type { EventDetails } from '../../server/events/queries.ts';
import type { Page } from '../../server/http/cursor.ts';
import type { PaymentFilter } from '../../server/registrations/input.ts';
import type { PaymentRow, PaymentTotals } from '../../server/registrations/payment-queries.ts';
import { OfficeFrame } from '../events/office-frame.tsx';
import { formatDate, formatMoney } from '../locales/format.ts';
import type { FieldError, PageContext } from '../page.ts';
import { ButtonLink } from '../ui/button.tsx';
import { Money } from '../ui/content.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Stats } from '../ui/facts.tsx';
import { ListTools } from '../ui/list-tools.tsx';
import { Exports, Pager } from '../ui/pager.tsx';
import { at, queryOf } from '../ui/query.ts';
import { Table } from '../ui/table.tsx';

export interface OfficePaymentsPageProps {
  ctx: PageContext;
  event: EventDetails;
  page: Page<PaymentRow>;
  totals: PaymentTotals;
  filter: PaymentFilter;
  later: boolean;
  errors?: FieldError[];
}

/** The money of an event: what it comes to, and each payment. */
export function OfficePaymentsPage({ ctx, event, page, totals, filter, later, errors = [] }: OfficePaymentsPageProps) {
  const { t, language } = ctx;
  const office = `/back-office/events/${event.slug}`;
  const path = `${office}/payments`;
  const query = queryOf(filter);
  const money = (minor: number) => formatMoney(minor, event.currency, language);
  return (
    <OfficeFrame
      ctx={ctx}
      event={event}
      title={t('registrationsOffice.tab.payments')}
      lead={t('registrationsOffice.payments.lead')}
      tab="payments"
      actions={<ButtonLink href={`${path}/statement`}>{t('registrationsOffice.payments.read')}</ButtonLink>}
      errors={errors}
    >
      <Stats
        ctx={ctx}
        stats={[
          { words: t('registrationsOffice.payments.fees'), value: money(totals.fees) },
          {
            words: t('registrationsOffice.figures.received'),
            value: money(totals.received),
            note: totals.refunded > 0 ? t('registrationsOffice.payments.refunded', { money: money(totals.refunded) }) : undefined,
          },
          {
            words: t('registrationsOffice.figures.due'),
            value: money(totals.due),
            note: t('registrationsOffice.payments.owing', { n: totals.owing }),
            href: `${office}/registrations?state=confirmed&paid=no`,
          },
          {
            words: t('registrationsOffice.payments.over'),
            value: money(totals.over),
            note: t('registrationsOffice.payments.overpaid', { n: totals.overpaid }),
            href: `${office}/registrations?paid=over`,
          },
        ]}
      />
      <ListTools ctx={ctx} action={path} search={filter.q ?? ''} searchLabel={t('registrationsOffice.payments.search')} />
      <div data-list>
        {page.items.length === 0 ? (
          <EmptyState title={t(query ? 'registrationsOffice.payments.noneFound' : 'registrationsOffice.one.noPayments')} />
        ) : (
          <>
            <Table
              ctx={ctx}
              caption={t('registrationsOffice.tab.payments')}
              captionUnseen
              rows={page.items}
              rowKey={(row) => row.id}
              columns={[
                {
                  key: 'name',
                  words: t('registrationsOffice.list.name'),
                  cell: ({ registration }) => (
                    <>
                      <a href={`${office}/registrations/${registration.id}`}>{registration.name}</a>
                      {registration.organisation && `, ${registration.organisation}`}
                    </>
                  ),
                },
                {
                  key: 'day',
                  words: t('registrationsOffice.one.paymentDay'),
                  cell: (row) => <time dateTime={row.receivedOn.toString()}>{formatDate(row.receivedOn, language)}</time>,
                },
                {
                  key: 'amount',
                  words: t('registrationsOffice.one.paymentAmount'),
                  number: true,
                  cell: (row) => <Money ctx={ctx} minor={row.amount} currency={row.currency} />,
                },
                {
                  key: 'reference',
                  words: t('registrationsOffice.list.reference'),
                  cell: (row) => <code class="reference">{row.registration.reference}</code>,
                },
                { key: 'note', words: t('registrationsOffice.one.paymentNote'), cell: (row) => row.note || '–' },
                { key: 'by', words: t('registrationsOffice.payments.by'), cell: (row) => row.recordedBy ?? '–' },
              ]}
            />
            <Pager
              ctx={ctx}
              first={later ? at(path, query) : null}
              next={page.next && `${path}?${query ? `${query}&` : ''}cursor=${encodeURIComponent(page.next)}`}
            />
            <Exports ctx={ctx} path={path} query={query} />
          </>
        )}
      </div>
    </OfficeFrame>
  );
}
