import { EXCEPTION_KINDS } from '../../server/calls/eligibility.ts';
import type { EntryDetails } from '../../server/calls/entry-queries.ts';
import type { ExceptionRow } from '../../server/calls/exceptions.ts';
import { ENTRY_STATES, type EntryFilter } from '../../server/calls/input.ts';
import type { Check } from '../../server/calls/judged.ts';
import type { CallDetails } from '../../server/calls/queries.ts';
import type { Receipt } from '../../server/calls/receipt.ts';
import type { EntryCounts, ScreeningRow } from '../../server/calls/screening.ts';
import type { Definition } from '../../server/forms/definition.ts';
import { countryName, formatMoment } from '../locales/format.ts';
import { textIn } from '../locales/text-map.ts';
import type { FieldError, PageContext } from '../page.ts';
import { Button } from '../ui/button.tsx';
import { CheckboxList, RadioList } from '../ui/choice.tsx';
import { DateTimeInput } from '../ui/date-input.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { DefinitionList } from '../ui/facts.tsx';
import { ListTools } from '../ui/list-tools.tsx';
import { Exports, ListCount, Pager } from '../ui/pager.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { Select } from '../ui/select.tsx';
import { Table } from '../ui/table.tsx';
import { Tag } from '../ui/tag.tsx';
import { TextArea } from '../ui/text-area.tsx';
import { Happened } from '../ui/when.tsx';
import { EntryView } from './entry-view.tsx';
import { OfficeFrame } from './office-frame.tsx';
import { ENTRY_TONES, entryState, ruleWords } from './words.ts';

export interface ScreeningListProps {
  ctx: PageContext;
  call: CallDetails;
  entries: ScreeningRow[];
  next: string | null;
  counts: EntryCounts;
  filter: EntryFilter;
  query: string;
  errors?: FieldError[];
}

/** The entries of a call for whoever runs it. */
export function ScreeningListPage({ ctx, call, entries, next, counts, filter, query, errors }: ScreeningListProps) {
  const { t } = ctx;
  const base = `/back-office/calls/${call.slug}`;
  const themed = (rows: CallDetails['themes']) =>
    rows.map((row) => ({ value: row.key, words: textIn(row.title, [ctx.language], call.defaultLanguage) }));
  return (
    <OfficeFrame ctx={ctx} call={call} tab="entries" title={t('callsOffice.tab.entries')} errors={errors}>
      <ListTools
        ctx={ctx}
        action={`${base}/entries`}
        search={filter.q}
        filters={[
          {
            name: 'state',
            label: t('calls.fact.state'),
            value: filter.state,
            options: ENTRY_STATES.map((state) => ({ value: state, words: entryState(ctx, state) })),
          },
          { name: 'theme', label: t('entries.field.theme'), value: filter.theme, options: themed(call.themes) },
          {
            name: 'country',
            label: t('callsOffice.country'),
            value: filter.country,
            options: counts.countries.map((code) => ({ value: code, words: countryName(code, ctx.language) })),
          },
          {
            name: 'late',
            label: t('entries.fact.late'),
            value: filter.late ? 'on' : undefined,
            options: [{ value: 'on', words: t('entries.late') }],
          },
          {
            name: 'sort',
            label: t('callsOffice.sort'),
            value: filter.sort,
            options: (['-changed', '-submitted', 'city', 'title'] as const).map((sort) => ({
              value: sort,
              words: t(`callsOffice.sort.${sort}`),
            })),
          },
        ]}
      />
      <div data-list>
        <ListCount ctx={ctx} total={counts.total} />
        {entries.length === 0 ? (
          <EmptyState title={t('callsOffice.noEntries')} />
        ) : (
          <Table
            ctx={ctx}
            caption={t('callsOffice.tab.entries')}
            captionUnseen
            rows={entries}
            rowKey={(row) => row.id}
            columns={[
              {
                key: 'title',
                words: t('entries.field.title'),
                cell: (row) => (
                  <a href={`${base}/entries/${row.id}`}>
                    {textIn(row.title, [ctx.language, row.language]) || t('entries.untitled', { code: row.code })}
                  </a>
                ),
              },
              {
                key: 'city',
                words: t('entries.fact.city'),
                cell: (row) => `${row.organisation.name}, ${countryName(row.organisation.country, ctx.language)}`,
              },
              {
                key: 'theme',
                words: t('entries.field.theme'),
                cell: (row) =>
                  textIn(call.themes.find(({ key }) => key === row.theme)?.title, [ctx.language], call.defaultLanguage),
              },
              {
                key: 'state',
                words: t('calls.fact.state'),
                cell: (row) => (
                  <>
                    <Tag tone={ENTRY_TONES[row.state]}>{entryState(ctx, row.state)}</Tag>{' '}
                    {row.late && <Tag tone="wait">{t('entries.late')}</Tag>}
                  </>
                ),
              },
              {
                key: 'submitted',
                words: t('emails.calls.fact.at'),
                cell: (row) => row.submittedAt && <Happened ctx={ctx} at={row.submittedAt} style="short" />,
              },
            ]}
          />
        )}
        <Pager ctx={ctx} next={next && `${base}/entries?${query ? `${query}&` : ''}cursor=${encodeURIComponent(next)}`} />
        <Exports ctx={ctx} path={`${base}/entries`} query={query} />
      </div>
    </OfficeFrame>
  );
}

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
        <PostForm action={`${at}/screening`} label={t('callsOffice.screen.title')}>
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
        <details>
          <summary>{t('callsOffice.reopenEntry')}</summary>
          <PostForm action={`${at}/reopening`} label={t('callsOffice.reopenEntry')}>
            <DateTimeInput ctx={ctx} name="until" label={t('entries.fact.reopened')} required zone={call.zone} errors={errors} />
            <Button kind="secondary">{t('callsOffice.reopenEntry')}</Button>
          </PostForm>
        </details>
      )}
      {call.modalities.length > 0 && (
        <PostForm action={`${at}/modality`} label={t('callsOffice.giveModality')}>
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

/** What was asked of the rules of a call, and what became of it. */
export function ExceptionsPage({
  ctx,
  call,
  rows,
  errors,
}: {
  ctx: PageContext;
  call: CallDetails;
  rows: ExceptionRow[];
  errors?: FieldError[];
}) {
  const { t } = ctx;
  const params = (kind: string) => {
    const { kind: _kind, ...rest } = (call.rules.find((rule) => rule.kind === kind) ?? { kind }) as Record<string, unknown> & {
      kind: string;
    };
    return Object.fromEntries(
      Object.entries(rest).filter(
        (pair): pair is [string, string | number] => typeof pair[1] === 'string' || typeof pair[1] === 'number',
      ),
    );
  };
  return (
    <OfficeFrame ctx={ctx} call={call} tab="exceptions" title={t('callsOffice.tab.exceptions')} errors={errors}>
      {rows.length === 0 && <EmptyState title={t('callsOffice.noExceptions')} />}
      <ul class="exceptions">
        {rows.map((row) => (
          <li key={row.id} class="enter-city">
            <h2>
              {row.organisation}{' '}
              <Tag tone={row.state === 'granted' ? 'good' : row.state === 'refused' ? 'bad' : 'wait'}>
                {t(`calls.exception.${row.state}`)}
              </Tag>
            </h2>
            <p>{ruleWords(ctx.language, { kind: row.rule, params: params(row.rule) })}</p>
            <blockquote>{row.reason}</blockquote>
            <p class="hint">
              {row.askedBy ?? '–'} · <Happened ctx={ctx} at={row.askedAt} />
            </p>
            {row.state === 'asked' ? (
              <PostForm action={`/back-office/calls/${call.slug}/exceptions/${row.id}/decision`} label={row.organisation}>
                <TextArea ctx={ctx} name="reason" label={t('emails.calls.fact.reason')} required rows={2} maxlength={2000} />
                <div class="button-row">
                  <Button name="decision" value="granted">
                    {t('callsOffice.grant')}
                  </Button>
                  <Button name="decision" value="refused" kind="danger">
                    {t('callsOffice.refuse')}
                  </Button>
                </div>
              </PostForm>
            ) : (
              <p>{row.decision}</p>
            )}
          </li>
        ))}
      </ul>
    </OfficeFrame>
  );
}
