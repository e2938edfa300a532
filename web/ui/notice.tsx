import type { ComponentChildren } from 'preact';

export type NoticeKind = 'success' | 'info' | 'warning' | 'error';

/** A word to the reader. Success is announced politely, an error at once. */
export function Notice({ kind = 'info', title, children }: { kind?: NoticeKind; title?: string; children?: ComponentChildren }) {
  return (
    <div class={`notice notice-${kind}`} role={kind === 'error' ? 'alert' : 'status'}>
      <NoticeSign kind={kind} />
      <div class="notice-words">
        {title && <p class="notice-title">{title}</p>}
        {typeof children === 'string' ? <p>{children}</p> : children}
      </div>
    </div>
  );
}

const SIGNS: Record<NoticeKind, string> = {
  success: 'M5 10.5l3.2 3.2L15 6.8',
  info: 'M10 9v5.5M10 5.8v.2',
  warning: 'M10 5.5v5.5M10 14.2v.2',
  error: 'M6.5 6.5l7 7M13.5 6.5l-7 7',
};

function NoticeSign({ kind }: { kind: NoticeKind }) {
  return (
    <svg class="notice-sign" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" focusable="false">
      <circle cx="10" cy="10" r="10" />
      <path d={SIGNS[kind]} />
    </svg>
  );
}
