import type { ComponentChildren } from 'preact';
import { TypedValues, useTypedValues } from './typed.ts';

export interface PostFormProps {
  action: string;
  children: ComponentChildren;
  /** Sent along unseen. */
  hidden?: Record<string, string | number | undefined>;
  /** `multipart` where files are sent. */
  multipart?: boolean;
  id?: string;
  /** Buttons only: takes no room of its own. */
  inline?: boolean;
  label?: string;
  /** What is decided here is not part of what the page says: it is left out on paper. */
  onScreen?: boolean;
}

/**
 * A form that changes something. Our server checks it, in the reader's words, so the browser's own checks are off. Shown again because
 * something was wrong, its fields hold what was typed, whatever the page gives them.
 */
export function PostForm({ action, children, hidden = {}, multipart, id, inline, label, onScreen }: PostFormProps) {
  return (
    <form
      method="post"
      action={action}
      id={id}
      class={`${inline ? 'form-inline' : 'form'}${onScreen ? ' screen-only' : ''}`}
      enctype={multipart ? 'multipart/form-data' : undefined}
      aria-label={label}
      noValidate
    >
      {Object.entries(hidden).map(
        ([name, value]) => value !== undefined && <input key={name} type="hidden" name={name} value={value} />,
      )}
      <TypedValues.Provider value={useTypedValues(action, hidden)}>{children}</TypedValues.Provider>
    </form>
  );
}
