import type { ComponentChildren } from 'preact';
import { Mark } from './mark.tsx';

/** Where a list has nothing yet: what will stand here, and how to begin. */
export function EmptyState({
  title,
  children,
  action,
}: {
  title: string;
  children?: ComponentChildren;
  action?: ComponentChildren;
}) {
  return (
    <div class="empty-state">
      <Mark />
      <h2>{title}</h2>
      {children && <p>{children}</p>}
      {action}
    </div>
  );
}
