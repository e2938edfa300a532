import type { Definition } from '../../server/forms/definition.ts';
import type { StoredFile } from '../forms/field-parts.tsx';
import { conditionsStylesheet, FormFields } from '../forms/form-fields.tsx';
import { Layout } from '../layout.tsx';
import { formatMoment } from '../locales/format.ts';
import type { FieldError, PageContext } from '../page.ts';
import { Button, ButtonLink, ButtonRow } from '../ui/button.tsx';
import { DefinitionList } from '../ui/facts.tsx';
import { Notice } from '../ui/notice.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { Select } from '../ui/select.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { CategoryChoice, type CategoryOption } from './category-choice.tsx';
import { type EventLine, eventCrumb, eventFacts, eventTitle } from './event-line.tsx';

export interface RegisterPageProps {
  ctx: PageContext;
  event: EventLine & { lateFrom: Temporal.Instant | null; waitingList: boolean; approval: boolean };
  /** Why nobody may register now, in words; null when they may. */
  refusal: string | null;
  opensAt: Temporal.Instant | null;
  left: { free: number; queueOpen: boolean };
  categories: CategoryOption[];
  /** Where the reader belongs. */
  organisations: { id: string; name: string; slug: string; isContact: boolean }[];
  /** The names of all, for whoever names one of which they are none; null where there are too many to list. */
  others: string[] | null;
  /** Their registration, if they have one. */
  existing: string | null;
  form: { definition: Definition; versionId: string } | null;
  typed: Record<string, unknown>;
  answers: unknown;
  files: StoredFile[];
  errors?: FieldError[];
}

/** One person registers for an event: themselves, with an account or without. */
export function RegisterPage(props: RegisterPageProps) {
  const { ctx, event, form, errors = [] } = props;
  const { t } = ctx;
  return (
    <Layout
      ctx={ctx}
      title={t('registrations.form.titleFor', { event: eventTitle(ctx, event) })}
      width="text"
      errors={errors}
      breadcrumbs={[eventCrumb(ctx, event)]}
      head={form && <link rel="stylesheet" href={conditionsStylesheet(form.versionId)} />}
    >
      <DefinitionList facts={[...eventFacts(ctx, event), { term: t('registrations.fact.places'), value: <Left {...props} /> }]} />
      {props.existing && (
        <Notice title={t('registrations.form.already')}>
          <p>
            <a href={`/registrations/${props.existing}`}>{t('registrations.form.seeIt')}</a>
          </p>
        </Notice>
      )}
      <Delegations {...props} />
      {props.refusal ? <Closed {...props} /> : !props.existing && <Form {...props} />}
    </Layout>
  );
}

function Left({ ctx, event, left }: RegisterPageProps) {
  const { t } = ctx;
  const full = left.free === 0 || left.queueOpen;
  if (!full) return <>{t('registrations.left.places', { n: left.free })}</>;
  return <>{event.waitingList ? t('registrations.left.waiting') : t('registrations.left.none')}</>;
}

// Whoever is an organisation's contact registers several at once elsewhere.
function Delegations({ ctx, event, organisations, refusal }: RegisterPageProps) {
  const contactOf = organisations.filter(({ isContact }) => isContact);
  if (contactOf.length === 0 || refusal) return null;
  return (
    <Notice title={ctx.t('registrations.form.several')}>
      <ButtonRow>
        {contactOf.map(({ slug, name }) => (
          <ButtonLink key={slug} kind="secondary" href={`/events/${event.slug}/delegations/${slug}`}>
            {ctx.t('registrations.form.delegationOf', { organisation: name })}
          </ButtonLink>
        ))}
      </ButtonRow>
    </Notice>
  );
}

function Closed({ ctx, event, refusal, opensAt }: RegisterPageProps) {
  const { t } = ctx;
  return (
    <Notice kind="warning" title={t('registrations.form.closed')}>
      <p>{refusal}</p>
      {opensAt && (
        <p>
          {t('registrations.form.opens', { when: formatMoment(opensAt, ctx.zoneKnown ? ctx.zone : event.zone, ctx.language) })}
        </p>
      )}
    </Notice>
  );
}

function Form(props: RegisterPageProps) {
  const { ctx, event, form, typed, errors = [] } = props;
  const { t } = ctx;
  const text = (name: string) => ({ ctx, errors, name, value: typeof typed[name] === 'string' ? typed[name] : undefined });
  const action = `/events/${event.slug}/registration${form ? `?version=${form.versionId}` : ''}`;
  return (
    <PostForm action={action} multipart={form !== null}>
      {!ctx.viewer && (
        <>
          <TextInput {...text('name')} label={t('registrations.form.name')} autocomplete="name" required maxlength={200} />
          <TextInput
            {...text('email')}
            type="email"
            label={t('registrations.form.email')}
            hint={t('registrations.form.emailHint')}
            autocomplete="email"
            required
            maxlength={254}
            spellcheck={false}
          />
        </>
      )}
      <ForWhom {...props} />
      <CategoryChoice
        {...props}
        name="category"
        label={t('registrations.form.category')}
        value={typeof typed.category === 'string' ? typed.category : undefined}
      />
      {form && (
        <FormFields
          ctx={ctx}
          definition={form.definition}
          answers={props.answers}
          errors={errors}
          namePrefix="answers"
          per="person"
          files={props.files}
        />
      )}
      <p class="hint">{t(next(props))}</p>
      <Button>{t('registrations.form.send')}</Button>
    </PostForm>
  );
}

// What pressing the button does, said before it is pressed.
function next({ ctx, event, left }: RegisterPageProps) {
  if (!ctx.viewer) return 'registrations.form.thenMail';
  if (event.approval) return 'registrations.form.thenApproval';
  return left.free === 0 || left.queueOpen ? 'registrations.form.thenWaiting' : 'registrations.form.thenConfirmed';
}

function ForWhom({ ctx, organisations, others, typed, errors }: RegisterPageProps) {
  const { t } = ctx;
  return (
    <>
      {organisations.length > 0 && (
        <Select
          ctx={ctx}
          name="organisationId"
          label={t('registrations.form.organisation')}
          value={typeof typed.organisationId === 'string' ? typed.organisationId : organisations[0]?.id}
          empty={t('registrations.form.alone')}
          options={organisations.map(({ id, name }) => ({ value: id, words: name }))}
          errors={errors}
          unmarked
        />
      )}
      <TextInput
        ctx={ctx}
        errors={errors}
        name="organisation"
        value={typeof typed.organisation === 'string' ? typed.organisation : undefined}
        label={organisations.length > 0 ? t('registrations.form.other') : t('registrations.form.come')}
        hint={t('registrations.form.comeHint')}
        autocomplete="organization"
        maxlength={250}
        list={others ? 'organisations' : undefined}
      />
      {others && (
        <datalist id="organisations">
          {others.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
      )}
    </>
  );
}
