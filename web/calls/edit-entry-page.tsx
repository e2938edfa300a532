import type { EntryDetails } from '../../server/calls/entry-queries.ts';
import { SUMMARY_WORDS, TITLE_MAX } from '../../server/calls/input.ts';
import type { CallDetails } from '../../server/calls/queries.ts';
import type { Definition } from '../../server/forms/definition.ts';
import { conditionsStylesheet, FormFields } from '../forms/form-fields.tsx';
import { Layout } from '../layout.tsx';
import { languageName } from '../locales/format.ts';
import { textIn } from '../locales/text-map.ts';
import type { FieldError, PageContext } from '../page.ts';
import { Button, ButtonLink, ButtonRow } from '../ui/button.tsx';
import { Checkbox } from '../ui/choice.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { Select } from '../ui/select.tsx';
import { Tabs } from '../ui/tabs.tsx';
import { TextArea } from '../ui/text-area.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { When } from '../ui/when.tsx';

export interface EditEntryPageProps {
  ctx: PageContext;
  call: CallDetails;
  entry: EntryDetails;
  definition: Definition | null;
  /** What was typed, where that is shown again; otherwise what is kept. */
  values: Record<string, unknown>;
  /** The version that the writer has seen. */
  version: number;
  errors?: FieldError[];
}

const own = (value: unknown, key: string): string => {
  const found = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  return typeof found === 'string' ? found : '';
};

/** The languages of an entry as tabs: the whole form in the main one, the texts alone beside it in the others. */
export function EntryTabs({ ctx, entry, current }: { ctx: PageContext; entry: EntryDetails; current: string }) {
  return (
    <Tabs
      ctx={ctx}
      label={ctx.t('entries.edit.languages')}
      tabs={entry.languages.map((tag) => ({
        href: tag === entry.language ? `/entries/${entry.id}/edit` : `/entries/${entry.id}/texts/${tag}`,
        words: languageName(tag, ctx.language),
        current: tag === current,
      }))}
    />
  );
}

/** What the script says of its saving, and the moment of the deadline. */
export function SavingLine({ ctx, call }: { ctx: PageContext; call: CallDetails }) {
  const { t } = ctx;
  return (
    <div class="saving">
      <p>
        {t('calls.fact.deadline')}: <When ctx={ctx} at={call.closesAt} zone={call.zone} />
      </p>
      <p
        class="hint"
        role="status"
        data-autosave
        data-saving={t('entries.edit.saving')}
        data-saved={t('entries.edit.saved')}
        data-failed={t('entries.edit.notSaved')}
        data-conflict={t('entries.edit.conflict')}
      >
        {t('entries.edit.saveYourself')}
      </p>
    </div>
  );
}

/** The form of an entry in its main language. */
export function EditEntryPage(props: EditEntryPageProps) {
  const { ctx, call, entry, definition, values, version, errors = [] } = props;
  const { t } = ctx;
  const title = textIn(entry.title, [entry.language]) || t('entries.untitled', { code: entry.code });
  const main = entry.language;
  const others = call.languages.filter((tag) => tag !== main);
  const choice = (rows: CallDetails['themes']) =>
    rows.map((row) => ({ value: row.key, words: textIn(row.title, [ctx.language], call.defaultLanguage) }));
  return (
    <Layout
      ctx={ctx}
      title={title}
      titleLang={entry.title[main] ? main : undefined}
      kicker={`${entry.organisation.name} · ${textIn(call.title, [ctx.language], call.defaultLanguage)}`}
      breadcrumbs={[
        { words: t('entries.mine.title'), href: '/entries' },
        { words: title, href: `/entries/${entry.id}` },
      ]}
      width="text"
      errors={errors}
      head={call.formVersionId ? <link rel="stylesheet" href={conditionsStylesheet(call.formVersionId)} /> : undefined}
    >
      {entry.languages.length > 1 && <EntryTabs ctx={ctx} entry={entry} current={main} />}
      <PostForm action={`/entries/${entry.id}/edit`} hidden={{ version, whole: 'yes' }} multipart={definition !== null}>
        <SavingLine ctx={ctx} call={call} />
        <TextInput
          ctx={ctx}
          name={`title[${main}]`}
          label={t('entries.field.title')}
          required
          maxlength={TITLE_MAX}
          lang={main}
          value={own(values.title, main)}
          errors={errors}
        />
        {call.themes.length > 0 && (
          <Select
            ctx={ctx}
            name="theme"
            label={t('entries.field.theme')}
            required
            empty
            options={choice(call.themes)}
            value={own(values, 'theme')}
            errors={errors}
          />
        )}
        {call.modalities.length > 0 && (
          <Select
            ctx={ctx}
            name="modality"
            label={t('entries.field.modality')}
            required
            empty
            options={choice(call.modalities)}
            value={own(values, 'modality')}
            errors={errors}
          />
        )}
        <TextArea
          ctx={ctx}
          name={`summary[${main}]`}
          label={t('entries.field.summary')}
          hint={t('entries.field.summaryHint')}
          required
          maxWords={SUMMARY_WORDS}
          lang={main}
          value={own(values.summary, main)}
          errors={errors}
        />
        {definition && (
          <FormFields
            ctx={ctx}
            definition={definition}
            answers={values.answers}
            errors={errors}
            namePrefix="answers"
            files={entry.files}
            headingLevel={2}
          />
        )}
        <h2>{t('entries.edit.more')}</h2>
        {others.length > 0 && (
          <fieldset class="field field-group">
            <legend class="label">{t('entries.field.languages')}</legend>
            {others.map((tag) => (
              <div class="choice" key={tag}>
                <input
                  type="checkbox"
                  id={`f-languages-${tag}`}
                  name="languages[]"
                  value={tag}
                  checked={entry.languages.includes(tag)}
                  disabled={call.requiredLanguages.includes(tag)}
                />
                <label for={`f-languages-${tag}`}>
                  {languageName(tag, ctx.language)}
                  {call.requiredLanguages.includes(tag) && <span class="soft"> ({t('entries.field.languageRequired')})</span>}
                </label>
              </div>
            ))}
          </fieldset>
        )}
        <Checkbox
          ctx={ctx}
          name="mayPublish"
          label={t('entries.field.mayPublish')}
          hint={t('entries.field.mayPublishHint')}
          checked={values.mayPublish === true || values.mayPublish === 'on'}
          unmarked
        />
        <ButtonRow>
          <Button>{t('entries.edit.save')}</Button>
          <ButtonLink kind="quiet" href={`/entries/${entry.id}`}>
            {t('entries.edit.done')}
          </ButtonLink>
        </ButtonRow>
      </PostForm>
    </Layout>
  );
}
