import type { SimpleItem } from '../../server/forms/definition.ts';
import { own } from '../../server/forms/own.ts';
import { choicesOf } from '../../server/forms/walk.ts';
import { fieldId } from '../ui/field.tsx';
import {
  chosenCodes,
  errorId,
  FieldMessage,
  type FieldPlace,
  type FieldSetting,
  FormText,
  GroupField,
  helpId,
  LabelledField,
  plain,
  typedText,
} from './field-parts.tsx';

type Of<Type extends SimpleItem['type']> = Extract<SimpleItem, { type: Type }>;
interface Props<Type extends SimpleItem['type']> {
  place: FieldPlace<Of<Type>>;
  setting: FieldSetting;
}

// Above this, radio buttons would fill the screen.
const MANY = 12;

export function ChoiceField({ place, setting }: Props<'choice'>) {
  const choices = choicesOf(setting.definition, place.item);
  const chosen = typedText(place.value);
  if (choices.length > MANY) {
    const options = choices.map(({ code, label }) => ({ value: code, label: plain(label, setting) }));
    return <SelectField place={place} setting={setting} options={options} />;
  }
  return (
    <GroupField place={place} setting={setting}>
      {choices.map(({ code, label }, n) => (
        <Option key={code} kind="radio" id={idAt(place.path, n)} name={place.name} value={code} checked={chosen === code}>
          <FormText texts={label} setting={setting} />
        </Option>
      ))}
    </GroupField>
  );
}

export function MultiChoiceField({ place, setting }: Props<'multiChoice'>) {
  const chosen = chosenCodes(place.value);
  return (
    <GroupField place={place} setting={setting} limit={howMany(place.item, setting)}>
      {choicesOf(setting.definition, place.item).map(({ code, label, exclusive }, n) => (
        <Option
          key={code}
          kind="checkbox"
          id={idAt(place.path, n)}
          name={place.name}
          value={code}
          checked={chosen.includes(code)}
          exclusive={exclusive}
        >
          <FormText texts={label} setting={setting} />
        </Option>
      ))}
    </GroupField>
  );
}

export function ScaleField({ place, setting }: Props<'scale'>) {
  const { min, max, minLabel, maxLabel } = place.item;
  const chosen = typedText(place.value);
  return (
    <GroupField place={place} setting={setting}>
      <div class="field-scale">
        {Array.from({ length: Math.max(0, Math.min(31, max - min + 1)) }, (_, n) => String(min + n)).map((value, n) => (
          <Option key={value} kind="radio" id={idAt(place.path, n)} name={place.name} value={value} checked={chosen === value}>
            {value}
            {Number(value) === min && plain(minLabel, setting) && (
              <span class="field-scale-end">
                {' '}
                <FormText texts={minLabel} setting={setting} />
              </span>
            )}
            {Number(value) === max && plain(maxLabel, setting) && (
              <span class="field-scale-end">
                {' '}
                <FormText texts={maxLabel} setting={setting} />
              </span>
            )}
          </Option>
        ))}
      </div>
    </GroupField>
  );
}

/** A matrix is one fieldset a row: a table of bare radio buttons cannot be read by ear. */
export function MatrixField({ place, setting }: Props<'matrix'>) {
  const choices = choicesOf(setting.definition, place.item);
  return (
    <GroupField place={place} setting={setting}>
      <div class="field-matrix">
        {place.item.rows.map((row) => {
          const path = `${place.path}.${row.key}`;
          const chosen = typedText(own(place.value, row.key));
          return (
            <fieldset
              key={row.key}
              class="field-row"
              data-row={row.key}
              aria-describedby={setting.messages.has(path) ? errorId(path) : undefined}
            >
              <legend>
                <FormText texts={row.label} setting={setting} />
              </legend>
              <FieldMessage path={path} setting={setting} />
              <div class="field-row-options">
                {choices.map(({ code, label }, n) => (
                  <Option
                    key={code}
                    kind="radio"
                    id={idAt(path, n)}
                    name={`${place.name}[${row.key}]`}
                    value={code}
                    checked={chosen === code}
                  >
                    <FormText texts={label} setting={setting} />
                  </Option>
                ))}
              </div>
            </fieldset>
          );
        })}
      </div>
    </GroupField>
  );
}

export function RankingField({ place, setting }: Props<'ranking'>) {
  const choices = choicesOf(setting.definition, place.item);
  const ranks = Math.min(choices.length, place.item.max ?? choices.length);
  const given = Array.isArray(place.value) ? place.value : [place.value];
  const { t } = setting.ctx;
  return (
    <GroupField place={place} setting={setting} limit={howMany(place.item, setting)}>
      {Array.from({ length: ranks }, (_, n) => (
        <div class="field-rank" key={n}>
          <label for={idAt(place.path, n)}>{t('forms.field.rank', { number: n + 1 })}</label>
          <select class="input select input-full" id={idAt(place.path, n)} name={`${place.name}[${n}]`}>
            <option value="">{t('forms.field.chooseOne')}</option>
            {choices.map(({ code, label }) => (
              <option key={code} value={code} selected={typedText(given[n]) === code}>
                {plain(label, setting)}
              </option>
            ))}
          </select>
        </div>
      ))}
    </GroupField>
  );
}

export function ConsentField({ place, setting }: Props<'consent'>) {
  const { item, path, name, value } = place;
  const given = value === true || value === 'true' || value === 'on' || value === '1';
  return (
    <>
      <FieldMessage path={path} setting={setting} />
      <Option
        kind="checkbox"
        id={fieldId(path)}
        name={name}
        value="true"
        checked={given}
        describedBy={setting.messages.has(path) ? errorId(path) : undefined}
      >
        <FormText texts={item.label} setting={setting} />
      </Option>
      {plain(item.help, setting) && (
        <div class="hint form-text">
          <FormText texts={item.help} setting={setting} />
        </div>
      )}
    </>
  );
}

interface SelectOption {
  value: string;
  label: string;
}

export function SelectField({
  place,
  setting,
  options,
}: {
  place: FieldPlace;
  setting: FieldSetting;
  options: readonly SelectOption[];
}) {
  const chosen = typedText(place.value);
  const ids = [
    plain(place.item.help, setting) && helpId(place.path),
    setting.messages.has(place.path) && errorId(place.path),
  ].filter(Boolean);
  return (
    <LabelledField place={place} setting={setting}>
      <select
        id={fieldId(place.path)}
        class="input select input-full"
        name={place.name}
        aria-describedby={ids.length > 0 ? ids.join(' ') : undefined}
        aria-invalid={setting.messages.has(place.path) ? 'true' : undefined}
      >
        <option value="">{setting.ctx.t('forms.field.chooseOne')}</option>
        {options.map(({ value, label }) => (
          <option key={value} value={value} selected={value === chosen}>
            {label}
          </option>
        ))}
      </select>
    </LabelledField>
  );
}

interface OptionProps {
  kind: 'radio' | 'checkbox';
  id: string;
  name: string;
  value: string;
  checked: boolean;
  exclusive?: boolean;
  describedBy?: string;
  children: preact.ComponentChildren;
}

function Option({ kind, id, name, value, checked, exclusive, describedBy, children }: OptionProps) {
  return (
    <div class="choice">
      <input
        type={kind}
        id={id}
        name={name}
        value={value}
        checked={checked}
        data-exclusive={exclusive || undefined}
        aria-describedby={describedBy}
      />
      <label for={id}>{children}</label>
    </div>
  );
}

// An error's link leads to the first control, which has the field's own id.
const idAt = (path: string, n: number) => (n === 0 ? fieldId(path) : `${fieldId(path)}--${n}`);

function howMany({ min, max }: { min?: number; max?: number }, { ctx: { t } }: FieldSetting): string | undefined {
  if (min && max) return t('forms.field.selectRange', { min, max });
  if (min) return t('forms.field.selectMin', { min });
  return max ? t('forms.field.selectMax', { max }) : undefined;
}
