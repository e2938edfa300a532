import type { CategoryAudience } from '../../db/tables/events.ts';
import { formatInstant, formatMoney } from '../locales/format.ts';
import { textIn } from '../locales/text-map.ts';
import type { FieldError, PageContext } from '../page.ts';
import { RadioList } from '../ui/choice.tsx';
import type { Option } from '../ui/select.tsx';

export interface CategoryOption {
  key: string;
  name: Record<string, string>;
  note: Record<string, string>;
  openTo: CategoryAudience;
  /** What it costs whoever joins now, in minor units. */
  price: number;
  /** What it costs later, where that is more. */
  later: number | null;
  /** For organisations of some countries, where that is not known yet. */
  reduced: number | null;
  /** Free places of its own; null: as many as the event has. */
  free: number | null;
}

interface Money {
  currency: string;
  defaultLanguage: string;
  lateFrom: Temporal.Instant | null;
  zone: string;
}

/** A category as one reads it: its name and what it costs. */
export function categoryWords(ctx: PageContext, category: Pick<CategoryOption, 'key' | 'name' | 'price'>, event: Money): string {
  const price =
    category.price > 0 ? formatMoney(category.price, event.currency, ctx.language) : ctx.t('registrations.price.free');
  return `${textIn(category.name, [ctx.language], event.defaultLanguage) || category.key} – ${price}`;
}

export function categoryOptions(ctx: PageContext, categories: readonly CategoryOption[], event: Money): Option[] {
  const { t } = ctx;
  const money = (minor: number) => formatMoney(minor, event.currency, ctx.language);
  return categories.map((category) => {
    const hints = [
      textIn(category.note, [ctx.language], event.defaultLanguage),
      category.openTo === 'members' ? t('registrations.category.members') : '',
      category.openTo === 'non-members' ? t('registrations.category.nonMembers') : '',
      category.later !== null && event.lateFrom
        ? t('registrations.price.later', {
            price: money(category.later),
            when: formatInstant(event.lateFrom, ctx.language, event.zone, 'date'),
          })
        : '',
      category.reduced === null ? '' : t('registrations.price.reduced', { price: money(category.reduced) }),
      category.free === null ? '' : t('registrations.category.free', { n: category.free }),
    ];
    return {
      value: category.key,
      words: categoryWords(ctx, category, event),
      hint: hints.filter(Boolean).join(' ') || undefined,
    };
  });
}

/** How somebody takes part, with what it costs them now. */
export function CategoryChoice(props: {
  ctx: PageContext;
  categories: readonly CategoryOption[];
  event: Money;
  name: string;
  label: string;
  value: string | undefined;
  errors?: FieldError[];
}) {
  const { ctx, categories, event, value } = props;
  return (
    <RadioList
      ctx={ctx}
      name={props.name}
      label={props.label}
      required
      errors={props.errors}
      value={value ?? (categories.length === 1 ? categories[0]?.key : undefined)}
      options={categoryOptions(ctx, categories, event)}
    />
  );
}
