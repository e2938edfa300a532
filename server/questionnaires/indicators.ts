import type { Definition } from '../forms/definition.ts';
import { codesOf, measuresOf } from './measures.ts';

/** What each indicator of a city scores: the option it chose, by concept. What does not score is left out. */
export function scoresOf(definition: Definition, answers: Record<string, unknown>): Map<string, number> {
  return new Map(
    measuresOf(definition).flatMap((measure) => {
      const [code] = codesOf(measure, answers) ?? [];
      const score = measure.choices.find((choice) => choice.code === code)?.score;
      return measure.concept && typeof score === 'number' ? [[measure.concept, score] as const] : [];
    }),
  );
}

/** Where a value lies among those of others: below, within or above the middle half of them. */
export type PlaceAmong = 'below' | 'middle' | 'above';

/** A place or a mean is told of so many others at least. */
export const LEAST_OTHERS = 10;

/**
 * The place of a value among those of others, told in three parts only and of ten others at least, so that no part says what one of
 * them gave. Null where they are fewer.
 */
export function placeAmong(value: number, others: readonly number[]): PlaceAmong | null {
  if (others.length < LEAST_OTHERS) return null;
  const sorted = others.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? value;
  if (value < at(0.25)) return 'below';
  return value > at(0.75) ? 'above' : 'middle';
}

/** Whether figures of cities of one size may stand beside those of all: neither they nor the rest are few. */
export const comparableShown = (ofSize: number, rest: number): boolean =>
  ofSize >= LEAST_OTHERS && (rest === 0 || rest >= LEAST_OTHERS);

/** The mean of others' values to one decimal; null where they are fewer than ten. */
export function meanAmong(others: readonly number[]): number | null {
  if (others.length < LEAST_OTHERS) return null;
  return Math.round((others.reduce((sum, one) => sum + one, 0) / others.length) * 10) / 10;
}
