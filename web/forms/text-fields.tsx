import type { SimpleItem } from '../../server/forms/definition.ts';
import { DEFAULT_BYTES, DEFAULT_KINDS, MEDIA_TYPES, sizeInWords } from '../../server/forms/files.ts';
import { fieldId } from '../ui/field.tsx';
import { SelectField } from './choice-fields.tsx';
import {
  chosenCodes,
  describedBy,
  type FieldPlace,
  type FieldSetting,
  FormText,
  GroupField,
  LabelledField,
  limitId,
  plain,
  typedText,
} from './field-parts.tsx';

type Of<Type extends SimpleItem['type']> = Extract<SimpleItem, { type: Type }>;
interface Props<Type extends SimpleItem['type']> {
  place: FieldPlace<Of<Type>>;
  setting: FieldSetting;
}

const KEYBOARDS = {
  shortText: { type: 'text' },
  email: { type: 'email', autocomplete: 'off', spellcheck: false },
  // Not type=url: whoever leaves out https:// is understood.
  url: { type: 'text', inputMode: 'url', spellcheck: false },
  date: { type: 'date' },
} as const;

export function LineField({ place, setting }: Props<'shortText' | 'email' | 'url' | 'date'>) {
  const { item, path, name, value } = place;
  const bounds = item.type === 'date' ? { min: item.min, max: item.max } : {};
  return (
    <LabelledField place={place} setting={setting}>
      <input
        {...KEYBOARDS[item.type]}
        {...bounds}
        id={fieldId(path)}
        class="input input-full"
        name={name}
        value={typedText(value)}
        aria-describedby={describedBy(place, setting)}
        aria-invalid={setting.messages.has(path) ? 'true' : undefined}
      />
    </LabelledField>
  );
}

// Not type=number: it loses what is typed wrongly, changes by scrolling, and refuses the reader's own comma.
export function NumberField({ place, setting }: Props<'number'>) {
  const { item, path, name, value } = place;
  const unit = plain(item.unit, setting);
  return (
    <LabelledField place={place} setting={setting}>
      <span class="affixed affixed-short">
        <input
          type="text"
          inputMode={item.integer && (item.min ?? -1) >= 0 ? 'numeric' : 'decimal'}
          class="input input-short"
          id={fieldId(path)}
          name={name}
          value={typedText(value)}
          aria-describedby={[describedBy(place, setting), unit && `${fieldId(path)}-unit`].filter(Boolean).join(' ') || undefined}
          aria-invalid={setting.messages.has(path) ? 'true' : undefined}
        />
        {unit && (
          <span class="field-unit" id={`${fieldId(path)}-unit`}>
            <FormText texts={item.unit} setting={setting} />
          </span>
        )}
      </span>
    </LabelledField>
  );
}

export function LongTextField({ place, setting }: Props<'longText'>) {
  const { item, path, name, value } = place;
  const { t } = setting.ctx;
  const limits = [
    item.maxWords === undefined ? '' : t('forms.field.maxWords', { max: item.maxWords }),
    item.maxChars === undefined ? '' : t('forms.field.maxChars', { max: item.maxChars }),
  ].filter((limit) => limit !== '');
  return (
    <LabelledField place={place} setting={setting}>
      <textarea
        id={fieldId(path)}
        name={name}
        class="input input-full"
        rows={(item.maxWords ?? 200) > 80 ? 8 : 4}
        data-max-words={item.maxWords}
        data-max-characters={item.maxChars}
        data-count={limits.length > 0 ? limitId(path) : undefined}
        aria-describedby={describedBy(place, setting, limits.length > 0)}
        aria-invalid={setting.messages.has(path) ? 'true' : undefined}
      >
        {typedText(value)}
      </textarea>
      {limits.length > 0 && (
        <p
          class="count"
          id={limitId(path)}
          data-left={item.maxWords === undefined ? t('ui.count.charactersLeft') : t('ui.count.wordsLeft')}
          data-over={item.maxWords === undefined ? t('ui.count.charactersOver') : t('ui.count.wordsOver')}
        >
          {limits.join(' · ')}
        </p>
      )}
    </LabelledField>
  );
}

const countries = new Map<string, { value: string; label: string }[]>();

/** Countries by name in a language, from what Intl knows of two-letter regions. */
function countriesIn(language: string): { value: string; label: string }[] {
  const known = countries.get(language);
  if (known) return known;
  const names = new Intl.DisplayNames(language, { type: 'region', fallback: 'none' });
  const letters = Array.from({ length: 26 }, (_, n) => String.fromCharCode(65 + n));
  const list = letters
    .flatMap((a) => letters.map((b) => a + b))
    // Groups of countries and codes that are not of ISO 3166 have names too.
    .filter(
      (code) =>
        !/^(AC|CP|CQ|DG|EA|EU|EZ|IC|TA|UN|X[A-Z]|Q[M-Z]|ZZ)$/.test(code) && new Intl.Locale(`und-${code}`).region === code,
    )
    .flatMap((value) => {
      const label = names.of(value);
      return label === undefined || new Intl.Locale(`und-${value}`).maximize().language === 'und' ? [] : [{ value, label }];
    })
    .sort((a, b) => a.label.localeCompare(b.label, language));
  countries.set(language, list);
  return list;
}

export function CountryField({ place, setting }: Props<'country'>) {
  return <SelectField place={place} setting={setting} options={countriesIn(setting.ctx.language)} />;
}

export function FileField({ place, setting }: Props<'file'>) {
  const { item, path, name, value } = place;
  const { t, language } = setting.ctx;
  const kinds = item.accept ?? DEFAULT_KINDS;
  const kept = chosenCodes(value);
  const words = new Intl.ListFormat(language, { type: 'conjunction' }).format(kinds.map((kind) => t(`forms.file.${kind}`)));
  return (
    <GroupField
      place={place}
      setting={setting}
      limit={t('forms.field.fileKinds', { kinds: words, size: sizeInWords(item.maxBytes ?? DEFAULT_BYTES, language) })}
    >
      {kept.map((id, n) => (
        <div class="choice" key={id}>
          <input type="checkbox" id={`${fieldId(path)}-kept-${n}`} name={name} value={id} checked />
          <label for={`${fieldId(path)}-kept-${n}`}>
            {t('forms.field.fileKeep', {
              name: setting.files.find((file) => file.id === id)?.name ?? t('forms.field.fileReady'),
            })}
          </label>
        </div>
      ))}
      <input
        type="file"
        id={fieldId(path)}
        name={name}
        multiple={(item.maxFiles ?? 1) > 1}
        accept={kinds.flatMap((kind) => MEDIA_TYPES[kind]).join(',')}
        aria-label={plain(item.label, setting)}
        aria-invalid={setting.messages.has(path) ? 'true' : undefined}
      />
    </GroupField>
  );
}
