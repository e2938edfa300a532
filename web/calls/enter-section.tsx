import type { CallState } from '../../server/calls/rules.ts';
import { countryName, languageName } from '../locales/format.ts';
import { textIn } from '../locales/text-map.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { Select } from '../ui/select.tsx';
import { Tag } from '../ui/tag.tsx';
import { TextArea } from '../ui/text-area.tsx';
import type { CallPageProps, Entering } from './call-page.tsx';
import { ENTRY_TONES, entryState, failureWords, ruleWords } from './words.ts';

/** Where a city enters: what it has entered, whether it may, and if not, why and what it can ask for. */
export function EnterSection(props: CallPageProps & { state: CallState }) {
  const { ctx, call, state, entering, entries } = props;
  const { t } = ctx;
  if (state === 'draft' && entering.length === 0) return null;
  return (
    <section aria-labelledby="enter" class="enter">
      <h2 id="enter">{t('calls.page.enter')}</h2>
      {entries.length > 0 && (
        <ul class="call-entries">
          {entries.map((entry) => (
            <li key={entry.id}>
              <a href={`/entries/${entry.id}`}>
                {textIn(entry.title, [ctx.language, call.defaultLanguage]) || t('entries.untitled', { code: entry.code })}
              </a>{' '}
              <Tag tone={ENTRY_TONES[entry.state]}>{entryState(ctx, entry.state)}</Tag>{' '}
              <span class="soft">{entry.organisation.name}</span>
            </li>
          ))}
        </ul>
      )}
      {!ctx.viewer && (
        <p>
          {t('calls.page.signIn')}{' '}
          <ButtonLink href={`/sign-in?next=${encodeURIComponent(`/calls/${call.slug}`)}`} kind="secondary">
            {t('ui.nav.signIn')}
          </ButtonLink>
        </p>
      )}
      {ctx.viewer && entering.length === 0 && <p>{t('calls.page.contactsOnly')}</p>}
      {entering.map((one) => (
        <EnterFor key={one.organisation.id} {...props} one={one} />
      ))}
    </section>
  );
}

function EnterFor({ ctx, call, one, errors, typed }: CallPageProps & { one: Entering }) {
  const { t } = ctx;
  const { organisation } = one;
  const failed = one.verdicts.filter(({ result }) => result === 'failed');
  return (
    <div class="enter-city">
      <h3>
        {organisation.name} <span class="soft">{countryName(organisation.country, ctx.language)}</span>
      </h3>
      <ul class="verdicts">
        {one.verdicts.map((verdict) => (
          <li key={verdict.kind} data-result={verdict.result}>
            <Tag tone={VERDICT_TONES[verdict.result]}>{t(`calls.verdict.${verdict.result}`)}</Tag>{' '}
            {verdict.result === 'failed' ? failureWords(ctx.language, verdict) : ruleWords(ctx.language, verdict)}
          </li>
        ))}
      </ul>
      {one.exceptions.map((exception) => (
        <p key={exception.id} class="hint">
          {t(`calls.exception.${exception.state}`)}: {ruleWords(ctx.language, paramsFor(one, exception.rule))}
          {exception.decision && ` (${exception.decision})`}
        </p>
      ))}
      {one.shut ? (
        <Notice kind="warning">{one.shut}</Notice>
      ) : (
        failed.length === 0 && (
          <PostForm action={`/calls/${call.slug}/entries`} hidden={{ organisationId: organisation.id }} label={organisation.name}>
            {call.languages.length > 1 && (
              <Select
                ctx={ctx}
                name="language"
                label={t('entries.field.language')}
                hint={t('entries.field.languageHint')}
                required
                options={call.languages.map((tag) => ({ value: tag, words: languageName(tag, ctx.language) }))}
                value={call.languages.includes(ctx.language) ? ctx.language : call.defaultLanguage}
                size="medium"
              />
            )}
            <Button>{t('calls.page.start', { organisation: organisation.name })}</Button>
          </PostForm>
        )
      )}
      {(failed.length > 0 || one.shut) && (
        <details class="ask" open={Boolean(typed?.rule)}>
          <summary>{t('calls.exception.ask')}</summary>
          <PostForm
            action={`/calls/${call.slug}/exceptions`}
            hidden={{ organisationId: organisation.id }}
            label={t('calls.exception.ask')}
          >
            <Select
              ctx={ctx}
              name="rule"
              label={t('calls.exception.rule')}
              required
              options={[
                ...failed.map((verdict) => ({ value: verdict.kind, words: ruleWords(ctx.language, verdict) })),
                ...(one.shut ? [{ value: 'deadline', words: t('calls.rule.deadline') }] : []),
              ]}
              value={typed?.rule}
              errors={errors}
            />
            <TextArea
              ctx={ctx}
              name="reason"
              label={t('calls.exception.reason')}
              required
              maxlength={2000}
              rows={3}
              value={typed?.reason}
              errors={errors}
            />
            <Button kind="secondary">{t('calls.exception.send')}</Button>
          </PostForm>
        </details>
      )}
    </div>
  );
}

const VERDICT_TONES = { met: 'good', failed: 'bad', unknown: 'wait', excepted: 'new' } as const;

function paramsFor(one: Entering, kind: string) {
  return { kind, params: one.verdicts.find((verdict) => verdict.kind === kind)?.params ?? {} };
}
