import type { Definition } from '../../server/forms/definition.ts';
import type { DeskEntry } from '../../server/judging/desk.ts';
import type { ScoringRound } from '../../server/judging/found.ts';
import type { SavedReview } from '../../server/judging/reviews.ts';
import { Layout } from '../layout.tsx';
import { countryName, formatBytes, formatInstant, languageName } from '../locales/format.ts';
import type { FieldError, PageContext } from '../page.ts';
import { AnswersList } from '../registrations/answers-list.tsx';
import { Button, ButtonLink } from '../ui/button.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { Tag } from '../ui/tag.tsx';
import { TextArea } from '../ui/text-area.tsx';
import { Unfold } from '../ui/unfold.tsx';
import { ScoringUntil } from './desk-page.tsx';
import { ScoreField } from './score-field.tsx';
import { type CallInJudging, figure, langOf, read } from './words.ts';

export interface JudgePageProps {
  ctx: PageContext;
  call: CallInJudging & { scoring: ScoringRound };
  entry: DeskEntry;
  definition: Definition | null;
  review: SavedReview;
  /** What was typed and not taken, shown again. */
  typed?: Partial<SavedReview>;
  errors?: FieldError[];
  progress: { done: number; total: number; at: number; next: string | null; before: string | null };
}

/** The desk itself: the entry on one side, the rubric on the other, saved as written. */
export function JudgePage(props: JudgePageProps) {
  const { ctx, call, entry, progress } = props;
  const { t } = ctx;
  const title = read(ctx, entry.title, entry.language);
  const callTitle = read(ctx, call.title, call.defaultLanguage);
  return (
    <Layout
      ctx={ctx}
      title={title.text}
      titleLang={langOf(ctx, title)}
      kicker={`${entry.code} · ${t('judging.desk.place', { at: progress.at, total: progress.total })}`}
      lead={`${entry.organisation.name}, ${countryName(entry.organisation.country, ctx.language)}`}
      breadcrumbs={[
        { words: t('judging.desk.title'), href: '/desk' },
        { words: callTitle.text, href: `/desk/${call.slug}`, lang: langOf(ctx, callTitle) },
      ]}
      errors={props.errors}
    >
      <ScoringUntil ctx={ctx} call={call} />
      <div class="desk">
        <EntryPane {...props} />
        <RubricPane {...props} />
      </div>
    </Layout>
  );
}

function EntryPane({ ctx, call, entry, definition }: JudgePageProps) {
  const { t } = ctx;
  const summary = read(ctx, entry.summary, entry.language);
  const theme = entry.theme && read(ctx, entry.theme.title, call.defaultLanguage);
  return (
    <section class="desk-entry" aria-label={t('judging.field.entry')} tabIndex={0}>
      <p class="tags">
        {theme && <Tag>{theme.text}</Tag>}
        <Tag>{languageName(entry.language, ctx.language)}</Tag>
      </p>
      <p class="desk-summary" lang={langOf(ctx, summary)}>
        {summary.text}
      </p>
      {definition && <AnswersList ctx={ctx} definition={definition} answers={entry.answers} per="person" />}
      {entry.files.length > 0 && (
        <>
          <h2>{t('judging.desk.files')}</h2>
          <ul>
            {entry.files.map((file) => (
              <li key={file.id}>
                <a href={`/desk/${call.slug}/${entry.code}/files/${file.id}`}>{file.name}</a> (
                {formatBytes(file.bytes, ctx.language)})
              </li>
            ))}
          </ul>
        </>
      )}
      <Unfold class="desk-recusal" actions={[`/desk/${call.slug}/${entry.code}/recusal`]}>
        <summary>{t('judging.recusal.open')}</summary>
        <p>{t('judging.recusal.words')}</p>
        <PostForm action={`/desk/${call.slug}/${entry.code}/recusal`}>
          <TextArea ctx={ctx} name="reason" label={t('judging.recusal.reason')} required rows={3} maxlength={2000} />
          <Button kind="danger">{t('judging.recusal.go')}</Button>
        </PostForm>
      </Unfold>
    </section>
  );
}

function RubricPane(props: JudgePageProps) {
  const { ctx, call, entry, review, typed, errors, progress } = props;
  const { t } = ctx;
  const closed = call.scoring.closedAt !== null;
  const shown = { ...review, ...typed };
  const base = {
    scores: review.scores,
    commentToJury: review.commentToJury,
    commentToApplicant: review.commentToApplicant,
    notes: review.notes,
  };
  const text = (name: 'commentToJury' | 'commentToApplicant' | 'notes', rows: number) => (
    <TextArea
      ctx={ctx}
      name={name}
      label={t(`judging.review.${name}`)}
      hint={t(`judging.review.${name}Hint`)}
      value={shown[name]}
      rows={rows}
      errors={errors}
    />
  );
  return (
    <section class="desk-rubric" aria-label={t('judging.review.title')}>
      <form
        method="post"
        action={`/desk/${call.slug}/${entry.code}`}
        class="form"
        noValidate
        data-review={entry.id}
        data-base={JSON.stringify(base)}
        data-saving={t('judging.saving.now')}
        data-saved={t('judging.saving.done')}
        data-kept={t('judging.saving.kept')}
        data-wrong={t(closed ? 'refusal.scoring-closed' : 'judging.saving.wrong')}
      >
        <input type="hidden" name="base" value={JSON.stringify(base)} />
        {!closed && <p class="hint desk-keys">{t('judging.review.keys')}</p>}
        {entry.criteria.map((criterion) => (
          <ScoreField
            key={criterion.key}
            ctx={ctx}
            criterion={criterion}
            fallback={call.defaultLanguage}
            value={shown.scores[criterion.key] ?? null}
            errors={errors}
          />
        ))}
        {text('commentToJury', 4)}
        {text('commentToApplicant', 4)}
        {text('notes', 2)}
        <div class="desk-bar">
          <p class="desk-saved" role="status" data-save-state>
            {review.version > 0 &&
              t('judging.saving.at', { time: formatInstant(review.changedAt, ctx.language, ctx.zone, 'time') })}
          </p>
          <div class="button-row">
            {!closed && (
              <>
                <Button name="go" value="submit">
                  {review.submittedAt ? t('judging.review.submitAgain') : t('judging.review.submit')}
                </Button>
                <Button kind="secondary" name="go" value="save">
                  {t('judging.review.save')}
                </Button>
              </>
            )}
            {progress.next && (
              <ButtonLink kind="quiet" href={`/desk/${call.slug}/${progress.next}`}>
                {t('judging.desk.next')}
              </ButtonLink>
            )}
          </div>
          <p class="hint">{t('judging.desk.left', { n: progress.total - progress.done })}</p>
        </div>
      </form>
      <Others {...props} />
    </section>
  );
}

function Others({ ctx, entry }: JudgePageProps) {
  const { t } = ctx;
  if (!entry.others || entry.others.length === 0) return null;
  return (
    <section class="desk-others">
      <h2>{t('judging.others.title')}</h2>
      {entry.others.map((other) => (
        <div key={other.name}>
          <h3>{other.name}</h3>
          <p>
            {entry.criteria
              .map(
                (criterion) => `${read(ctx, criterion.name, 'en').text}: ${figure(ctx, other.scores[criterion.key] ?? null, 0)}`,
              )
              .join(' · ')}
          </p>
          {other.comment && <p class="preserved">{other.comment}</p>}
        </div>
      ))}
    </section>
  );
}
