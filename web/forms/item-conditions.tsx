import { operatorsOf } from '../../server/forms/checks.ts';
import { type Comparison, type Definition, type Item, OPERATORS } from '../../server/forms/definition.ts';
import { own } from '../../server/forms/own.ts';
import { placesOf } from '../../server/forms/walk.ts';
import { conditionInWords } from '../../server/forms/wording.ts';
import { textIn } from '../locales/text-map.ts';
import type { FieldError, PageContext } from '../page.ts';
import { Checkbox } from '../ui/choice.tsx';
import { Select } from '../ui/select.tsx';
import { TextInput } from '../ui/text-input.tsx';

/** One item in the editor, with what was typed when it is shown again. */
export interface ItemFields {
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

const ROWS = 3;

/** When an item is shown: rows of selects, joined by all or any. */
export function ItemConditions({ fields: { ctx, draft, item, errors, text, typed, again } }: { fields: ItemFields }) {
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
