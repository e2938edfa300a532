import { Layout } from '../layout.tsx';
import type { FieldError, PageContext } from '../page.ts';
import { Button } from '../ui/button.tsx';
import { Field, fieldAttributes } from '../ui/field.tsx';
import { PostForm } from '../ui/post-form.tsx';

/** The words of the imports of a kind of table. */
export const importWords = (of: 'organisations' | 'people') => (of === 'people' ? 'peopleImport' : 'import');

/** Where a table of cities, or of people, is chosen. */
export function ImportPage({
  ctx,
  of,
  errors = [],
}: {
  ctx: PageContext;
  of: 'organisations' | 'people';
  errors?: FieldError[];
}) {
  const { t } = ctx;
  const words = importWords(of);
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
      title={t(`organisations.${words}.title`)}
      lead={t(`organisations.${words}.lead`)}
      width="text"
      errors={errors}
      breadcrumbs={[{ words: t(of === 'people' ? 'organisations.people.title' : 'organisations.list.title'), href: `/${of}` }]}
    >
      <PostForm action={`/${of}/imports`} multipart>
        <Field field={field}>
          <input {...fieldAttributes(field)} class="input input-full" type="file" accept=".csv,.txt,text/csv,text/plain" />
        </Field>
        <Button>{t('organisations.import.read')}</Button>
      </PostForm>
    </Layout>
  );
}
