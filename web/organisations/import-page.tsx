import { Layout } from '../layout.tsx';
import type { FieldError, PageContext } from '../page.ts';
import { Button } from '../ui/button.tsx';
import { Field, fieldAttributes } from '../ui/field.tsx';
import { PostForm } from '../ui/post-form.tsx';

/** Where a table of cities is chosen. */
export function ImportPage({ ctx, errors = [] }: { ctx: PageContext; errors?: FieldError[] }) {
  const { t } = ctx;
  const field = {
    ctx,
    errors,
    name: 'file',
    label: t('organisations.import.file'),
    hint: t('organisations.import.fileHint'),
    required: true,
  };
  return (
    <Layout
      ctx={ctx}
      title={t('organisations.import.title')}
      lead={t('organisations.import.lead')}
      width="text"
      errors={errors}
      breadcrumbs={[{ words: t('organisations.list.title'), href: '/organisations' }]}
    >
      <PostForm action="/organisations/imports" multipart>
        <Field field={field}>
          <input {...fieldAttributes(field)} class="input input-full" type="file" accept=".csv,.txt,text/csv,text/plain" />
        </Field>
        <Button>{t('organisations.import.read')}</Button>
      </PostForm>
    </Layout>
  );
}
