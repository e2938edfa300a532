import type { Definition } from '../../server/forms/definition.ts';
import type { DelegationMember } from '../../server/registrations/delegation-queries.ts';
import type { StoredFile } from '../forms/field-parts.tsx';
import { Layout } from '../layout.tsx';
import { formatMoment, formatMoney } from '../locales/format.ts';
import { textIn } from '../locales/text-map.ts';
import { Button, ButtonLink, ButtonRow } from '../ui/button.tsx';
import { DefinitionList } from '../ui/facts.tsx';
import { Notice } from '../ui/notice.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { Table } from '../ui/table.tsx';
import { Tag } from '../ui/tag.tsx';
import { AnswersList } from './answers-list.tsx';
import type { DelegationSetting } from './delegation-frame.tsx';
import { eventCrumb, eventFacts, eventTitle } from './event-line.tsx';
import { Payment } from './payment.tsx';
import { PlacesLeft } from './places-left.tsx';
import { offerWords, stateWords, TONES } from './registration-page.tsx';

export interface DelegationPageProps extends DelegationSetting {
  people: DelegationMember[];
  head: string | null;
  reference: string | null;
  /** The event has visits that are given out. */
  visits: boolean;
  /** The city votes in the event's assembly. */
  votes: boolean;
  due: number;
  paid: number;
  /** Why nobody more may be registered now. */
  closed: string | null;
  changeable: boolean;
  changeableUntil: Temporal.Instant;
  form: { definition: Definition; answers: Record<string, unknown>; files: StoredFile[] } | null;
}

/** An organisation's people at an event: the state of each, what can be done, what is to be paid. */
export function DelegationPage(props: DelegationPageProps) {
  const { ctx, event, organisation, base, people, closed, form } = props;
  const { t } = ctx;
  const asking = people.filter((person) => person.state === 'pending' && person.approvalBy === 'organisation');
  const offered = people.filter((person) => person.offerExpiresAt !== null);
  return (
    <Layout
      ctx={ctx}
      title={t('registrations.delegation.of', { organisation: organisation.name })}
      kicker={eventTitle(ctx, event)}
      breadcrumbs={[eventCrumb(ctx, event), { words: t('registrations.mine.title'), href: '/registrations' }]}
      actions={
        !closed && (
          <ButtonLink href={`${base}/people`}>
            {people.length > 0 ? t('registrations.delegation.more') : t('registrations.delegation.begin')}
          </ButtonLink>
        )
      }
    >
      {closed && <Notice>{closed}</Notice>}
      {parties(offered).map((party) => (
        <Offer key={party[0]?.id} {...props} party={party} />
      ))}
      {asking.map((person) => (
        <Asking key={person.id} {...props} person={person} />
      ))}
      <DefinitionList facts={eventFacts(ctx, event)} />
      <PlacesLeft ctx={ctx} left={props.left} waitingList={event.waitingList} />
      {people.length > 0 && <People {...props} />}
      {people.length > 0 && (
        <p class="hint">
          {props.changeable
            ? t('registrations.delegation.until', { when: formatMoment(props.changeableUntil, event.zone, ctx.language) })
            : t('registrations.change.over')}
        </p>
      )}
      {props.reference && <Payment ctx={ctx} event={event} due={props.due} paid={props.paid} reference={props.reference} />}
      {props.reference && props.changeable && (
        <ButtonRow>
          <ButtonLink kind="secondary" href={`${base}/answers`}>
            {t('registrations.delegation.changeAll')}
          </ButtonLink>
        </ButtonRow>
      )}
      {(props.visits || props.votes) && (
        <ButtonRow>
          {props.visits && (
            <ButtonLink kind="secondary" href={`${base}/visits`}>
              {t('studyVisits.my.link')}
            </ButtonLink>
          )}
          {props.votes && (
            <ButtonLink kind="secondary" href={`/events/${event.slug}/assembly`}>
              {t('assembly.title')}
            </ButtonLink>
          )}
        </ButtonRow>
      )}
      {form && (
        <section aria-labelledby="answers">
          <h2 id="answers">{t('registrations.delegation.answers')}</h2>
          <AnswersList ctx={ctx} {...form} per="delegation" filesAt={`${base}/files`} />
        </section>
      )}
    </Layout>
  );
}

// Those who wait together are offered their places together.
function parties(people: DelegationMember[]): DelegationMember[][] {
  return [...Map.groupBy(people, ({ waitingId, id }) => waitingId ?? id).values()];
}

function Offer({ ctx, event, party }: DelegationPageProps & { party: DelegationMember[] }) {
  const { t } = ctx;
  const [first] = party;
  if (!first?.offerExpiresAt) return null;
  return (
    <Notice
      kind="success"
      title={t('registrations.delegation.offer', { n: party.length, names: party.map(({ name }) => name).join(', ') })}
    >
      <p>{offerWords(ctx, event, { expiresAt: first.offerExpiresAt })}</p>
      <ButtonRow>
        <PostForm action={`/registrations/${first.id}/offer/acceptance`} inline>
          <Button label={`${t('registrations.mine.accept')}: ${first.name}`}>{t('registrations.mine.accept')}</Button>
        </PostForm>
        <ButtonLink
          kind="secondary"
          href={`/registrations/${first.id}/offer/removal`}
          label={`${t('registrations.mine.decline')}: ${first.name}`}
        >
          {t('registrations.mine.decline')}
        </ButtonLink>
      </ButtonRow>
    </Notice>
  );
}

function Asking({ ctx, person, organisation }: DelegationPageProps & { person: DelegationMember }) {
  const { t } = ctx;
  return (
    <Notice kind="warning" title={t('registrations.decide.title', { name: person.name })}>
      <p>{t('registrations.decide.what', { name: person.name, organisation: organisation.name })}</p>
      <ButtonRow>
        <PostForm action={`/registrations/${person.id}/approval`} inline>
          <Button label={`${t('registrations.decide.approve')}: ${person.name}`}>{t('registrations.decide.approve')}</Button>
        </PostForm>
        <ButtonLink
          kind="secondary"
          href={`/registrations/${person.id}/refusal`}
          label={`${t('registrations.decide.refuse')}: ${person.name}`}
        >
          {t('registrations.decide.refuse')}
        </ButtonLink>
      </ButtonRow>
    </Notice>
  );
}

function People(props: DelegationPageProps) {
  const { ctx, event, organisation, people } = props;
  const { t } = ctx;
  return (
    <Table
      ctx={ctx}
      caption={t('registrations.delegation.people')}
      rows={people}
      rowKey={({ id }) => id}
      columns={[
        {
          key: 'name',
          words: t('registrations.person.name'),
          cell: (person) => (
            <>
              <a href={`/registrations/${person.id}`}>{person.name}</a>
              {props.head === person.personId && <span class="hint"> · {t('registrations.details.isHead')}</span>}
            </>
          ),
        },
        {
          key: 'state',
          words: t('registrations.delegation.state'),
          cell: (person) => (
            <>
              <Tag tone={person.offerExpiresAt ? 'new' : TONES[person.state]}>
                {person.offerExpiresAt ? t('registrations.state.offered') : t(`registrations.state.${person.state}`)}
              </Tag>
              {person.state !== 'confirmed' && !person.offerExpiresAt && (
                <span class="hint"> {stateWords(ctx, { ...person, organisation })}</span>
              )}
            </>
          ),
        },
        {
          key: 'category',
          words: t('registrations.fact.category'),
          cell: (person) => textIn(person.category, [ctx.language], event.defaultLanguage),
        },
        {
          key: 'fee',
          words: t('registrations.fact.fee'),
          number: true,
          cell: (person) => feeOf(props, person),
        },
        {
          key: 'actions',
          words: t('registrations.delegation.actions'),
          cell: (person) => <Actions {...props} person={person} />,
        },
      ]}
    />
  );
}

function feeOf({ ctx, event }: DelegationPageProps, { state, amount }: DelegationMember): string {
  if (state === 'cancelled' || state === 'refused') return '–';
  return amount > 0 ? formatMoney(amount, event.currency, ctx.language) : ctx.t('registrations.price.free');
}

function Actions({ ctx, person, changeable }: DelegationPageProps & { person: DelegationMember }) {
  const { t } = ctx;
  const base = `/registrations/${person.id}`;
  if (person.state === 'cancelled' || person.state === 'refused') return <>–</>;
  const ways: [string, string][] = [
    ...(changeable
      ? ([
          [`${base}/replacement`, t('registrations.delegation.replace')],
          [`${base}/answers`, t('registrations.delegation.change')],
        ] as [string, string][])
      : []),
    [`${base}/removal`, t('registrations.change.giveBack')],
  ];
  return (
    <span class="ways">
      {ways.map(([href, words]) => (
        <ButtonLink key={href} kind="quiet" small href={href} label={`${words}: ${person.name}`}>
          {words}
        </ButtonLink>
      ))}
    </span>
  );
}
