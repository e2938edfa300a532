import { holds } from '../../server/forms/conditions.ts';
import type { Condition, Definition, Item, Page, Per, RepeatItem } from '../../server/forms/definition.ts';
import { evaluate, lookupIn } from '../../server/forms/evaluation.ts';
import { own } from '../../server/forms/own.ts';
import { comparisonsOf, itemKeyOf, perOf } from '../../server/forms/walk.ts';
import type { PageContext } from '../page.ts';
import { ChoiceField, ConsentField, MatrixField, MultiChoiceField, RankingField, ScaleField } from './choice-fields.tsx';
import {
  ConditionHint,
  type FieldPlace,
  type FieldSetting,
  FormText,
  GroupField,
  plain,
  type StoredFile,
} from './field-parts.tsx';
import { CountryField, FileField, LineField, LongTextField, NumberField } from './text-fields.tsx';

export interface FormFieldsProps {
  ctx: Pick<PageContext, 't' | 'language'>;
  definition: Definition;
  /** As kept or as typed: nothing in it is trusted. */
  answers: unknown;
  /** Errors by full path: `people.0.answers.mode` where the prefix is `people[0][answers]`. */
  errors?: readonly { path: string; message: string }[];
  /** What the names of the controls begin with: `answers`, `people[0][answers]`. */
  namePrefix: string;
  per?: Per;
  /** In which order of languages texts are read; the page's language first unless said. */
  languages?: readonly string[];
  /** One page alone, as a step; otherwise all of them, one below the other. */
  page?: string;
  /** Names of the files that the answers speak of. */
  files?: readonly StoredFile[];
  headingLevel?: 2 | 3 | 4;
}

/**
 * The controls of a form, without the `<form>` around them. Conditions work by the version's stylesheet
 * (`conditionsStylesheet`), better with the page's script, and are stated in words where there is neither.
 */
export function FormFields(props: FormFieldsProps) {
  const { ctx, definition, answers, namePrefix, per, page: only } = props;
  const setting: FieldSetting = {
    ctx,
    definition,
    languages: props.languages ?? [ctx.language],
    messages: new Map((props.errors ?? []).map(({ path, message }) => [path, message])),
    files: props.files ?? [],
  };
  const prefix = { name: namePrefix, path: dotted(namePrefix) };
  const pages = definition.pages
    .filter((page) => only === undefined || page.key === only)
    .map((page) => ({ page, items: page.items.filter((item) => per === undefined || perOf(item, page) === per) }))
    .filter(({ items }) => items.length > 0);
  // What other pages hold is settled; what this page asks may still change under the reader's hands.
  const shown = new Set(pages.flatMap(({ items }) => items.map((item) => item.key)));
  const settled = evaluate(definition, answers, { mode: 'draft', per }).answers;
  const isSettled = (condition: Condition) => comparisonsOf(condition).every((part) => !shown.has(itemKeyOf(part)));
  const isOut = (condition: Condition | undefined) =>
    condition !== undefined && isSettled(condition) && !holds(condition, lookupIn(settled));
  const open = (condition: Condition | undefined) => (condition && !isSettled(condition) ? condition : undefined);
  return (
    <div class="form-answers" data-pages={only === undefined ? 'all' : 'one'}>
      {pages
        .filter(({ page }) => !isOut(page.visibleWhen))
        .map(({ page, items }) => (
          <section class="form-page" key={page.key} data-page={page.key} data-when={asData(open(page.visibleWhen))}>
            <PageHead page={page} setting={setting} level={props.headingLevel ?? 2} />
            {items
              .filter((item) => !isOut(item.visibleWhen))
              .map((item) => (
                <Field
                  key={item.key}
                  item={item}
                  prefix={prefix}
                  value={own(answers, item.key)}
                  when={open(item.visibleWhen)}
                  setting={setting}
                />
              ))}
          </section>
        ))}
    </div>
  );
}

/** Where the stylesheet of a form version is: pages that show its fields link it in their head. */
export function conditionsStylesheet(formVersionId: string): string {
  return `/forms/${formVersionId}/conditions.css`;
}

function PageHead({ page, setting, level }: { page: Page; setting: FieldSetting; level: 2 | 3 | 4 }) {
  const Heading = `h${level}` as const;
  return (
    <>
      {plain(page.title, setting) && (
        <Heading class="form-page-title">
          <FormText texts={page.title} setting={setting} />
        </Heading>
      )}
      {plain(page.intro, setting) && (
        <p class="form-text">
          <FormText texts={page.intro} setting={setting} />
        </p>
      )}
    </>
  );
}

interface FieldProps {
  item: Item;
  prefix: { name: string; path: string };
  value: unknown;
  when: Condition | undefined;
  setting: FieldSetting;
}

function Field({ item, prefix, value, when, setting }: FieldProps) {
  const path = `${prefix.path}.${item.key}`;
  const failed = [...setting.messages.keys()].some((key) => key === path || key.startsWith(`${path}.`));
  return (
    <div class={failed ? 'field field-wrong' : 'field'} data-item={item.key} data-type={item.type} data-when={asData(when)}>
      {when && <ConditionHint condition={when} setting={setting} />}
      <Control place={{ item, name: `${prefix.name}[${item.key}]`, path, value }} setting={setting} />
    </div>
  );
}

function Control({ place, setting }: { place: FieldPlace; setting: FieldSetting }) {
  const { item } = place;
  // One line each: the compiler says when a type of item has no control.
  switch (item.type) {
    case 'shortText':
    case 'email':
    case 'url':
    case 'date':
      return <LineField place={{ ...place, item }} setting={setting} />;
    case 'number':
      return <NumberField place={{ ...place, item }} setting={setting} />;
    case 'longText':
      return <LongTextField place={{ ...place, item }} setting={setting} />;
    case 'country':
      return <CountryField place={{ ...place, item }} setting={setting} />;
    case 'choice':
      return <ChoiceField place={{ ...place, item }} setting={setting} />;
    case 'multiChoice':
      return <MultiChoiceField place={{ ...place, item }} setting={setting} />;
    case 'scale':
      return <ScaleField place={{ ...place, item }} setting={setting} />;
    case 'matrix':
      return <MatrixField place={{ ...place, item }} setting={setting} />;
    case 'ranking':
      return <RankingField place={{ ...place, item }} setting={setting} />;
    case 'file':
      return <FileField place={{ ...place, item }} setting={setting} />;
    case 'consent':
      return <ConsentField place={{ ...place, item }} setting={setting} />;
    case 'note':
      return (
        <p class="form-text form-note">
          <FormText texts={item.label} setting={setting} />
        </p>
      );
    case 'repeat':
      return <RepeatField place={{ ...place, item }} setting={setting} />;
  }
}

function RepeatField({ place, setting }: { place: FieldPlace<RepeatItem>; setting: FieldSetting }) {
  const { item, path, name, value } = place;
  const { t } = setting.ctx;
  const max = item.max ?? 20;
  const given = Array.isArray(value) ? value.slice(0, max) : [];
  const count = Math.max(given.length, item.min ?? 0, 1);
  const called = plain(item.itemLabel, setting) || plain(item.label, setting);
  return (
    <GroupField place={place} setting={setting}>
      {Array.from({ length: Math.min(count, max) }, (_, n) => (
        <fieldset class="form-instance" key={n} data-group={item.key}>
          <legend>
            {called} {n + 1}
          </legend>
          {item.items.map((inner) => (
            <Field
              key={inner.key}
              item={inner}
              prefix={{ name: `${name}[${n}]`, path: `${path}.${n}` }}
              value={own(given[n], inner.key)}
              when={inner.visibleWhen}
              setting={setting}
            />
          ))}
          {count > Math.max(1, item.min ?? 0) && (
            <button type="submit" class="button button-quiet button-small" name="_remove" value={`${path}.${n}`} formnovalidate>
              {t('forms.field.removeNumber', { name: called, number: n + 1 })}
            </button>
          )}
        </fieldset>
      ))}
      {count < max && (
        <button type="submit" class="button button-secondary" name="_add" value={path} formnovalidate>
          {t('forms.field.addAnother', { name: called })}
        </button>
      )}
    </GroupField>
  );
}

const asData = (condition: Condition | undefined) => (condition ? JSON.stringify(condition) : undefined);
const dotted = (name: string) => name.replaceAll(']', '').replaceAll('[', '.');
