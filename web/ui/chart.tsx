import type { ComponentChildren } from 'preact';
import { formatDate, formatNumber } from '../locales/format.ts';
import type { PageContext } from '../page.ts';

export interface Figure {
  words: string;
  value: number;
}

/** A picture with its title, and its figures as a table for whoever would rather read. */
export function Chart({ ctx, title, columns, rows, children }: ChartProps) {
  return (
    <figure class="chart">
      <figcaption>{title}</figcaption>
      {children}
      <details>
        <summary>{ctx.t('ui.chart.data')}</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">{columns[0]}</th>
              <th scope="col">{columns[1]}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.words}>
                <th scope="row">{row.words}</th>
                <td>{formatNumber(row.value, ctx.language)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}

interface ChartProps {
  ctx: PageContext;
  title: string;
  columns: [string, string];
  rows: Figure[];
  children: ComponentChildren;
}

const ROW = 34;
const WIDTH = 640;
const LABELS = 190;

/** Amounts side by side, longest word first to about thirty letters. */
export function BarChart({ ctx, title, columns, rows }: Omit<ChartProps, 'children'>) {
  const most = Math.max(1, ...rows.map((row) => row.value));
  const length = (value: number) => (value / most) * (WIDTH - LABELS - 60);
  return (
    <Chart ctx={ctx} title={title} columns={columns} rows={rows}>
      <svg viewBox={`0 0 ${WIDTH} ${rows.length * ROW}`} role="img" aria-label={title}>
        {rows.map((row, at) => (
          <g key={row.words} transform={`translate(0 ${at * ROW})`}>
            <text x={LABELS - 12} y="21" text-anchor="end">
              {shortened(row.words)}
            </text>
            <rect class="chart-bar" x={LABELS} y="6" width={length(row.value).toFixed(1)} height="22" rx="3" />
            <text class="chart-value" x={(LABELS + length(row.value) + 8).toFixed(1)} y="21">
              {formatNumber(row.value, ctx.language)}
            </text>
          </g>
        ))}
      </svg>
    </Chart>
  );
}

const shortened = (words: string) => (words.length > 28 ? `${words.slice(0, 27)}…` : words);

export interface LineProps {
  ctx: PageContext;
  title: string;
  columns: [string, string];
  points: { date: Temporal.PlainDate; value: number }[];
  /** A line that should not be crossed: the number of places. */
  limit?: { words: string; value: number };
}

const HEIGHT = 240;
const [LEFT, RIGHT, TOP, BOTTOM] = [44, 12, 22, 26];

/** A number over days, in the order of days. */
export function LineOverTime({ ctx, title, columns, points, limit }: LineProps) {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return null;
  const days = Math.max(1, first.date.until(last.date).days);
  const most = Math.max(1, limit?.value ?? 0, ...points.map((point) => point.value));
  const x = (date: Temporal.PlainDate) => LEFT + (first.date.until(date).days / days) * (WIDTH - LEFT - RIGHT);
  const y = (value: number) => TOP + (1 - value / most) * (HEIGHT - TOP - BOTTOM);
  const line = points.map((point) => `${x(point.date).toFixed(1)},${y(point.value).toFixed(1)}`).join(' ');
  const rows = points.map((point) => ({ words: formatDate(point.date, ctx.language), value: point.value }));
  return (
    <Chart ctx={ctx} title={title} columns={columns} rows={rows}>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={title}>
        {[0, 0.5, 1].map((share) => (
          <g key={share}>
            <line class="chart-grid" x1={LEFT} x2={WIDTH - RIGHT} y1={y(share * most)} y2={y(share * most)} />
            <text x={LEFT - 8} y={y(share * most) + 4} text-anchor="end">
              {formatNumber(Math.round(share * most), ctx.language)}
            </text>
          </g>
        ))}
        {limit && (
          <>
            <line class="chart-limit" x1={LEFT} x2={WIDTH - RIGHT} y1={y(limit.value)} y2={y(limit.value)} />
            <text x={WIDTH - RIGHT} y={y(limit.value) - 6} text-anchor="end">
              {limit.words}
            </text>
          </>
        )}
        <polygon class="chart-area" points={`${LEFT},${y(0)} ${line} ${x(last.date)},${y(0)}`} />
        <polyline class="chart-line" points={line} />
        <text x={LEFT} y={HEIGHT - 6}>
          {formatDate(first.date, ctx.language, 'day')}
        </text>
        <text x={WIDTH - RIGHT} y={HEIGHT - 6} text-anchor="end">
          {formatDate(last.date, ctx.language, 'day')}
        </text>
      </svg>
    </Chart>
  );
}
