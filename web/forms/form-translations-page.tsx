import type { Definition } from '../../server/forms/definition.ts';
import { completenessOf, textsOf } from '../../server/forms/texts.ts';
import { Layout } from '../layout.tsx';
import type { PageContext } from '../page.ts';
import { Button } from '../ui/button.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { TypedArea } from '../ui/typed-fields.tsx';
import { type EditedForm, languageName } from './form-page.tsx';

export interface FormTranslationsPageProps {
  ctx: PageContext;
  form: EditedForm;
  draft: Definition;
  /** The language that is being translated into. */
  to: string;
}

/** Every text beside its original, and how far each language is. */
export function FormTranslationsPage({ ctx, form, draft, to }: FormTranslationsPageProps) {
  const { t } = ctx;
  const base = `/back-office/forms/${form.id}`;
  const from = draft.defaultLanguage;
  const title = `${t('forms.translate.title')}: ${languageName(to, ctx)}`;
  return (
    <Layout
      ctx={ctx}
      title={title}
      lead={t('forms.translate.intro')}
      breadcrumbs={[
        { words: t('forms.list.title'), href: '/back-office/forms' },
        { words: t('forms.edit.back'), href: base },
      ]}
    >
      <ul class="inline-list">
        {completenessOf(draft).map(({ language, percent, filled, total }) => (
          <li key={language}>
            <a href={`${base}/translations?to=${language}`} aria-current={language === to ? 'page' : undefined}>
              {languageName(language, ctx)}: {t('forms.translate.percent', { percent })} (
              {t('forms.translate.complete', { filled, total })})
            </a>
          </li>
        ))}
      </ul>
      <PostForm action={`${base}/translations`} hidden={{ seen: form.draftNumber, language: to }}>
        <div class="table-wrap">
          <table class="table form-translations">
            <thead>
              <tr>
                <th scope="col">{t('forms.translate.where')}</th>
                <th scope="col">{t('forms.translate.from', { language: languageName(from, ctx) })}</th>
                <th scope="col">{t('forms.translate.to', { language: languageName(to, ctx) })}</th>
              </tr>
            </thead>
            <tbody>
              {textsOf(draft).map(({ path, texts, long }) => (
                <tr key={path}>
                  <th scope="row">
                    <label for={`text-${path}`}>{path}</label>
                  </th>
                  <td lang={from} id={`original-${path}`}>
                    {texts[from] ?? '–'}
                  </td>
                  <td>
                    <TypedArea
                      class="input input-full"
                      id={`text-${path}`}
                      name={`texts[${path}]`}
                      rows={long ? 4 : 2}
                      lang={to}
                      dir="auto"
                      aria-describedby={`original-${path}`}
                      value={texts[to] ?? ''}
                    />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        <Button>{t('forms.edit.save')}</Button>
      </PostForm>
    </Layout>
  );
}
