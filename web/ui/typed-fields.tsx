import type { JSX } from 'preact';
import { useChosen, useTyped } from './typed.ts';

/** A bare line to type in, for rows and tables that have their labels themselves; shown again with what was typed. */
export function TypedInput(props: JSX.IntrinsicElements['input'] & { name: string }) {
  return <input {...props} value={useTyped(props.name) ?? props.value} />;
}

/** The same of several lines. */
export function TypedArea({ value, ...props }: JSX.IntrinsicElements['textarea'] & { name: string; value: string }) {
  return <textarea {...props}>{useTyped(props.name) ?? value}</textarea>;
}

/** A bare box, as of a row that is chosen for something; `counted` by the script as a row of its table. */
export function TypedBox({ name, value, label, checked, counted }: TypedBoxProps) {
  const chosen = useChosen(name)?.includes(value) ?? checked;
  return (
    <input type="checkbox" name={name} value={value} checked={chosen} aria-label={label} data-select-row={counted || undefined} />
  );
}

interface TypedBoxProps {
  name: string;
  value: string;
  label: string;
  checked?: boolean | undefined;
  counted?: boolean;
}
