// What was typed in a form that is shown again. Without it, what is stored.

type Values = Record<string, unknown> | undefined;

/** The value of a field by its name: `criteria[0][name]`; undefined where nothing was posted. */
export function typedAt(values: Values, name: string): unknown {
  const path = name.replace(/\[\]$/, '').replaceAll(']', '').split('[');
  return path.reduce<unknown>(
    (at, key) =>
      typeof at === 'object' && at !== null && Object.hasOwn(at, key) ? (at as Record<string, unknown>)[key] : undefined,
    values,
  );
}

/** Of one line or more. */
export function typedText<Kept>(values: Values, name: string, kept: Kept): Kept | string {
  if (!values) return kept;
  const value = typedAt(values, name);
  return typeof value === 'string' ? value : '';
}

/** A text in several languages. */
export function typedMap<Kept>(values: Values, name: string, kept: Kept): Kept | Record<string, string> {
  if (!values) return kept;
  const value = typedAt(values, name);
  const texts = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return Object.fromEntries(texts.filter((text): text is [string, string] => typeof text[1] === 'string'));
}

/** Boxes that are ticked: a box that is not is not posted at all. */
export function typedList(values: Values, name: string, kept: readonly string[] | undefined): string[] {
  if (!values) return [...(kept ?? [])];
  return [typedAt(values, name) ?? []].flat().filter((value) => typeof value === 'string');
}

/** One box. */
export function typedBox(values: Values, name: string, kept: boolean | undefined): boolean | undefined {
  return values ? typedAt(values, name) !== undefined : kept;
}

/** The rows of a list of parts: as posted, each with what is stored of its key, else as stored; blank ones at the end to add. */
export function typedRows<Row extends { key: string }>(
  values: Values,
  name: string,
  stored: readonly Row[],
  blank: Partial<Row>,
  blanks: number,
): Partial<Row>[] {
  const posted = Object.values((typedAt(values, name) as object | undefined) ?? {}) as { key?: unknown }[];
  if (!values || posted.length === 0) return [...stored, ...Array.from({ length: blanks }, () => blank)];
  return posted.map((row) => stored.find((one) => one.key === row.key) ?? blank);
}
