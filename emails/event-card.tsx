import type { ComponentChildren } from 'preact';
import { ACCENT, FONT, INK, LINE, SOFT, TINT } from './colours.ts';
import { Table } from './tables.tsx';

/** When and where, with the day as a leaf of a calendar. */
export function EventCard({
  leaf,
  title,
  children,
  past = false,
}: {
  leaf: { month: string; day: string };
  title: ComponentChildren;
  children: ComponentChildren;
  past?: boolean;
}) {
  return (
    <Table
      class="tint"
      style={{
        margin: '4px 0 22px',
        backgroundColor: TINT,
        border: `1px solid ${LINE}`,
        borderRadius: '8px',
        borderCollapse: 'separate',
      }}
    >
      <td style={{ width: '64px', padding: '18px 0 18px 18px', verticalAlign: 'top' }}>
        <div
          class="cell line"
          style={{
            width: '60px',
            backgroundColor: '#ffffff',
            border: `1px solid ${LINE}`,
            borderRadius: '8px',
            textAlign: 'center',
            overflow: 'hidden',
          }}
        >
          <div
            class="main"
            style={{ padding: '3px 0', font: `700 12px/1.4 ${FONT}`, backgroundColor: past ? SOFT : ACCENT, color: '#ffffff' }}
          >
            {leaf.month}
          </div>
          <div class="ink" style={{ padding: '5px 0 6px', font: `700 24px/1.2 ${FONT}`, color: INK }}>
            {leaf.day}
          </div>
        </div>
      </td>
      <td style={{ padding: '16px 18px', verticalAlign: 'top', textAlign: 'left' }}>
        <p class="ink" style={{ margin: '0 0 6px', font: `700 18px/1.35 ${FONT}`, color: INK }}>
          {title}
        </p>
        {children}
      </td>
    </Table>
  );
}

/** One line of an event card. */
export function CardLine({ children, soft = false }: { children: ComponentChildren; soft?: boolean }) {
  return (
    <p
      class={soft ? 'soft' : 'ink'}
      style={{ margin: '0 0 4px', font: `400 ${soft ? 14 : 15}px/1.5 ${FONT}`, color: soft ? SOFT : INK }}
    >
      {children}
    </p>
  );
}
