import { textIn } from '../locales/text-map.ts';
import { Checkbox } from '../ui/choice.tsx';
import { DateTimeInput } from '../ui/date-input.tsx';
import { Select } from '../ui/select.tsx';
import { TextArea } from '../ui/text-area.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { TextMapField } from '../ui/text-map-field.tsx';
import { map, text, ticked } from './form-values.ts';
import type { FieldsProps } from './section-page.tsx';
import { languagesOf } from './texts-fields.tsx';

/** From when until when one may register, and how. */
export function RegistrationFields({ ctx, event, values, choices, errors }: FieldsProps) {
  const { t } = ctx;
  const time = (name: string) => ({ ctx, errors, name, value: text(values, name), zone: event.zone });
  const box = (name: string) => ({ ctx, errors, name, checked: ticked(values, name), unmarked: true });
  return (
    <>
      <DateTimeInput {...time('registrationOpens')} label={t('events.field.registrationOpens')} />
      <DateTimeInput {...time('registrationCloses')} label={t('events.field.registrationCloses')} />
      <DateTimeInput {...time('changesUntil')} label={t('events.field.changesUntil')} hint={t('events.field.changesUntilHint')} />
      <Checkbox {...box('approval')} label={t('events.field.approval')} hint={t('events.field.approvalHint')} />
      <Checkbox {...box('waitingList')} label={t('events.field.waitingList')} hint={t('events.field.waitingListHint')} />
      <Checkbox
        {...box('selfRegistration')}
        label={t('events.field.selfRegistration')}
        hint={t('events.field.selfRegistrationHint')}
      />
      <Select
        ctx={ctx}
        errors={errors}
        name="formId"
        value={text(values, 'formId')}
        label={t('events.field.form')}
        hint={
          <>
            {t('events.field.formHint')} <a href="/back-office/forms">{t('events.field.forms')}</a>
          </>
        }
        size="medium"
        empty={t('events.field.noForm')}
        options={choices.forms.map(({ id, name }) => ({ value: id, words: textIn(name, [ctx.language, 'en']) }))}
      />
    </>
  );
}

/** How many people it takes, in all and of one organisation. */
export function PlacesFields({ ctx, values, errors }: FieldsProps) {
  const { t } = ctx;
  const field = (name: string) => ({
    ctx,
    errors,
    name,
    value: text(values, name),
    inputmode: 'numeric' as const,
    size: 'short' as const,
  });
  return (
    <>
      <TextInput {...field('capacity')} label={t('events.field.capacity')} hint={t('events.field.capacityHint')} required />
      <TextInput {...field('limitMember')} label={t('events.field.limitMember')} hint={t('events.field.limitHint')} />
      <TextInput {...field('limitNonMember')} label={t('events.field.limitNonMember')} hint={t('events.field.limitHint')} />
    </>
  );
}

/** In which currency, from when on more, for whom less, and how one pays. The prices themselves stand in the categories. */
export function PricesFields({ ctx, event, values, errors }: FieldsProps) {
  const { t } = ctx;
  return (
    <>
      <TextInput
        ctx={ctx}
        errors={errors}
        name="currency"
        value={text(values, 'currency')}
        label={t('events.field.currency')}
        hint={t('events.field.currencyHint')}
        required
        size="short"
        maxlength={3}
        spellcheck={false}
      />
      <DateTimeInput
        ctx={ctx}
        errors={errors}
        name="lateFrom"
        value={text(values, 'lateFrom')}
        zone={event.zone}
        label={t('events.field.lateFrom')}
        hint={t('events.field.lateFromHint')}
      />
      <TextArea
        ctx={ctx}
        errors={errors}
        name="reducedCountries"
        value={text(values, 'reducedCountries')}
        label={t('events.field.reducedCountries')}
        hint={t('events.field.reducedCountriesHint')}
        rows={3}
      />
      <TextMapField
        ctx={ctx}
        errors={errors}
        name="paymentDetails"
        value={map(values, 'paymentDetails')}
        languages={languagesOf(event)}
        label={t('events.field.paymentDetails')}
        hint={t('events.field.paymentDetailsHint')}
        rows={5}
      />
    </>
  );
}
