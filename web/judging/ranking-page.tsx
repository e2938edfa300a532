import type { CallRanking } from '../../server/judging/rankings.ts';
import { Layout } from '../layout.tsx';
import { formatMoment, formatNumber, formatPercent } from '../locales/format.ts';
import type { FieldError, PageContext } from '../page.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { PostForm } from '../ui/post-form.tsx';
import { Table } from '../ui/table.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { CutTieView } from './cut-tie.tsx';
import { HowComputed } from './how-computed.tsx';
import { JudgingTabs } from './judging-tabs.tsx';
import { RankChart } from './rank-chart.tsx';
import { type CallInJudging, figure, langOf, read } from './words.ts';

export interface RankingPageProps {
  ctx: PageContext;
  call: CallInJudging;
  ranking: CallRanking;
  /** Of the vote on a tie, as it was typed. */
  values: Record<string, unknown>;
  errors: FieldError[];
}

const MOST_DRAWN = 40;

/** Raw and calibrated side by side, how sure each rank is, and what the jury should look at. */
export function RankingPage(props: RankingPageProps) {
  const { ctx, call, ranking, errors } = props;
  const { t } = ctx;
  const title = read(ctx, call.title, call.defaultLanguage);
  const drawn = ranking.entries.flatMap((row) =>
    row.rank !== null && row.rankInterval
      ? [{ name: nameOf(props, row.entry), rank: row.rank, from: row.rankInterval[0], to: row.rankInterval[1] }]
      : [],
  );
  return (
    <Layout
      ctx={ctx}
      title={t('judging.ranking.title')}
      kicker={<span lang={langOf(ctx, title)}>{title.text}</span>}
      lead={t('judging.ranking.lead')}
      errors={errors}
    >
      <JudgingTabs ctx={ctx} slug={call.slug} here="ranking" />
      <Notice kind={ranking.status === 'calibrated' ? 'info' : 'warning'}>{t(`judging.status.${ranking.status}`)}</Notice>
      {drawn.length > 0 && (
        <RankChart
          ctx={ctx}
          title={t('judging.ranking.chart')}
          rows={drawn.slice(0, MOST_DRAWN)}
          chosen={ranking.k}
          total={drawn.length}
        />
      )}
      {ranking.entries.length > 0 && <RankTable {...props} />}
      <CutTieView
        ctx={ctx}
        call={call}
        tie={ranking.tie}
        chosen={ranking.k}
        name={(entry) => nameOf(props, entry)}
        values={props.values}
        errors={errors}
      />
      <Findings {...props} />
      <p>
        <a href={`/back-office/calls/${call.slug}/reviews.xlsx`} download>
          {t('judging.ranking.sheet')}
        </a>
      </p>
      <HowComputed ctx={ctx} call={call} ranking={ranking} />
      <section>
        <h2>{t('judging.ranking.keep')}</h2>
        <p>
          {ranking.computedAt
            ? t('judging.ranking.kept', {
                n: ranking.number ?? 0,
                when: formatMoment(ranking.computedAt, call.zone, ctx.language),
              })
            : t('judging.ranking.notKept')}
        </p>
        <PostForm action={`/back-office/calls/${call.slug}/ranking`} onScreen>
          <TextInput
            ctx={ctx}
            name="chosen"
            type="number"
            size="short"
            label={t('judging.ranking.chosen')}
            value={ranking.k}
            required
            errors={errors}
          />
          <TextInput
            ctx={ctx}
            name="seed"
            type="number"
            size="short"
            label={t('judging.ranking.seed')}
            hint={t('judging.ranking.seedHint')}
            value={ranking.seed}
            required
            errors={errors}
          />
          <Button kind="secondary">{t('judging.ranking.keepGo')}</Button>
        </PostForm>
      </section>
    </Layout>
  );
}

function nameOf({ ctx, call, ranking }: RankingPageProps, entry: string): string {
  const known = ranking.names[entry];
  return known ? `${known.organisation} · ${read(ctx, known.title, call.defaultLanguage).text}` : entry;
}

function RankTable(props: RankingPageProps) {
  const { ctx, ranking } = props;
  const { t } = ctx;
  return (
    <Table
      ctx={ctx}
      caption={t('judging.ranking.table')}
      rows={ranking.entries}
      rowKey={(row) => row.entry}
      columns={[
        { key: 'entry', words: t('judging.field.entry'), cell: (row) => nameOf(props, row.entry) },
        { key: 'rank', words: t('judging.field.rank'), number: true, cell: (row) => row.rank ?? '–' },
        { key: 'calibrated', words: t('judging.field.calibrated'), number: true, cell: (row) => figure(ctx, row.calibrated) },
        {
          key: 'interval',
          words: t('judging.field.interval'),
          number: true,
          cell: (row) => (row.interval ? `${figure(ctx, row.interval[0])} – ${figure(ctx, row.interval[1])}` : '–'),
        },
        {
          key: 'ranks',
          words: t('judging.field.rankInterval'),
          number: true,
          cell: (row) => (row.rankInterval ? `${row.rankInterval[0]} – ${row.rankInterval[1]}` : '–'),
        },
        {
          key: 'top',
          words: t('judging.field.top', { n: ranking.k }),
          number: true,
          cell: (row) => (row.topProbability === null ? '–' : formatPercent(row.topProbability, ctx.language)),
        },
        { key: 'raw', words: t('judging.field.rawMean'), number: true, cell: (row) => figure(ctx, row.rawMean) },
        { key: 'rawRank', words: t('judging.field.rawRank'), number: true, cell: (row) => row.rawRank },
        {
          key: 'reviews',
          words: t('judging.field.reviews'),
          number: true,
          cell: (row) => <ReviewsLink {...props} entry={row.entry} reviews={row.reviews} />,
        },
      ]}
    />
  );
}

function ReviewsLink({ ctx, call, ranking, entry, reviews }: RankingPageProps & { entry: string; reviews: number }) {
  const code = ranking.names[entry]?.code;
  if (!code) return <>{reviews}</>;
  return (
    <a href={`/back-office/calls/${call.slug}/reviews/${code}.pdf`} aria-label={ctx.t('judging.report.of', { code })} download>
      {reviews} (PDF)
    </a>
  );
}

/** What goes to deliberation: ties at the cut, who depends on one juror, flags, bridges, agreement. */
function Findings(props: RankingPageProps) {
  const { ctx, ranking } = props;
  const { t } = ctx;
  const juror = (id: string) => ranking.people[id] ?? id;
  const entry = (id: string) => nameOf(props, id);
  const { alpha, reliability } = ranking.agreement;
  const flags = ranking.flags.map((flag) => {
    if (flag.kind === 'does-not-discriminate') return t('judging.flag.flat', { juror: juror(flag.juror) });
    if (flag.kind === 'different-spread')
      return t('judging.flag.spread', { juror: juror(flag.juror), times: figure(ctx, flag.ratio) });
    return t('judging.flag.aberrant', {
      juror: juror(flag.juror),
      entry: entry(flag.entry),
      score: figure(ctx, flag.score),
      expected: figure(ctx, flag.expected),
    });
  });
  const ties = ranking.cutTies.slice(0, 12);
  return (
    <section>
      <h2>{t('judging.ranking.look')}</h2>
      <List
        title={t('judging.ranking.ties')}
        none={t('judging.ranking.noTies')}
        items={ties.map((tie) =>
          t('judging.ranking.tie', {
            above: entry(tie.above),
            below: entry(tie.below),
            sure: formatPercent(tie.certainty, ctx.language),
          }),
        )}
      />
      {ranking.robust !== null && (
        <>
          <p>{t(ranking.robust ? 'judging.ranking.robust' : 'judging.ranking.fragile')}</p>
          <ul>
            {ranking.leaveOneOut?.flatMap((one) =>
              one.lost.length > 0
                ? [
                    <li key={one.juror}>
                      {t('judging.ranking.without', { juror: juror(one.juror), lost: one.lost.map(entry).join('; ') })}
                    </li>,
                  ]
                : [],
            )}
          </ul>
        </>
      )}
      {ranking.unranked.length > 0 && <List title={t('judging.ranking.unranked')} none="" items={ranking.unranked.map(entry)} />}
      {ranking.bridges.length > 0 && (
        <List
          title={t('judging.ranking.bridges')}
          none=""
          items={ranking.bridges.map((bridge) =>
            t('judging.ranking.bridge', { juror: juror(bridge.juror), entry: entry(bridge.entry) }),
          )}
        />
      )}
      <List title={t('judging.ranking.flags')} none={t('judging.ranking.noFlags')} items={flags} />
      <p>
        {alpha !== null && t('judging.ranking.alpha', { value: formatNumber(alpha, ctx.language, { maximumFractionDigits: 2 }) })}{' '}
        {reliability &&
          t('judging.ranking.icc', {
            single: figure(ctx, reliability.single, 2),
            mean: figure(ctx, reliability.mean, 2),
            calibrated: figure(ctx, reliability.calibrated, 2),
          })}
      </p>
    </section>
  );
}

function List({ title, items, none }: { title: string; items: string[]; none: string }) {
  return (
    <>
      <h3>{title}</h3>
      {items.length === 0 ? (
        <p>{none}</p>
      ) : (
        <ul>
          {items.map((item) => (
            <li key={item}>{item}</li>
          ))}
        </ul>
      )}
    </>
  );
}
