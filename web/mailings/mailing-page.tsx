import type { Failure, Mailing, Progress as SendProgress, Step } from '../../server/mailings/queries.ts';
import type { Readiness } from '../../server/mailings/readiness.ts';
import { possible } from '../../server/mailings/rules.ts';
import { Layout } from '../layout.tsx';
import { formatMoment, languageName } from '../locales/format.ts';
import { textIn } from '../locales/text-map.ts';
import type { FieldError, PageContext } from '../page.ts';
import { Button, ButtonLink, ButtonRow } from '../ui/button.tsx';
import { Timeline } from '../ui/facts.tsx';
import { Notice } from '../ui/notice.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { Table } from '../ui/table.tsx';
import { Tag } from '../ui/tag.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { MailingProgress } from './mailing-progress.tsx';
import { crumbs, HOME, TONES, whenOf } from './words.ts';

export interface MailingPageProps {
  ctx: PageContext;
  mailing: Mailing;
  /** Of what has not begun. */
  readiness: Readiness | null;
  /** Of what has. */
  progress: SendProgress | null;
  failures: Failure[];
  steps: Step[];
  /** Whether the reader may put its text into the library. */
  mayKeep: boolean;
  errors?: FieldError[];
}

/** One mailing: what it is before it goes out, how far it is then. */
export function MailingPage(props: MailingPageProps) {
  const { ctx, mailing, progress, readiness, failures, errors = [] } = props;
  const { t } = ctx;
  const { state, event } = mailing;
  const home = `${HOME}/${mailing.id}`;
  return (
    <Layout
      ctx={ctx}
      title={mailing.name}
      errors={errors}
      kicker={
        <>
          <Tag tone={TONES[state]}>{t(`mailings.state.${state}`)}</Tag> {t(`mailings.kind.${mailing.kind}`)}
        </>
      }
      lead={event && <a href={`/events/${event.slug}`}>{textIn(event.title, [ctx.language], event.defaultLanguage)}</a>}
      breadcrumbs={crumbs(ctx)}
    >
      {progress && <MailingProgress ctx={ctx} mailing={mailing} progress={progress} />}
      <Deeds {...props} />
      {readiness && <Check ctx={ctx} mailing={mailing} readiness={readiness} />}
      <section aria-labelledby="when">
        <h2 id="when">{t('mailings.page.schedule')}</h2>
        <p>{whenOf(ctx, mailing)}</p>
        {mailing.offsetDays !== null && <p class="hint">{t('mailings.when.follows')}</p>}
      </section>
      {failures.length > 0 && <Failures ctx={ctx} failures={failures} />}
      <section aria-labelledby="history">
        <h2 id="history">{t('mailings.page.history')}</h2>
        <Timeline
          moments={props.steps.map((step, n) => ({
            key: String(n),
            what: t(`mailings.step.${step.step}`),
            by: step.by,
            when: formatMoment(step.at, ctx.zone, ctx.language),
          }))}
        />
      </section>
      {props.mayKeep && (
        <PostForm action={`${home}/templates`}>
          <TextInput ctx={ctx} name="name" label={t('mailings.templates.name')} maxlength={200} unmarked errors={errors} />
          <ButtonRow>
            <Button kind="secondary">{t('mailings.page.keep')}</Button>
          </ButtonRow>
        </PostForm>
      )}
    </Layout>
  );
}

function Deeds({ ctx, mailing, failures }: MailingPageProps) {
  const { t } = ctx;
  const { state, kind, event } = mailing;
  const home = `${HOME}/${mailing.id}`;
  const draft = possible('change', state);
  const post = (noun: string, words: string, primary = false) => (
    <PostForm inline action={`${home}/${noun}`}>
      <Button kind={primary ? 'primary' : 'secondary'}>{words}</Button>
    </PostForm>
  );
  return (
    <ButtonRow>
      {possible('pause', state) && post('pause', t('mailings.page.pause'), true)}
      {possible('resume', state) && post('pause/removal', t('mailings.page.resume'), true)}
      {draft && <ButtonLink href={`${home}/text`}>{t('mailings.page.editText')}</ButtonLink>}
      {!draft && possible('rewrite', state) && (
        <ButtonLink kind="secondary" href={`${home}/text`}>
          {t('mailings.page.editText')}
        </ButtonLink>
      )}
      {draft && (
        <ButtonLink kind="secondary" href={`${home}/audience`}>
          {t('mailings.page.editAudience')}
        </ButtonLink>
      )}
      <ButtonLink kind="secondary" href={`${home}/preview`}>
        {t('mailings.page.preview')}
      </ButtonLink>
      {possible('schedule', state) && (
        <ButtonLink kind="secondary" href={`${home}/schedule`}>
          {t('mailings.page.doSchedule')}
        </ButtonLink>
      )}
      {possible('unschedule', state) && post('schedule/removal', t('mailings.page.unschedule'))}
      {possible('retry', state) && failures.some((one) => one.state === 'failed') && post('retries', t('mailings.page.retry'))}
      {kind === 'invitation' && event && (
        <ButtonLink kind="secondary" href={`/back-office/events/${event.slug}/invitations`}>
          {t('mailings.page.invitations')}
        </ButtonLink>
      )}
      {possible('cancel', state) && (
        <ButtonLink kind="quiet" href={`${home}/cancellation`}>
          {t('mailings.page.cancel')}
        </ButtonLink>
      )}
    </ButtonRow>
  );
}

/** What is said before it is sent: how many, who would miss something, who reads another language. */
export function Check({ ctx, mailing, readiness }: { ctx: PageContext; mailing: Mailing; readiness: Readiness }) {
  const { t } = ctx;
  const { count, problems, missing, untranslated } = readiness;
  const well = problems.length === 0 && missing.every(({ fallback }) => fallback);
  return (
    <section aria-labelledby="check">
      <h2 id="check">{t('mailings.page.check')}</h2>
      <p>
        <strong>{t('mailings.page.people', { n: count.people })}</strong>
        {count.unreachable > 0 && <>; {t('mailings.page.unreachable', { n: count.unreachable })}</>}
        {count.suppressed > 0 && <>; {t('mailings.page.suppressed', { n: count.suppressed })}</>}.
      </p>
      {well ? (
        <Notice kind="success">{t('mailings.page.ready')}</Notice>
      ) : (
        <Notice kind="warning">
          <ul>
            {problems.map((problem) => (
              <li key={problem}>{t(`mailings.problem.${problem}`)}</li>
            ))}
            {missing
              .filter(({ fallback }) => !fallback)
              .map(({ field, people }) => (
                <li key={field}>
                  {t('mailings.page.missing', { n: people, field: `{{${field}}}` })} {t('mailings.page.noFallback')}
                </li>
              ))}
          </ul>
        </Notice>
      )}
      <ul>
        {missing
          .filter(({ fallback }) => fallback)
          .map(({ field, people }) => (
            <li key={field}>
              {t('mailings.page.missing', { n: people, field: `{{${field}}}` })} {t('mailings.page.fallback')}
            </li>
          ))}
        {untranslated.map(({ language, people }) => (
          <li key={language}>
            {t('mailings.page.untranslated', {
              n: people,
              language: languageName(language, ctx.language),
              other: languageName(mailing.defaultLanguage, ctx.language),
            })}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Failures({ ctx, failures }: { ctx: PageContext; failures: Failure[] }) {
  const { t } = ctx;
  return (
    <Table
      ctx={ctx}
      caption={t('mailings.page.failures')}
      rows={failures}
      rowKey={(row) => row.sendId}
      columns={[
        { key: 'who', words: t('mailings.page.who'), cell: (row) => row.name ?? row.address },
        { key: 'state', words: t('mailings.list.state'), cell: (row) => t(`mailings.send.${row.state}`) },
        { key: 'said', words: t('mailings.page.said'), cell: (row) => row.response ?? '–' },
      ]}
    />
  );
}
