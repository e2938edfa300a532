import type { EventDetails } from '../../server/events/queries.ts';
import { INVITATION_STATES, type InvitationRow, type InvitationState } from '../../server/mailings/invitations.ts';
import { OfficeFrame } from '../events/office-frame.tsx';
import { countryName, formatMoment } from '../locales/format.ts';
import type { FieldError, PageContext } from '../page.ts';
import { Button, ButtonRow } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Stats } from '../ui/facts.tsx';
import { ListTools } from '../ui/list-tools.tsx';
import { Exports, Pager } from '../ui/pager.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { queryOf } from '../ui/query.ts';
import { Table } from '../ui/table.tsx';
import { Tag, type Tone } from '../ui/tag.tsx';

const TONES: Record<InvitationState, Tone> = { none: 'wait', accepted: 'good', declined: 'off', substitute: 'new' };

/** Who was invited to an event, what they said, and a word to those who said nothing. */
export function InvitationsPage(props: {
  ctx: PageContext;
  event: EventDetails;
  counts: Record<InvitationState, number>;
  invitations: InvitationRow[];
  filter: { q: string; answer?: string };
  next: string | null;
  errors?: FieldError[];
}) {
  const { ctx, event, counts, invitations, filter } = props;
  const { t } = ctx;
  const path = `/back-office/events/${event.slug}/invitations`;
  const total = INVITATION_STATES.reduce((sum, state) => sum + counts[state], 0);
  return (
    <OfficeFrame ctx={ctx} event={event} title={t('mailings.invitations.title')} tab="invitations" errors={props.errors}>
      {total === 0 ? (
        <EmptyState title={t('mailings.invitations.none')}>{t('mailings.invitations.noneLead')}</EmptyState>
      ) : (
        <>
          <Stats
            ctx={ctx}
            stats={INVITATION_STATES.map((state) => ({
              words: t(`mailings.answer.${state}`),
              value: counts[state],
              href: `${path}?answer=${state}`,
            }))}
          />
          {counts.none > 0 && (
            <PostForm action={`${path}/reminders`}>
              <ButtonRow>
                <Button>{t('mailings.invitations.remind')}</Button>
              </ButtonRow>
            </PostForm>
          )}
          <ListTools
            ctx={ctx}
            action={path}
            search={filter.q}
            filters={[
              {
                name: 'answer',
                label: t('mailings.invitations.answer'),
                value: filter.answer,
                options: INVITATION_STATES.map((state) => ({ value: state, words: t(`mailings.answer.${state}`) })),
              },
            ]}
          />
          <Table
            ctx={ctx}
            caption={t('mailings.invitations.title')}
            captionUnseen
            rows={invitations}
            rowKey={(row) => row.id}
            columns={[
              { key: 'name', words: t('mailings.audience.person'), cell: (row) => row.name },
              {
                key: 'organisation',
                words: t('mailings.audience.organisation'),
                cell: (row) =>
                  row.organisation
                    ? `${row.organisation}${row.country ? ` (${countryName(row.country, ctx.language)})` : ''}`
                    : '–',
              },
              {
                key: 'answer',
                words: t('mailings.invitations.answer'),
                cell: (row) => <Answer ctx={ctx} row={row} path={path} />,
              },
              {
                key: 'at',
                words: t('mailings.invitations.answeredAt'),
                cell: (row) => (row.answeredAt ? formatMoment(row.answeredAt, ctx.zone, ctx.language) : '–'),
              },
              { key: 'note', words: t('mailings.invitations.note'), cell: (row) => row.note || '–' },
            ]}
          />
          <Pager ctx={ctx} next={props.next} />
          <Exports ctx={ctx} path={path} query={queryOf(filter)} />
        </>
      )}
    </OfficeFrame>
  );
}

function Answer({ ctx, row, path }: { ctx: PageContext; row: InvitationRow; path: string }) {
  const { t } = ctx;
  return (
    <>
      <Tag tone={TONES[row.answer]}>{t(`mailings.answer.${row.answer}`)}</Tag>
      {row.registered && <Tag plain>{t('mailings.invitations.registered')}</Tag>}
      {row.answer === 'substitute' && row.substituteName && (
        <>
          <p>{t('mailings.invitations.instead', { name: `${row.substituteName} (${row.substituteAddress})` })}</p>
          {row.substituteInvited ? (
            <Tag plain>{t('mailings.invitations.invited')}</Tag>
          ) : (
            <PostForm inline action={`${path}/${row.id}/substitute`}>
              <Button small kind="secondary">
                {t('mailings.invitations.invite', { name: row.substituteName })}
              </Button>
            </PostForm>
          )}
        </>
      )}
    </>
  );
}
