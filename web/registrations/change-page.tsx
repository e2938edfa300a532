import type { Definition } from '../../server/forms/definition.ts';
import type { StoredFile } from '../forms/field-parts.tsx';
import { conditionsStylesheet, FormFields } from '../forms/form-fields.tsx';
import { Layout } from '../layout.tsx';
import type { FieldError, PageContext } from '../page.ts';
import { Button, ButtonLink, ButtonRow } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { CategoryChoice, type CategoryOption } from './category-choice.tsx';
import { type EventLine, eventCrumb, eventTitle } from './event-line.tsx';

export interface ChangePageProps {
  ctx: PageContext;
  base: string;
  event: EventLine & { lateFrom: Temporal.Instant | null };
  name: string;
  /** None where the category stays: who waits keeps it. */
  categories: CategoryOption[];
  category: string;
  form: { definition: Definition; versionId: string } | null;
  /** The questions have changed since: the newest version can be chosen. */
  newer: string | null;
  answers: unknown;
  files: StoredFile[];
  errors?: FieldError[];
}

/** Other answers, or another category, for a registration. */
export function ChangePage(props: ChangePageProps) {
  const { ctx, base, event, form, errors = [] } = props;
  const { t } = ctx;
  return (
    <Layout
      ctx={ctx}
      title={t('registrations.change.of', { name: props.name })}
      kicker={eventTitle(ctx, event)}
      width="text"
      errors={errors}
      breadcrumbs={[eventCrumb(ctx, event), { words: t('registrations.page.kicker'), href: base }]}
      head={form && <link rel="stylesheet" href={conditionsStylesheet(form.versionId)} />}
    >
      {props.newer && (
        <Notice title={t('registrations.change.newer')}>
          <p>
            <a href={`${base}/answers?version=${props.newer}`}>{t('registrations.change.useNewer')}</a>
          </p>
        </Notice>
      )}
      <PostForm action={`${base}/answers${form ? `?version=${form.versionId}` : ''}`} multipart={form !== null}>
        {props.categories.length > 0 && (
          <CategoryChoice {...props} name="category" label={t('registrations.fact.category')} value={props.category} />
        )}
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
