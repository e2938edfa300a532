import { KINDS } from '../../server/forms/definition.ts';
import type { FormRow } from '../../server/forms/queries.ts';
import { Layout } from '../layout.tsx';
import { LANGUAGES } from '../locales/languages.ts';
import { textIn } from '../locales/text-map.ts';
import type { FieldError, PageContext } from '../page.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { LangText } from '../ui/content.tsx';
import { ListTools } from '../ui/list-tools.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { Select } from '../ui/select.tsx';
import { Table } from '../ui/table.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { Happened } from '../ui/when.tsx';

export interface FormsPageProps {
  ctx: PageContext;
  forms: FormRow[];
  next: string | null;
  search: string;
  typed?: Record<string, unknown>;
  errors?: FieldError[];
}

/** All forms that this person edits, and the beginning of another. */
export function FormsPage({ ctx, forms, next, search, typed = {}, errors = [] }: FormsPageProps) {
  const { t } = ctx;
  const text = (name: string, otherwise = '') => (typeof typed[name] === 'string' ? typed[name] : otherwise);
  return (
    <Layout
      ctx={ctx}
      title={t('forms.list.title')}
      errors={errors}
      actions={
        <ButtonLink kind="secondary" href="/back-office/forms/import">
          {t('forms.import.title')}
        </ButtonLink>
      }
    >
      <ListTools ctx={ctx} action="/back-office/forms" search={search} searchLabel={t('forms.list.search')} />
      {forms.length === 0 ? <p>{t('forms.list.empty')}</p> : <FormsTable ctx={ctx} forms={forms} />}
      {next && (
        <p>
          <a href={`/back-office/forms?${new URLSearchParams({ q: search, cursor: next })}`}>{t('forms.list.older')}</a>
        </p>
      )}
      <h2>{t('forms.list.new')}</h2>
      <PostForm action="/back-office/forms">
        <TextInput ctx={ctx} name="title" label={t('forms.edit.title')} value={text('title')} required errors={errors} />
        <Select
          ctx={ctx}
          name="kind"
          label={t('forms.list.kind')}
          value={text('kind', 'registration')}
          options={KINDS.map((kind) => ({ value: kind, words: t(`forms.kind.${kind}`) }))}
          required
          errors={errors}
        />
        <TextInput
          ctx={ctx}
          name="languages"
          label={t('forms.edit.languages')}
          hint={t('forms.edit.languagesHelp')}
          value={text('languages', LANGUAGES.join(', '))}
          required
          errors={errors}
        />
        <TextInput
          ctx={ctx}
          name="defaultLanguage"
          label={t('forms.edit.defaultLanguage')}
          value={text('defaultLanguage', ctx.language)}
          size="short"
          required
          errors={errors}
        />
        <Button>{t('forms.list.new')}</Button>
      </PostForm>
    </Layout>
  );
}

function FormsTable({ ctx, forms }: { ctx: PageContext; forms: FormRow[] }) {
  const { t } = ctx;
  return (
    <Table
      ctx={ctx}
      caption={t('forms.list.title')}
      captionUnseen
      rows={forms}
      rowKey={(form) => form.id}
      columns={[
        {
          key: 'name',
          words: t('forms.list.name'),
          cell: (form) => (
            <a href={`/back-office/forms/${form.id}`}>
              <LangText ctx={ctx} map={form.name} />
            </a>
          ),
        },
        { key: 'kind', words: t('forms.list.kind'), cell: (form) => t(`forms.kind.${form.kind}`) },
        {
          key: 'usedBy',
          words: t('forms.list.usedBy'),
          cell: (form) => form.events.map((event) => textIn(event.title, [ctx.language]) || event.slug).join(', ') || '–',
        },
        {
          key: 'version',
          words: t('forms.list.version'),
          cell: (form) => (form.version ? `${form.version.major}.${form.version.revision}` : '–'),
        },
        {
          key: 'changed',
          words: t('forms.list.changed'),
          cell: (form) => <Happened ctx={ctx} at={form.draftChangedAt} style="date" />,
        },
      ]}
    />
  );
}
