import type { EventDetails } from '../../server/events/queries.ts';
import type { Match } from '../../server/registrations/bank-statement.ts';
import { OfficeFrame } from '../events/office-frame.tsx';
import { formatDate, formatMoney } from '../locales/format.ts';
import type { FieldError, PageContext } from '../page.ts';
import { Button, ButtonLink, ButtonRow } from '../ui/button.tsx';
import { Money } from '../ui/content.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { FileInput } from '../ui/file-input.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { Table } from '../ui/table.tsx';
import { Tag, type Tone } from '../ui/tag.tsx';

const TONES: Record<Match['kind'], Tone> = {
  exact: 'good',
  less: 'wait',
  more: 'wait',
  several: 'bad',
  currency: 'bad',
  noted: 'off',
  none: 'bad',
};

/** Where a bank statement is chosen; once read, what each of its lines pays for. */
export function OfficeStatementPage(props: {
  ctx: PageContext;
  event: EventDetails;
  /** Null: no statement has been read yet. */
  matches: Match[] | null;
  errors?: FieldError[];
}) {
  const { ctx, event, matches, errors = [] } = props;
  const { t } = ctx;
  const path = `/back-office/events/${event.slug}/payments`;
  return (
    <OfficeFrame
      ctx={ctx}
      event={event}
      title={t('registrationsOffice.statement.title')}
      lead={t(matches ? 'registrationsOffice.statement.readLead' : 'registrationsOffice.statement.lead')}
      tab="payments"
      errors={errors}
    >
      {matches ? (
        <Lines ctx={ctx} matches={matches} event={event} path={path} />
      ) : (
        <PostForm action={`${path}/statement`} multipart>
          <FileInput
            ctx={ctx}
            name="file"
            label={t('registrationsOffice.statement.file')}
            hint={t('registrationsOffice.statement.fileHint')}
            required
            accept=".csv,.txt,text/csv,text/plain"
            maxBytes={8_000_000}
            errors={errors}
          />
          <Button>{t('registrationsOffice.statement.read')}</Button>
        </PostForm>
      )}
    </OfficeFrame>
  );
}

function Lines({ ctx, matches, event, path }: { ctx: PageContext; matches: Match[]; event: EventDetails; path: string }) {
  const { t, language } = ctx;
  if (matches.length === 0) return <EmptyState title={t('registrationsOffice.statement.nothing')} />;
  const usable = matches.filter(({ found }) => found);
  const rest = matches.filter(({ found }) => !found);
  const columns = [
    {
      key: 'text',
      words: t('registrationsOffice.statement.text'),
      cell: ({ line }: Match) => line.text || t('registrationsOffice.statement.line', { n: line.line }),
    },
    {
      key: 'day',
      words: t('registrationsOffice.one.paymentDay'),
      cell: ({ line }: Match) => formatDate(line.bookedOn, language),
    },
    {
      key: 'amount',
      words: t('registrationsOffice.one.paymentAmount'),
      number: true,
      cell: ({ line }: Match) => <Money ctx={ctx} minor={line.amount} currency={line.currency ?? event.currency} />,
    },
    {
      key: 'match',
      words: t('registrationsOffice.statement.for'),
      cell: ({ kind, found }: Match) => (
        <>
          {found &&
            `${found.name}, ${found.reference}, ${t('registrationsOffice.statement.due', { money: formatMoney(Math.max(0, found.due), event.currency, language) })} `}
          <Tag tone={TONES[kind]}>{t(`registrationsOffice.statement.match.${kind}`)}</Tag>
        </>
      ),
    },
  ];
  return (
    <>
      <PostForm action={`${path}/statement/notes`} hidden={{ lines: JSON.stringify(usable.map(({ line }) => line)) }}>
        {usable.length > 0 && (
          <Table
            ctx={ctx}
            caption={t('registrationsOffice.statement.matched', { n: usable.length })}
            rows={usable}
            rowKey={({ line }) => String(line.line)}
            select={{
              name: 'chosen',
              rowName: ({ line, found }) => `${found?.name ?? ''} ${formatMoney(line.amount, event.currency, language)}`,
              selected: usable.filter(({ kind }) => kind === 'exact').map(({ line }) => String(line.line)),
            }}
            columns={columns}
          />
        )}
        <ButtonRow>
          {usable.length > 0 && <Button>{t('registrationsOffice.statement.note')}</Button>}
          <ButtonLink kind="quiet" href={`${path}/statement`}>
            {t('registrationsOffice.statement.other')}
          </ButtonLink>
        </ButtonRow>
      </PostForm>
      {rest.length > 0 && (
        <Table
          ctx={ctx}
          caption={t('registrationsOffice.statement.unmatched', { n: rest.length })}
          rows={rest}
          rowKey={({ line }) => String(line.line)}
          columns={columns}
        />
      )}
    </>
  );
}
