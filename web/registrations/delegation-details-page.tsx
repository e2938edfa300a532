import type { Definition } from '../../server/forms/definition.ts';
import { perOf } from '../../server/forms/walk.ts';
import type { DraftContent } from '../../server/registrations/delegation-draft.ts';
import type { StoredFile } from '../forms/field-parts.tsx';
import { conditionsStylesheet, FormFields } from '../forms/form-fields.tsx';
import type { FieldError } from '../page.ts';
import { Button, ButtonLink, ButtonRow } from '../ui/button.tsx';
import { RadioList } from '../ui/choice.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { Select } from '../ui/select.tsx';
import { CategoryChoice, type CategoryOption } from './category-choice.tsx';
import { type DelegationSetting, DelegationStep } from './delegation-frame.tsx';

export interface DelegationDetailsProps extends DelegationSetting {
  content: DraftContent;
  categories: CategoryOption[];
  form: { definition: Definition; versionId: string } | null;
  files: StoredFile[];
  errors?: FieldError[];
}

/** The second step: how each takes part, the questions about each and about all, and what happens where places are short. */
export function DelegationDetailsPage(props: DelegationDetailsProps) {
  const { ctx, event, base, content, form, errors = [] } = props;
  const { t } = ctx;
  const ofAll =
    form !== null && form.definition.pages.some((page) => page.items.some((item) => perOf(item, page) === 'delegation'));
  return (
    <DelegationStep
      setting={props}
      step={1}
      title={t('registrations.details.title', { n: content.people.length })}
      errors={errors}
      head={form && <link rel="stylesheet" href={conditionsStylesheet(form.versionId)} />}
    >
      <PostForm action={`${base}/details`} multipart={form !== null}>
        {content.people.map((person, at) => (
          <section class="party-member" aria-labelledby={`member-${at}`} key={at}>
            <h2 id={`member-${at}`}>{person.name}</h2>
            {/* Every one is in the post, even with nothing chosen: nobody's answers slip to somebody else. */}
            <input type="hidden" name={`people[${at}][at]`} value={at} />
            <CategoryChoice
              ctx={ctx}
              event={event}
              categories={props.categories}
              name={`people[${at}][category]`}
              label={t('registrations.details.category', { name: person.name })}
              value={person.category || undefined}
              errors={errors}
            />
            {form && (
              <FormFields
                ctx={ctx}
                definition={form.definition}
                answers={person.answers}
                errors={errors}
                namePrefix={`people[${at}][answers]`}
                per="person"
                files={props.files}
                headingLevel={3}
              />
            )}
          </section>
        ))}
        {content.people.length > 1 && (
          <section class="party-member" aria-labelledby="all">
            <h2 id="all">{t('registrations.details.all')}</h2>
            <Together {...props} />
          </section>
        )}
        {form && ofAll && (
          <FormFields
            ctx={ctx}
            definition={form.definition}
            answers={content.answers}
            errors={errors}
            namePrefix="answers"
            per="delegation"
            files={props.files}
          />
        )}
        <ButtonRow>
          <Button>{t('registrations.step.next')}</Button>
          <ButtonLink kind="quiet" href={`${base}/people`}>
            {t('registrations.step.back')}
          </ButtonLink>
        </ButtonRow>
      </PostForm>
    </DelegationStep>
  );
}

function Together({ ctx, event, content, errors }: DelegationDetailsProps) {
  const { t } = ctx;
  const modes = event.waitingList ? (['together', 'as-many-as-fit', 'all'] as const) : (['all', 'as-many-as-fit'] as const);
  return (
    <>
      <Select
        ctx={ctx}
        errors={errors}
        name="head"
        label={t('registrations.details.head')}
        hint={t('registrations.details.headHint')}
        value={content.head === null ? '' : String(content.head)}
        empty={t('registrations.details.nobody')}
        unmarked
        options={content.people.map(({ name }, at) => ({ value: String(at), words: name }))}
      />
      <RadioList
        ctx={ctx}
        errors={errors}
        name="mode"
        label={t('registrations.mode.label')}
        required
        value={content.mode === 'together' && !event.waitingList ? 'all' : content.mode}
        options={modes.map((mode) => ({
          value: mode,
          words: t(`registrations.mode.${mode}`),
          hint: event.waitingList ? t(`registrations.mode.${mode}.hint`) : t(`registrations.mode.${mode}.noList`),
        }))}
      />
    </>
  );
}
