import type { DelegationMember } from '../../server/registrations/delegation-queries.ts';
import { Layout } from '../layout.tsx';
import { ButtonLink, ButtonRow } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import type { DelegationSetting } from './delegation-frame.tsx';
import { eventCrumb, eventTitle } from './event-line.tsx';
import { Payment } from './payment.tsx';
import { stateWords } from './registration-page.tsx';

export interface DelegationResultProps extends DelegationSetting {
  people: DelegationMember[];
  refused: { name: string; why: string }[];
  reference: string;
  due: number;
  paid: number;
}

/** What has become of a delegation that was just submitted, and what comes next. */
export function DelegationResultPage(props: DelegationResultProps) {
  const { ctx, event, organisation, base, people, refused } = props;
  const { t } = ctx;
  const of = (state: string) => people.filter((person) => person.state === state);
  const [confirmed, waiting, pending] = [of('confirmed'), of('waiting'), of('pending')];
  return (
    <Layout
      ctx={ctx}
      title={t('registrations.result.title', { n: people.length })}
      kicker={`${organisation.name} · ${eventTitle(ctx, event)}`}
      width="text"
      breadcrumbs={[
        eventCrumb(ctx, event),
        { words: t('registrations.delegation.of', { organisation: organisation.name }), href: base },
      ]}
    >
      {confirmed.length > 0 && (
        <Notice kind="success" title={t('registrations.result.confirmed', { n: confirmed.length })}>
          <Names names={confirmed.map(({ name }) => name)} />
          <p>{t('registrations.result.confirmedNext')}</p>
        </Notice>
      )}
      {waiting.length > 0 && (
        <Notice kind="info" title={t('registrations.result.waiting', { n: waiting.length })}>
          <Names names={waiting.map(({ name }) => name)} />
          <p>{stateWords(ctx, { state: 'waiting', approvalBy: 'organiser', reasonCode: null, ahead: waiting[0]?.ahead ?? 0 })}</p>
        </Notice>
      )}
      {pending.length > 0 && (
        <Notice kind="info" title={t('registrations.result.pending', { n: pending.length })}>
          <Names names={pending.map(({ name }) => name)} />
          <p>{t('registrations.says.pending')}</p>
        </Notice>
      )}
      {refused.length > 0 && (
        <Notice kind="warning" title={t('registrations.result.refused', { n: refused.length })}>
          <Names names={refused.map(({ name, why }) => `${name}: ${why}`)} />
        </Notice>
      )}
      <Payment ctx={ctx} event={event} due={props.due} paid={props.paid} reference={props.reference} />
      <ButtonRow>
        <ButtonLink href={base}>{t('registrations.result.overview')}</ButtonLink>
        <ButtonLink kind="quiet" href={`/events/${event.slug}`}>
          {t('registrations.step.toEvent')}
        </ButtonLink>
      </ButtonRow>
    </Layout>
  );
}

function Names({ names }: { names: string[] }) {
  return (
    <ul>
      {names.map((name) => (
        <li key={name}>{name}</li>
      ))}
    </ul>
  );
}
