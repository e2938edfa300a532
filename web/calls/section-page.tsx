import type { Section } from '../../server/calls/completeness.ts';
import type { CallDetails, Exclusion } from '../../server/calls/queries.ts';
import { languageName } from '../locales/format.ts';
import { LANGUAGES } from '../locales/languages.ts';
import { textIn } from '../locales/text-map.ts';
import type { FieldError, PageContext } from '../page.ts';
import { Button, ButtonLink, ButtonRow } from '../ui/button.tsx';
import { CheckboxList } from '../ui/choice.tsx';
import { DateTimeInput } from '../ui/date-input.tsx';
import { ZoneSelect } from '../ui/place-select.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { Select } from '../ui/select.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { TextMapField } from '../ui/text-map-field.tsx';
import { CriteriaFields } from './criteria-fields.tsx';
import { OfficeFrame } from './office-frame.tsx';
import { ExclusionFields, PartFields, RuleFields } from './part-fields.tsx';

export interface SectionPageProps {
  ctx: PageContext;
  section: Section;
  call: CallDetails;
  exclusions: Exclusion[];
  choices: {
    series: { id: string; name: Record<string, string> }[];
    events: { id: string; title: Record<string, string> }[];
    forms: { id: string; name: Record<string, string> }[];
    organisations: string[];
    /** Dates that the form asks for: what "started before" can look at. */
    dates: { key: string; label: string }[];
  };
  /** What was typed, where that is shown again. */
  values?: Record<string, unknown>;
  errors?: FieldError[];
}

/** One section of a call, with its own button. */
export function SectionPage(props: SectionPageProps) {
  const { ctx, call, section, errors } = props;
  const { t } = ctx;
  const base = `/back-office/calls/${call.slug}`;
  return (
    <OfficeFrame ctx={ctx} call={call} tab={null} title={t(`callsOffice.section.${section}`)} errors={errors}>
      <PostForm action={`${base}/${section}`}>
        <Fields {...props} />
        <ButtonRow>
          <Button>{t('entries.edit.save')}</Button>
          <ButtonLink href={base} kind="quiet">
            {t('ui.confirm.back')}
          </ButtonLink>
        </ButtonRow>
      </PostForm>
    </OfficeFrame>
  );
}

function Fields(props: SectionPageProps) {
  switch (props.section) {
    case 'about':
      return <AboutFields {...props} />;
    case 'texts':
      return <TextFields {...props} />;
    case 'dates':
      return <DateFields {...props} />;
    case 'form':
      return <FormChoice {...props} />;
    case 'criteria':
      return <CriteriaFields {...props} />;
    case 'rules':
      return <RuleFields {...props} />;
    case 'exclusions':
      return <ExclusionFields {...props} />;
    default:
      return <PartFields {...props} />;
  }
}

const typed = (values: Record<string, unknown> | undefined, name: string, kept: string): string => {
  const value = values?.[name];
  return typeof value === 'string' ? value : kept;
};

function AboutFields({ ctx, call, choices, values, errors }: SectionPageProps) {
  const { t } = ctx;
  const all = [...new Set([call.defaultLanguage, ...call.languages, ...LANGUAGES])].map((tag) => ({
    value: tag,
    words: languageName(tag, ctx.language),
  }));
  return (
    <>
      <Select
        ctx={ctx}
        name="seriesId"
        label={t('callsOffice.field.series')}
        empty="–"
        options={choices.series.map((one) => ({ value: one.id, words: textIn(one.name, [ctx.language]) }))}
        value={typed(values, 'seriesId', call.seriesId ?? '')}
        errors={errors}
      />
      <TextInput
        ctx={ctx}
        name="edition"
        label={t('callsOffice.field.edition')}
        type="number"
        size="short"
        value={typed(values, 'edition', String(call.edition ?? ''))}
        errors={errors}
      />
      <Select
        ctx={ctx}
        name="eventId"
        label={t('callsOffice.field.event')}
        hint={t('callsOffice.field.eventHint')}
        empty="–"
        options={choices.events.map((one) => ({ value: one.id, words: textIn(one.title, [ctx.language]) }))}
        value={typed(values, 'eventId', call.eventId ?? '')}
        errors={errors}
      />
      <CheckboxList
        ctx={ctx}
        name="languages"
        label={t('calls.fact.languages')}
        required
        options={all}
        values={[call.defaultLanguage, ...call.languages]}
        errors={errors}
      />
      <CheckboxList
        ctx={ctx}
        name="requiredLanguages"
        label={t('calls.fact.required')}
        hint={t('callsOffice.field.requiredHint')}
        options={all}
        values={call.requiredLanguages}
        errors={errors}
      />
    </>
  );
}

function TextFields({ ctx, call, values, errors }: SectionPageProps) {
  const { t } = ctx;
  const map = (name: 'title' | 'summary' | 'guidelines') => (values?.[name] as Record<string, string> | undefined) ?? call[name];
  return (
    <>
      <TextMapField
        ctx={ctx}
        name="title"
        label={t('entries.field.title')}
        required
        languages={call.languages}
        value={map('title')}
        maxlength={200}
        errors={errors}
      />
      <TextMapField
        ctx={ctx}
        name="summary"
        label={t('entries.field.summary')}
        languages={call.languages}
        value={map('summary')}
        rows={3}
        maxlength={500}
        errors={errors}
      />
      <TextMapField
        ctx={ctx}
        name="guidelines"
        label={t('callsOffice.field.guidelines')}
        hint="Markdown"
        languages={call.languages}
        value={map('guidelines')}
        rows={14}
        maxlength={50_000}
        errors={errors}
      />
    </>
  );
}

function DateFields({ ctx, call, values, errors }: SectionPageProps) {
  const { t } = ctx;
  const zone = typed(values, 'zone', call.zone);
  const local = (name: 'opens' | 'closes') => typed(values, name, call[name].toString({ smallestUnit: 'minute' }));
  return (
    <>
      <ZoneSelect ctx={ctx} name="zone" label={t('callsOffice.field.zone')} required value={zone} errors={errors} />
      <DateTimeInput
        ctx={ctx}
        name="opens"
        label={t('calls.fact.opens')}
        required
        zone={zone}
        value={local('opens')}
        errors={errors}
      />
      <DateTimeInput
        ctx={ctx}
        name="closes"
        label={t('calls.fact.deadline')}
        required
        zone={zone}
        value={local('closes')}
        errors={errors}
      />
      <TextInput
        ctx={ctx}
        name="graceMinutes"
        label={t('callsOffice.field.grace')}
        hint={t('callsOffice.field.graceHint')}
        required
        type="number"
        size="short"
        value={typed(values, 'graceMinutes', String(call.graceMinutes))}
        errors={errors}
      />
    </>
  );
}

function FormChoice({ ctx, call, choices, values, errors }: SectionPageProps) {
  const { t } = ctx;
  return (
    <>
      <Select
        ctx={ctx}
        name="formId"
        label={t('callsOffice.section.form')}
        empty
        required
        options={choices.forms.map((one) => ({ value: one.id, words: textIn(one.name, [ctx.language]) }))}
        value={typed(values, 'formId', call.formId ?? '')}
        errors={errors}
      />
      <p>
        <a href="/back-office/forms">{t('callsOffice.field.forms')}</a>
      </p>
    </>
  );
}
