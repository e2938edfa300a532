import { COUNTRIES } from '../locales/countries.ts';
import { countryName } from '../locales/format.ts';
import type { FieldProps } from './field.tsx';
import { type Option, Select } from './select.tsx';

interface PlaceSelectProps extends FieldProps {
  value?: string | null;
  /** The only ones to choose from; else all. */
  only?: readonly string[];
  autocomplete?: string;
}

const kept = new Map<string, Option[]>();

function once(key: string, make: () => Option[]): Option[] {
  const options = kept.get(key) ?? make();
  kept.set(key, options);
  return options;
}

function byName(codes: readonly string[], language: string, name: (code: string, language: string) => string): Option[] {
  const order = new Intl.Collator(language);
  return codes.map((value) => ({ value, words: name(value, language) })).sort((a, b) => order.compare(a.words, b.words));
}

/** A country, in the order of its names in the reader's language. */
export function CountrySelect(props: PlaceSelectProps) {
  const { ctx, only } = props;
  const options = only
    ? byName(only, ctx.language, countryName)
    : once(`country ${ctx.language}`, () => byName(COUNTRIES, ctx.language, countryName));
  return <Select autocomplete="country" empty={ctx.t('ui.country.choose')} size="medium" {...props} options={options} />;
}

/** A time zone by its own name. */
export function ZoneSelect(props: PlaceSelectProps) {
  const { ctx, value } = props;
  const zones = once('zones', () =>
    ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')].map((zone) => ({
      value: zone,
      words: zone.replaceAll('_', ' '),
    })),
  );
  // An older name of a zone is not in the list, yet it must not be lost by saving the page.
  const options = value && !zones.some((zone) => zone.value === value) ? [{ value, words: value }, ...zones] : zones;
  return <Select empty={ctx.t('ui.zone.choose')} size="medium" {...props} options={options} />;
}
