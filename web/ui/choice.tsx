import { errorOf, FieldGroup, type FieldProps, fieldAttributes, fieldId } from './field.tsx';
import type { Option } from './select.tsx';
import { useChosen, useTyped } from './typed.ts';

/** One yes-or-no: posts "on" or nothing. */
export function Checkbox(props: FieldProps & { checked?: boolean; value?: string }) {
  const chosen = useChosen(props.name);
  const { checked, value = 'on', label, labelLang, hint, name, errors } = props;
  const id = fieldId(name);
  const error = errorOf(name, errors);
  return (
    <div class={`field${error ? ' field-wrong' : ''}`}>
      {error && (
        <p class="field-error" id={`${id}-error`}>
          {error}
        </p>
      )}
      <div class="choice">
        <input type="checkbox" {...fieldAttributes(props)} value={value} checked={chosen ? chosen.includes(value) : checked} />
        <label for={id} lang={labelLang}>
          {label}
        </label>
        {hint && (
          <p class="hint" id={`${id}-hint`} lang={labelLang}>
            {hint}
          </p>
        )}
      </div>
    </div>
  );
}

export interface CheckboxListProps extends FieldProps {
  options: Option[];
  values?: readonly string[];
}

/** Any number of several. Posts `name` once for each. */
export function CheckboxList(props: CheckboxListProps) {
  const chosen = useChosen(props.name) ?? props.values ?? [];
  return (
    <FieldGroup field={{ ...props, required: props.required }}>
      <Choices type="checkbox" name={props.name} options={props.options} values={chosen} />
    </FieldGroup>
  );
}

export interface RadioListProps extends FieldProps {
  options: Option[];
  value?: string | null;
}

/** Exactly one of a few. */
export function RadioList(props: RadioListProps) {
  const chosen = useTyped(props.name) ?? props.value;
  return (
    <FieldGroup field={props} role="radiogroup">
      <Choices type="radio" name={props.name} options={props.options} values={chosen ? [chosen] : []} />
    </FieldGroup>
  );
}

function Choices({
  type,
  name,
  options,
  values,
}: {
  type: 'checkbox' | 'radio';
  name: string;
  options: Option[];
  values: readonly string[];
}) {
  return (
    <div class="choices">
      {options.map((option, at) => {
        // The first has the field's own id: that is where the error summary leads.
        const id = at === 0 ? fieldId(name) : `${fieldId(name)}--${at}`;
        return (
          <div key={option.value} class="choice">
            <input
              type={type}
              id={id}
              name={name}
              value={option.value}
              checked={values.includes(option.value)}
              disabled={option.disabled}
              aria-describedby={option.hint ? `${id}-option-hint` : undefined}
            />
            <label for={id} lang={option.lang}>
              {option.words}
            </label>
            {option.hint && (
              <p class="hint" id={`${id}-option-hint`}>
                {option.hint}
              </p>
            )}
          </div>
        );
      })}
    </div>
  );
}
