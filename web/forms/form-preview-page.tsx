import type { Definition } from '../../server/forms/definition.ts';
import { perOf, placesOf } from '../../server/forms/walk.ts';
import { Layout } from '../layout.tsx';
import { readIn } from '../locales/text-map.ts';
import type { FieldError, PageContext } from '../page.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { FormFields } from './form-fields.tsx';
import type { EditedForm } from './form-page.tsx';

export interface FormPreviewPageProps {
  ctx: PageContext;
  form: EditedForm;
  draft: Definition;
  answers: unknown;
  /** Undefined until the answers were tried. */
  errors?: FieldError[];
  languages?: readonly string[];
  /** As wide as a small phone (360 px). */
  onPhone?: boolean;
}

/** The draft as people would see it; answers are checked and forgotten. */
export function FormPreviewPage({
  ctx,
  form,
  draft,
  answers,
  errors,
  languages = [ctx.language],
  onPhone = false,
}: FormPreviewPageProps) {
  const { t } = ctx;
  const base = `/back-office/forms/${form.id}`;
  const intro = readIn(draft.intro, languages, draft.defaultLanguage);
  const scopes = [...new Set(placesOf(draft).map(({ item, page }) => perOf(item, page)))];
  return (
    <Layout
      ctx={ctx}
      title={t('forms.preview.title')}
      lead={t('forms.preview.intro')}
      width="text"
      errors={errors}
      head={<link rel="stylesheet" href={`${base}/conditions.css?draft=${form.draftNumber}`} />}
      breadcrumbs={[
        { words: t('forms.list.title'), href: '/back-office/forms' },
        { words: t('forms.edit.back'), href: base },
      ]}
    >
      {errors?.length === 0 && <Notice kind="success">{t('forms.preview.accepted')}</Notice>}
      {intro && (
        <p class="form-text" lang={intro.lang}>
          {intro.text}
        </p>
      )}
      <p>
        <a href={`${base}/preview${onPhone ? '' : '?on=phone'}`}>{t(onPhone ? 'forms.preview.wide' : 'forms.preview.phone')}</a>
      </p>
      <div class={onPhone ? 'form-on-phone' : undefined}>
        <PostForm action={`${base}/preview${onPhone ? '?on=phone' : ''}`}>
          {scopes.map((per) => (
            <section key={per}>
              {scopes.length > 1 && <h2>{t(per === 'person' ? 'forms.preview.asPerson' : 'forms.preview.asDelegation')}</h2>}
              <FormFields
                ctx={ctx}
                definition={draft}
                answers={answers}
                errors={errors}
                namePrefix="answers"
                per={per}
                languages={languages}
                headingLevel={scopes.length > 1 ? 3 : 2}
              />
            </section>
          ))}
          <Button>{t('forms.preview.check')}</Button>
        </PostForm>
      </div>
    </Layout>
  );
}
