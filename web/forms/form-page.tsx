import type { Definition } from '../../server/forms/definition.ts';
import { structureOf } from '../../server/forms/structure.ts';
import { completenessOf } from '../../server/forms/texts.ts';
import { Layout } from '../layout.tsx';
import { readIn, textIn } from '../locales/text-map.ts';
import type { FieldError, PageContext } from '../page.ts';
import { Button, ButtonLink, ButtonRow } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { PageOfForm } from './form-questions.tsx';
import { FormSettings, SharedLists, type VersionRow, Versions } from './form-settings.tsx';

export interface EditedForm {
  id: string;
  draftNumber: number;
  answersExist: boolean;
  version: { major: number; revision: number } | null;
}

export interface FormPageProps {
  ctx: PageContext;
  form: EditedForm;
  draft: Definition;
  inUse: Definition | null;
  problems: FieldError[];
  versions: VersionRow[];
  errors?: FieldError[];
}

export interface Editing {
  ctx: PageContext;
  draft: Definition;
  base: string;
  seen: number;
}

/** The editor of a form: its pages and questions in order, what is missing, its versions. */
export function FormPage({ ctx, form, draft, inUse, problems, versions, errors = [] }: FormPageProps) {
  const { t } = ctx;
  const editing: Editing = { ctx, draft, base: `/back-office/forms/${form.id}`, seen: form.draftNumber };
  const title = readIn(draft.title, [ctx.language], draft.defaultLanguage);
  const kinds = t(`forms.kind.${draft.kind}`);
  return (
    <Layout
      ctx={ctx}
      title={title?.text ?? draft.key}
      titleLang={title?.lang}
      kicker={form.version ? `${kinds} · ${t('forms.edit.version')} ${form.version.major}.${form.version.revision}` : kinds}
      errors={errors}
      breadcrumbs={[{ words: t('forms.list.title'), href: '/back-office/forms' }]}
      actions={
        <ButtonRow>
          <ButtonLink kind="secondary" href={`${editing.base}/preview`}>
            {t('forms.edit.preview')}
          </ButtonLink>
          <ButtonLink kind="secondary" href={`${editing.base}/translations`}>
            {t('forms.edit.translate')}
          </ButtonLink>
          <ButtonLink kind="secondary" href={`${editing.base}/import`}>
            {t('forms.import.titleOf')}
          </ButtonLink>
        </ButtonRow>
      }
    >
      {form.answersExist && <Notice>{t('forms.edit.answersExist')}</Notice>}
      <PutIntoUse editing={editing} inUse={inUse} problems={problems} />
      <p class="hint">{t('forms.edit.textsIn', { language: languageName(draft.defaultLanguage, ctx) })}</p>
      {draft.pages.map((page, n) => (
        <PageOfForm key={page.key} editing={editing} page={page} at={n} />
      ))}
      <PostForm action={`${editing.base}/pages`} hidden={{ seen: editing.seen }}>
        <TextInput ctx={ctx} id="new-page-title" name="title" label={t('forms.edit.pageTitle')} size="medium" unmarked />
        <Button kind="secondary">{t('forms.edit.addPage')}</Button>
      </PostForm>
      <SharedLists editing={editing} />
      <FormSettings editing={editing} />
      <Versions ctx={ctx} versions={versions} />
    </Layout>
  );
}

function PutIntoUse({ editing, inUse, problems }: { editing: Editing; inUse: Definition | null; problems: FieldError[] }) {
  const { ctx, draft, base, seen } = editing;
  const { t } = ctx;
  const incomplete = completenessOf(draft).filter(({ missing }) => missing.length > 0);
  const unchanged =
    inUse !== null &&
    JSON.stringify({ ...inUse, version: 0 }) === JSON.stringify({ ...draft, version: 0 }) &&
    structureOf(inUse) === structureOf(draft);
  return (
    <section class="card">
      <h2>{t('forms.edit.putIntoUse')}</h2>
      {unchanged ? <p>{t('forms.edit.unchanged')}</p> : <p>{t('forms.edit.putIntoUseHelp')}</p>}
      {problems.length > 0 && (
        <>
          <p>{t('forms.edit.problems', { count: problems.length })}</p>
          <ul>
            {problems.map(({ path, message }) => (
              <li key={`${path} ${message}`}>
                {whereOf(draft, path, ctx)}: {message}
              </li>
            ))}
          </ul>
        </>
      )}
      {incomplete.length > 0 && (
        <ul class="inline-list">
          {incomplete.map(({ language, percent }) => (
            <li key={language}>
              <a href={`${base}/translations?to=${language}`}>
                {languageName(language, ctx)}: {t('forms.translate.percent', { percent })}
              </a>
            </li>
          ))}
        </ul>
      )}
      {problems.length === 0 && !unchanged && (
        <PostForm action={`${base}/versions`} hidden={{ seen }}>
          {incomplete.length > 0 && (
            <div class="choice">
              <input type="checkbox" id="incomplete" name="incomplete" value="on" />
              <label for="incomplete">{t('forms.edit.incompleteConfirm')}</label>
            </div>
          )}
          <Button>{t('forms.edit.putIntoUse')}</Button>
        </PostForm>
      )}
    </section>
  );
}

/** Where in the form a path of the definition is, as its reader calls it. */
function whereOf(draft: Definition, path: string, ctx: PageContext): string {
  const [, p, , i] = path.split('.');
  const page = draft.pages[Number(p)];
  const item = page?.items[Number(i)];
  const read = (texts: Record<string, string> | undefined) => textIn(texts, [ctx.language], draft.defaultLanguage);
  return read(item?.label) || item?.key || read(page?.title) || page?.key || path || draft.key;
}

export function languageName(tag: string, ctx: PageContext): string {
  return new Intl.DisplayNames(ctx.language, { type: 'language' }).of(tag) ?? tag;
}
