import { formatNumber } from '../locales/format.ts';
import type { PageContext } from '../page.ts';
import { Figure } from './figure.tsx';

export interface YearLine {
  name: string;
  /** One for each year; null where there is none: a gap, not a fall. */
  values: (number | null)[];
}

export interface YearLinesProps {
  ctx: PageContext;
  title: string;
  note?: string;
  years: number[];
  min: number;
  max: number;
  /** The first is the emphasised; the others are dashed. */
  lines: YearLine[];
  /** Columns of the table beside the values: a word for each year. */
  words?: { head: string; cells: (string | null)[] }[];
}

const [HEIGHT, TOP, BOTTOM] = [132, 22, 40];

/** Values over the years on one scale. Widths are percentages of the drawing, so that letters keep their size on a phone. */
export function YearLines({ ctx, title, note, years, min, max, lines, words = [] }: YearLinesProps) {
  const say = (value: number) => formatNumber(value, ctx.language, { maximumFractionDigits: 1 });
  const x = (at: number) => `${(years.length < 2 ? 50 : 8 + (at / (years.length - 1)) * 84).toFixed(2)}%`;
  const y = (value: number) => TOP + (1 - (value - min) / Math.max(1, max - min)) * (HEIGHT - TOP - BOTTOM);
  const shown = lines.filter(({ values }) => values.some((value) => value !== null));
  return (
    <Figure
      ctx={ctx}
      title={title}
      note={note}
      table={{
        head: [ctx.t('assessments.year'), ...lines.map(({ name }) => name), ...words.map(({ head }) => head)],
        rows: years.map((year, at) => ({
          key: String(year),
          name: String(year),
          cells: [
            ...lines.map(({ values }) => {
              const value = values[at];
              return value === null || value === undefined ? null : say(value);
            }),
            ...words.map(({ cells }) => cells[at] ?? null),
          ],
        })),
      }}
    >
      <ul class="legend">
        {shown.map(({ name }) => (
          <li key={name}>
            <svg width="28" height="16" aria-hidden="true">
              <line class={lines[0]?.name === name ? 'year-own' : 'year-other'} x1="0" x2="28" y1="8" y2="8" />
              <circle
                class={lines[0]?.name === name ? 'dot-own' : 'dot-other'}
                cx="14"
                cy="8"
                r={lines[0]?.name === name ? 6 : 4}
              />
            </svg>{' '}
            {name}
          </li>
        ))}
      </ul>
      <svg
        class="years"
        width="100%"
        height={HEIGHT}
        role="img"
        aria-label={`${title}: ${shown.map(({ name, values }) => `${name} ${years.map((year, at) => `${year}: ${values[at] ?? '–'}`).join(', ')}`).join('; ')}`}
      >
        {[min, (min + max) / 2, max].map((value) => (
          <g key={value}>
            <line class="chart-grid" x1="4%" x2="96%" y1={y(value)} y2={y(value)} />
            <text x="0" y={y(value) + 4}>
              {say(value)}
            </text>
          </g>
        ))}
        {years.map((year, at) => (
          <text key={year} x={x(at)} y={HEIGHT - 6} text-anchor="middle">
            {year}
          </text>
        ))}
        {lines
          .map((line, n) => (
            <Line key={line.name} own={n === 0} values={line.values} above={lines[1]?.values} x={x} y={y} say={say} />
          ))
          .toReversed()}
      </svg>
    </Figure>
  );
}

function Line(props: {
  own: boolean;
  values: (number | null)[];
  /** What would be written over: where it is higher, the value stands below its dot. */
  above: (number | null)[] | undefined;
  x: (at: number) => string;
  y: (value: number) => number;
  say: (value: number) => string;
}) {
  const { own, values, above, x, y, say } = props;
  return (
    <g>
      {values.map((value, at) => {
        const before = values[at - 1];
        if (value === null || before === null || before === undefined) return null;
        return (
          <line key={`to ${at}`} class={own ? 'year-own' : 'year-other'} x1={x(at - 1)} y1={y(before)} x2={x(at)} y2={y(value)} />
        );
      })}
      {values.map(
        (value, at) =>
          value !== null && (
            <circle key={`at ${at}`} class={own ? 'dot-own' : 'dot-other'} cx={x(at)} cy={y(value)} r={own ? 6 : 4} />
          ),
      )}
      {own &&
        values.map(
          (value, at) =>
            value !== null && (
              <text
                key={`of ${at}`}
                class="year-value"
                x={x(at)}
                y={y(value) + ((above?.[at] ?? value) > value ? 19 : -10)}
                text-anchor="middle"
              >
                {say(value)}
              </text>
            ),
        )}
    </g>
  );
}
