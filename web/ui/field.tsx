import type { ComponentChildren } from 'preact';
import type { FieldError, PageContext } from '../page.ts';

/** What every field takes. */
export interface FieldProps {
  ctx: PageContext;
  /** As it is posted: `title`, `categories[0][price]`. */
  name: string;
  /** Where a page has another field of this name. */
  id?: string;
  /** The question. */
  label: ComponentChildren;
  /** The language of label and hint when they are content. */
  labelLang?: string;
  hint?: ComponentChildren;
  required?: boolean;
  /** The errors of the whole form; a field finds its own by its name. */
  errors?: FieldError[];
  /** Without the word "optional": where nothing is required, or everything plainly is. */
  unmarked?: boolean;
}

/** The path of a field's errors: `categories[0][price]` → `categories.0.price`. */
export function pathOf(name: string): string {
  return name.replace(/\[\]$/, '').replace(/\[([^\]]*)\]/g, '.$1');
}

/** The id of a field by its name or by the path of its error: both give the same. */
export function fieldId(nameOrPath: string): string {
  return `f-${pathOf(nameOrPath).replace(/[^\p{L}\p{N}]+/gu, '-')}`;
}

/** The first error of a field. */
export function errorOf(name: string, errors: FieldError[] | undefined): string | undefined {
  const path = pathOf(name);
  return errors?.find((error) => error.path === path)?.message;
}

/** What an input needs to be tied to its label, hint and error. */
export function fieldAttributes({ name, id = fieldId(name), hint, errors, required }: FieldProps) {
  const error = errorOf(name, errors);
  const described = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ');
  return {
    id,
    name,
    required,
    'aria-invalid': error ? ('true' as const) : undefined,
    'aria-describedby': described || undefined,
  };
}

/** A question with its one control. */
export function Field({ field, children, controlId }: { field: FieldProps; children: ComponentChildren; controlId?: string }) {
  const id = field.id ?? fieldId(field.name);
  const error = errorOf(field.name, field.errors);
  return (
    <div class={`field${error ? ' field-wrong' : ''}`}>
      <label class="label" for={controlId ?? id} lang={field.labelLang}>
        {field.label} <Optional field={field} />
      </label>
      <HintAndError field={field} />
      {children}
    </div>
  );
}

/** A question with several controls. */
export function FieldGroup({
  field,
  children,
  role,
}: {
  field: FieldProps;
  children: ComponentChildren;
  role?: 'radiogroup' | 'group';
}) {
  const { 'aria-describedby': described, 'aria-invalid': invalid } = fieldAttributes(field);
  return (
    <fieldset
      class={`field field-group${invalid ? ' field-wrong' : ''}`}
      aria-describedby={described}
      role={role}
      aria-invalid={role === 'radiogroup' ? invalid : undefined}
      aria-required={role === 'radiogroup' && field.required ? 'true' : undefined}
    >
      <legend class="label" lang={field.labelLang}>
        {field.label} <Optional field={field} />
      </legend>
      <HintAndError field={field} />
      {children}
    </fieldset>
  );
}

function Optional({ field: { ctx, required, unmarked } }: { field: FieldProps }) {
  return required || unmarked ? null : <span class="optional">{ctx.t('ui.field.optional')}</span>;
}

function HintAndError({ field }: { field: FieldProps }) {
  const id = field.id ?? fieldId(field.name);
  const error = errorOf(field.name, field.errors);
  return (
    <>
      {field.hint && (
        <p class="hint" id={`${id}-hint`} lang={field.labelLang}>
          {field.hint}
        </p>
      )}
      {error && (
        <p class="field-error" id={`${id}-error`}>
          <span class="unseen">{field.ctx.t('ui.errors.mark')} </span>
          {error}
        </p>
      )}
    </>
  );
}
