import type { TextMap } from '../locales/text-map.ts';

/** What stands in a form: an event's fields as they are, or what was posted. */
export type Values = Record<string, unknown>;

/** A field's text: local times as a browser writes them. */
export function text(values: Values, name: string): string {
  const value = values[name];
  if (value instanceof Temporal.PlainDateTime) return value.toString({ smallestUnit: 'minute' });
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

export function map(values: Values, name: string): TextMap {
  const value = values[name];
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

export function ticked(values: Values, name: string): boolean {
  return values[name] === true || values[name] === 'on';
}

/** Several values of one name. */
export function several(values: Values, name: string): string[] {
  return [values[name] ?? []].flat().filter((value): value is string => typeof value === 'string');
}

/** What was posted, as hidden fields that post it again: `venue: {en}` becomes `venue[en]`. */
export function asHidden(values: Values): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]): [string, string][] => {
      if (typeof value === 'string') return [[name, value]];
      if (typeof value !== 'object' || value === null) return [];
      return Object.entries(value).flatMap(([key, inner]): [string, string][] =>
        typeof inner === 'string' ? [[`${name}[${key}]`, inner]] : [],
      );
    }),
  );
}
