import type { Fit, Score } from './scoring.ts';

export type Flag =
  | { kind: 'does-not-discriminate'; juror: string; deviation: number }
  | { kind: 'different-spread'; juror: string; ratio: number }
  | { kind: 'aberrant-score'; juror: string; entry: string; score: number; expected: number; residual: number };

/** A juror whose scores lie within this share of the scale over FLAT_REVIEWS reviews does not discriminate. */
const FLAT_SHARE = 0.05;
const FLAT_REVIEWS = 4;
const SPREAD_RATIO = 2;
const ABERRANT = 3;

/**
 * What the chair should look at. Nothing is removed by itself. `scale` is the length of the scale of the scores.
 */
export function flagsOf(scores: readonly Score[], fit: Fit, scale: number): Flag[] {
  return [...jurorFlags(scores, scale), ...(fit.status === 'calibrated' ? aberrant(scores, fit) : [])];
}

function jurorFlags(scores: readonly Score[], scale: number): Flag[] {
  const spreads = [...Map.groupBy(scores, (score) => score.juror)]
    .map(([juror, own]) => ({ juror, reviews: own.length, deviation: deviationOf(own.map((score) => score.score)) }))
    .filter(({ reviews }) => reviews >= FLAT_REVIEWS)
    .sort((a, b) => (a.juror < b.juror ? -1 : 1));
  const median = medianOf(spreads.map(({ deviation }) => deviation));
  return spreads.flatMap(({ juror, deviation }): Flag[] => {
    if (deviation < FLAT_SHARE * scale) return [{ kind: 'does-not-discriminate', juror, deviation }];
    const ratio = median > 0 ? deviation / median : 1;
    return ratio > SPREAD_RATIO || ratio < 1 / SPREAD_RATIO ? [{ kind: 'different-spread', juror, ratio }] : [];
  });
}

/** Scores more than three standard deviations from what the entry's merit and the juror's severity lead to expect. */
function aberrant(scores: readonly Score[], fit: Fit): Flag[] {
  const merit = new Map(fit.entries.map((one) => [one.entry, one.calibrated ?? 0]));
  const severity = new Map(fit.jurors.map((one) => [one.juror, one.severity ?? 0]));
  const deviation = Math.sqrt(fit.variances.rest);
  if (!(deviation > 1e-9)) return [];
  return scores
    .map((score) => {
      const expected = (merit.get(score.entry) ?? 0) + (severity.get(score.juror) ?? 0);
      return { kind: 'aberrant-score' as const, ...score, expected, residual: (score.score - expected) / deviation };
    })
    .filter(({ residual }) => Math.abs(residual) > ABERRANT)
    .sort((a, b) => Math.abs(b.residual) - Math.abs(a.residual) || (a.entry < b.entry ? -1 : 1));
}

function deviationOf(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return 0;
  return sorted.length % 2 ? (sorted[middle] as number) : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}
