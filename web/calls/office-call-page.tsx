import type { Missing } from '../../server/calls/completeness.ts';
import { SECTIONS } from '../../server/calls/completeness.ts';
import type { CallDetails, CallHistoryRow } from '../../server/calls/queries.ts';
import { callState } from '../../server/calls/rules.ts';
import type { EntryCounts } from '../../server/calls/screening.ts';
import { languageName } from '../locales/format.ts';
import { translateCode } from '../locales/translate.ts';
import type { FieldError, PageContext } from '../page.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { DateTimeInput } from '../ui/date-input.tsx';
import { DefinitionList, Stats } from '../ui/facts.tsx';
import { Notice } from '../ui/notice.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { Tag } from '../ui/tag.tsx';
import { TextMapField } from '../ui/text-map-field.tsx';
import { Unfold } from '../ui/unfold.tsx';
import { Happened, When } from '../ui/when.tsx';
import { OfficeFrame } from './office-frame.tsx';
import { CALL_TONES } from './words.ts';

export interface OfficeCallPageProps {
  ctx: PageContext;
  call: CallDetails;
  missing: Missing[];
  counts: EntryCounts;
  history: CallHistoryRow[];
  values: Record<string, unknown>;
  errors?: FieldError[];
}

/** A call for whoever runs it: what is missing, what has come in, and what can be done with it. */
export function OfficeCallPage(props: OfficeCallPageProps) {
  const { ctx, call, missing, counts, errors } = props;
  const { t } = ctx;
  const state = callState(call, ctx.now);
  const base = `/back-office/calls/${call.slug}`;
  return (
    <OfficeFrame ctx={ctx} call={call} tab="overview" errors={errors}>
      <DefinitionList
        facts={[
          { term: t('calls.fact.state'), value: <Tag tone={CALL_TONES[state]}>{t(`calls.state.${state}`)}</Tag> },
          { term: t('calls.fact.opens'), value: <When ctx={ctx} at={call.opensAt} zone={call.zone} /> },
          { term: t('calls.fact.deadline'), value: <When ctx={ctx} at={call.closesAt} zone={call.zone} /> },
        ]}
      />
      <Stats
        ctx={ctx}
        stats={[
          { words: t('entries.state.draft'), value: counts.states.draft ?? 0, href: `${base}/entries?state=draft` },
          { words: t('entries.state.submitted'), value: counts.states.submitted ?? 0, href: `${base}/entries?state=submitted` },
          { words: t('entries.state.eligible'), value: counts.states.eligible ?? 0, href: `${base}/entries?state=eligible` },
          { words: t('entries.late'), value: counts.late, href: `${base}/entries?late=on` },
          { words: t('callsOffice.openExceptions'), value: counts.exceptions, href: `${base}/exceptions` },
        ]}
      />
      <h2>{t('callsOffice.missing')}</h2>
      {missing.length === 0 ? (
        <Notice kind="success">{t('callsOffice.complete')}</Notice>
      ) : (
        <ul class="missing">
          {missing.map((item, at) => (
            <li key={at}>
              <Tag tone={item.blocks ? 'bad' : 'wait'}>{item.blocks ? t('callsOffice.blocks') : t('callsOffice.better')}</Tag>{' '}
              <a href={`${base}/${item.section}`}>
                {translateCode(ctx.language, `calls.missing.${item.code}`) ?? item.code}
                {item.language && ` (${languageName(item.language, ctx.language)})`}
              </a>
            </li>
          ))}
        </ul>
      )}
      <h2>{t('callsOffice.sections')}</h2>
      <ul class="inline-list">
        {SECTIONS.map((section) => (
          <li key={section}>
            <ButtonLink href={`${base}/${section}`} kind="secondary" small>
              {t(`callsOffice.section.${section}`)}
            </ButtonLink>
          </li>
        ))}
      </ul>
      <Deeds {...props} base={base} />
      <details>
        <summary>{t('callsOffice.history')}</summary>
        <ul>
          {props.history.map((row, at) => (
            <li key={at}>
              <Happened ctx={ctx} at={row.at} /> · {row.actor ?? '–'} ·{' '}
              {translateCode(ctx.language, `callsOffice.action.${row.action}`) ?? row.action}
            </li>
          ))}
        </ul>
      </details>
    </OfficeFrame>
  );
}

function Deeds({ ctx, call, base, values, errors }: OfficeCallPageProps & { base: string }) {
  const { t } = ctx;
  const deed = (noun: string, words: string, kind: 'primary' | 'secondary' = 'secondary') => (
    <li key={noun}>
      <PostForm action={`${base}/${noun}`} inline>
        <Button kind={kind}>{words}</Button>
      </PostForm>
    </li>
  );
  const text = (name: string) => (typeof values[name] === 'string' ? values[name] : '');
  return (
    <section aria-labelledby="deeds">
      <h2 id="deeds">{t('callsOffice.deeds')}</h2>
      <ul class="inline-list">
        {call.publishedAt
          ? deed('publication/removal', t('callsOffice.unpublish'))
          : deed('publication', t('callsOffice.publish'), 'primary')}
        {call.publishedAt &&
          (call.closedAt ? deed('closing/removal', t('callsOffice.reopen')) : deed('closing', t('callsOffice.close')))}
        {call.cancelledAt ? (
          deed('cancellation/removal', t('callsOffice.reinstate'))
        ) : (
          <li>
            <ButtonLink kind="danger" href={`${base}/cancellation`}>
              {t('callsOffice.cancel')}
            </ButtonLink>
          </li>
        )}
      </ul>
      {call.publishedAt && !call.cancelledAt && (
        <Unfold actions={[`${base}/extensions`]}>
          <summary>{t('callsOffice.extend')}</summary>
          <p>{t('callsOffice.extendLead')}</p>
          <PostForm action={`${base}/extensions`} label={t('callsOffice.extend')}>
            <DateTimeInput
              ctx={ctx}
              name="closes"
              label={t('callsOffice.newDeadline')}
              required
              zone={call.zone}
              value={text('closes') || call.closes}
              errors={errors}
            />
            <TextMapField
              ctx={ctx}
              name="reason"
              label={t('emails.calls.fact.reason')}
              languages={call.languages}
              rows={2}
              maxlength={1000}
              errors={errors}
            />
            <Button kind="secondary">{t('callsOffice.extend')}</Button>
          </PostForm>
        </Unfold>
      )}
      <Unfold actions={[`${base}/copies`]}>
        <summary>{t('callsOffice.copy')}</summary>
        <PostForm action={`${base}/copies`} label={t('callsOffice.copy')}>
          <DateTimeInput
            ctx={ctx}
            name="opens"
            label={t('calls.fact.opens')}
            required
            zone={call.zone}
            value={call.opens.add({ years: 2 })}
            errors={errors}
          />
          <DateTimeInput
            ctx={ctx}
            name="until"
            label={t('calls.fact.deadline')}
            required
            zone={call.zone}
            value={call.closes.add({ years: 2 })}
            errors={errors}
          />
          <Button kind="secondary">{t('callsOffice.copy')}</Button>
        </PostForm>
      </Unfold>
    </section>
  );
}
