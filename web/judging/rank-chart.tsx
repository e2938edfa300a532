import type { PageContext } from '../page.ts';

export interface RankRow {
  name: string;
  rank: number;
  from: number;
  to: number;
}

const ROW = 26;
const WIDTH = 640;
const LEFT = 210;
const RIGHT = 14;
const TOP = 26;

/** Where each entry may truly stand: a dot for its rank, a bar for nine in ten draws, a line where the chosen end. */
export function RankChart({
  ctx,
  title,
  rows,
  chosen,
  total,
}: {
  ctx: PageContext;
  title: string;
  rows: RankRow[];
  chosen: number;
  total: number;
}) {
  const x = (rank: number) => LEFT + ((rank - 1) / Math.max(1, total - 1)) * (WIDTH - LEFT - RIGHT);
  const height = TOP + rows.length * ROW;
  const cut = x(Math.min(total, chosen + 0.5));
  const marks = [...new Set([1, Math.round((1 + total) / 2), total])];
  return (
    <figure class="chart rank-chart">
      <figcaption>{title}</figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${height}`} role="img" aria-label={ctx.t('judging.ranking.chartWords', { n: rows.length })}>
        {marks.map((rank) => (
          <text key={rank} x={x(rank)} y="14" text-anchor="middle">
            {rank}
          </text>
        ))}
        {chosen < total && <line class="chart-limit" x1={cut} x2={cut} y1={TOP - 6} y2={height} />}
        {rows.map((row, at) => (
          <g key={row.name} transform={`translate(0 ${TOP + at * ROW})`}>
            <text x={LEFT - 16} y="15" text-anchor="end">
              {row.name.length > 28 ? `${row.name.slice(0, 27)}…` : row.name}
            </text>
            <line class="rank-range" x1={x(row.from)} x2={x(row.to)} y1="11" y2="11" />
            <circle class="rank-dot" cx={x(row.rank)} cy="11" r="5" />
          </g>
        ))}
      </svg>
    </figure>
  );
}
