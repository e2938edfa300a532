import { formatNumber, formatPercent } from '../locales/format.ts';
import type { PageContext } from '../page.ts';
import { BAR_HEIGHT, FITS, Figure } from './figure.tsx';

export interface NpsProps {
  ctx: PageContext;
  title: string;
  note?: string;
  score: number;
  promoters: number;
  passives: number;
  detractors: number;
  low: number | null;
  high: number | null;
}

/** A recommendation score as a number, and the three parts that it is made of. */
export function NpsBar(props: NpsProps) {
  const { ctx, title, note, score, low, high } = props;
  const { t } = ctx;
  const parts = [
    { key: 'detractors', tone: 1, percent: props.detractors },
    { key: 'passives', tone: 3, percent: props.passives },
    { key: 'promoters', tone: 5, percent: props.promoters },
  ] as const;
  const say = (percent: number) => formatPercent(percent / 100, ctx.language);
  const name = (key: (typeof parts)[number]['key']) => t(`questionnaires.results.${key}`);
  const sum = Math.max(
    1,
    parts.reduce((all, { percent }) => all + percent, 0),
  );
  let x = 0;
  return (
    <Figure
      ctx={ctx}
      title={title}
      note={note}
      table={{
        head: [t('questionnaires.results.option'), t('questionnaires.results.percent')],
        rows: [
          ...parts.map(({ key, percent }) => ({ key, name: name(key), cells: [say(percent)] })),
          {
            key: 'score',
            name: t('questionnaires.results.nps'),
            cells: [formatNumber(score, ctx.language, { signDisplay: 'exceptZero' })],
          },
        ],
      }}
    >
      <p class="nps-score">
        <strong>{formatNumber(score, ctx.language, { signDisplay: 'exceptZero' })}</strong>{' '}
        <span>
          {t('questionnaires.results.nps')}
          {low !== null && high !== null && <>, {t('questionnaires.results.npsRange', { low, high })}</>}
        </span>
      </p>
      <svg
        class="bar"
        width="100%"
        height={BAR_HEIGHT}
        role="img"
        aria-label={parts.map(({ key, percent }) => `${name(key)}: ${say(percent)}`).join(', ')}
      >
        {parts.map(({ key, tone, percent }) => {
          const width = (percent / sum) * 100;
          const from = x;
          x += width;
          return (
            percent > 0 && (
              <g key={key} class={`tone-${tone}`}>
                <rect x={`${from.toFixed(2)}%`} width={`${width.toFixed(2)}%`} y="1" height={BAR_HEIGHT - 2} />
                {width >= FITS && (
                  <text x={`${(from + width / 2).toFixed(2)}%`} y="19" text-anchor="middle">
                    {percent}
                  </text>
                )}
              </g>
            )
          );
        })}
      </svg>
      <ul class="legend" aria-hidden="true">
        {parts.map(({ key, tone }) => (
          <li key={key}>
            <svg width="14" height="14" class={`tone-${tone}`}>
              <rect x="0.5" y="0.5" width="13" height="13" />
            </svg>{' '}
            {name(key)}
          </li>
        ))}
      </ul>
    </Figure>
  );
}
