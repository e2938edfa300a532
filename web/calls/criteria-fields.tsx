import { guidanceLines } from '../../server/calls/guidance.ts';
import type { Criterion } from '../../server/calls/queries.ts';
import { textIn } from '../locales/text-map.ts';
import { Checkbox, CheckboxList } from '../ui/choice.tsx';
import { Select } from '../ui/select.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { TextMapField } from '../ui/text-map-field.tsx';
import type { SectionPageProps } from './section-page.tsx';

const blank: Partial<Criterion> = { scaleMin: 0, scaleMax: 10, scaleStep: 1, weight: 1, required: true };

/** The rubric: each criterion with its weight, its scale and what the levels mean; a blank one at the end to add. */
export function CriteriaFields({ ctx, call, errors }: SectionPageProps) {
  const { t } = ctx;
  const rows: Partial<Criterion>[] = [...call.criteria, blank];
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
            value={row[field]}
            errors={errors}
          />
        );
        const guidance = Object.fromEntries(call.languages.map((tag) => [tag, guidanceLines(row.guidance ?? [], tag)]));
        return (
          <fieldset class="field field-group part" key={row.key ?? 'new'}>
            <legend>{row.key ? textIn(row.name, [ctx.language], call.defaultLanguage) : t('callsOffice.part.new')}</legend>
            <input type="hidden" name={name('key')} value={row.key ?? ''} />
            <TextMapField
              ctx={ctx}
              name={name('name')}
              label={t('callsOffice.part.title')}
              languages={call.languages}
              value={row.name}
              maxlength={200}
              unmarked
              errors={errors}
            />
            <TextMapField
              ctx={ctx}
              name={name('description')}
              label={t('callsOffice.part.description')}
              languages={call.languages}
              value={row.description}
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
              value={guidance}
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
                values={row.themes}
                errors={errors}
              />
            )}
            <Checkbox
              ctx={ctx}
              name={name('required')}
              label={t('callsOffice.criterion.required')}
              checked={row.required}
              unmarked
            />
            {row.key && <Checkbox ctx={ctx} name={name('removed')} label={t('callsOffice.part.remove')} unmarked />}
          </fieldset>
        );
      })}
      <h2>{t('callsOffice.judging')}</h2>
      <Checkbox
        ctx={ctx}
        name="conflictSameCountry"
        label={t('callsOffice.field.sameCountry')}
        checked={call.conflictSameCountry}
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
        value={call.seeOthers}
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
        value={call.tieRule}
        errors={errors}
      />
    </>
  );
}
