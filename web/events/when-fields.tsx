import { RadioList } from '../ui/choice.tsx';
import { DateTimeInput } from '../ui/date-input.tsx';
import { CountrySelect, ZoneSelect } from '../ui/place-select.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { TextMapField } from '../ui/text-map-field.tsx';
import { map, text } from './form-values.ts';
import type { FieldsProps } from './section-page.tsx';
import { languagesOf } from './texts-fields.tsx';

/** When it begins and ends, in the zone where it takes place. */
export function WhenFields({ ctx, values, errors }: Pick<FieldsProps, 'ctx' | 'values' | 'errors'>) {
  const { t } = ctx;
  const field = (name: string) => ({ ctx, errors, name, value: text(values, name) });
  const zone = text(values, 'zone') || 'UTC';
  return (
    <>
      <ZoneSelect {...field('zone')} label={t('events.field.zone')} hint={t('events.field.zoneHint')} required />
      <DateTimeInput {...field('starts')} label={t('events.field.starts')} zone={zone} required />
      <DateTimeInput {...field('ends')} label={t('events.field.ends')} zone={zone} required />
    </>
  );
}

/** Where it takes place, or how one joins from elsewhere. */
export function WhereFields({ ctx, event, values, errors }: FieldsProps) {
  const { t } = ctx;
  const field = (name: string) => ({ ctx, errors, name, value: text(values, name) });
  return (
    <>
      <RadioList
        {...field('attendance')}
        label={t('events.field.attendance')}
        required
        options={(['onsite', 'online', 'hybrid'] as const).map((one) => ({ value: one, words: t(`events.attendance.${one}`) }))}
      />
      <TextMapField
        ctx={ctx}
        errors={errors}
        name="venue"
        value={map(values, 'venue')}
        languages={languagesOf(event)}
        label={t('events.field.venue')}
        hint={t('events.field.venueHint')}
        maxlength={200}
      />
      <TextInput {...field('address')} label={t('events.field.address')} maxlength={300} />
      <CountrySelect {...field('country')} label={t('events.field.country')} autocomplete="off" />
      <TextInput {...field('latitude')} label={t('events.field.latitude')} inputmode="decimal" size="short" />
      <TextInput {...field('longitude')} label={t('events.field.longitude')} inputmode="decimal" size="short" />
      <TextInput {...field('onlineUrl')} label={t('events.field.onlineUrl')} type="url" hint={t('events.field.onlineUrlHint')} />
    </>
  );
}
