import type { ComponentChildren, CSSProperties } from 'preact';
import { FONT, INK, LINE, SOFT } from './colours.ts';

/** A table that is none: it says so to who hears it. One row, whose cells are the children. */
export function Table({ children, style, class: name }: { children: ComponentChildren; style?: CSSProperties; class?: string }) {
  return (
    <table role="presentation" class={name} style={{ width: '100%', borderCollapse: 'collapse', borderSpacing: '0', ...style }}>
      <tbody>
        <tr>{children}</tr>
      </tbody>
    </table>
  );
}

const NAME = {
  padding: '7px 16px 7px 0',
  font: `400 15px/1.45 ${FONT}`,
  color: SOFT,
  textAlign: 'left',
  verticalAlign: 'top',
} as const;
const VALUE = { padding: '7px 0', font: `600 15px/1.45 ${FONT}`, color: INK, textAlign: 'left', verticalAlign: 'top' } as const;

/** Facts by name. A true table: whoever hears it is told what each is. */
export function KeyValueTable({ rows }: { rows: [name: string, value: ComponentChildren][] }) {
  return (
    <table style={{ width: '100%', borderCollapse: 'collapse', margin: '0 0 18px' }}>
      <tbody>
        {rows.map(([name, value]) => (
          <tr key={name}>
            <th scope="row" class="soft" style={{ ...NAME, width: '38%' }}>
              {name}
            </th>
            <td class="ink" style={VALUE}>
              {value}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Rows under headings, the last column to the right: it holds figures. */
export function DataTable({ caption, head, rows }: { caption: string; head: string[]; rows: ComponentChildren[][] }) {
  const cell = (n: number, last: number) =>
    ({
      padding: '9px 10px 9px 0',
      borderBottom: `1px solid ${LINE}`,
      textAlign: n === last && n > 0 ? 'right' : 'left',
      verticalAlign: 'top',
    }) as const;
  return (
    <table style={{ width: '100%', borderCollapse: 'collapse', margin: '0 0 18px' }}>
      <caption class="soft" style={{ padding: '0 0 6px', font: `400 14px/1.4 ${FONT}`, color: SOFT, textAlign: 'left' }}>
        {caption}
      </caption>
      <thead>
        <tr>
          {head.map((name, n) => (
            <th
              key={name}
              scope="col"
              class="soft line"
              style={{ ...cell(n, head.length - 1), font: `600 13px/1.4 ${FONT}`, color: SOFT }}
            >
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, n) => (
          <tr key={n}>
            {row.map((value, column) => (
              <td
                key={column}
                class="ink line"
                style={{ ...cell(column, row.length - 1), font: `${column === 0 ? 600 : 400} 15px/1.45 ${FONT}`, color: INK }}
              >
                {value}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
