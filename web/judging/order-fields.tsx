import type { FieldError, PageContext } from '../page.ts';
import { Select } from '../ui/select.tsx';

/** Things to put in order: one place for each, chosen by keyboard or finger. Its posts are `places[<id>]`. */
export function OrderFields({
  ctx,
  legend,
  hint,
  items,
  places,
  errors,
}: {
  ctx: PageContext;
  legend: string;
  hint: string;
  items: { id: string; name: string; lang?: string | undefined; note?: string }[];
  /** The place of each, as it was chosen. */
  places: Record<string, string>;
  errors: FieldError[];
}) {
  const { t } = ctx;
  const wrong = errors.find((error) => error.path === 'places')?.message;
  const options = items.map((_, at) => ({ value: String(at + 1), words: t('judging.order.place', { n: at + 1 }) }));
  return (
    <fieldset
      class={`field field-group order-fields${wrong ? ' field-wrong' : ''}`}
      id="f-places"
      tabIndex={wrong ? -1 : undefined}
    >
      <legend>{legend}</legend>
      <p class="hint">{hint}</p>
      {wrong && <p class="field-error">{wrong}</p>}
      {items.map((item) => (
        <Select
          key={item.id}
          ctx={ctx}
          name={`places[${item.id}]`}
          label={item.name}
          labelLang={item.lang}
          hint={item.note}
          empty={t('judging.order.none')}
          size="short"
          options={options}
          value={places[item.id] ?? ''}
          errors={errors}
          unmarked
        />
      ))}
    </fieldset>
  );
}
