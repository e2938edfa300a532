import type { RegistrationState } from '../../db/tables/registrations.ts';
import type { Definition } from '../../server/forms/definition.ts';
import { Qr } from '../door/qr.tsx';
import type { StoredFile } from '../forms/field-parts.tsx';
import { Layout } from '../layout.tsx';
import { formatMoment, formatMoney } from '../locales/format.ts';
import { textIn } from '../locales/text-map.ts';
import { translateCode } from '../locales/translate.ts';
import type { PageContext } from '../page.ts';
import { Button, ButtonLink, ButtonRow } from '../ui/button.tsx';
import { DefinitionList, Timeline } from '../ui/facts.tsx';
import { Notice } from '../ui/notice.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { Tag, type Tone } from '../ui/tag.tsx';
import { Happened } from '../ui/when.tsx';
import { AnswersList } from './answers-list.tsx';
import { type EventLine, eventCrumb, eventFacts, eventTitle } from './event-line.tsx';
import { Payment } from './payment.tsx';

export interface ShownRegistration {
  id: string;
  person: { id: string; name: string };
  organisation: { slug: string; name: string } | null;
  category: { key: string; name: Record<string, string> };
  state: RegistrationState;
  approvalBy: 'organisation' | 'organiser';
  reasonCode: string | null;
  reason: string | null;
  amount: number;
  currency: string;
  reference: string;
  paid: number;
  ahead: number | null;
  offer: { expiresAt: string } | null;
}

export interface RegistrationPageProps {
  ctx: PageContext;
  /** Its address: `/registrations/<id>`, or by a mailed link `/registrations/manage/<token>`. */
  base: string;
  event: EventLine;
  registration: ShownRegistration;
  /** The reader looks at somebody else's. */
  other: boolean;
  may: { change: boolean; replace: boolean; giveBack: boolean; decide: boolean };
  /** What they show at the door; null while they may not come in. */
  pass: { href: string; code: { path: string; size: number } } | null;
  /** The event has visits that are given out. */
  visits: boolean;
  /** They or their city vote in the event's assembly. */
  votes: boolean;
  changeableUntil: Temporal.Instant;
  form: { definition: Definition; answers: Record<string, unknown>; files: StoredFile[] } | null;
  history: { id: string; action: string; at: Temporal.Instant; byReader: boolean; actor: string | null }[];
}

export const TONES: Record<RegistrationState, Tone> = {
  draft: 'off',
  pending: 'wait',
  confirmed: 'good',
  waiting: 'wait',
  cancelled: 'off',
  refused: 'bad',
};

/** One registration: what it is, what is to be done about it, and how it came to be so. */
export function RegistrationPage(props: RegistrationPageProps) {
  const { ctx, base, event, registration, other, may, form } = props;
  const { t } = ctx;
  const crumbs = other && registration.organisation ? [delegationCrumb(props)] : ctx.viewer ? [mineCrumb(ctx)] : [];
  const due = registration.state === 'confirmed' ? registration.amount - registration.paid : 0;
  const alive = registration.state === 'confirmed' || registration.state === 'waiting' || registration.state === 'pending';
  return (
    <Layout
      ctx={ctx}
      title={other ? registration.person.name : eventTitle(ctx, event)}
      kicker={other ? eventTitle(ctx, event) : t('registrations.page.kicker')}
      width="text"
      breadcrumbs={[eventCrumb(ctx, event), ...crumbs]}
      head={<meta name="robots" content="noindex" />}
    >
      <State {...props} />
      <DefinitionList
        facts={[
          ...eventFacts(ctx, event),
          { term: t('registrations.fact.participant'), value: registration.person.name },
          registration.organisation && { term: t('registrations.fact.organisation'), value: registration.organisation.name },
          {
            term: t('registrations.fact.category'),
            value: textIn(registration.category.name, [ctx.language], event.defaultLanguage),
          },
          { term: t('registrations.fact.fee'), value: feeWords(ctx, registration) },
        ]}
      />
      {props.pass && (
        <figure class="pass">
          <Qr code={props.pass.code} words={t('door.pass.alt')} />
          <figcaption>
            {t('door.pass.hint')} <a href={props.pass.href}>{t('door.pass.open')}</a>
          </figcaption>
        </figure>
      )}
      <Payment ctx={ctx} event={event} due={due} paid={registration.paid} reference={registration.reference} />
      {form && (
        <section aria-labelledby="answers">
          <h2 id="answers">{t('registrations.answers.title')}</h2>
          <AnswersList ctx={ctx} {...form} per="person" filesAt={`${base}/files`} />
        </section>
      )}
      {alive && (
        <section aria-labelledby="change">
          <h2 id="change">{t('registrations.change.title')}</h2>
          {(may.change || may.replace) && (
            <p class="hint">
              {t('registrations.change.until', { when: formatMoment(props.changeableUntil, event.zone, ctx.language) })}
            </p>
          )}
          {!may.change && <p>{t('registrations.change.over')}</p>}
          <ButtonRow>
            {may.change && (
              <ButtonLink kind="secondary" href={`${base}/answers`}>
                {form ? t('registrations.change.answers') : t('registrations.change.category')}
              </ButtonLink>
            )}
            {may.replace && (
              <ButtonLink kind="secondary" href={`${base}/replacement`}>
                {t('registrations.change.replace')}
              </ButtonLink>
            )}
            {registration.state === 'confirmed' && props.visits && (
              <ButtonLink kind="secondary" href={`${base}/visits`}>
                {t('studyVisits.my.link')}
              </ButtonLink>
            )}
            {props.votes && (
              <ButtonLink kind="secondary" href={`/events/${event.slug}/assembly`}>
                {t('assembly.title')}
              </ButtonLink>
            )}
            {registration.state === 'confirmed' && (
              <ButtonLink kind="secondary" href={`${base}/documents`}>
                {t('documents.mine.link')}
              </ButtonLink>
            )}
            {registration.state === 'confirmed' && (
              <ButtonLink kind="quiet" href={`${base}/calendar.ics`} download>
                {t('registrations.change.calendar')}
              </ButtonLink>
            )}
            {may.giveBack && (
              <ButtonLink kind="quiet" href={`${base}/removal`}>
                {t('registrations.change.giveBack')}
              </ButtonLink>
            )}
          </ButtonRow>
        </section>
      )}
      <History {...props} />
    </Layout>
  );
}

function feeWords(ctx: PageContext, { amount, paid, currency, state }: ShownRegistration): string {
  const { t } = ctx;
  if (amount === 0) return t('registrations.price.free');
  const fee = formatMoney(amount, currency, ctx.language);
  if (state === 'cancelled' || state === 'refused') return t('registrations.fee.none', { fee });
  if (paid >= amount) return t('registrations.fee.paid', { fee });
  return state === 'confirmed' ? fee : t('registrations.fee.notYet', { fee });
}

const mineCrumb = (ctx: PageContext) => ({ words: ctx.t('registrations.mine.title'), href: '/registrations' });

const delegationCrumb = ({ ctx, event, registration }: RegistrationPageProps) => ({
  words: ctx.t('registrations.delegation.of', { organisation: registration.organisation?.name ?? '' }),
  href: `/events/${event.slug}/delegations/${registration.organisation?.slug ?? ''}`,
});

/** The state as a sentence, with what may be done at once. */
function State({ ctx, base, event, registration, may }: RegistrationPageProps) {
  const { t } = ctx;
  const { state, offer } = registration;
  return (
    <div class="registration-state">
      <p>
        <Tag tone={offer ? 'new' : TONES[state]}>
          {offer ? t('registrations.state.offered') : t(`registrations.state.${state}`)}
        </Tag>
      </p>
      <p class="lead">{offer ? offerWords(ctx, event, offer) : stateWords(ctx, registration)}</p>
      {registration.reason && (
        <Notice kind="info" title={t('registrations.page.reason')}>
          {registration.reason}
        </Notice>
      )}
      {offer && may.giveBack && (
        <ButtonRow>
          <PostForm action={`${base}/offer/acceptance`} inline>
            <Button>{t('registrations.mine.accept')}</Button>
          </PostForm>
          <ButtonLink kind="secondary" href={`${base}/offer/removal`}>
            {t('registrations.mine.decline')}
          </ButtonLink>
        </ButtonRow>
      )}
      {may.decide && (
        <ButtonRow>
          <PostForm action={`${base}/approval`} inline>
            <Button>{t('registrations.decide.approve')}</Button>
          </PostForm>
          <ButtonLink kind="secondary" href={`${base}/refusal`}>
            {t('registrations.decide.refuse')}
          </ButtonLink>
        </ButtonRow>
      )}
    </div>
  );
}

/** Until when an offer stands, in the reader's zone, and in the event's where clocks differ. */
export function offerWords(ctx: PageContext, event: Pick<EventLine, 'zone'>, offer: { expiresAt: string }): string {
  const at = Temporal.Instant.from(offer.expiresAt);
  const offset = (zone: string) => at.toZonedDateTimeISO(zone).offsetNanoseconds;
  const there = formatMoment(at, event.zone, ctx.language);
  if (!ctx.zoneKnown || offset(ctx.zone) === offset(event.zone)) return ctx.t('registrations.says.offer', { until: there });
  return ctx.t('registrations.says.offerZones', { until: formatMoment(at, ctx.zone, ctx.language), there });
}

/** What a state means, in a sentence. */
export function stateWords(
  { t, language }: PageContext,
  {
    state,
    approvalBy,
    reasonCode,
    ahead,
    organisation,
  }: Pick<ShownRegistration, 'state' | 'approvalBy' | 'reasonCode' | 'ahead'> & {
    organisation?: { name: string } | null;
  },
): string {
  if (state === 'waiting') return t('registrations.says.waiting', { ahead: ahead ?? 0 });
  if (state === 'pending')
    return approvalBy === 'organisation'
      ? t('registrations.says.pendingOrganisation', { organisation: organisation?.name ?? '' })
      : t('registrations.says.pending');
  if (state === 'cancelled' || state === 'refused')
    return translateCode(language, `registrations.ended.${reasonCode}`) ?? t(`registrations.says.${state}`);
  return t(`registrations.says.${state}`);
}

function History({ ctx, history }: RegistrationPageProps) {
  const { t } = ctx;
  if (history.length === 0) return null;
  return (
    <section aria-labelledby="history">
      <h2 id="history">{t('registrations.history.title')}</h2>
      <Timeline
        moments={history.map(({ id, action, at, byReader, actor }) => ({
          key: id,
          what: translateCode(ctx.language, `registrations.history.${action}`) ?? action,
          by: byReader ? t('registrations.history.you') : (actor ?? undefined),
          when: <Happened ctx={ctx} at={at} />,
        }))}
      />
    </section>
  );
}
