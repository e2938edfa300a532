import type { Letter } from '../../server/judging/letters.ts';
import { Layout } from '../layout.tsx';
import { formatList, formatMoment, languageName } from '../locales/format.ts';
import type { FieldError, PageContext } from '../page.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { Table } from '../ui/table.tsx';
import { Tag } from '../ui/tag.tsx';
import { JudgingTabs } from './judging-tabs.tsx';
import { type CallInJudging, langOf, read } from './words.ts';

export interface LettersPageProps {
  ctx: PageContext;
  call: CallInJudging;
  letters: Letter[];
  maySend: boolean;
  errors: FieldError[];
}

/** Which letters are written, in which languages, for how many readers; and the one button that sends them all. */
export function LettersPage({ ctx, call, letters, maySend, errors }: LettersPageProps) {
  const { t } = ctx;
  const title = read(ctx, call.title, call.defaultLanguage);
  const waiting = letters.filter((letter) => !letter.sentAt);
  const ready = waiting.filter((letter) => letter.written && Object.keys(letter.text).length > 0 && letter.recipients > 0);
  return (
    <Layout
      ctx={ctx}
      title={t('judging.letters.title')}
      kicker={<span lang={langOf(ctx, title)}>{title.text}</span>}
      lead={t('judging.letters.lead')}
      errors={errors}
    >
      <JudgingTabs ctx={ctx} slug={call.slug} here="letters" />
      {letters.length === 0 ? (
        <p class="empty">{t('refusal.no-entries')}</p>
      ) : (
        <Table
          ctx={ctx}
          caption={t('judging.letters.title')}
          captionUnseen
          rows={letters}
          rowKey={(letter) => letter.entry}
          columns={[
            {
              key: 'entry',
              words: t('judging.field.entry'),
              cell: (letter) => {
                const name = read(ctx, letter.title, letter.language);
                return (
                  <a href={`/back-office/calls/${call.slug}/letters/${letter.entry}`}>
                    {letter.organisation} · <span lang={langOf(ctx, name)}>{name.text}</span>
                  </a>
                );
              },
            },
            {
              key: 'decision',
              words: t('judging.field.decision'),
              cell: (letter) => resolvedOf(ctx, call, letter),
            },
            {
              key: 'languages',
              words: t('judging.letters.written'),
              cell: (letter) =>
                letter.written
                  ? formatList(
                      Object.keys(letter.text).map((tag) => languageName(tag, ctx.language)),
                      ctx.language,
                    ) || '–'
                  : '–',
            },
            { key: 'readers', words: t('judging.letters.readers'), number: true, cell: (letter) => letter.recipients },
            {
              key: 'state',
              words: t('judging.field.state'),
              cell: (letter) =>
                letter.sentAt ? (
                  <Tag tone="good">
                    {t('judging.letters.sentAt', { when: formatMoment(letter.sentAt, call.zone, ctx.language) })}
                  </Tag>
                ) : letter.written ? (
                  <Tag tone="new">{t('judging.letters.ready')}</Tag>
                ) : (
                  <Tag tone="wait">{t('judging.letters.notWritten')}</Tag>
                ),
            },
          ]}
        />
      )}
      {letters.length > 0 && (
        <section>
          <h2>{t('judging.letters.send')}</h2>
          <p>{t('judging.letters.sendWords', { ready: ready.length, left: waiting.length - ready.length })}</p>
          {!call.resultsPublishedAt && <Notice>{t('refusal.results-first')}</Notice>}
          {call.resultsPublishedAt && maySend && ready.length > 0 && (
            <PostForm inline action={`/back-office/calls/${call.slug}/letters`}>
              <Button>{t('judging.letters.sendGo', { n: ready.length })}</Button>
            </PostForm>
          )}
        </section>
      )}
    </Layout>
  );
}

/** What the jury has resolved of an entry so far, in the words of its decisions; once the results are public, how it ended. */
export function resolvedOf(
  { t }: PageContext,
  call: Pick<LettersPageProps['call'], 'resultsPublishedAt'>,
  letter: Letter,
): string {
  const ended = letter.state === 'laureate' || letter.state === 'mention' ? letter.state : 'not-selected';
  const resolved = call.resultsPublishedAt ? ended : letter.decision;
  return resolved ? t(`judging.decision.${resolved}`) : '–';
}
