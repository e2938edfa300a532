import type { Definition } from './definition.ts';
import { placesOf } from './walk.ts';

const WORDS = new Set([
  'label',
  'help',
  'title',
  'intro',
  'unit',
  'minLabel',
  'maxLabel',
  'itemLabel',
  'languages',
  'defaultLanguage',
  'version',
  '$schema',
]);

/** A definition without its wordings. Two with the same structure ask the same, in other words or languages. */
export function structureOf(definition: Definition): string {
  return JSON.stringify(bare(definition));
}

function bare(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(bare);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => !WORDS.has(key));
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, part]) => [key, bare(part)]));
}

/** The items whose kind of answer would change under their key: not possible once answers exist. */
export function changedKinds(before: Definition, after: Definition): string[] {
  const types = new Map(placesOf(before).map(({ item, within }) => [item.key, `${within?.key ?? ''} ${item.type}`]));
  return placesOf(after)
    .filter(({ item, within }) => types.has(item.key) && types.get(item.key) !== `${within?.key ?? ''} ${item.type}`)
    .map(({ item }) => item.key);
}
