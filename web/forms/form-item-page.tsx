import { operatorsOf } from '../../server/forms/checks.ts';
import { type Comparison, type Definition, FILE_KINDS, type Item, OPERATORS, PER } from '../../server/forms/definition.ts';
import { linesFromOptions } from '../../server/forms/editing.ts';
import { own } from '../../server/forms/own.ts';
import { hasChoices, placesOf } from '../../server/forms/walk.ts';
import { conditionInWords } from '../../server/forms/wording.ts';
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

export interface FormItemPageProps {
  ctx: PageContext;
  form: EditedForm;
  draft: Definition;
  item: Item;
  /** What was typed, when it is shown again. */
  typed?: unknown;
  errors?: FieldError[];
}

interface Fields {
  ctx: PageContext;
  draft: Definition;
  item: Item;
  errors: FieldError[];
  /** What a field shows: what was typed, else what is kept. */
  text: (name: string, kept: string | number | undefined) => string;
  checked: (name: string, kept: boolean | undefined) => boolean;
  again: boolean;
  typed: unknown;
}

/** All that can be said of one question, in the default language; conditions by selects. */
export function FormItemPage({ ctx, form, draft, item, typed, errors = [] }: FormItemPageProps) {
  const { t } = ctx;
  const again = typed !== undefined;
  const fields: Fields = {
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
        <Conditions fields={fields} />
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

function Words({ fields: { ctx, draft, item, errors, text, checked } }: { fields: Fields }) {
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

function Specifics({ fields }: { fields: Fields }) {
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

const ROWS = 3;

function Conditions({ fields: { ctx, draft, item, errors, text, typed, again } }: { fields: Fields }) {
  const { t } = ctx;
  const flat = flatOf(item);
  const places = placesOf(draft);
  const here = places.find((place) => place.item.key === item.key);
  const asked = places
    .filter(
      (place) =>
        place.order < (here?.order ?? 0) &&
        place.item !== here?.within &&
        (place.within === null || place.within === here?.within),
    )
    .filter((place) => operatorsOf(place.item).length > 0)
    .flatMap((place) => {
      const words = textIn(place.item.label, [ctx.language], draft.defaultLanguage) || place.item.key;
      const rows =
        place.item.type === 'matrix'
          ? place.item.rows.map((row) => ({
              value: `${place.item.key}.${row.key}`,
              words: `${words} – ${textIn(row.label, [ctx.language], draft.defaultLanguage)}`,
            }))
          : [];
      return [{ value: place.item.key, words }, ...rows];
    });
  if (asked.length === 0) return null;
  const value = (n: number, name: 'item' | 'op' | 'value') => {
    const given = again ? own(own(own(typed, 'conditions'), String(n)), name) : flat?.parts[n]?.[name];
    return Array.isArray(given) ? given.join(', ') : given === undefined ? '' : String(given);
  };
  return (
    <fieldset class="field field-group">
      <legend class="label">{t('forms.edit.conditions')}</legend>
      {item.visibleWhen && !flat && (
        <p>{t('forms.edit.conditionKept', { words: conditionInWords(draft, item.visibleWhen, t, ctx.language) })}</p>
      )}
      <Select
        ctx={ctx}
        name="join"
        label={t('forms.edit.conditionJoin')}
        value={text('join', flat?.join ?? 'all')}
        options={(['all', 'any'] as const).map((join) => ({ value: join, words: t(`forms.condition.${join}`) }))}
        size="medium"
        unmarked
      />
      {Array.from({ length: Math.max(ROWS, (flat?.parts.length ?? 0) + 1) }, (_, n) => (
        <div class="form-editor-condition" key={n}>
          <Select
            ctx={ctx}
            name={`conditions[${n}][item]`}
            label={t('forms.edit.conditionItem', { number: n + 1 })}
            value={value(n, 'item')}
            empty="–"
            options={asked}
            errors={errors}
            unmarked
          />
          <Select
            ctx={ctx}
            name={`conditions[${n}][op]`}
            label={t('forms.edit.conditionOperator', { number: n + 1 })}
            value={value(n, 'op') || 'eq'}
            options={OPERATORS.map((op) => ({ value: op, words: t(`forms.operator.${op}`) }))}
            errors={errors}
            unmarked
          />
          <TextInput
            ctx={ctx}
            name={`conditions[${n}][value]`}
            label={t('forms.edit.conditionValue', { number: n + 1 })}
            value={value(n, 'value')}
            size="medium"
            errors={errors}
            unmarked
          />
        </div>
      ))}
      <p class="hint">{t('forms.edit.conditionValueHelp')}</p>
      {item.visibleWhen && <Checkbox ctx={ctx} name="conditionRemoved" label={t('forms.edit.conditionRemove')} unmarked />}
    </fieldset>
  );
}

// A list of comparisons is edited by selects; what is nested deeper, or negated, was written by a program and is only kept.
function flatOf(item: Item): { join: 'all' | 'any'; parts: Comparison[] } | null {
  const condition = item.visibleWhen;
  if (!condition) return null;
  if ('item' in condition)
    return condition.op === 'answered' && condition.value === false ? null : { join: 'all', parts: [condition] };
  if ('not' in condition) return null;
  const [join, parts] = 'all' in condition ? (['all', condition.all] as const) : (['any', condition.any] as const);
  const flat = parts.every((part): part is Comparison => 'item' in part && !(part.op === 'answered' && part.value === false));
  return flat ? { join, parts: parts as Comparison[] } : null;
}
