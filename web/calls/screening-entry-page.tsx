import { EXCEPTION_KINDS } from '../../server/calls/eligibility.ts';
import type { EntryDetails } from '../../server/calls/entry-queries.ts';
import type { Check } from '../../server/calls/judged.ts';
import type { CallDetails } from '../../server/calls/queries.ts';
import type { Receipt } from '../../server/calls/receipt.ts';
import type { Definition } from '../../server/forms/definition.ts';
import { formatMoment } from '../locales/format.ts';
import { textIn } from '../locales/text-map.ts';
import type { FieldError, PageContext } from '../page.ts';
import { Button } from '../ui/button.tsx';
import { CheckboxList, RadioList } from '../ui/choice.tsx';
import { DateTimeInput } from '../ui/date-input.tsx';
import { DefinitionList } from '../ui/facts.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { Select } from '../ui/select.tsx';
import { Tag } from '../ui/tag.tsx';
import { TextArea } from '../ui/text-area.tsx';
import { Unfold } from '../ui/unfold.tsx';
import { EntryView } from './entry-view.tsx';
import { OfficeFrame } from './office-frame.tsx';
import { ENTRY_TONES, entryState, ruleWords } from './words.ts';

export interface ScreeningPageProps {
  ctx: PageContext;
  call: CallDetails;
  entry: EntryDetails;
  definition: Definition | null;
  check: Check;
  receipt: Receipt;
  values: Record<string, unknown>;
  errors?: FieldError[];
}

/** One entry beside its rules: eligible or not, with reasons. */
export function ScreeningEntryPage({ ctx, call, entry, definition, check, receipt, values, errors }: ScreeningPageProps) {
  const { t } = ctx;
  const base = `/back-office/calls/${call.slug}/entries`;
  const at = `${base}/${entry.id}`;
  const title = textIn(entry.title, [ctx.language, entry.language]) || t('entries.untitled', { code: entry.code });
  const [last] = receipt.submissions;
  const screenable = ['submitted', 'eligible', 'ineligible'].includes(entry.state);
  return (
    <OfficeFrame ctx={ctx} call={call} tab={null} title={title} errors={errors}>
      <DefinitionList
        facts={[
          { term: t('calls.fact.state'), value: <Tag tone={ENTRY_TONES[entry.state]}>{entryState(ctx, entry.state)}</Tag> },
          { term: t('entries.fact.code'), value: <span class="code">{entry.code}</span> },
          { term: t('entries.authors.title'), value: entry.authors.map((author) => author.name).join(', ') || '–' },
          last && {
            term: t('emails.calls.fact.at'),
            value: `${formatMoment(last.submittedAt, call.zone, ctx.language)}${last.late ? ` (${t('entries.late')})` : ''}`,
          },
          last && { term: t('emails.calls.fact.hash'), value: <span class="code hash">{last.contentHash}</span> },
        ].filter((fact) => fact !== undefined)}
      />
      <h2>{t('calls.page.rules')}</h2>
      <ul class="verdicts">
        {check.rules.map((verdict, n) => (
          <li key={n}>
            <Tag
              tone={
                verdict.result === 'met'
                  ? 'good'
                  : verdict.result === 'excepted'
                    ? 'new'
                    : verdict.result === 'unknown'
                      ? 'wait'
                      : 'bad'
              }
            >
              {t(`calls.verdict.${verdict.result}`)}
            </Tag>{' '}
            {ruleWords(ctx.language, verdict)}
          </li>
        ))}
      </ul>
      {screenable && (
        <PostForm action={`${at}/screening`} label={t('callsOffice.screen.title')} onScreen>
          <RadioList
            ctx={ctx}
            name="state"
            label={t('callsOffice.screen.title')}
            required
            options={(['eligible', 'ineligible', 'submitted'] as const).map((state) => ({
              value: state,
              words: t(`callsOffice.screen.${state}`),
            }))}
            value={typeof values.state === 'string' ? values.state : entry.state}
            errors={errors}
          />
          <CheckboxList
            ctx={ctx}
            name="reasons[]"
            label={t('callsOffice.screen.reasons')}
            options={[
              ...EXCEPTION_KINDS.filter((kind) => call.rules.some((rule) => rule.kind === kind) || kind === 'deadline'),
              'incomplete',
              'other',
            ].map((kind) => ({
              value: kind,
              words: ruleWords(ctx.language, { kind, params: check.rules.find((rule) => rule.kind === kind)?.params ?? {} }),
            }))}
            values={entry.screeningReasons}
            errors={errors}
          />
          <TextArea
            ctx={ctx}
            name="note"
            label={t('callsOffice.screen.note')}
            maxlength={2000}
            rows={3}
            value={typeof values.note === 'string' ? values.note : entry.screeningNote}
            errors={errors}
          />
          <Button>{t('entries.edit.save')}</Button>
        </PostForm>
      )}
      {entry.state === 'submitted' && (
        <Unfold actions={[`${at}/reopening`]}>
          <summary>{t('callsOffice.reopenEntry')}</summary>
          <PostForm action={`${at}/reopening`} label={t('callsOffice.reopenEntry')} onScreen>
            <DateTimeInput ctx={ctx} name="until" label={t('entries.fact.reopened')} required zone={call.zone} errors={errors} />
            <Button kind="secondary">{t('callsOffice.reopenEntry')}</Button>
          </PostForm>
        </Unfold>
      )}
      {call.modalities.length > 0 && (
        <PostForm action={`${at}/modality`} label={t('callsOffice.giveModality')} onScreen>
          <Select
            ctx={ctx}
            name="modality"
            label={t('callsOffice.giveModality')}
            empty="–"
            options={call.modalities.map((one) => ({
              value: one.key,
              words: textIn(one.title, [ctx.language], call.defaultLanguage),
            }))}
            value={entry.assignedModality ?? ''}
            size="medium"
            errors={errors}
          />
          <Button kind="secondary">{t('entries.edit.save')}</Button>
        </PostForm>
      )}
      <p>
        <a href={`/entries/${entry.id}/receipt.pdf`}>{t('callsOffice.entryPdf')}</a>
      </p>
      <EntryView ctx={ctx} call={call} entry={entry} definition={definition} filesAt={`/entries/${entry.id}/files`} />
    </OfficeFrame>
  );
}
