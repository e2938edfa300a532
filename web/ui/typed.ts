import { createContext } from 'preact';
import { useContext } from 'preact/hooks';

/** What was posted and not taken, and to which address. */
export interface Posted {
  path: string;
  values: Record<string, unknown>;
}

/** Around a page that says of a post what is wrong with it. */
export const PostedForm = createContext<Posted | undefined>(undefined);

/** Inside the form that was posted: what was typed into it. */
export const TypedValues = createContext<Record<string, unknown> | undefined>(undefined);

/** The values for a form if it is the one that was posted: by its address and by what it sends along unseen. */
export function useTypedValues(
  action: string,
  hidden: Record<string, string | number | undefined>,
): Posted['values'] | undefined {
  const posted = useContext(PostedForm);
  if (!posted || pathOf(posted.path) !== pathOf(action)) return undefined;
  const same = Object.entries(hidden).every(
    ([name, value]) => value === undefined || AGES.includes(name) || typedAt(posted.values, name) === String(value),
  );
  return same ? posted.values : undefined;
}

/** Whether a form that goes to one of these addresses is the one that is shown again. */
export function useShownAgain(actions: readonly string[]): boolean {
  const posted = useContext(PostedForm);
  return posted !== undefined && actions.some((action) => pathOf(action) === pathOf(posted.path));
}

/** What was typed into the field of this name (`reason`, `title[en]`); undefined outside of the form that was posted. */
export function useTyped(name: string): string | undefined {
  const values = useContext(TypedValues);
  return values && typedAt(values, name);
}

/** All that was chosen of boxes of this name (`topics`, `reasons[]`); undefined outside of the form that was posted. */
export function useChosen(name: string): string[] | undefined {
  const values = useContext(TypedValues);
  return values && [valueAt(values, name) ?? []].flat().filter((one) => typeof one === 'string');
}

// Which writing the form was made from: another one meanwhile does not make it another form.
const AGES = ['seen', 'no', 'version', 'base'];
const pathOf = (address: string) => address.split(/[?#]/)[0];

function valueAt(values: Record<string, unknown>, name: string): unknown {
  let found: unknown = values;
  for (const key of name.split(/\[|\]\[?/).filter((part, at) => at === 0 || part !== '')) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, key)) return undefined;
    found = (found as Record<string, unknown>)[key];
  }
  return found;
}

function typedAt(values: Record<string, unknown>, name: string): string | undefined {
  const found = valueAt(values, name);
  const last = Array.isArray(found) ? found.at(-1) : found;
  return typeof last === 'string' ? last : undefined;
}
