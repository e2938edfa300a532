import { Field, FieldGroup, type FieldProps, fieldAttributes, fieldId } from './field.tsx';
import { useTyped } from './typed.ts';

/** A day of the calendar. Posts `2026-05-26`; where the browser has no picker it is typed so. */
export function DateInput(props: FieldProps & { value?: string | Temporal.PlainDate | null; min?: string; max?: string }) {
  const typed = useTyped(props.name);
  const { value, min, max } = props;
  return (
    <Field field={props}>
      <input
        {...fieldAttributes(props)}
        class="input input-medium"
        type="date"
        value={typed ?? value?.toString() ?? ''}
        min={min}
        max={max}
      />
    </Field>
  );
}

export interface DateTimeInputProps extends FieldProps {
  /** As typed, or as planned. */
  value?: string | Temporal.PlainDateTime | null;
  /** The zone in which it is meant; said beside the field. */
  zone: string;
  min?: string;
  max?: string;
}

/** Local date and time as planned in a zone. Posts `2026-05-26T09:00`. */
export function DateTimeInput(props: DateTimeInputProps) {
  const { ctx, value, zone, min, max, name } = props;
  const attributes = fieldAttributes(props);
  const note = `${fieldId(name)}-zone`;
  const typed = useTyped(name);
  const local = typed ?? (typeof value === 'string' ? value : (value?.toString({ smallestUnit: 'minute' }) ?? ''));
  return (
    <Field field={props}>
      <input
        {...attributes}
        aria-describedby={[attributes['aria-describedby'], note].filter(Boolean).join(' ')}
        class="input input-medium"
        type="datetime-local"
        value={local}
        min={min}
        max={max}
      />
      <p class="count" id={note}>
        {ctx.t('ui.dateTime.zone', { zone })}
      </p>
    </Field>
  );
}

export interface KnownDateInputProps extends FieldProps {
  day?: string;
  month?: string;
  year?: string;
}

/** A date that is known by heart (of birth, of founding): three fields, no calendar to leaf through. Posts `name[day]` and so on. */
export function KnownDateInput(props: KnownDateInputProps) {
  const { ctx, name } = props;
  const part = (key: 'day' | 'month' | 'year', id: string, value: string | undefined, maxlength: number) => (
    <div>
      <label class="label" for={id}>
        {ctx.t(`ui.date.${key}`)}
      </label>
      <input
        class={`input input-${key}`}
        id={id}
        name={`${name}[${key}]`}
        inputMode="numeric"
        maxLength={maxlength}
        value={value ?? ''}
      />
    </div>
  );
  return (
    <FieldGroup field={props}>
      <div class="date-parts">
        {part('day', fieldId(name), props.day, 2)}
        {part('month', `${fieldId(name)}-month`, props.month, 2)}
        {part('year', `${fieldId(name)}-year`, props.year, 4)}
      </div>
    </FieldGroup>
  );
}
