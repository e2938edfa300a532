import type { ComponentChildren } from 'preact';

export type ButtonKind = 'primary' | 'secondary' | 'danger' | 'quiet';

export interface ButtonProps {
  children: ComponentChildren;
  /** One primary a page. */
  kind?: ButtonKind;
  /** Dense, for rows of tables. */
  small?: boolean;
  name?: string;
  value?: string;
  type?: 'submit' | 'button';
  /** Posts the form elsewhere. */
  formAction?: string;
  /** The form it belongs to when it stands outside. */
  form?: string;
  /** What a screen reader hears instead: "Remove Ana Costa" for a button that shows "Remove". */
  label?: string;
  disabled?: boolean;
}

export function Button({ children, kind = 'primary', small, label, type = 'submit', ...rest }: ButtonProps) {
  return (
    <button type={type} class={classes(kind, small)} aria-label={label} {...rest}>
      {children}
    </button>
  );
}

export interface ButtonLinkProps {
  href: string;
  children: ComponentChildren;
  kind?: ButtonKind;
  small?: boolean;
  label?: string;
  download?: boolean;
}

/** A link that looks like a button: it leads somewhere and changes nothing. */
export function ButtonLink({ href, children, kind = 'primary', small, label, download }: ButtonLinkProps) {
  return (
    <a href={href} class={classes(kind, small)} aria-label={label} download={download}>
      {children}
    </a>
  );
}

/** Buttons side by side, below one another on a phone. */
export function ButtonRow({ children }: { children: ComponentChildren }) {
  return <div class="button-row">{children}</div>;
}

function classes(kind: ButtonKind, small?: boolean): string {
  return `button button-${kind}${small ? ' button-small' : ''}`;
}
