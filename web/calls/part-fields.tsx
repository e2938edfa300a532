import { CONTINENTS } from '../../server/calls/continents.ts';
import { RULE_KINDS, type Rule } from '../../server/calls/eligibility.ts';
import type { Modality, Theme } from '../../server/calls/queries.ts';
import { countryName } from '../locales/format.ts';
import { textIn } from '../locales/text-map.ts';
import { Checkbox, CheckboxList } from '../ui/choice.tsx';
import { DateInput } from '../ui/date-input.tsx';
import { Select } from '../ui/select.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { TextMapField } from '../ui/text-map-field.tsx';
import type { SectionPageProps } from './section-page.tsx';
import { typedBox, typedList, typedMap, typedRows, typedText } from './typed.ts';

/** Themes, or modalities with their places; a blank one at the end to add. */
export function PartFields({ ctx, call, section, values, errors }: SectionPageProps) {
  const { t } = ctx;
  const isModality = section === 'modalities';
  const stored: readonly (Theme & Partial<Modality>)[] = isModality ? call.modalities : call.themes;
  const rows = typedRows(values, section, stored, {}, 2);
  return (
    <>
      {rows.map((row, at) => {
        const name = (field: string) => `${section}[${at}][${field}]`;
        return (
          <fieldset class="field field-group part" key={row.key ?? `new-${at}`}>
            <legend>{row.key ? textIn(row.title, [ctx.language], call.defaultLanguage) : t('callsOffice.part.new')}</legend>
            <input type="hidden" name={name('key')} value={row.key ?? ''} />
            <TextMapField
              ctx={ctx}
              name={name('title')}
              label={t('callsOffice.part.title')}
              languages={call.languages}
              value={typedMap(values, name('title'), row.title)}
              maxlength={200}
              unmarked
              errors={errors}
            />
            <TextMapField
              ctx={ctx}
              name={name('description')}
              label={t('callsOffice.part.description')}
              languages={call.languages}
              value={typedMap(values, name('description'), row.description)}
              rows={2}
              maxlength={2000}
              errors={errors}
            />
            {isModality && (
              <div class="part-row">
                <TextInput
                  ctx={ctx}
                  name={name('minutes')}
                  label={t('callsOffice.part.minutes')}
                  type="number"
                  size="short"
                  value={typedText(values, name('minutes'), row.minutes)}
                  errors={errors}
                />
                <TextInput
                  ctx={ctx}
                  name={name('quota')}
                  label={t('callsOffice.part.quota')}
                  type="number"
                  size="short"
                  value={typedText(values, name('quota'), row.quota)}
                  errors={errors}
                />
              </div>
            )}
            {row.key && (
              <Checkbox
                ctx={ctx}
                name={name('removed')}
                label={t('callsOffice.part.remove')}
                checked={typedBox(values, name('removed'), false)}
                unmarked
              />
            )}
          </fieldset>
        );
      })}
    </>
  );
}

/** The declared rules: each chosen or not, with its figures. */
export function RuleFields(props: SectionPageProps) {
  const { ctx, call, values, errors } = props;
  const chosen = typedList(
    values,
    'kinds',
    call.rules.map((rule) => rule.kind),
  );
  const { t } = ctx;
  return (
    <>
      {RULE_KINDS.map((kind) => (
        <fieldset class="field field-group part" key={kind}>
          <legend class="unseen">{t(`callsOffice.rule.${kind}`)}</legend>
          <div class="choice">
            <input type="checkbox" id={`f-kinds-${kind}`} name="kinds[]" value={kind} checked={chosen.includes(kind)} />
            <label for={`f-kinds-${kind}`}>{t(`callsOffice.rule.${kind}`)}</label>
          </div>
          <RuleFigures {...props} kind={kind} />
        </fieldset>
      ))}
      <div class="part-row">
        <TextInput
          ctx={ctx}
          name="maxEntries"
          label={t('callsOffice.field.maxEntries')}
          type="number"
          size="short"
          value={typedText(values, 'maxEntries', call.maxEntries)}
          errors={errors}
        />
        <TextInput
          ctx={ctx}
          name="maxEntriesPerTheme"
          label={t('callsOffice.field.maxEntriesPerTheme')}
          type="number"
          size="short"
          value={typedText(values, 'maxEntriesPerTheme', call.maxEntriesPerTheme)}
          errors={errors}
        />
      </div>
    </>
  );
}

function RuleFigures({ ctx, call, choices, values, errors, kind }: SectionPageProps & { kind: Rule['kind'] }) {
  const { t } = ctx;
  const rule = call.rules.find((one) => one.kind === kind);
  switch (kind) {
    case 'fee':
      return (
        <TextInput
          ctx={ctx}
          name="fee[year]"
          label={t('callsOffice.rule.year')}
          type="number"
          size="short"
          unmarked
          value={typedText(values, 'fee[year]', rule?.kind === 'fee' ? rule.year : call.closes.year)}
          errors={errors}
        />
      );
    case 'started-before': {
      const set = rule?.kind === 'started-before' ? rule : null;
      return (
        <div class="part-row">
          <Select
            ctx={ctx}
            name="started-before[item]"
            label={t('callsOffice.rule.item')}
            empty
            unmarked
            options={choices.dates.map((one) => ({ value: one.key, words: one.label }))}
            value={typedText(values, 'started-before[item]', set?.item)}
            size="medium"
            errors={errors}
          />
          <DateInput
            ctx={ctx}
            name="started-before[date]"
            label={t('callsOffice.rule.date')}
            unmarked
            value={typedText(values, 'started-before[date]', set?.date)}
            errors={errors}
          />
        </div>
      );
    }
    case 'population': {
      const set = rule?.kind === 'population' ? rule : null;
      return (
        <div class="part-row">
          <TextInput
            ctx={ctx}
            name="population[min]"
            label={t('callsOffice.rule.min')}
            type="number"
            size="short"
            value={typedText(values, 'population[min]', set?.min)}
            errors={errors}
          />
          <TextInput
            ctx={ctx}
            name="population[max]"
            label={t('callsOffice.rule.max')}
            type="number"
            size="short"
            value={typedText(values, 'population[max]', set?.max)}
            errors={errors}
          />
        </div>
      );
    }
    case 'countries': {
      const set = rule?.kind === 'countries' ? rule : null;
      return (
        <>
          <TextInput
            ctx={ctx}
            name="countries[codes]"
            label={t('callsOffice.rule.codes')}
            hint={set?.codes.map((code) => countryName(code, ctx.language)).join(', ') || 'ES PT BR'}
            unmarked
            value={typedText(values, 'countries[codes]', set?.codes.join(' '))}
            errors={errors}
          />
          <Checkbox
            ctx={ctx}
            name="countries[except]"
            label={t('callsOffice.rule.except')}
            checked={typedBox(values, 'countries[except]', set?.except)}
            unmarked
          />
        </>
      );
    }
    case 'continents': {
      const set = rule?.kind === 'continents' ? rule : null;
      return (
        <CheckboxList
          ctx={ctx}
          name="continents[names][]"
          label={t('callsOffice.rule.names')}
          unmarked
          options={CONTINENTS.map((value) => ({ value, words: t(`calls.continent.${value}`) }))}
          values={typedList(values, 'continents[names]', set?.names)}
          errors={errors}
        />
      );
    }
    default:
      return null;
  }
}

/** Who is excluded by name, and one more to add. */
export function ExclusionFields({ ctx, exclusions, choices, values, errors }: SectionPageProps) {
  const { t } = ctx;
  const text = (name: string) => (typeof values?.[name] === 'string' ? values[name] : '');
  return (
    <>
      <p>{t('callsOffice.exclusions.lead')}</p>
      {exclusions.length > 0 && (
        <CheckboxList
          ctx={ctx}
          name="removed[]"
          values={typedList(values, 'removed', [])}
          label={t('callsOffice.exclusions.remove')}
          options={exclusions.map((one) => ({
            value: `${one.organisationId} ${one.reason}`,
            words: `${one.name} (${countryName(one.country, ctx.language)}): ${t(`callsOffice.exclusion.${one.reason}`)}${one.note ? ` – ${one.note}` : ''}`,
          }))}
          errors={errors}
        />
      )}
      <h2>{t('callsOffice.exclusions.add')}</h2>
      <TextInput
        ctx={ctx}
        name="organisation"
        label={t('callsOffice.exclusions.organisation')}
        hint={choices.organisations.slice(0, 2).join(' · ')}
        size="medium"
        value={text('organisation')}
        errors={errors}
      />
      <Select
        ctx={ctx}
        name="reason"
        label={t('emails.calls.fact.reason')}
        required
        options={(['jury', 'host', 'laureate', 'other'] as const).map((value) => ({
          value,
          words: t(`callsOffice.exclusion.${value}`),
        }))}
        value={text('reason') || 'jury'}
        size="medium"
        errors={errors}
      />
      <TextInput
        ctx={ctx}
        name="note"
        label={t('callsOffice.exclusions.note')}
        maxlength={500}
        value={text('note')}
        errors={errors}
      />
    </>
  );
}
