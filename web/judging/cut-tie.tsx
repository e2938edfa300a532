import type { CallTie } from '../../server/judging/rankings.ts';
import { formatList, formatMoment } from '../locales/format.ts';
import type { FieldError, PageContext } from '../page.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { TextArea } from '../ui/text-area.tsx';
import { OrderFields } from './order-fields.tsx';

export interface CutTieProps {
  ctx: PageContext;
  call: { slug: string; zone: string; resultsPublishedAt: Temporal.Instant | null };
  tie: CallTie;
  chosen: number;
  name: (entry: string) => string;
  values: Record<string, unknown>;
  errors: FieldError[];
}

/** The tie at the cut line: who is in it, what the call's rule says, what the jury resolved, and the form for its order. */
export function CutTieView(props: CutTieProps) {
  const { ctx, call, tie, chosen, name } = props;
  const { t } = ctx;
  if (tie.entries.length === 0 && tie.votes.length === 0) return null;
  const list = (entries: string[]) => formatList(entries.map(name), ctx.language);
  return (
    <section id="tie">
      <h2>{t('judging.tie.title')}</h2>
      {tie.entries.length > 0 && (
        <Notice kind="warning">{t('judging.tie.words', { n: chosen, entries: list(tie.entries) })}</Notice>
      )}
      <p>{t(`judging.tie.rule.${tie.rule}`)}</p>
      {tie.broken.length > 0 && (
        <ul>
          {tie.broken.map((pair) => (
            <li key={pair.below}>
              {t(`judging.tie.by.${pair.by ?? 'nothing'}`, { above: name(pair.above), below: name(pair.below) })}
            </li>
          ))}
        </ul>
      )}
      {tie.votes.map((vote) => (
        <article key={vote.id}>
          <h3>{t('judging.tie.voted', { when: formatMoment(vote.decidedAt, call.zone, ctx.language) })}</h3>
          <ol>
            {vote.entries.map((entry) => (
              <li key={entry}>{name(entry)}</li>
            ))}
          </ol>
          <p class="preserved">{vote.reasons}</p>
          <p class="hint">
            {t('judging.decisions.there', { names: formatList(vote.present, ctx.language) })}{' '}
            {vote.decidedBy && t('judging.tie.by', { name: vote.decidedBy })}
          </p>
        </article>
      ))}
      {!call.resultsPublishedAt && tie.entries.length > 1 && <VoteForm {...props} />}
    </section>
  );
}

function VoteForm({ ctx, call, tie, name, values, errors }: CutTieProps) {
  const { t } = ctx;
  const places = Object.fromEntries(
    Object.entries((values.places as object | undefined) ?? {}).map(([id, at]) => [id, String(at)]),
  );
  return (
    <PostForm action={`/back-office/calls/${call.slug}/ties`} label={t('judging.tie.new')} onScreen>
      <OrderFields
        ctx={ctx}
        legend={t('judging.tie.new')}
        hint={t('judging.tie.hint')}
        items={tie.entries.map((id) => ({ id, name: name(id) }))}
        places={places}
        errors={errors}
      />
      <TextArea
        ctx={ctx}
        name="reasons"
        label={t('judging.decisions.reasons')}
        value={String(values.reasons ?? '')}
        rows={3}
        maxlength={5000}
        required
        errors={errors}
      />
      <TextArea
        ctx={ctx}
        name="present"
        label={t('judging.decisions.present')}
        hint={t('judging.decisions.presentHint')}
        value={String(values.present ?? '')}
        rows={3}
        required
        errors={errors}
      />
      <Button kind="secondary">{t('judging.tie.go')}</Button>
    </PostForm>
  );
}
