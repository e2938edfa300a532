import { type Definition, FILE_KINDS, type Item, PER } from '../../server/forms/definition.ts';
import { linesFromOptions } from '../../server/forms/editing.ts';
import { own } from '../../server/forms/own.ts';
import { hasChoices } from '../../server/forms/walk.ts';
import { Layout } from '../layout.tsx';
import { textIn } from '../locales/text-map.ts';
import type { FieldError, PageContext } from '../page.ts';
import { Button, ButtonLink, ButtonRow } from '../ui/button.tsx';
import { Checkbox, CheckboxList } from '../ui/choice.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { Select } from '../ui/select.tsx';
import { TextArea } from '../ui/text-area.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { type EditedForm, languageName } from './form-page.tsx';
import { ItemConditions, type ItemFields } from './item-conditions.tsx';

export interface FormItemPageProps {
  ctx: PageContext;
  form: EditedForm;
  draft: Definition;
  item: Item;
  /** What was typed, when it is shown again. */
  typed?: unknown;
  errors?: FieldError[];
}

/** All that can be said of one question, in the default language; conditions by selects. */
export function FormItemPage({ ctx, form, draft, item, typed, errors = [] }: FormItemPageProps) {
  const { t } = ctx;
  const again = typed !== undefined;
  const fields: ItemFields = {
    ctx,
    draft,
    item,
    errors,
    again,
    typed,
    text: (name, kept) => {
      const value = again ? own(typed, name) : kept;
      return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
    },
    checked: (name, kept) => (again ? own(typed, name) === 'on' : kept === true),
  };
  const base = `/back-office/forms/${form.id}`;
  const title = textIn(item.label, [ctx.language], draft.defaultLanguage) || item.key;
  return (
    <Layout
      ctx={ctx}
      title={title}
      kicker={t(`forms.type.${item.type}`)}
      width="text"
      errors={errors}
      breadcrumbs={[
        { words: t('forms.list.title'), href: '/back-office/forms' },
        { words: t('forms.edit.back'), href: `${base}#item-${item.key}` },
      ]}
    >
      <p class="hint">{t('forms.edit.textsIn', { language: languageName(draft.defaultLanguage, ctx) })}</p>
      <PostForm action={`${base}/items/${item.key}`} hidden={{ seen: form.draftNumber }}>
        <Words fields={fields} />
        <Specifics fields={fields} />
        <ItemConditions fields={fields} />
        <TextInput
          ctx={ctx}
          name="key"
          label={t('forms.edit.key')}
          hint={t('forms.edit.keyHelp')}
          value={fields.text('key', item.key)}
          size="medium"
          errors={errors}
          required
        />
        <ButtonRow>
          <Button>{t('forms.edit.save')}</Button>
          <ButtonLink kind="quiet" href={`${base}#item-${item.key}`}>
            {t('forms.edit.back')}
          </ButtonLink>
        </ButtonRow>
      </PostForm>
    </Layout>
  );
}

function Words({ fields: { ctx, draft, item, errors, text, checked } }: { fields: ItemFields }) {
  const { t } = ctx;
  const lang = draft.defaultLanguage;
  return (
    <>
      <TextArea
        ctx={ctx}
        name="label"
        label={t('forms.edit.label')}
        value={text('label', item.label[lang])}
        lang={lang}
        rows={item.type === 'note' ? 6 : 2}
        errors={errors}
        required
      />
      <TextArea
        ctx={ctx}
        name="help"
        label={t('forms.edit.help')}
        value={text('help', item.help?.[lang])}
        lang={lang}
        rows={2}
        errors={errors}
      />
      {item.type !== 'note' && (
        <>
          <Checkbox
            ctx={ctx}
            name="required"
            label={t('forms.edit.required')}
            checked={checked('required', item.required)}
            errors={errors}
          />
          <TextInput
            ctx={ctx}
            name="concept"
            label={t('forms.edit.concept')}
            value={text('concept', item.concept)}
            size="medium"
            errors={errors}
          />
          <Checkbox
            ctx={ctx}
            name="segment"
            label={t('forms.edit.segment')}
            checked={checked('segment', item.segment)}
            errors={errors}
          />
        </>
      )}
      {draft.kind === 'registration' && (
        <Select
          ctx={ctx}
          name="per"
          label={t('forms.edit.per')}
          value={text('per', item.per)}
          empty={t('forms.edit.per.same')}
          options={PER.map((per) => ({ value: per, words: t(`forms.edit.per.${per}`) }))}
          errors={errors}
        />
      )}
    </>
  );
}

const NUMBERS: Partial<Record<Item['type'], readonly ('min' | 'max' | 'maxChars' | 'maxWords' | 'maxBytes' | 'maxFiles')[]>> = {
  shortText: ['maxChars'],
  longText: ['maxChars', 'maxWords'],
  number: ['min', 'max'],
  date: ['min', 'max'],
  scale: ['min', 'max'],
  multiChoice: ['min', 'max'],
  ranking: ['min', 'max'],
  repeat: ['min', 'max'],
  file: ['maxBytes', 'maxFiles'],
};
const WORDS: Partial<Record<Item['type'], readonly ('unit' | 'minLabel' | 'maxLabel' | 'itemLabel')[]>> = {
  number: ['unit'],
  scale: ['minLabel', 'maxLabel'],
  repeat: ['itemLabel'],
};

function Specifics({ fields }: { fields: ItemFields }) {
  const { ctx, draft, item, errors, text, checked } = fields;
  const { t } = ctx;
  const lang = draft.defaultLanguage;
  const kept = (name: string) => own(item, name) as string | number | undefined;
  const lists = Object.keys(draft.choiceLists ?? {});
  return (
    <>
      {(NUMBERS[item.type] ?? []).map((name) => (
        <TextInput
          key={name}
          ctx={ctx}
          name={name}
          label={t(`forms.edit.${name}`)}
          value={text(name, kept(name))}
          size="short"
          errors={errors}
        />
      ))}
      {item.type === 'number' && (
        <Checkbox ctx={ctx} name="integer" label={t('forms.edit.integer')} checked={checked('integer', item.integer)} />
      )}
      {(WORDS[item.type] ?? []).map((name) => (
        <TextInput
          key={name}
          ctx={ctx}
          name={name}
          label={t(`forms.edit.${name}`)}
          value={text(name, (own(item, name) as Record<string, string> | undefined)?.[lang])}
          lang={lang}
          size="medium"
          errors={errors}
        />
      ))}
      {item.type === 'matrix' && (
        <TextArea
          ctx={ctx}
          name="rows"
          label={t('forms.edit.rows')}
          hint={t('forms.edit.rowsHelp')}
          value={text(
            'rows',
            linesFromOptions(
              item.rows.map(({ key, label }) => ({ code: key, label })),
              lang,
            ),
          )}
          lang={lang}
          errors={errors}
          required
        />
      )}
      {hasChoices(item) && (
        <>
          <TextArea
            ctx={ctx}
            name="choices"
            label={t('forms.edit.choices')}
            hint={t('forms.edit.choicesHelp')}
            value={text('choices', linesFromOptions(item.choices ?? [], lang))}
            rows={8}
            lang={lang}
            errors={errors}
            unmarked
          />
          {lists.length > 0 && (
            <Select
              ctx={ctx}
              name="choiceList"
              label={t('forms.edit.choiceList')}
              value={text('choiceList', item.choiceList)}
              empty="–"
              options={lists.map((name) => ({ value: name, words: name }))}
              errors={errors}
            />
          )}
        </>
      )}
      {item.type === 'file' && (
        <CheckboxList
          ctx={ctx}
          name="accept"
          label={t('forms.type.file')}
          values={fields.again ? ([own(fields.typed, 'accept')].flat() as string[]) : (item.accept ?? [])}
          options={FILE_KINDS.map((kind) => ({ value: kind, words: t(`forms.file.${kind}`) }))}
          errors={errors}
        />
      )}
    </>
  );
}
