import type { ComponentChildren } from 'preact';

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
}

/** A form that changes something. Our server checks it, in the reader's words, so the browser's own checks are off. */
export function PostForm({ action, children, hidden = {}, multipart, id, inline, label }: PostFormProps) {
  return (
    <form
      method="post"
      action={action}
      id={id}
      class={inline ? 'form-inline' : 'form'}
      enctype={multipart ? 'multipart/form-data' : undefined}
      aria-label={label}
      noValidate
    >
      {Object.entries(hidden).map(
        ([name, value]) => value !== undefined && <input key={name} type="hidden" name={name} value={value} />,
      )}
      {children}
    </form>
  );
}
