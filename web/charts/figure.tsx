import type { ComponentChildren } from 'preact';
import type { PageContext } from '../page.ts';

export interface FigureTable {
  head: string[];
  rows: { key: string; name: string; cells: (string | number | null)[] }[];
}

/** A picture under its question, and its figures as a table: the table says all that the picture shows. */
export function Figure(props: {
  ctx: PageContext;
  title: ComponentChildren;
  note?: ComponentChildren;
  table: FigureTable;
  children: ComponentChildren;
}) {
  const { ctx, title, note, table, children } = props;
  return (
    <figure class="figure">
      <figcaption>{title}</figcaption>
      {note && <p class="figure-note">{note}</p>}
      {children}
      <details>
        <summary>{ctx.t('ui.chart.data')}</summary>
        <div class="table-scroll">
          <table>
            <thead>
              <tr>
                {table.head.map((words) => (
                  <th key={words} scope="col">
                    {words}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {table.rows.map((row) => (
                <tr key={row.key}>
                  <th scope="row">{row.name}</th>
                  {row.cells.map((cell, at) => (
                    <td key={table.head[at + 1]} class="number">
                      {cell ?? '–'}
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

// Widths are percentages of the drawing and letters keep their size, so that a phone shows the same words as a wall.
export const BAR_HEIGHT = 28;
/** Below this share of the drawing a number does not fit into its part. */
export const FITS = 9;
