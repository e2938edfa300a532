import { Layout } from '../layout.tsx';
import { formatMoney } from '../locales/format.ts';
import type { FieldError, PageContext } from '../page.ts';
import { Button, ButtonLink, ButtonRow } from '../ui/button.tsx';
import { ConfirmPage } from '../ui/confirm-page.tsx';
import { DefinitionList } from '../ui/facts.tsx';
import { Notice } from '../ui/notice.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { type EventLine, eventCrumb, eventFacts, eventTitle } from './event-line.tsx';
import { offerWords, type ShownRegistration } from './registration-page.tsx';

export interface EndingProps {
  ctx: PageContext;
  base: string;
  event: EventLine;
  registration: ShownRegistration;
  /** The reader ends somebody else's. */
  other: boolean;
  errors?: FieldError[];
}

/** Before a place is given back. */
export function GiveBackPage({ ctx, base, event, registration, other }: EndingProps) {
  const { t } = ctx;
  const { person, state, paid, currency } = registration;
  const kept = paid > 0 ? [t('registrations.giveBack.paid', { paid: formatMoney(paid, currency, ctx.language) })] : undefined;
  return (
    <ConfirmPage
      ctx={ctx}
      title={other ? t('registrations.giveBack.titleOf', { name: person.name }) : t('registrations.giveBack.title')}
      consequence={
        <>
          <p>
            <strong>{eventTitle(ctx, event)}</strong>
          </p>
          <p>{state === 'confirmed' ? t('registrations.giveBack.confirmed') : t('registrations.giveBack.other')}</p>
        </>
      }
      kept={kept}
      action={`${base}/removal`}
      go={t('registrations.giveBack.go')}
      back={base}
      breadcrumbs={[eventCrumb(ctx, event)]}
    />
  );
}

/** What the mail about an offer leads to: take it or leave it. */
export function OfferPage({ ctx, base, event, registration }: EndingProps) {
  const { t } = ctx;
  const { offer, person } = registration;
  return (
    <Layout
      ctx={ctx}
      title={offer ? t('registrations.offer.title') : t('registrations.offer.gone')}
      kicker={eventTitle(ctx, event)}
      lead={offer ? offerWords(ctx, event, offer) : undefined}
      width="text"
      breadcrumbs={[eventCrumb(ctx, event)]}
      head={<meta name="robots" content="noindex" />}
    >
      <DefinitionList facts={[...eventFacts(ctx, event), { term: t('registrations.fact.participant'), value: person.name }]} />
      {offer ? (
        <ButtonRow>
          <PostForm action={`${base}/offer/acceptance`} inline>
            <Button>{t('registrations.mine.accept')}</Button>
          </PostForm>
          <ButtonLink kind="secondary" href={`${base}/offer/removal`}>
            {t('registrations.mine.decline')}
          </ButtonLink>
        </ButtonRow>
      ) : (
        <>
          <Notice>{t('registrations.offer.goneWhy')}</Notice>
          <ButtonLink kind="secondary" href={base}>
            {t('registrations.form.seeIt')}
          </ButtonLink>
        </>
      )}
    </Layout>
  );
}

/** Before an offered place is left to others. */
export function LeaveOfferPage({ ctx, base, event, registration }: EndingProps) {
  const { t } = ctx;
  return (
    <ConfirmPage
      ctx={ctx}
      title={t('registrations.offer.leaveTitle')}
      consequence={
        <>
          <p>
            <strong>{eventTitle(ctx, event)}</strong> · {registration.person.name}
          </p>
          <p>{t('registrations.offer.leave')}</p>
        </>
      }
      action={`${base}/offer/removal`}
      go={t('registrations.mine.decline')}
      back={base}
      breadcrumbs={[eventCrumb(ctx, event)]}
    />
  );
}

/** Before an organisation says that somebody does not come for it. */
export function RefusePage({ ctx, base, event, registration, errors }: EndingProps) {
  const { t } = ctx;
  return (
    <ConfirmPage
      ctx={ctx}
      title={t('registrations.decide.refuseTitle', { name: registration.person.name })}
      consequence={t('registrations.decide.refuseWhat', { organisation: registration.organisation?.name ?? '' })}
      action={`${base}/refusal`}
      go={t('registrations.decide.refuse')}
      back={base}
      breadcrumbs={[eventCrumb(ctx, event)]}
      errors={errors}
    >
      <TextInput
        ctx={ctx}
        name="reason"
        label={t('registrations.decide.reason')}
        hint={t('registrations.decide.reasonHint')}
        maxlength={500}
        errors={errors}
      />
    </ConfirmPage>
  );
}
