import type { Measure } from './measures.ts';

type Counts = Readonly<Record<string, number>>;

/** A net promoter score: the share of 9 and 10 less that of 0 to 6, in points from -100 to 100. */
export interface Score {
  score: number;
  /** Whole percents. */
  promoters: number;
  passives: number;
  detractors: number;
  /** The 95 % interval, told where fewer than a hundred answered. */
  low: number | null;
  high: number | null;
}

const MANY = 100;

/**
 * The net promoter score of answers from 0 to 10 (Reichheld, 2003), with its normal 95 % interval: the variance of a value that is
 * 1, 0 or -1 is p + d - (p - d)^2.
 */
export function npsOf(counts: Counts, base: number): Score {
  const sum = (from: number, to: number) =>
    Object.entries(counts).reduce((n, [code, many]) => (Number(code) >= from && Number(code) <= to ? n + many : n), 0);
  const [p, d] = [sum(9, 10) / base, sum(0, 6) / base];
  const half = 1.96 * Math.sqrt(Math.max(0, p + d - (p - d) ** 2) / base);
  const points = (share: number) => Math.round(Math.max(-1, Math.min(1, share)) * 100);
  return {
    score: points(p - d),
    promoters: Math.round(p * 100),
    passives: Math.round((1 - p - d) * 100),
    detractors: Math.round(d * 100),
    low: base < MANY ? points(p - d - half) : null,
    high: base < MANY ? points(p - d + half) : null,
  };
}

/** The mean of what the options score, or of the numbers, to one decimal; null where nothing scores. */
export function meanOf(measure: Measure, counts: Counts, base: number): number | null {
  if (measure.kind === 'number') return rounded((counts.sum ?? 0) / base);
  if (measure.kind !== 'choice' && measure.kind !== 'scale') return null;
  const scored = measure.choices.flatMap(({ code, score }) =>
    typeof score === 'number' ? [{ n: counts[code] ?? 0, score }] : [],
  );
  const n = scored.reduce((sum, one) => sum + one.n, 0);
  return n < 5 ? null : rounded(scored.reduce((sum, one) => sum + one.n * one.score, 0) / n);
}

const rounded = (value: number) => Math.round(value * 10) / 10;
