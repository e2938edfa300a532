import type { JSX } from 'preact';
import { useTyped } from './typed.ts';

/** A bare line to type in, for rows and tables that have their labels themselves; shown again with what was typed. */
export function TypedInput(props: JSX.IntrinsicElements['input'] & { name: string }) {
  return <input {...props} value={useTyped(props.name) ?? props.value} />;
}

/** The same of several lines. */
export function TypedArea({ value, ...props }: JSX.IntrinsicElements['textarea'] & { name: string; value: string }) {
  return <textarea {...props}>{useTyped(props.name) ?? value}</textarea>;
}
