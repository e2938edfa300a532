import type { Definition, Item, SimpleItem } from '../forms/definition.ts';
import { choicesOf, placesOf } from '../forms/walk.ts';

type Texts = Record<string, string>;

export type MeasureKind = 'choice' | 'multi' | 'scale' | 'ranking' | 'number' | 'text';

/** One thing that a questionnaire measures: an item, or one row of a matrix. */
export interface Measure {
  /** `nps`, `venue.access`. */
  key: string;
  item: SimpleItem;
  /** Key of the matrix row. */
  row?: string;
  kind: MeasureKind;
  label: Texts;
  /** The item's own label where this is a row of it. */
  under?: Texts;
  concept?: string;
  choices: { code: string; label: Texts; score?: number | null }[];
  /** From 0 to 10: a net promoter score is made of it. */
  nps: boolean;
}

const KINDS: Partial<Record<Item['type'], MeasureKind>> = {
  choice: 'choice',
  matrix: 'choice',
  multiChoice: 'multi',
  scale: 'scale',
  ranking: 'ranking',
  number: 'number',
  consent: 'choice',
  country: 'choice',
  shortText: 'text',
  longText: 'text',
  url: 'text',
  date: 'text',
};

const kept = new WeakMap<Definition, Measure[]>();

/** Everything that results show, in order of asking. Files, addresses, notes and repeated groups are not measured. */
export function measuresOf(definition: Definition): Measure[] {
  const known = kept.get(definition);
  if (known) return known;
  const measures = placesOf(definition).flatMap(({ item, within }) => (within ? [] : measured(definition, item)));
  kept.set(definition, measures);
  return measures;
}

function measured(definition: Definition, item: Item): Measure[] {
  const kind = KINDS[item.type];
  if (kind === undefined || item.type === 'repeat' || item.type === 'note' || item.type === 'file') return [];
  const base = { item, kind, concept: item.concept, choices: optionsOf(definition, item) };
  if (item.type === 'matrix') {
    return item.rows.map((row) => ({
      ...base,
      key: `${item.key}.${row.key}`,
      row: row.key,
      label: row.label,
      under: item.label,
      concept: row.concept,
      nps: false,
    }));
  }
  return [{ ...base, key: item.key, label: item.label, nps: item.type === 'scale' && item.min === 0 && item.max === 10 }];
}

function optionsOf(definition: Definition, item: SimpleItem): Measure['choices'] {
  if (item.type !== 'scale') return choicesOf(definition, item);
  return Array.from({ length: Math.max(0, item.max - item.min + 1) }, (_, n) => {
    const code = String(item.min + n);
    return { code, label: { [definition.defaultLanguage]: code }, score: item.min + n };
  });
}

/** The items by which results may be looked at in groups. */
export function segmentsOf(definition: Definition): Measure[] {
  return measuresOf(definition).filter(({ item, kind }) => item.segment === true && item.type !== 'matrix' && kind === 'choice');
}

/** The codes that somebody's answer counts for; undefined where they did not answer. A number counts for itself. */
export function codesOf(measure: Measure, answers: Record<string, unknown>): string[] | undefined {
  const given = answers[measure.item.key];
  const value = measure.row === undefined ? given : (given as Record<string, unknown> | undefined)?.[measure.row];
  if (value === undefined || value === null) return undefined;
  return Array.isArray(value) ? value.map(String) : [String(value)];
}
