import { Layout } from '../layout.tsx';
import type { PageContext } from '../page.ts';
import { ButtonLink } from '../ui/button.tsx';
import { LangText } from '../ui/content.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Tag } from '../ui/tag.tsx';
import { When } from '../ui/when.tsx';
import { type EventLine, eventTitle } from './event-line.tsx';
import { offerWords, type ShownRegistration, stateWords, TONES } from './registration-page.tsx';

export interface MyRegistration extends ShownRegistration {
  event: Pick<EventLine, 'slug' | 'title' | 'defaultLanguage' | 'zone' | 'startsAt' | 'endsAt'>;
}

export interface MyDelegation {
  event: Pick<EventLine, 'slug' | 'title' | 'defaultLanguage' | 'zone' | 'startsAt' | 'endsAt'>;
  organisation: { slug: string; name: string };
  confirmed: number;
  waiting: number;
  pending: number;
  /** Of those pending, who awaits the organisation's own word. */
  toDecide: number;
  offers: number;
}

/** What a person has registered for, and the delegations they answer for. */
export function RegistrationsPage({
  ctx,
  registrations,
  delegations,
}: {
  ctx: PageContext;
  registrations: MyRegistration[];
  delegations: MyDelegation[];
}) {
  const { t } = ctx;
  return (
    <Layout
      ctx={ctx}
      title={t('registrations.mine.title')}
      actions={
        <>
          <ButtonLink href="/documents" kind="quiet">
            {t('documents.mine.link')}
          </ButtonLink>
          {ctx.nav.organisations > 0 && (
            <ButtonLink href="/visit-requests" kind="quiet">
              {t('visitRequests.title')}
            </ButtonLink>
          )}
          <ButtonLink href="/account/calendars" kind="quiet">
            {t('calendars.feeds.title')}
          </ButtonLink>
        </>
      }
    >
      {registrations.length === 0 && delegations.length === 0 && (
        <EmptyState
          title={t('registrations.mine.none')}
          action={<ButtonLink href="/events">{t('registrations.mine.events')}</ButtonLink>}
        />
      )}
      {delegations.length > 0 && (
        <section aria-labelledby="delegations">
          <h2 id="delegations">{t('registrations.mine.delegations')}</h2>
          <ul class="cards">
            {delegations.map((delegation) => (
              <Delegation key={`${delegation.event.slug} ${delegation.organisation.slug}`} ctx={ctx} delegation={delegation} />
            ))}
          </ul>
        </section>
      )}
      {registrations.length > 0 && (
        <section aria-labelledby="own">
          {delegations.length > 0 ? (
            <h2 id="own">{t('registrations.mine.own')}</h2>
          ) : (
            <h2 id="own" class="unseen">
              {t('registrations.mine.own')}
            </h2>
          )}
          <ul class="cards">
            {registrations.map((registration) => (
              <Own key={registration.id} ctx={ctx} registration={registration} />
            ))}
          </ul>
        </section>
      )}
    </Layout>
  );
}

function Own({ ctx, registration }: { ctx: PageContext; registration: MyRegistration }) {
  const { event, offer, state } = registration;
  return (
    <li class="card">
      <p>
        <Tag tone={offer ? 'new' : TONES[state]}>
          {offer ? ctx.t('registrations.state.offered') : ctx.t(`registrations.state.${state}`)}
        </Tag>
      </p>
      <h3>
        <a href={`/registrations/${registration.id}`}>
          <LangText ctx={ctx} map={event.title} defaultLanguage={event.defaultLanguage} />
        </a>
      </h3>
      <p>
        <When ctx={ctx} at={event.startsAt} until={event.endsAt} zone={event.zone} days />
      </p>
      <p>{offer ? offerWords(ctx, event, offer) : stateWords(ctx, registration)}</p>
    </li>
  );
}

function Delegation({ ctx, delegation }: { ctx: PageContext; delegation: MyDelegation }) {
  const { t } = ctx;
  const { event, organisation, toDecide, offers } = delegation;
  return (
    <li class="card">
      <p class="kicker">{organisation.name}</p>
      <h3>
        <a href={`/events/${event.slug}/delegations/${organisation.slug}`}>{eventTitle(ctx, event)}</a>
      </h3>
      <p>
        <When ctx={ctx} at={event.startsAt} until={event.endsAt} zone={event.zone} days />
      </p>
      <p>
        {t('registrations.delegation.counts', {
          confirmed: delegation.confirmed,
          waiting: delegation.waiting,
          pending: delegation.pending,
        })}
      </p>
      {offers > 0 && (
        <p>
          <Tag tone="new">{t('registrations.delegation.offers', { n: offers })}</Tag>
        </p>
      )}
      {toDecide > 0 && (
        <p>
          <Tag tone="wait">{t('registrations.delegation.toDecide', { n: toDecide })}</Tag>
        </p>
      )}
    </li>
  );
}
