import type { PageContext } from '../page.ts';

const CELL = 52;
const LEFT = 40;
const TOP = 34;
const MOST_DRAWN = 16;

/** How many prefer each finalist of a row to each of a column. In the order of the result, wins stand above the diagonal. */
export function BallotChart({
  ctx,
  order,
  voters,
}: {
  ctx: PageContext;
  order: { id: string; letter: string; name: string }[];
  voters: (a: string, b: string) => number;
}) {
  const { t } = ctx;
  const drawn = order.slice(0, MOST_DRAWN);
  const size = drawn.length * CELL;
  return (
    <figure class="chart ballot-chart">
      <figcaption>{t('judging.ballot.duels')}</figcaption>
      <svg
        viewBox={`0 0 ${LEFT + size} ${TOP + size}`}
        width={LEFT + size}
        role="img"
        aria-label={t('judging.ballot.duelsWords')}
      >
        {drawn.map((one, at) => (
          <g key={one.id}>
            <text x={LEFT + at * CELL + CELL / 2} y={TOP - 12} text-anchor="middle">
              {one.letter}
            </text>
            <text x={LEFT - 14} y={TOP + at * CELL + CELL / 2 + 5} text-anchor="end">
              {one.letter}
            </text>
          </g>
        ))}
        {drawn.map((a, i) =>
          drawn.map((b, j) => {
            const [won, lost] = [voters(a.id, b.id), voters(b.id, a.id)];
            const kind = i === j ? 'self' : won > lost ? 'won' : won < lost ? 'lost' : 'even';
            return (
              <g key={`${a.id}${b.id}`}>
                <rect
                  class={`duel-${kind}`}
                  x={LEFT + j * CELL + 1}
                  y={TOP + i * CELL + 1}
                  width={CELL - 2}
                  height={CELL - 2}
                  rx="4"
                />
                {i !== j && (
                  <text
                    class={`duel-figure duel-figure-${kind}`}
                    x={LEFT + j * CELL + CELL / 2}
                    y={TOP + i * CELL + CELL / 2 + 5}
                    text-anchor="middle"
                  >
                    {won}
                  </text>
                )}
              </g>
            );
          }),
        )}
      </svg>
      <details>
        <summary>{t('judging.ballot.table')}</summary>
        <div class="table-scroll" role="region" tabIndex={0} aria-label={t('judging.ballot.table')}>
          <table class="table">
            <caption class="unseen">{t('judging.ballot.duels')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('judging.field.entry')}</th>
                {order.map((b) => (
                  <th key={b.id} scope="col" class="number">
                    {b.letter}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {order.map((a) => (
                <tr key={a.id}>
                  <th scope="row">
                    {a.letter} – {a.name}
                  </th>
                  {order.map((b) => (
                    <td key={b.id} class="number">
                      {a.id === b.id ? '–' : voters(a.id, b.id)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  );
}
