import type { DoorRow } from '../../server/door/doors.ts';
import type { CheckIn, PlaceCount } from '../../server/door/queries.ts';
import type { WalkInRow } from '../../server/door/walk-ins.ts';
import type { EventDetails } from '../../server/events/queries.ts';
import { OfficeFrame } from '../events/office-frame.tsx';
import { formatNumber } from '../locales/format.ts';
import type { FieldError, PageContext } from '../page.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { Checkbox } from '../ui/choice.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Notice } from '../ui/notice.tsx';
import { Exports } from '../ui/pager.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { Table } from '../ui/table.tsx';
import { Tag } from '../ui/tag.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { Happened } from '../ui/when.tsx';
import { Qr } from './qr.tsx';

export interface OfficeDoorPageProps {
  ctx: PageContext;
  event: EventDetails;
  counts: (PlaceCount & { words: string })[];
  latest: CheckIn[];
  doors: DoorRow[];
  walkIns: WalkInRow[];
  /** The link of a door that was just made. */
  made: { door: string; url: string; code: { path: string; size: number } } | null;
  typed: Record<string, unknown>;
  errors?: FieldError[] | undefined;
}

// How often the page asks who has come, in milliseconds.
const EVERY = '5000';

/** Who is here now, and who keeps the doors. */
export function OfficeDoorPage({ ctx, event, counts, latest, doors, walkIns, made, typed, errors }: OfficeDoorPageProps) {
  const { t } = ctx;
  const base = `/back-office/events/${event.slug}/door`;
  return (
    <OfficeFrame
      ctx={ctx}
      event={event}
      title={t('door.title')}
      lead={t('door.office.lead')}
      tab="door"
      errors={errors}
      actions={<ButtonLink href={`/door/${event.slug}`}>{t('door.office.open')}</ButtonLink>}
    >
      {made && (
        <Notice kind="success">
          <p>{t('door.office.link', { door: made.door })}</p>
          <p class="wrap">
            <a href={made.url}>{made.url}</a>
          </p>
          <Qr code={made.code} words={made.url} />
        </Notice>
      )}
      <div id="door-counts" data-refresh={made ? undefined : EVERY}>
        <h2>{t('door.office.counts')}</h2>
        <Table
          ctx={ctx}
          caption={t('door.office.counts')}
          captionUnseen
          rows={counts}
          rowKey={(row) => row.sessionId ?? 'event'}
          columns={[
            { key: 'place', words: t('door.office.place'), cell: (row) => row.words },
            {
              key: 'expected',
              words: t('door.office.expected'),
              cell: (row) => formatNumber(row.expected, ctx.language),
              number: true,
            },
            {
              key: 'present',
              words: t('door.office.present'),
              cell: (row) => formatNumber(row.present, ctx.language),
              number: true,
            },
            {
              key: 'export',
              words: t('ui.list.export'),
              cell: (row) => (
                <Exports
                  ctx={ctx}
                  path={`/back-office/events/${event.slug}/check-ins`}
                  query={row.sessionId ? `session=${row.sessionId}` : ''}
                  label={row.words}
                />
              ),
            },
          ]}
        />
        <h2>{t('door.office.last')}</h2>
        {latest.length === 0 && <EmptyState title={t('door.office.nobody')} />}
        {latest.length > 0 && (
          <Table
            ctx={ctx}
            caption={t('door.office.last')}
            captionUnseen
            rows={latest}
            rowKey={(row) => row.registrationId}
            columns={[
              { key: 'name', words: t('door.office.name'), cell: (row) => row.name },
              { key: 'organisation', words: t('door.office.organisation'), cell: (row) => row.organisation ?? '–' },
              { key: 'came', words: t('door.office.came'), cell: (row) => <Happened ctx={ctx} at={row.cameAt} /> },
              { key: 'by', words: t('door.office.by'), cell: (row) => row.by },
            ]}
          />
        )}
      </div>
      {walkIns.length > 0 && <WalkIns ctx={ctx} event={event} walkIns={walkIns} />}
      <h2>{t('door.office.doors')}</h2>
      <p class="hint">{t('door.office.doorsHint')}</p>
      {doors.length > 0 && (
        <Table
          ctx={ctx}
          caption={t('door.office.doors')}
          captionUnseen
          rows={doors}
          rowKey={(row) => row.id}
          columns={[
            {
              key: 'name',
              words: t('door.office.doorName'),
              cell: (row) => (
                <>
                  {row.name} {row.registeredOnly && <Tag plain>{t('door.office.registeredOnlyTag')}</Tag>}
                </>
              ),
            },
            {
              key: 'devices',
              words: t('door.office.by'),
              cell: (row) => row.keepers.map(({ name }) => name).join(', ') || t('door.office.devices', { n: 0 }),
            },
            {
              key: 'close',
              words: t('door.office.close'),
              cell: (row) =>
                row.closedAt ? (
                  t('door.office.closed')
                ) : (
                  <PostForm action={`${base}/doors/${row.id}/closing`} inline>
                    <Button kind="quiet" small label={t('door.office.closeOf', { door: row.name })}>
                      {t('door.office.close')}
                    </Button>
                  </PostForm>
                ),
            },
          ]}
        />
      )}
      <PostForm action={`${base}/doors`}>
        <TextInput
          ctx={ctx}
          name="name"
          label={t('door.office.doorName')}
          value={String(typed.name ?? '')}
          errors={errors}
          required
          size="medium"
        />
        <Checkbox
          ctx={ctx}
          name="registeredOnly"
          label={t('door.office.registeredOnly')}
          hint={t('door.office.registeredOnlyHint')}
          checked={typed.registeredOnly !== undefined}
          errors={errors}
        />
        <Button kind="secondary">{t('door.office.make')}</Button>
      </PostForm>
    </OfficeFrame>
  );
}

/** Who came without having registered; a city that nobody knows by what was typed stands as it was typed. */
function WalkIns({ ctx, event, walkIns }: Pick<OfficeDoorPageProps, 'ctx' | 'event' | 'walkIns'>) {
  const { t } = ctx;
  return (
    <>
      <h2>{t('door.office.walkIns')}</h2>
      <Table
        ctx={ctx}
        caption={t('door.office.walkIns')}
        captionUnseen
        rows={walkIns}
        rowKey={(row) => row.id}
        columns={[
          {
            key: 'name',
            words: t('door.office.name'),
            cell: (row) => <a href={`/back-office/events/${event.slug}/registrations/${row.registrationId}`}>{row.name}</a>,
          },
          {
            key: 'organisation',
            words: t('door.office.organisation'),
            cell: (row) => (row.known ? (row.organisation ?? '–') : t('door.office.typed', { city: row.organisation ?? '' })),
          },
          { key: 'state', words: t('door.office.state'), cell: (row) => t(`registrations.state.${row.state}`) },
          { key: 'came', words: t('door.office.came'), cell: (row) => <Happened ctx={ctx} at={row.at} /> },
        ]}
      />
    </>
  );
}
