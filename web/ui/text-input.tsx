import { Field, type FieldProps, fieldAttributes } from './field.tsx';
import { useTyped } from './typed.ts';

export interface TextInputProps extends FieldProps {
  value?: string | number | null;
  type?: 'text' | 'email' | 'tel' | 'url' | 'search' | 'password' | 'number';
  autocomplete?: string;
  inputmode?: 'text' | 'numeric' | 'decimal' | 'email' | 'tel' | 'url' | 'search';
  maxlength?: number;
  /** As wide as what is expected, so that the width itself is a hint. */
  size?: 'short' | 'medium' | 'full';
  /** The language of the content. */
  lang?: string;
  spellcheck?: boolean;
  /** Before and after the field: a currency, a unit. */
  prefix?: string;
  suffix?: string;
  /** The id of a `<datalist>` with what may be meant. */
  list?: string;
}

export function TextInput(props: TextInputProps) {
  const typed = useTyped(props.name);
  const { value, type = 'text', autocomplete, inputmode, maxlength, size = 'full', lang, spellcheck, prefix, suffix } = props;
  const input = (
    <input
      {...fieldAttributes(props)}
      class={`input input-${size}`}
      // A number field loses what was typed wrongly and turns under the wheel; a text field with a numeric keyboard does not.
      type={(type === 'number' ? 'text' : type) as 'text'}
      inputMode={inputmode ?? (type === 'number' ? 'numeric' : undefined)}
      value={typed ?? value ?? ''}
      autocomplete={autocomplete}
      maxLength={maxlength}
      lang={lang}
      dir={type === 'text' || lang ? 'auto' : undefined}
      spellcheck={spellcheck}
      list={props.list}
    />
  );
  return (
    <Field field={props}>
      {prefix || suffix ? (
        <div class={`affixed affixed-${size}`}>
          {prefix && <span aria-hidden="true">{prefix}</span>}
          {input}
          {suffix && <span aria-hidden="true">{suffix}</span>}
        </div>
      ) : (
        input
      )}
    </Field>
  );
}
