import { formatNumber } from '../locales/format.ts';
import type { PageContext } from '../page.ts';
import { Figure } from './figure.tsx';

export interface Dumbbell {
  key: string;
  name: string;
  /** Ends of the scale. */
  min: number;
  max: number;
  /** A value for each of the compared, in their order; null where there is none to compare. */
  values: (number | null)[];
  note?: string;
}

/** The same measure at several times or places: a dot for each, on one line from the least to the most. The first is the emphasised. */
export function Dumbbells({ ctx, title, names, rows }: { ctx: PageContext; title: string; names: string[]; rows: Dumbbell[] }) {
  const say = (value: number) => formatNumber(value, ctx.language, { maximumFractionDigits: 1 });
  return (
    <Figure
      ctx={ctx}
      title={title}
      table={{
        head: [ctx.t('questionnaires.compare.question'), ...names],
        rows: rows.map((row) => ({
          key: row.key,
          name: row.name,
          cells: row.values.map((value) => (value === null ? null : say(value))),
        })),
      }}
    >
      <ul class="legend">
        {names.map((name, at) => (
          <li key={name}>
            <svg width="16" height="16" aria-hidden="true">
              <Dot x="8" at={at} y={8} />
            </svg>{' '}
            {name}
          </li>
        ))}
      </ul>
      <ul class="bars">
        {rows.map((row) => {
          const place = (value: number) => 4 + ((value - row.min) / Math.max(1, row.max - row.min)) * 92;
          const present = row.values.filter((value) => value !== null);
          return (
            <li key={row.key}>
              <p class="bars-name">
                {row.name} <strong>{row.values.map((value) => (value === null ? '–' : say(value))).join(' · ')}</strong>
                {row.note && <span class="bars-base"> {row.note}</span>}
              </p>
              <svg
                class="bar"
                width="100%"
                height="28"
                role="img"
                aria-label={`${row.name}: ${names.map((name, at) => `${name} ${row.values[at] ?? '–'}`).join(', ')}`}
              >
                <line class="chart-grid" x1="4%" x2="96%" y1="14" y2="14" />
                {present.length > 1 && (
                  <line
                    class="dumbbell"
                    x1={`${place(Math.min(...present)).toFixed(2)}%`}
                    x2={`${place(Math.max(...present)).toFixed(2)}%`}
                    y1="14"
                    y2="14"
                  />
                )}
                {row.values
                  .map((value, at) => value !== null && <Dot key={names[at]} x={`${place(value).toFixed(2)}%`} at={at} y={14} />)
                  .toReversed()}
              </svg>
            </li>
          );
        })}
      </ul>
    </Figure>
  );
}

// Told apart by filling and size, not by colour alone.
function Dot({ x, y, at }: { x: string; y: number; at: number }) {
  return <circle class={at === 0 ? 'dot-own' : 'dot-other'} cx={x} cy={y} r={at === 0 ? 7 : Math.max(3, 7 - at)} />;
}
