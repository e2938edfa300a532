import type { EventDetails } from '../../server/events/queries.ts';
import type { pastOffers, Served } from '../../server/registrations/figures.ts';
import { type Overtaker, overtakers } from '../../server/registrations/overtaking.ts';
import type { WaitingRow } from '../../server/registrations/queries.ts';
import { OfficeFrame } from '../events/office-frame.tsx';
import { formatList, formatMoment } from '../locales/format.ts';
import { textIn } from '../locales/text-map.ts';
import type { PageContext } from '../page.ts';
import { Button, ButtonRow } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Exports } from '../ui/pager.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { Table } from '../ui/table.tsx';
import { Happened } from '../ui/when.tsx';

type Past = Awaited<ReturnType<typeof pastOffers>>[number];

/** Who waits, in order, and in words why each still does and what happens next. */
export function OfficeWaitingPage({
  ctx,
  event,
  waiting,
  served,
  past,
}: {
  ctx: PageContext;
  event: EventDetails;
  waiting: WaitingRow[];
  served: Served[];
  past: Past[];
}) {
  const { t } = ctx;
  return (
    <OfficeFrame
      ctx={ctx}
      event={event}
      title={t('registrationsOffice.tab.waiting-list')}
      lead={t('registrationsOffice.waiting.lead')}
      tab="waiting-list"
    >
      {waiting.length === 0 ? (
        <EmptyState title={t('registrationsOffice.waiting.none')} />
      ) : (
        <ol class="waiting-list">
          {waiting.map((party) => (
            <Party key={party.id} ctx={ctx} event={event} party={party} before={overtakers(party, served)} />
          ))}
        </ol>
      )}
      {waiting.length > 0 && <Exports ctx={ctx} path={`/back-office/events/${event.slug}/waiting-list`} />}
      {past.length > 0 && (
        <Table
          ctx={ctx}
          caption={t('registrationsOffice.waiting.past')}
          rows={past}
          rowKey={(offer) => offer.id}
          columns={[
            { key: 'names', words: t('registrationsOffice.list.name'), cell: (offer) => offer.names },
            {
              key: 'offered',
              words: t('registrations.state.offered'),
              cell: (offer) => <Happened ctx={ctx} at={offer.offeredAt} />,
            },
            {
              key: 'how',
              words: t('registrationsOffice.list.state'),
              cell: (offer) => (
                <>
                  {t(`registrationsOffice.waiting.${offer.how}`)}, <Happened ctx={ctx} at={offer.endedAt} />
                </>
              ),
            },
          ]}
        />
      )}
    </OfficeFrame>
  );
}

function Party({ ctx, event, party, before }: { ctx: PageContext; event: EventDetails; party: WaitingRow; before: Overtaker[] }) {
  const { t } = ctx;
  const path = `/back-office/events/${event.slug}`;
  return (
    <li class="card">
      <h2>
        {party.position}. {party.organisation?.name ?? party.people[0]?.name ?? '–'}
      </h2>
      <p>
        {t('registrationsOffice.waiting.party', { n: party.people.length })}:{' '}
        {party.people.map(({ registrationId, name }, at) => (
          <span key={registrationId}>
            {at > 0 && ', '}
            <a href={`${path}/registrations/${registrationId}`}>{name}</a>
          </span>
        ))}
      </p>
      <p>{t('registrationsOffice.waiting.since', { when: formatMoment(party.joinedAt, event.zone, ctx.language) })}</p>
      <p>{why(ctx, event, party)}</p>
      {before.length > 0 && (
        <ul>
          {before.map((one) => (
            <li key={`${one.name} ${one.at.epochMilliseconds}`}>{came(ctx, event, party, one)}</li>
          ))}
        </ul>
      )}
      <ButtonRow>
        {party.offer && (
          <PostForm action={`${path}/waiting-list/${party.id}/extension`} inline>
            <Button kind="secondary">{t('registrationsOffice.waiting.extend')}</Button>
          </PostForm>
        )}
        <PostForm action={`${path}/registrations/bulk`} hidden={{ action: 'cancel' }} inline>
          {party.people.map(({ registrationId }) => (
            <input key={registrationId} type="hidden" name="ids" value={registrationId} />
          ))}
          <Button kind="quiet">{t('registrationsOffice.waiting.remove')}</Button>
        </PostForm>
      </ButtonRow>
    </li>
  );
}

function came(
  { t, language }: PageContext,
  event: EventDetails,
  party: WaitingRow,
  { name, partySize, at, why }: Overtaker,
): string {
  const when = formatMoment(at, event.zone, language);
  return why === 'smaller'
    ? t('registrationsOffice.waiting.before.smaller', { name, when, n: partySize, own: party.partySize })
    : why === 'elsewhere'
      ? t('registrationsOffice.waiting.before.elsewhere', { name, when })
      : t('registrationsOffice.waiting.before.let-go', { name, when, own: party.partySize });
}

// The step at which this party is, and the next.
function why(ctx: PageContext, event: EventDetails, party: WaitingRow): string {
  const { t, language } = ctx;
  const moment = (at: Temporal.Instant) => formatMoment(at, event.zone, language);
  if (party.offer) {
    return t('registrationsOffice.waiting.offered', {
      when: moment(Temporal.Instant.from(party.offer.offeredAt)),
      until: moment(Temporal.Instant.from(party.offer.expiresAt)),
    });
  }
  const lacks =
    party.lacks.length > 0
      ? t('registrationsOffice.waiting.lacks', {
          pools: formatList(
            [...new Set(party.lacks)].map((key) => poolWords(ctx, event, key)),
            language,
          ),
        })
      : t('registrationsOffice.waiting.lacksNone');
  if (party.gatheringSince && !party.gatheringEndedAt)
    return `${lacks} ${t('registrationsOffice.waiting.gathering', { when: moment(party.gatheringSince), held: party.gathered })}`;
  return party.gatheringEndedAt ? `${lacks} ${t('registrationsOffice.waiting.gathered')}` : lacks;
}

function poolWords({ t, language }: PageContext, event: EventDetails, key: string): string {
  const category = event.categories.find((one) => one.key === key);
  return category ? textIn(category.name, [language], event.defaultLanguage) || key : t('registrationsOffice.waiting.event');
}
