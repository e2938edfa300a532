import type { EntryAnswer } from '../../server/calendars/queries.ts';
import type { EventDetails } from '../../server/events/queries.ts';
import type { Definition } from '../../server/forms/definition.ts';
import type { BulkAction } from '../../server/registrations/input.ts';
import type { LetterSent, Payment } from '../../server/registrations/office-queries.ts';
import type { Registration } from '../../server/registrations/queries.ts';
import { AnswerTag } from '../calendars/answers-page.tsx';
import { OfficeFrame } from '../events/office-frame.tsx';
import { countryName, formatDate, formatMoney, minorDigits } from '../locales/format.ts';
import { textIn } from '../locales/text-map.ts';
import { translateCode } from '../locales/translate.ts';
import type { FieldError, PageContext } from '../page.ts';
import { Button, ButtonLink, ButtonRow } from '../ui/button.tsx';
import { DateInput } from '../ui/date-input.tsx';
import { DefinitionList, Timeline } from '../ui/facts.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { Table } from '../ui/table.tsx';
import { Tag } from '../ui/tag.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { Happened } from '../ui/when.tsx';
import { AnswersList } from './answers-list.tsx';
import { stateWords, TONES } from './registration-page.tsx';

export interface OfficeRegistrationPageProps {
  ctx: PageContext;
  event: EventDetails;
  registration: Registration;
  definition: Definition | null;
  files: { id: string; name: string }[];
  payments: Payment[];
  letters: LetterSent[];
  /** What stands in their calendar, and what its program answered. */
  calendarAnswer: EntryAnswer | undefined;
  history: { id: string; action: string; at: Temporal.Instant; actor: string | null; before: unknown; after: unknown }[];
  /** What may be done with it. */
  actions: BulkAction[];
  alive: boolean;
  typed?: Record<string, string | undefined>;
  errors?: FieldError[];
}

/** Everything about one registration, for whoever runs the event. */
export function OfficeRegistrationPage(props: OfficeRegistrationPageProps) {
  const { ctx, event, registration, definition, files, history, errors = [] } = props;
  const { t, language } = ctx;
  const { person, organisation } = registration;
  return (
    <OfficeFrame ctx={ctx} event={event} title={person.name} lead={stateWords(ctx, registration)} width="text" errors={errors}>
      <p>
        <Tag tone={TONES[registration.state]}>{t(`registrations.state.${registration.state}`)}</Tag>
      </p>
      <DefinitionList
        facts={[
          { term: t('registrationsOffice.list.email'), value: person.email ?? '–' },
          organisation && {
            term: t('registrationsOffice.list.organisation'),
            value: (
              <>
                <a href={`/organisations/${organisation.slug}`}>{organisation.name}</a>,{' '}
                {countryName(organisation.country, language)}
              </>
            ),
          },
          {
            term: t('registrationsOffice.list.category'),
            value: textIn(registration.category.name, [language], event.defaultLanguage) || registration.category.key,
          },
          { term: t('registrationsOffice.list.joined'), value: <Happened ctx={ctx} at={registration.joinedAt} /> },
          { term: t('registrationsOffice.list.reference'), value: <code>{registration.reference}</code> },
          props.calendarAnswer !== undefined && {
            term: t('calendars.answers.inCalendar'),
            value: (
              <a href={`/back-office/events/${event.slug}/calendar-answers?registrationId=${registration.id}`}>
                {props.calendarAnswer.answer ? <AnswerTag ctx={ctx} entry={props.calendarAnswer} /> : t('calendars.answer.none')}
              </a>
            ),
          },
          registration.reason !== null && { term: t('registrationsOffice.list.reason'), value: registration.reason },
        ]}
      />
      <Actions {...props} />
      <Payments {...props} />
      {definition && Object.keys(registration.answers).length > 0 && (
        <section>
          <h2>{t('registrations.answers.title')}</h2>
          <AnswersList
            ctx={ctx}
            definition={definition}
            answers={registration.answers}
            per="person"
            files={files}
            filesAt={`/registrations/${registration.id}/files`}
          />
        </section>
      )}
      <Letters {...props} />
      <section>
        <h2>{t('registrations.history.title')}</h2>
        <Timeline
          label={t('registrations.history.title')}
          moments={history.map(({ id, action, at, actor, before, after }) => ({
            key: id,
            what: translateCode(language, `registrations.history.${action}`) ?? action,
            by: actor ?? undefined,
            when: <Happened ctx={ctx} at={at} />,
            children: stateChange(ctx, before, after),
          }))}
        />
      </section>
    </OfficeFrame>
  );
}

function stateChange(ctx: PageContext, before: unknown, after: unknown) {
  const state = (value: unknown) =>
    typeof value === 'object' && value !== null && 'state' in value
      ? translateCode(ctx.language, `registrations.state.${String(value.state)}`)
      : undefined;
  const [from, to] = [state(before), state(after)];
  return from && to ? (
    <p class="hint">
      {from} → {to}
    </p>
  ) : undefined;
}

function Actions({ ctx, event, registration, actions, alive }: OfficeRegistrationPageProps) {
  const { t } = ctx;
  const path = `/back-office/events/${event.slug}/registrations`;
  const own = `/registrations/${registration.id}`;
  return (
    <section>
      <h2>{t('registrationsOffice.one.act')}</h2>
      <ButtonRow>
        {actions.map((action) => (
          <PostForm key={action} action={`${path}/bulk`} hidden={{ ids: registration.id, action }} inline>
            <Button kind={action === 'approve' ? 'primary' : 'secondary'}>{t(`registrationsOffice.bulk.${action}`)}</Button>
          </PostForm>
        ))}
        {alive && (
          <ButtonLink kind="secondary" href={`${own}/answers`}>
            {t('registrationsOffice.one.change')}
          </ButtonLink>
        )}
        {alive && (
          <ButtonLink kind="secondary" href={`${own}/replacement`}>
            {t('registrationsOffice.one.replace')}
          </ButtonLink>
        )}
        <ButtonLink kind="quiet" href={own}>
          {t('registrationsOffice.one.asTheySee')}
        </ButtonLink>
      </ButtonRow>
    </section>
  );
}

function Payments({ ctx, event, registration, payments, typed = {}, errors }: OfficeRegistrationPageProps) {
  const { t, language } = ctx;
  const path = `/back-office/events/${event.slug}/registrations/${registration.id}/payments`;
  const due = registration.amount - registration.paid;
  const money = (minor: number) => formatMoney(minor, registration.currency, language);
  if (registration.amount === 0 && payments.length === 0) return null;
  return (
    <section>
      <h2>{t('registrationsOffice.one.payments')}</h2>
      <DefinitionList
        facts={[
          { term: t('registrationsOffice.list.amount'), value: money(registration.amount) },
          { term: t('registrationsOffice.list.paid'), value: money(registration.paid) },
          { term: t('registrationsOffice.one.due'), value: money(due) },
        ]}
      />
      {payments.length === 0 ? (
        <p>{t('registrationsOffice.one.noPayments')}</p>
      ) : (
        <Table
          ctx={ctx}
          caption={t('registrationsOffice.one.payments')}
          captionUnseen
          rows={payments}
          rowKey={(payment) => payment.id}
          columns={[
            {
              key: 'day',
              words: t('registrationsOffice.one.paymentDay'),
              cell: (payment) => formatDate(payment.receivedOn, language),
            },
            {
              key: 'amount',
              words: t('registrationsOffice.one.paymentAmount'),
              number: true,
              cell: (payment) => money(payment.amount),
            },
            { key: 'note', words: t('registrationsOffice.one.paymentNote'), cell: (payment) => payment.note || '–' },
            {
              key: 'remove',
              words: t('registrationsOffice.one.removePayment'),
              cell: (payment) => (
                <PostForm action={`${path}/${payment.id}/removal`} inline>
                  <Button kind="quiet" small label={`${t('registrationsOffice.one.removePayment')}: ${money(payment.amount)}`}>
                    {t('registrationsOffice.one.removePayment')}
                  </Button>
                </PostForm>
              ),
            },
          ]}
        />
      )}
      <PostForm action={path} label={t('registrationsOffice.one.notePayment')}>
        <h3>{t('registrationsOffice.one.notePayment')}</h3>
        <TextInput
          ctx={ctx}
          name="amount"
          label={t('registrationsOffice.one.paymentAmount')}
          value={typed.amount ?? (due / 10 ** minorDigits(registration.currency)).toFixed(minorDigits(registration.currency))}
          inputmode="decimal"
          size="short"
          suffix={registration.currency}
          required
          errors={errors}
        />
        <DateInput
          ctx={ctx}
          name="receivedOn"
          label={t('registrationsOffice.one.paymentDay')}
          value={typed.receivedOn ?? ctx.now.toZonedDateTimeISO(ctx.zone).toPlainDate().toString()}
          required
          errors={errors}
        />
        <TextInput
          ctx={ctx}
          name="note"
          label={t('registrationsOffice.one.paymentNote')}
          value={typed.note}
          maxlength={200}
          errors={errors}
        />
        <Button kind="secondary">{t('registrationsOffice.one.notePayment')}</Button>
      </PostForm>
    </section>
  );
}

function Letters({ ctx, letters }: OfficeRegistrationPageProps) {
  const { t } = ctx;
  return (
    <section>
      <h2>{t('registrationsOffice.one.letters')}</h2>
      {letters.length === 0 ? (
        <p>{t('registrationsOffice.one.noLetters')}</p>
      ) : (
        <Timeline
          label={t('registrationsOffice.one.letters')}
          moments={letters.map((letter) => ({
            key: letter.id,
            what:
              translateCode(ctx.language, `registrationsOffice.letter.kind.${letter.kind.split('.')[1] ?? ''}`) ?? letter.kind,
            by: `${letter.address}: ${t(`registrationsOffice.letter.${letter.state}`)}`,
            when: <Happened ctx={ctx} at={letter.acceptedAt ?? letter.createdAt} />,
          }))}
        />
      )}
    </section>
  );
}
