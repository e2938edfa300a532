import type { EventDetails } from '../../server/events/queries.ts';
import type { BulkWrite } from '../../server/registrations/input.ts';
import type { BulkView, Chosen } from '../../server/registrations/office-queries.ts';
import { OfficeFrame } from '../events/office-frame.tsx';
import { formatMoney } from '../locales/format.ts';
import { textIn } from '../locales/text-map.ts';
import { translateCode } from '../locales/translate.ts';
import type { FieldError, PageContext } from '../page.ts';
import { Button, ButtonLink, ButtonRow } from '../ui/button.tsx';
import { DateInput } from '../ui/date-input.tsx';
import { Progress } from '../ui/facts.tsx';
import { Notice } from '../ui/notice.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { Select } from '../ui/select.tsx';
import { type Column, Table } from '../ui/table.tsx';
import { TextArea } from '../ui/text-area.tsx';
import { Happened } from '../ui/when.tsx';

export interface BulkConfirmPageProps {
  ctx: PageContext;
  event: EventDetails;
  action: BulkWrite['action'];
  chosen: Chosen[];
  /** Those with whom something will be done. */
  affected: Chosen[];
  /** How many people wait who could get what becomes free. */
  waiting: number;
  undoable: boolean;
  /** Sent again: the choice, and the id of the order. */
  hidden: Record<string, string | undefined>;
  ids: string[];
  typed: Record<string, string | undefined>;
  errors?: FieldError[];
}

const NAMED = 20;

/** What an order would do, in numbers and names, before it is given. */
export function BulkConfirmPage(props: BulkConfirmPageProps) {
  const { ctx, event, action, chosen, affected, waiting, undoable, hidden, ids, errors = [] } = props;
  const { t } = ctx;
  const path = `/back-office/events/${event.slug}/registrations`;
  const n = affected.length;
  const freed = affected.filter((row) => row.state === 'confirmed').length;
  const due = affected.reduce((sum, row) => sum + row.amount - row.paid, 0);
  return (
    <OfficeFrame
      ctx={ctx}
      event={event}
      title={t(`registrationsOffice.bulk.title.${action}`, { n: chosen.length })}
      width="text"
      errors={errors}
    >
      <div class="consequence">
        <p>{t(`registrationsOffice.bulk.says.${action}`, { n })}</p>
        {action === 'cancel' && freed > 0 && <p>{t('registrationsOffice.bulk.places', { freed, waiting })}</p>}
        {action === 'paid' && due > 0 && (
          <p>{t('registrationsOffice.bulk.money', { sum: formatMoney(due, event.currency, ctx.language) })}</p>
        )}
        {chosen.length > n && <p>{t('registrationsOffice.bulk.others', { n: chosen.length - n })}</p>}
        <p>{undoable ? t('registrationsOffice.bulk.undoable') : t('registrationsOffice.bulk.notUndoable')}</p>
      </div>
      <ul>
        {affected.slice(0, NAMED).map((row) => (
          <li key={row.id}>{row.name}</li>
        ))}
        {n > NAMED && <li>{t('registrationsOffice.bulk.more', { n: n - NAMED })}</li>}
      </ul>
      <PostForm action={`${path}/bulk`} hidden={{ ...hidden, action, confirmed: 'on' }}>
        {ids.map((id) => (
          <input key={id} type="hidden" name="ids" value={id} />
        ))}
        <Details {...props} />
        <ButtonRow>
          {n > 0 && (
            <Button kind={action === 'cancel' || action === 'refuse' ? 'danger' : 'primary'}>
              {t(`registrationsOffice.bulk.${action}`)}
            </Button>
          )}
          <ButtonLink kind="quiet" href={path}>
            {t('ui.confirm.back')}
          </ButtonLink>
        </ButtonRow>
      </PostForm>
    </OfficeFrame>
  );
}

function Details({ ctx, event, action, typed, errors }: BulkConfirmPageProps) {
  const { t } = ctx;
  if (action === 'refuse' || action === 'cancel')
    return (
      <TextArea
        ctx={ctx}
        name="reason"
        label={t('registrationsOffice.bulk.reason')}
        hint={t('registrationsOffice.bulk.reasonHint')}
        value={typed.reason}
        maxlength={500}
        rows={3}
        errors={errors}
      />
    );
  if (action === 'category')
    return (
      <Select
        ctx={ctx}
        name="category"
        label={t('registrationsOffice.bulk.toCategory')}
        value={typed.category}
        empty
        required
        options={event.categories.map(({ key, name }) => ({
          value: key,
          words: textIn(name, [ctx.language], event.defaultLanguage) || key,
        }))}
        errors={errors}
      />
    );
  if (action === 'paid')
    return (
      <DateInput
        ctx={ctx}
        name="receivedOn"
        label={t('registrationsOffice.bulk.receivedOn')}
        value={typed.receivedOn}
        required
        errors={errors}
      />
    );
  return null;
}

/** How far an order is, what could not be done, and the way to take it back. */
export function BulkProgressPage({
  ctx,
  event,
  bulk,
  mayUndo,
}: {
  ctx: PageContext;
  event: EventDetails;
  bulk: BulkView;
  mayUndo: boolean;
}) {
  const { t } = ctx;
  const path = `/back-office/events/${event.slug}/registrations`;
  const undoing = bulk.undoneAt !== null;
  const running = undoing ? bulk.undoEndedAt === null : bulk.endedAt === null;
  const columns: Column<BulkView['problems'][number]>[] = [
    {
      key: 'name',
      words: t('registrationsOffice.list.name'),
      cell: (row) => <a href={`${path}/${row.registrationId}`}>{row.name}</a>,
    },
    {
      key: 'why',
      words: t('registrationsOffice.list.reason'),
      cell: (row) => translateCode(ctx.language, `refusal.${row.code}`) ?? row.code,
    },
  ];
  return (
    <OfficeFrame
      ctx={ctx}
      event={event}
      title={t(`registrationsOffice.bulk.${bulk.action}`)}
      lead={
        <>
          {t('registrationsOffice.bulk.by', { name: bulk.createdBy })} · <Happened ctx={ctx} at={bulk.createdAt} />
        </>
      }
      width="text"
      head={running ? <meta http-equiv="refresh" content="2" /> : undefined}
    >
      <Progress
        ctx={ctx}
        label={t('registrationsOffice.bulk.progress')}
        value={undoing ? bulk.undone + bulk.undoRefused : bulk.done + bulk.refused}
        total={undoing ? bulk.done : bulk.total}
      />
      {running ? (
        <Notice kind="info">{undoing ? t('registrationsOffice.bulk.undoing') : t('registrationsOffice.bulk.running')}</Notice>
      ) : (
        <Notice kind="success">
          {undoing
            ? t('registrationsOffice.bulk.undone', { n: bulk.undone })
            : t('registrationsOffice.bulk.ended', { done: bulk.done })}
        </Notice>
      )}
      {bulk.problems.length > 0 && (
        <Table
          ctx={ctx}
          caption={t('registrationsOffice.bulk.problems')}
          rows={bulk.problems}
          rowKey={(row) => `${row.registrationId} ${row.undoing}`}
          columns={columns}
        />
      )}
      <ButtonRow>
        <ButtonLink kind="secondary" href={path}>
          {t('registrationsOffice.bulk.back')}
        </ButtonLink>
        {mayUndo && (
          <PostForm action={`${path}/bulk/${bulk.id}/removal`} inline>
            <Button kind="quiet">{t('registrationsOffice.bulk.undo')}</Button>
          </PostForm>
        )}
      </ButtonRow>
    </OfficeFrame>
  );
}
