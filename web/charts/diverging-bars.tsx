import { formatPercent } from '../locales/format.ts';
import type { PageContext } from '../page.ts';
import { BAR_HEIGHT, FITS, Figure } from './figure.tsx';

export interface DivergingRow {
  key: string;
  name: string;
  /** Whole percents by option, in the order of `options`; null where nothing is shown. */
  percents: number[] | null;
  /** What stands in the place of a bar. */
  instead?: string;
  base: number | null;
}

export interface DivergingProps {
  ctx: PageContext;
  title: string;
  note?: string;
  /** From the least to the most agreement; what is not on that scale is left out. */
  options: string[];
  rows: DivergingRow[];
}

/** Which of the five colours the n-th of `count` options has. */
export const toneOf = (at: number, count: number): number => (count < 2 ? 3 : Math.round((at / (count - 1)) * 4) + 1);

/** Stacked bars that part at the middle of the scale: what leans to the right agrees. Most agreement first. */
export function DivergingBars({ ctx, title, note, options, rows }: DivergingProps) {
  const { t } = ctx;
  const reach = rows.map(({ percents }) => sides(percents ?? []));
  const [left, right] = [Math.max(1, ...reach.map((side) => side.left)), Math.max(1, ...reach.map((side) => side.right))];
  const sorted = rows.toSorted((a, b) => sides(b.percents ?? []).right - sides(a.percents ?? []).right);
  return (
    <Figure
      ctx={ctx}
      title={title}
      note={note}
      table={{
        head: [t('questionnaires.results.statement'), ...options, t('questionnaires.results.n')],
        rows: sorted.map((row) => ({
          key: row.key,
          name: row.name,
          cells: [
            ...options.map((_, at) => (row.percents ? formatPercent((row.percents[at] ?? 0) / 100, ctx.language) : null)),
            row.base,
          ],
        })),
      }}
    >
      <Legend options={options} />
      <ul class="bars">
        {sorted.map((row) => (
          <li key={row.key}>
            <p class="bars-name">
              {row.name} {row.base !== null && <span class="bars-base">{t('questionnaires.results.base', { n: row.base })}</span>}
            </p>
            {row.percents ? (
              <DivergingBar ctx={ctx} row={row} percents={row.percents} options={options} left={left} right={right} />
            ) : (
              <p class="bars-instead">{row.instead}</p>
            )}
          </li>
        ))}
      </ul>
    </Figure>
  );
}

function DivergingBar(props: {
  ctx: PageContext;
  row: DivergingRow;
  percents: number[];
  options: string[];
  left: number;
  right: number;
}) {
  const { ctx, row, percents, options, left, right } = props;
  const scale = 100 / (left + right);
  let x = (left - sides(percents).left) * scale;
  const words = percents.map((percent, at) => `${options[at]} ${formatPercent(percent / 100, ctx.language)}`).join(', ');
  return (
    <svg class="bar" width="100%" height={BAR_HEIGHT} role="img" aria-label={`${row.name}: ${words}`}>
      {/* Behind the bars: over them it would strike out the number in the middle. */}
      <line
        class="bar-middle"
        x1={`${(left * scale).toFixed(2)}%`}
        x2={`${(left * scale).toFixed(2)}%`}
        y1={-3}
        y2={BAR_HEIGHT + 3}
      />
      {percents.map((percent, at) => {
        const width = percent * scale;
        const from = x;
        x += width;
        return (
          percent > 0 && (
            <g key={options[at]} class={`tone-${toneOf(at, options.length)}`}>
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
  );
}

/** How far a row reaches to both sides of the middle; the middle option counts half to each. */
function sides(percents: readonly number[]): { left: number; right: number } {
  const middle = (percents.length - 1) / 2;
  const sum = (keep: (at: number) => boolean) => percents.reduce((all, percent, at) => (keep(at) ? all + percent : all), 0);
  const half = Number.isInteger(middle) ? (percents[middle] ?? 0) / 2 : 0;
  return { left: sum((at) => at < middle) + half, right: sum((at) => at > middle) + half };
}

function Legend({ options }: { options: string[] }) {
  return (
    <ul class="legend" aria-hidden="true">
      {options.map((words, at) => (
        <li key={words}>
          <svg width="14" height="14" class={`tone-${toneOf(at, options.length)}`}>
            <rect x="0.5" y="0.5" width="13" height="13" />
          </svg>{' '}
          {words}
        </li>
      ))}
    </ul>
  );
}
