import { Layout } from '../layout.tsx';
import { textIn } from '../locales/text-map.ts';
import type { FieldError, PageContext } from '../page.ts';
import { Button } from '../ui/button.tsx';
import { FileInput } from '../ui/file-input.tsx';
import { PostForm } from '../ui/post-form.tsx';

export interface ImportedForm {
  id: string;
  name: Record<string, string>;
  draftNumber: number;
}

/** Where a file with a form is chosen; for a form that is there, also how to get it as a file. */
export function FormImportPage({ ctx, form, errors = [] }: { ctx: PageContext; form?: ImportedForm; errors?: FieldError[] }) {
  const { t } = ctx;
  const home = form ? `/back-office/forms/${form.id}` : '/back-office/forms';
  return (
    <Layout
      ctx={ctx}
      title={t(form ? 'forms.import.titleOf' : 'forms.import.title')}
      lead={t('forms.import.lead')}
      width="text"
      errors={errors}
      breadcrumbs={formCrumbs(ctx, form)}
    >
      {form && (
        <section>
          <h2>{t('forms.import.export')}</h2>
          <p>{t('forms.import.exportHelp')}</p>
          <ul>
            <li>
              <a href={`${home}/form.xlsx`}>{t('forms.import.xlsform')}</a>
            </li>
            <li>
              <a href={`${home}/form.json`}>{t('forms.import.json')}</a>
            </li>
          </ul>
          <h2>{t('forms.import.title')}</h2>
          <p>{t('forms.import.replaces')}</p>
        </section>
      )}
      <PostForm action={`${home}/import`} multipart>
        <FileInput
          ctx={ctx}
          name="file"
          label={t('forms.import.file')}
          kinds={t('forms.import.kinds')}
          accept=".xlsx,.json,application/json"
          maxBytes={8_000_000}
          required
          errors={errors}
        />
        <Button>{t('forms.import.read')}</Button>
      </PostForm>
    </Layout>
  );
}

export function formCrumbs(ctx: PageContext, form: ImportedForm | undefined) {
  const list = { words: ctx.t('forms.list.title'), href: '/back-office/forms' };
  return form ? [list, { words: textIn(form.name, [ctx.language]), href: `/back-office/forms/${form.id}` }] : [list];
}
