import type { Verdict } from '../../server/calls/eligibility.ts';
import type { OwnEntry } from '../../server/calls/entry-queries.ts';
import type { ExceptionRow } from '../../server/calls/exceptions.ts';
import type { CallDetails } from '../../server/calls/queries.ts';
import { callState, graceEnd } from '../../server/calls/rules.ts';
import { Layout } from '../layout.tsx';
import { formatPercent, languageName } from '../locales/format.ts';
import { readIn, textIn } from '../locales/text-map.ts';
import type { FieldError, PageContext } from '../page.ts';
import { ButtonLink } from '../ui/button.tsx';
import { LangText, Markdown } from '../ui/content.tsx';
import { DefinitionList } from '../ui/facts.tsx';
import { Notice } from '../ui/notice.tsx';
import { Tag } from '../ui/tag.tsx';
import { When } from '../ui/when.tsx';
import { EnterSection } from './enter-section.tsx';
import { CALL_TONES, ruleWords } from './words.ts';

export interface Entering {
  organisation: { id: string; name: string; country: string };
  verdicts: Verdict[];
  /** What keeps the call shut for it, in words, or null. */
  shut: string | null;
  exceptions: ExceptionRow[];
}

export interface CallPageProps {
  ctx: PageContext;
  call: CallDetails;
  /** The guidelines as safe HTML, with their language. */
  guidelines: { html: string; lang: string } | null;
  /** Every rule of the call, as one without a city is told. */
  rules: { kind: string; params: Record<string, string | number> }[];
  entering: Entering[];
  entries: OwnEntry[];
  mayManage: boolean;
  errors?: FieldError[];
  /** What was typed in a form that is shown again. */
  typed?: Record<string, string>;
}

/** A call for everybody: what it asks for, of whom, until when, and how it is judged. */
export function CallPage(props: CallPageProps) {
  const { ctx, call, guidelines, rules, mayManage, errors } = props;
  const { t } = ctx;
  const state = callState(call, ctx.now);
  const title = readIn(call.title, [ctx.language], call.defaultLanguage);
  return (
    <Layout
      ctx={ctx}
      title={title?.text ?? call.slug}
      titleLang={title && title.lang !== ctx.language ? title.lang : undefined}
      kicker={[t(`calls.kind.${call.kind}`), call.edition ? t('events.page.edition', { n: call.edition }) : '']
        .filter(Boolean)
        .join(' · ')}
      lead={
        Object.keys(call.summary).length > 0 && <LangText ctx={ctx} map={call.summary} defaultLanguage={call.defaultLanguage} />
      }
      breadcrumbs={[{ words: t('calls.list.title'), href: '/calls' }]}
      actions={
        call.resultsPublishedAt ? (
          <ButtonLink href={`/calls/${call.slug}/laureates`}>{t('judging.laureates.title')}</ButtonLink>
        ) : (
          (state === 'open' || state === 'grace') && <ButtonLink href="#enter">{t('calls.page.enter')}</ButtonLink>
        )
      }
      hero
      errors={errors}
      head={
        <>
          <link rel="canonical" href={`${ctx.publicUrl}/calls/${call.slug}`} />
          <link rel="alternate" type="application/json" href={`${ctx.publicUrl}/api/calls/${call.slug}`} />
          {!call.publishedAt && <meta name="robots" content="noindex" />}
        </>
      }
    >
      {mayManage && (
        <p class="call-manage">
          <ButtonLink href={`/back-office/calls/${call.slug}`} kind="secondary" small>
            {t('calls.page.manage')}
          </ButtonLink>
        </p>
      )}
      {call.cancelledAt && (
        <Notice kind="error" title={t('calls.state.cancelled')}>
          <p>
            <LangText ctx={ctx} map={call.cancellationReason} defaultLanguage={call.defaultLanguage} />
          </p>
        </Notice>
      )}
      {!call.publishedAt && <Notice kind="warning">{t('calls.page.draft')}</Notice>}
      <div class="event call">
        <aside class="event-aside" aria-label={t('calls.page.facts')}>
          <Facts {...props} />
        </aside>
        <div class="event-main">
          {guidelines && (
            <Markdown html={guidelines.html} lang={guidelines.lang === ctx.language ? undefined : guidelines.lang} />
          )}
          {rules.length > 0 && (
            <section aria-labelledby="rules">
              <h2 id="rules">{t('calls.page.rules')}</h2>
              <ul>
                {rules.map((rule, at) => (
                  <li key={at}>{ruleWords(ctx.language, rule)}</li>
                ))}
              </ul>
            </section>
          )}
          <Themes ctx={ctx} call={call} />
          <Rubric ctx={ctx} call={call} />
          <EnterSection {...props} state={state} />
        </div>
      </div>
    </Layout>
  );
}

function Facts({ ctx, call }: CallPageProps) {
  const { t } = ctx;
  const state = callState(call, ctx.now);
  return (
    <DefinitionList
      facts={[
        { term: t('calls.fact.state'), value: <Tag tone={CALL_TONES[state]}>{t(`calls.state.${state}`)}</Tag> },
        { term: t('calls.fact.opens'), value: <When ctx={ctx} at={call.opensAt} zone={call.zone} /> },
        { term: t('calls.fact.deadline'), value: <When ctx={ctx} at={call.closesAt} zone={call.zone} /> },
        call.graceMinutes > 0 && {
          term: t('calls.fact.grace'),
          value: (
            <>
              {t('calls.fact.graceWords')} <When ctx={ctx} at={graceEnd(call)} zone={call.zone} />
            </>
          ),
        },
        call.extensions.length > 0 && {
          term: t('calls.fact.extended'),
          value: t('calls.fact.extendedTimes', { n: call.extensions.length }),
        },
        { term: t('calls.fact.languages'), value: call.languages.map((tag) => languageName(tag, ctx.language)).join(', ') },
        call.requiredLanguages.length > 0 && {
          term: t('calls.fact.required'),
          value: call.requiredLanguages.map((tag) => languageName(tag, ctx.language)).join(', '),
        },
        call.event !== null &&
          call.event.published && {
            term: t('calls.fact.event'),
            value: <a href={`/events/${call.event.slug}`}>{textIn(call.event.title, [ctx.language, call.defaultLanguage])}</a>,
          },
      ]}
    />
  );
}

function Themes({ ctx, call }: Pick<CallPageProps, 'ctx' | 'call'>) {
  const { t } = ctx;
  const list = (
    id: string,
    title: string,
    rows: { key: string; title: Record<string, string>; description: Record<string, string>; note?: string }[],
  ) =>
    rows.length > 0 && (
      <section aria-labelledby={id}>
        <h2 id={id}>{title}</h2>
        <dl class="call-list">
          {rows.map((row) => (
            <div key={row.key}>
              <dt>
                <LangText ctx={ctx} map={row.title} defaultLanguage={call.defaultLanguage} />
              </dt>
              <dd>
                <LangText ctx={ctx} map={row.description} defaultLanguage={call.defaultLanguage} />
                {row.note && <p class="hint">{row.note}</p>}
              </dd>
            </div>
          ))}
        </dl>
      </section>
    );
  const notes = call.modalities.map((one) => ({
    ...one,
    note: [
      one.minutes ? t('calls.modality.minutes', { n: one.minutes }) : '',
      one.quota === null ? '' : t('calls.modality.quota', { n: one.quota }),
    ]
      .filter(Boolean)
      .join(' · '),
  }));
  return (
    <>
      {list('themes', t('calls.page.themes'), call.themes)}
      {list('modalities', t('calls.page.modalities'), notes)}
    </>
  );
}

function Rubric({ ctx, call }: Pick<CallPageProps, 'ctx' | 'call'>) {
  if (call.criteria.length === 0) return null;
  const total = call.criteria.reduce((sum, one) => sum + one.weight, 0);
  return (
    <section aria-labelledby="criteria">
      <h2 id="criteria">{ctx.t('calls.page.criteria')}</h2>
      <dl class="call-list">
        {call.criteria.map((one) => (
          <div key={one.key}>
            <dt>
              <LangText ctx={ctx} map={one.name} defaultLanguage={call.defaultLanguage} />{' '}
              {total > 0 && <span class="soft">{formatPercent(one.weight / total, ctx.language)}</span>}
            </dt>
            <dd>
              <LangText ctx={ctx} map={one.description} defaultLanguage={call.defaultLanguage} />
            </dd>
          </div>
        ))}
      </dl>
      <p class="soft">{ctx.t('calls.page.ties', { rule: ctx.t(`callsOffice.tieRule.${call.tieRule}`) })}</p>
    </section>
  );
}
