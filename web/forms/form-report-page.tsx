import { type Definition, KINDS } from '../../server/forms/definition.ts';
import type { NotUnderstood } from '../../server/forms/surveyjs.ts';
import { placesOf } from '../../server/forms/walk.ts';
import { Layout } from '../layout.tsx';
import { readIn } from '../locales/text-map.ts';
import { translateCode } from '../locales/translate.ts';
import type { PageContext } from '../page.ts';
import { Button, ButtonLink, ButtonRow } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { Select } from '../ui/select.tsx';
import { Table } from '../ui/table.tsx';
import { formCrumbs, type ImportedForm } from './form-import-page.tsx';
import { languageName } from './form-page.tsx';

export interface FormReportPageProps {
  ctx: PageContext;
  form?: ImportedForm;
  definition: Definition;
  notUnderstood: NotUnderstood[];
}

/** What was read of a file and what was not, before anything is made of it. */
export function FormReportPage({ ctx, form, definition, notUnderstood }: FormReportPageProps) {
  const { t } = ctx;
  const title = readIn(definition.title, [ctx.language], definition.defaultLanguage);
  const home = form ? `/back-office/forms/${form.id}` : '/back-office/forms';
  const questions = placesOf(definition);
  return (
    <Layout
      ctx={ctx}
      title={title?.text ?? definition.key}
      titleLang={title?.lang}
      kicker={t('forms.import.title')}
      breadcrumbs={formCrumbs(ctx, form)}
    >
      <p>
        {t('forms.import.found', { questions: questions.length, pages: definition.pages.length })}{' '}
        {new Intl.ListFormat(ctx.language).format(definition.languages.map((tag) => languageName(tag, ctx)))}
      </p>
      {notUnderstood.length === 0 ? (
        <Notice kind="success">{t('forms.import.all')}</Notice>
      ) : (
        <section>
          <h2>{t('forms.import.notUnderstood', { n: notUnderstood.length })}</h2>
          <p>{t('forms.import.without')}</p>
          <Table
            ctx={ctx}
            caption={t('forms.import.notUnderstood', { n: notUnderstood.length })}
            captionUnseen
            rows={notUnderstood.slice(0, 500)}
            rowKey={(one) => notUnderstood.indexOf(one).toString()}
            columns={[
              { key: 'at', words: t('forms.import.where'), cell: ({ at }) => at },
              { key: 'what', words: t('forms.import.what'), cell: ({ what }) => words(ctx, what) },
            ]}
          />
        </section>
      )}
      <details class="card">
        <summary>{t('forms.import.questions')}</summary>
        <ol>
          {questions.map(({ item, path }) => (
            <li key={path}>
              <span lang={definition.defaultLanguage}>{item.label[definition.defaultLanguage] ?? item.key}</span>{' '}
              <small>{t(`forms.type.${item.type}`)}</small>
            </li>
          ))}
        </ol>
      </details>
      <PostForm
        action={`${home}/imported`}
        hidden={{ definition: JSON.stringify(definition), ...(form ? { seen: form.draftNumber } : {}) }}
      >
        {!form && (
          <Select
            ctx={ctx}
            name="kind"
            label={t('forms.list.kind')}
            value={definition.kind}
            options={KINDS.map((kind) => ({ value: kind, words: t(`forms.kind.${kind}`) }))}
            required
          />
        )}
        <ButtonRow>
          <Button>
            {t(notUnderstood.length > 0 ? 'forms.import.makeWithout' : form ? 'forms.import.replace' : 'forms.import.make')}
          </Button>
          <ButtonLink kind="secondary" href={`${home}/import`}>
            {t('forms.import.again')}
          </ButtonLink>
        </ButtonRow>
      </PostForm>
    </Layout>
  );
}

/** Why something was left out: by its code, or the words of the file themselves. */
function words(ctx: PageContext, what: string): string {
  const { t, language } = ctx;
  const [, kind = '', rest = ''] = /^(type|column|wrong) (.*)$/s.exec(what) ?? [];
  if (kind === 'type') return t('forms.import.type', { type: rest });
  if (kind === 'column') return t('forms.import.column', { column: rest });
  if (kind === 'wrong') return t('forms.import.wrong', { parts: rest });
  return (
    translateCode(language, `forms.import.what.${what}`) ??
    translateCode(language, `invalid.${what}`, { key: '', min: 2 }) ??
    t('forms.import.unread', { text: what })
  );
}
