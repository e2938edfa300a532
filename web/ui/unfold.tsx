import type { ComponentChildren } from 'preact';
import { useShownAgain } from './typed.ts';

export interface UnfoldProps {
  /** Where the forms in it go: it is unfolded when one of them is shown again. */
  actions: readonly string[];
  class?: string;
  /** The `<summary>` first. */
  children: ComponentChildren;
}

/** A part of a page that unfolds and has forms in it: what was typed wrongly there is not folded away. */
export function Unfold({ actions, class: look, children }: UnfoldProps) {
  return (
    <details class={look} open={useShownAgain(actions)}>
      {children}
    </details>
  );
}
