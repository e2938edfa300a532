import { Field, type FieldProps, fieldAttributes } from './field.tsx';
import { useTyped } from './typed.ts';

export interface Option {
  value: string;
  words: string;
  lang?: string;
  hint?: string;
  disabled?: boolean;
}

export interface SelectProps extends FieldProps {
  options: Option[];
  value?: string | null;
  /** The first, empty option; true for the usual words. */
  empty?: string | true;
  size?: 'short' | 'medium' | 'full';
  autocomplete?: string;
}

export function Select(props: SelectProps) {
  const typed = useTyped(props.name);
  const { options, value, empty, size = 'full', autocomplete, ctx } = props;
  return (
    <Field field={props}>
      <select {...fieldAttributes(props)} class={`input select input-${size}`} autocomplete={autocomplete}>
        {empty && <option value="">{empty === true ? ctx.t('ui.select.choose') : empty}</option>}
        <Options options={options} value={typed ?? value ?? ''} />
      </select>
    </Field>
  );
}

export function Options({ options, value }: { options: Option[]; value: string }) {
  return (
    <>
      {options.map((option) => (
        <option
          key={option.value}
          value={option.value}
          selected={option.value === value}
          disabled={option.disabled}
          lang={option.lang}
        >
          {option.words}
        </option>
      ))}
    </>
  );
}
