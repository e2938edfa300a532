import type { BallotResult } from '../../server/judging/ballot.ts';
import type { BallotBoard } from '../../server/judging/ballots.ts';
import { Layout } from '../layout.tsx';
import { formatMoment } from '../locales/format.ts';
import type { FieldError, PageContext } from '../page.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { Table } from '../ui/table.tsx';
import { Tag } from '../ui/tag.tsx';
import { BallotResultView } from './ballot-result.tsx';
import { JudgingTabs } from './judging-tabs.tsx';
import { type CallInJudging, langOf, read } from './words.ts';

export interface BallotPageProps {
  ctx: PageContext;
  call: CallInJudging;
  board: BallotBoard;
  result: BallotResult | null;
  errors: FieldError[];
}

/** The final for its chair: who is in it, who has voted, and once it is closed what came out and why. */
export function BallotPage({ ctx, call, board, result, errors }: BallotPageProps) {
  const { t } = ctx;
  const title = read(ctx, call.title, call.defaultLanguage);
  const open = board.openedAt !== null && board.closedAt === null;
  const when = (moment: Temporal.Instant) => formatMoment(moment, call.zone, ctx.language);
  const candidates = board.candidates.map((one) => {
    const name = read(ctx, one.title, one.language);
    return { ...one, name: `${one.organisation} · ${name.text}`, lang: langOf(ctx, name) };
  });
  return (
    <Layout
      ctx={ctx}
      title={t('judging.ballot.title')}
      kicker={<span lang={langOf(ctx, title)}>{title.text}</span>}
      lead={t('judging.ballot.lead')}
      errors={errors}
    >
      <JudgingTabs ctx={ctx} slug={call.slug} here="ballot" />
      {open && board.openedAt && <Notice>{t('judging.ballot.openSince', { when: when(board.openedAt) })}</Notice>}
      {result && board.closedAt && (
        <>
          <Notice kind="success">{t('judging.ballot.closedAt', { when: when(board.closedAt) })}</Notice>
          <BallotResultView
            ctx={ctx}
            candidates={candidates}
            result={result}
            cast={board.jurors.filter((one) => one.castAt).length}
          />
        </>
      )}
      <section>
        <h2>{t('judging.ballot.finalists')}</h2>
        {candidates.length === 0 ? (
          <p class="empty">
            {t('judging.ballot.noFinalists')}{' '}
            <a href={`/back-office/calls/${call.slug}/decisions`}>{t('judging.tabs.decisions')}</a>
          </p>
        ) : (
          <ul>
            {candidates.map((one) => (
              <li key={one.id} lang={one.lang}>
                {one.name} ({one.code})
              </li>
            ))}
          </ul>
        )}
      </section>
      {board.openedAt && (
        <Table
          ctx={ctx}
          caption={t('judging.ballot.voters')}
          rows={board.jurors}
          rowKey={(juror) => juror.name}
          columns={[
            { key: 'juror', words: t('judging.field.juror'), cell: (juror) => juror.name },
            {
              key: 'cast',
              words: t('judging.ballot.hasCast'),
              cell: (juror) => (juror.castAt ? when(juror.castAt) : <Tag tone="wait">{t('judging.ballot.notYet')}</Tag>),
            },
          ]}
        />
      )}
      {!call.resultsPublishedAt && board.openedAt === null && candidates.length > 1 && (
        <PostForm action={`/back-office/calls/${call.slug}/ballot`}>
          <p>{t('judging.ballot.openWords')}</p>
          <Button>{t('judging.ballot.open')}</Button>
        </PostForm>
      )}
      {!call.resultsPublishedAt && board.closedAt && (
        <PostForm action={`/back-office/calls/${call.slug}/ballot`}>
          <p>{t('judging.ballot.reopenWords')}</p>
          <Button kind="secondary">{t('judging.ballot.reopen')}</Button>
        </PostForm>
      )}
      {open && (
        <PostForm action={`/back-office/calls/${call.slug}/ballot/closing`}>
          <p>{t('judging.ballot.closeWords')}</p>
          <Button kind="danger">{t('judging.ballot.close')}</Button>
        </PostForm>
      )}
    </Layout>
  );
}
