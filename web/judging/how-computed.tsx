import type { CallRanking } from '../../server/judging/rankings.ts';
import type { PageContext } from '../page.ts';
import { DefinitionList } from '../ui/facts.tsx';
import { Table } from '../ui/table.tsx';
import { figure } from './words.ts';

/** In words a jury understands, and with every number that is needed to compute it again. */
export function HowComputed({ ctx, call, ranking }: { ctx: PageContext; call: { slug: string }; ranking: CallRanking }) {
  const { t } = ctx;
  const { variances } = ranking;
  return (
    <section id="how">
      <h2>{t('judging.how.title')}</h2>
      <p>{t('judging.how.words')}</p>
      <p>{t('judging.how.sure')}</p>
      <details>
        <summary>{t('judging.how.formula')}</summary>
        <p>
          <code>y = 100 · Σ w·(s − min)/(max − min) / Σ w</code>
        </p>
        <p>
          <code>y(ij) = μ + f(i) + b(j) + e(ij)</code> · REML, BLUP
        </p>
        <p>
          <code>b(j) = m·σb²/(m·σb² + σ²) · mean(y − μ − f)</code>
        </p>
        <p>
          <code>f(i) = n·σf²/(n·σf² + σ²) · (mean(y − b) − μ)</code>
        </p>
        <DefinitionList
          facts={[
            { term: 'μ', value: figure(ctx, ranking.mean, 6) },
            { term: 'σf²', value: figure(ctx, variances.entries, 6) },
            { term: 'σb²', value: figure(ctx, variances.jurors, 6) },
            { term: 'σ²', value: figure(ctx, variances.rest, 6) },
            { term: t('judging.ranking.seed'), value: ranking.seed },
            { term: t('judging.how.input'), value: <code>{ranking.inputHash}</code> },
          ]}
        />
        {ranking.number !== null && (
          <p>
            <a href={`/back-office/calls/${call.slug}/ranking/${ranking.number}.json`}>{t('judging.how.download')}</a>
          </p>
        )}
      </details>
      {ranking.jurors.length > 0 && (
        <Table
          ctx={ctx}
          caption={t('judging.how.jurors')}
          rows={ranking.jurors}
          rowKey={(row) => row.juror}
          columns={[
            { key: 'juror', words: t('judging.field.juror'), cell: (row) => ranking.people[row.juror] ?? row.juror },
            { key: 'reviews', words: t('judging.field.reviews'), number: true, cell: (row) => row.reviews },
            { key: 'mean', words: t('judging.field.rawMean'), number: true, cell: (row) => figure(ctx, row.rawMean) },
            { key: 'severity', words: t('judging.field.severity'), number: true, cell: (row) => figure(ctx, row.severity) },
          ]}
        />
      )}
    </section>
  );
}
