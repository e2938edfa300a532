import type { Note } from '../../server/judging/deliberation.ts';
import { Layout } from '../layout.tsx';
import { formatMoment } from '../locales/format.ts';
import type { FieldError, PageContext } from '../page.ts';
import { Button } from '../ui/button.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { Select } from '../ui/select.tsx';
import { TextArea } from '../ui/text-area.tsx';
import { JudgingTabs } from './judging-tabs.tsx';
import { type CallInJudging, langOf, read } from './words.ts';

export interface DiscussionPageProps {
  ctx: PageContext;
  call: CallInJudging;
  notes: Note[];
  entries: { id: string; code: string; title: Record<string, string>; organisation: string }[];
  values: Record<string, unknown>;
  errors: FieldError[];
}

/** What was said in the jury, of one entry or of all, as the chair writes it down until the results are public. */
export function DiscussionPage({ ctx, call, notes, entries, values, errors }: DiscussionPageProps) {
  const { t } = ctx;
  const title = read(ctx, call.title, call.defaultLanguage);
  const named = (entry: DiscussionPageProps['entries'][number]) =>
    `${entry.organisation} · ${read(ctx, entry.title, call.defaultLanguage).text} (${entry.code})`;
  const names = new Map(entries.map((entry) => [entry.id, named(entry)]));
  return (
    <Layout
      ctx={ctx}
      title={t('judging.discussion.title')}
      kicker={<span lang={langOf(ctx, title)}>{title.text}</span>}
      lead={t('judging.discussion.lead')}
      errors={errors}
    >
      <JudgingTabs ctx={ctx} slug={call.slug} here="discussion" />
      {notes.length === 0 && <p class="empty">{t('judging.discussion.none')}</p>}
      {notes.map((note) => (
        <article key={note.id}>
          <h2>{(note.entry && names.get(note.entry)) || t('judging.discussion.all')}</h2>
          <p class="preserved">{note.text}</p>
          <p class="hint">
            {[note.writtenBy, formatMoment(note.writtenAt, call.zone, ctx.language)].filter(Boolean).join(' · ')}
          </p>
        </article>
      ))}
      {!call.resultsPublishedAt && (
        <section>
          <h2>{t('judging.discussion.new')}</h2>
          <PostForm action={`/back-office/calls/${call.slug}/discussion`}>
            <Select
              ctx={ctx}
              name="entry"
              label={t('judging.discussion.about')}
              value={String(values.entry ?? '')}
              options={[
                { value: '', words: t('judging.discussion.all') },
                ...entries.map((entry) => ({ value: entry.id, words: named(entry) })),
              ]}
              errors={errors}
            />
            <TextArea
              ctx={ctx}
              name="text"
              label={t('judging.discussion.text')}
              value={String(values.text ?? '')}
              rows={6}
              maxlength={10_000}
              required
              errors={errors}
            />
            <Button>{t('judging.discussion.go')}</Button>
          </PostForm>
        </section>
      )}
    </Layout>
  );
}
