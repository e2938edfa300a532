import type { Definition } from '../../server/forms/definition.ts';
import type { StoredFile } from '../forms/field-parts.tsx';
import { conditionsStylesheet, FormFields } from '../forms/form-fields.tsx';
import { Layout } from '../layout.tsx';
import type { FieldError } from '../page.ts';
import { Button, ButtonLink, ButtonRow } from '../ui/button.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { Select } from '../ui/select.tsx';
import type { DelegationSetting } from './delegation-frame.tsx';
import { eventCrumb, eventTitle } from './event-line.tsx';

export interface DelegationAnswersProps extends DelegationSetting {
  people: { personId: string; name: string }[];
  head: string | null;
  form: { definition: Definition; versionId: string } | null;
  answers: unknown;
  files: StoredFile[];
  errors?: FieldError[];
}

/** Who leads a delegation, and what is asked once of all of it. */
export function DelegationAnswersPage(props: DelegationAnswersProps) {
  const { ctx, event, organisation, base, form, errors = [] } = props;
  const { t } = ctx;
  return (
    <Layout
      ctx={ctx}
      title={t('registrations.delegation.changeAll')}
      kicker={`${organisation.name} · ${eventTitle(ctx, event)}`}
      width="text"
      errors={errors}
      breadcrumbs={[
        eventCrumb(ctx, event),
        { words: t('registrations.delegation.of', { organisation: organisation.name }), href: base },
      ]}
      head={form && <link rel="stylesheet" href={conditionsStylesheet(form.versionId)} />}
    >
      <PostForm action={`${base}/answers${form ? `?version=${form.versionId}` : ''}`} multipart={form !== null}>
        <Select
          ctx={ctx}
          errors={errors}
          name="headPersonId"
          label={t('registrations.details.head')}
          hint={t('registrations.details.headHint')}
          value={props.head}
          empty={t('registrations.details.nobody')}
          unmarked
          options={props.people.map(({ personId, name }) => ({ value: personId, words: name }))}
        />
        {form && (
          <FormFields
            ctx={ctx}
            definition={form.definition}
            answers={props.answers}
            errors={errors}
            namePrefix="answers"
            per="delegation"
            files={props.files}
          />
        )}
        <ButtonRow>
          <Button>{t('registrations.change.save')}</Button>
          <ButtonLink kind="quiet" href={base}>
            {t('registrations.change.back')}
          </ButtonLink>
        </ButtonRow>
      </PostForm>
    </Layout>
  );
}
