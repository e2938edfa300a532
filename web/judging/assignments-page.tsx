import type { RunPreview } from '../../server/judging/assigning.ts';
import type { Pair } from '../../server/judging/assignment.ts';
import type { Member } from '../../server/judging/jury.ts';
import type { PairCost } from '../../server/judging/pairs.ts';
import { Layout } from '../layout.tsx';
import type { FieldError, PageContext } from '../page.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { Select } from '../ui/select.tsx';
import { Table } from '../ui/table.tsx';
import { Tag } from '../ui/tag.tsx';
import { JudgingTabs } from './judging-tabs.tsx';
import { PairCostView } from './pair-cost.tsx';
import { langOf, read } from './words.ts';

export interface AssignmentsPageProps {
  ctx: PageContext;
  call: {
    slug: string;
    title: Record<string, string>;
    defaultLanguage: string;
    resultsPublishedAt: Temporal.Instant | null;
  };
  plan: { pairs: Pair[]; started: Pair[] };
  run: RunPreview | null;
  jurors: Member[];
  entries: { id: string; code: string; title: Record<string, string>; organisation: string }[];
  cost: PairCost | null;
  looked: { entry?: string | undefined; juror?: string | undefined };
  mayRun: boolean;
  errors: FieldError[];
}

/** Who reads what, entry by entry, with one pair added or taken out at a time after a look at what it costs. */
export function AssignmentsPage(props: AssignmentsPageProps) {
  const { ctx, call, plan, run, jurors, entries, cost, looked, mayRun, errors } = props;
  const { t } = ctx;
  const title = read(ctx, call.title, call.defaultLanguage);
  const home = `/back-office/calls/${call.slug}/assignments`;
  const named = (entry: (typeof entries)[number]) =>
    `${entry.organisation} · ${read(ctx, entry.title, call.defaultLanguage).text} (${entry.code})`;
  const juror = (id: string) => jurors.find((one) => one.personId === id)?.name ?? '–';
  const byEntry = Map.groupBy(plan.pairs, (pair) => pair.entry);
  const started = new Set(plan.started.map((pair) => `${pair.entry}\n${pair.juror}`));
  const mayChange = mayRun && !call.resultsPublishedAt;
  const look = (entry: string, of: string) => `${home}?entry=${entry}&juror=${of}#pair`;
  return (
    <Layout
      ctx={ctx}
      title={t('judging.pairs.title')}
      kicker={<span lang={langOf(ctx, title)}>{title.text}</span>}
      lead={t('judging.pairs.lead')}
      breadcrumbs={[{ words: t('judging.jury.title'), href: `/back-office/calls/${call.slug}/jury` }]}
      errors={errors}
    >
      <JudgingTabs ctx={ctx} slug={call.slug} here="jury" />
      {run && !run.publishedAt && <Notice>{t('judging.assign.preview')}</Notice>}
      <section id="pair">
        <h2>{t('judging.pairs.look')}</h2>
        <form method="get" action={`${home}#pair`} class="form">
          <Select
            ctx={ctx}
            name="entry"
            label={t('judging.field.entry')}
            empty
            value={looked.entry ?? ''}
            options={entries.map((entry) => ({ value: entry.id, words: named(entry) }))}
            errors={errors}
            unmarked
          />
          <Select
            ctx={ctx}
            name="juror"
            label={t('judging.field.juror')}
            empty
            value={looked.juror ?? ''}
            options={jurors.map((one) => ({ value: one.personId, words: one.name }))}
            errors={errors}
            unmarked
          />
          <Button kind="secondary">{t('judging.pairs.lookGo')}</Button>
        </form>
        {cost && (
          <>
            <PairCostView ctx={ctx} cost={cost} />
            {mayChange && cost.planned && !cost.started && (
              <PostForm action={`${home}/pairs/removal`} hidden={{ entry: cost.entry, juror: cost.juror }}>
                <Button kind="danger">{t('judging.pairs.remove')}</Button>
              </PostForm>
            )}
            {mayChange && !cost.planned && cost.conflicts.length === 0 && (
              <PostForm action={`${home}/pairs`} hidden={{ entry: cost.entry, juror: cost.juror }}>
                <Button>{t('judging.pairs.add')}</Button>
              </PostForm>
            )}
          </>
        )}
      </section>
      <Table
        ctx={ctx}
        caption={t('judging.assign.title')}
        rows={entries}
        rowKey={(entry) => entry.id}
        columns={[
          { key: 'entry', words: t('judging.field.entry'), cell: named },
          {
            key: 'jurors',
            words: t('judging.pairs.jurors'),
            cell: (entry) => (
              <ul class="inline-list">
                {(byEntry.get(entry.id) ?? []).map((pair) => (
                  <li key={pair.juror}>
                    <a href={look(pair.entry, pair.juror)}>{juror(pair.juror)}</a>{' '}
                    {started.has(`${pair.entry}\n${pair.juror}`) && <Tag plain>{t('judging.pairs.begun')}</Tag>}
                  </li>
                ))}
              </ul>
            ),
          },
          {
            key: 'reviews',
            words: t('judging.field.reviews'),
            number: true,
            cell: (entry) => byEntry.get(entry.id)?.length ?? 0,
          },
        ]}
      />
      {mayChange && run && !run.publishedAt && (
        <PostForm inline action={`${home}/publication`}>
          <Button>{t('judging.assign.publish')}</Button>
        </PostForm>
      )}
    </Layout>
  );
}
