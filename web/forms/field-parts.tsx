import type { ComponentChildren } from 'preact';
import type { Condition, Definition, Item } from '../../server/forms/definition.ts';
import { conditionInWords } from '../../server/forms/wording.ts';
import { readIn, type TextMap } from '../locales/text-map.ts';
import type { PageContext } from '../page.ts';
import { fieldId } from '../ui/field.tsx';

/** What every field of a form is drawn with. */
export interface FieldSetting {
  ctx: Pick<PageContext, 't' | 'language'>;
  definition: Definition;
  /** In which order of languages texts are read. */
  languages: readonly string[];
  /** Messages by full path: `people.0.answers.mode`. */
  messages: ReadonlyMap<string, string>;
  files: readonly StoredFile[];
}

export interface StoredFile {
  id: string;
  name: string;
}

/** One item in its place: its name in the form post, its path in errors (also the id of its first control), what was answered. */
export interface FieldPlace<Kind extends Item = Item> {
  item: Kind;
  name: string;
  path: string;
  value: unknown;
}

/** A text of the definition, marked with its language where that is not the page's. */
export function FormText({ texts, setting }: { texts: TextMap | undefined; setting: FieldSetting }) {
  const read = readIn(texts, setting.languages, setting.definition.defaultLanguage);
  if (!read) return null;
  return read.lang === setting.ctx.language ? <>{read.text}</> : <span lang={read.lang}>{read.text}</span>;
}

/** The same as a plain string, for attributes. */
export function plain(texts: TextMap | undefined, setting: FieldSetting): string {
  return readIn(texts, setting.languages, setting.definition.defaultLanguage)?.text ?? '';
}

export const helpId = (path: string) => `${fieldId(path)}-hint`;
export const errorId = (path: string) => `${fieldId(path)}-error`;
export const limitId = (path: string) => `${fieldId(path)}-count`;

/** Which texts describe a control; undefined when none. */
export function describedBy({ item, path }: FieldPlace, setting: FieldSetting, limit = false): string | undefined {
  const ids = [
    plain(item.help, setting) && helpId(path),
    limit && limitId(path),
    setting.messages.has(path) && errorId(path),
  ].filter((id): id is string => typeof id === 'string' && id !== '');
  return ids.length > 0 ? ids.join(' ') : undefined;
}

export function Optional({ item, setting }: { item: Item; setting: FieldSetting }) {
  if (item.required || item.type === 'note' || item.type === 'consent') return null;
  if (item.type === 'repeat' && (item.min ?? 0) > 0) return null;
  return <span class="optional"> {setting.ctx.t('forms.field.optional')}</span>;
}

/** Help and error of a field. */
export function FieldWords({ item, path, setting }: { item: Item; path: string; setting: FieldSetting }) {
  return (
    <>
      {plain(item.help, setting) && (
        <div class="hint form-text" id={helpId(path)}>
          <FormText texts={item.help} setting={setting} />
        </div>
      )}
      <FieldMessage path={path} setting={setting} />
    </>
  );
}

export function FieldMessage({ path, setting }: { path: string; setting: FieldSetting }) {
  const message = setting.messages.get(path);
  return message === undefined ? null : (
    <p class="field-error" id={errorId(path)}>
      {message}
    </p>
  );
}

/** "Only if …", for whoever has neither JavaScript nor a browser that knows `:has()`. */
export function ConditionHint({ condition, setting }: { condition: Condition; setting: FieldSetting }) {
  const { ctx, definition } = setting;
  return (
    <p class="form-condition">
      {ctx.t('forms.condition.onlyIf', { words: conditionInWords(definition, condition, ctx.t, ctx.language) })}
    </p>
  );
}

/** A field of one control under its label. */
export function LabelledField({
  place,
  setting,
  children,
}: {
  place: FieldPlace;
  setting: FieldSetting;
  children: ComponentChildren;
}) {
  return (
    <>
      <label class="label" for={fieldId(place.path)}>
        <FormText texts={place.item.label} setting={setting} />
        <Optional item={place.item} setting={setting} />
      </label>
      <FieldWords item={place.item} path={place.path} setting={setting} />
      {children}
    </>
  );
}

/** A field of several controls: a fieldset whose legend is the question. */
export function GroupField({
  place,
  setting,
  limit,
  children,
}: {
  place: FieldPlace;
  setting: FieldSetting;
  limit?: string;
  children: ComponentChildren;
}) {
  return (
    <fieldset class="field-group" aria-describedby={describedBy(place, setting, Boolean(limit))}>
      <legend class="label">
        <FormText texts={place.item.label} setting={setting} />
        <Optional item={place.item} setting={setting} />
      </legend>
      {limit && (
        <p class="hint" id={limitId(place.path)}>
          {limit}
        </p>
      )}
      <FieldWords item={place.item} path={place.path} setting={setting} />
      {children}
    </fieldset>
  );
}

/** What was typed, whatever it is: nothing but texts and numbers goes back into a field. */
export function typedText(value: unknown): string {
  return typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value))
    ? String(value).slice(0, 100_000)
    : '';
}

/** What was chosen, as codes. */
export function chosenCodes(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).map(typedText).filter((code) => code !== '');
}
