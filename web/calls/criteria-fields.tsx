import { guidanceLines } from '../../server/calls/guidance.ts';
import type { Criterion } from '../../server/calls/queries.ts';
import { textIn } from '../locales/text-map.ts';
import { Checkbox, CheckboxList } from '../ui/choice.tsx';
import { Select } from '../ui/select.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { TextMapField } from '../ui/text-map-field.tsx';
import type { SectionPageProps } from './section-page.tsx';
import { typedBox, typedList, typedMap, typedRows, typedText } from './typed.ts';

const blank: Partial<Criterion> = { scaleMin: 0, scaleMax: 10, scaleStep: 1, weight: 1, required: true };

/** The rubric: each criterion with its weight, its scale and what the levels mean; a blank one at the end to add. */
export function CriteriaFields({ ctx, call, values, errors }: SectionPageProps) {
  const { t } = ctx;
  const rows = typedRows<Criterion>(values, 'criteria', call.criteria, blank, 1);
  return (
    <>
      {rows.map((row, at) => {
        const name = (field: string) => `criteria[${at}][${field}]`;
        const number = (field: 'weight' | 'scaleMin' | 'scaleMax' | 'scaleStep') => (
          <TextInput
            ctx={ctx}
            name={name(field)}
            label={t(`callsOffice.criterion.${field}`)}
            size="short"
            inputmode="decimal"
            unmarked
            value={typedText(values, name(field), row[field])}
            errors={errors}
          />
        );
        const guidance = Object.fromEntries(call.languages.map((tag) => [tag, guidanceLines(row.guidance ?? [], tag)]));
        return (
          <fieldset class="field field-group part" key={row.key ?? `new-${at}`}>
            <legend>{row.key ? textIn(row.name, [ctx.language], call.defaultLanguage) : t('callsOffice.part.new')}</legend>
            <input type="hidden" name={name('key')} value={row.key ?? ''} />
            <TextMapField
              ctx={ctx}
              name={name('name')}
              label={t('callsOffice.part.title')}
              languages={call.languages}
              value={typedMap(values, name('name'), row.name)}
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
            <div class="part-row">
              {number('weight')}
              {number('scaleMin')}
              {number('scaleMax')}
              {number('scaleStep')}
            </div>
            <TextMapField
              ctx={ctx}
              name={name('guidance')}
              label={t('callsOffice.criterion.guidance')}
              hint={t('callsOffice.criterion.guidanceHint')}
              languages={call.languages}
              value={typedMap(values, name('guidance'), guidance)}
              rows={4}
              maxlength={4000}
              errors={errors}
            />
            {call.themes.length > 0 && (
              <CheckboxList
                ctx={ctx}
                name={`${name('themes')}[]`}
                label={t('callsOffice.criterion.themes')}
                options={call.themes.map((theme) => ({
                  value: theme.key,
                  words: textIn(theme.title, [ctx.language], call.defaultLanguage),
                }))}
                values={typedList(values, name('themes'), row.themes)}
                errors={errors}
              />
            )}
            <Checkbox
              ctx={ctx}
              name={name('required')}
              label={t('callsOffice.criterion.required')}
              checked={typedBox(values, name('required'), row.required)}
              unmarked
            />
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
      <h2>{t('callsOffice.judging')}</h2>
      <Checkbox
        ctx={ctx}
        name="conflictSameCountry"
        label={t('callsOffice.field.sameCountry')}
        checked={typedBox(values, 'conflictSameCountry', call.conflictSameCountry)}
        unmarked
      />
      <Select
        ctx={ctx}
        name="seeOthers"
        label={t('callsOffice.field.seeOthers')}
        required
        options={(['after-own', 'always', 'never'] as const).map((value) => ({
          value,
          words: t(`callsOffice.seeOthers.${value}`),
        }))}
        value={typedText(values, 'seeOthers', call.seeOthers)}
        size="medium"
        errors={errors}
      />
      <Select
        ctx={ctx}
        name="tieRule"
        label={t('callsOffice.field.tieRule')}
        required
        options={(['heaviest-criterion', 'jury-vote'] as const).map((value) => ({
          value,
          words: t(`callsOffice.tieRule.${value}`),
        }))}
        value={typedText(values, 'tieRule', call.tieRule)}
        errors={errors}
      />
    </>
  );
}
