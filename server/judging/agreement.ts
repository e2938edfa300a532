import type { Variances } from './mixed-model.ts';
import type { Score } from './scoring.ts';

export type Level = 'nominal' | 'ordinal' | 'interval';

/**
 * Krippendorff's alpha: 1 is perfect agreement, 0 what chance would give; null when fewer than two scores can be paired or nothing
 * differs. From the coincidences of all pairs within a unit (Krippendorff, Content Analysis, 2004, chapter 11).
 */
export function krippendorff(scores: readonly Score[], level: Level): number | null {
  const units = [...Map.groupBy(scores, (score) => score.entry).values()].filter((unit) => unit.length > 1);
  const values = [...new Set(units.flat().map((score) => score.score))].sort((a, b) => a - b);
  const at = new Map(values.map((value, index) => [value, index]));
  const totals = new Float64Array(values.length);
  for (const { score } of units.flat()) totals[at.get(score) as number] = (totals[at.get(score) as number] as number) + 1;
  const total = totals.reduce((sum, count) => sum + count, 0);
  if (total < 2 || values.length < 2) return null;
  const distance = distanceOf(level, values, totals);
  let observed = 0;
  for (const unit of units) {
    let within = 0;
    for (let a = 0; a < unit.length; a++) {
      for (let b = a + 1; b < unit.length; b++) {
        within += 2 * distance(at.get((unit[a] as Score).score) as number, at.get((unit[b] as Score).score) as number);
      }
    }
    observed += within / (unit.length - 1);
  }
  let expected = 0;
  for (let a = 0; a < values.length; a++) {
    for (let b = a + 1; b < values.length; b++) expected += 2 * (totals[a] as number) * (totals[b] as number) * distance(a, b);
  }
  return 1 - ((total - 1) * observed) / expected;
}

function distanceOf(level: Level, values: readonly number[], totals: Float64Array): (a: number, b: number) => number {
  if (level === 'nominal') return (a, b) => (a === b ? 0 : 1);
  if (level === 'interval') return (a, b) => ((values[a] as number) - (values[b] as number)) ** 2;
  const before = new Float64Array(totals.length + 1);
  totals.forEach((count, index) => {
    before[index + 1] = (before[index] as number) + count;
  });
  return (a, b) => {
    const [low, high] = a < b ? [a, b] : [b, a];
    if (low === high) return 0;
    const between = (before[high + 1] as number) - (before[low] as number);
    return (between - ((totals[low] as number) + (totals[high] as number)) / 2) ** 2;
  };
}

/** Intraclass correlations of a full table, entries by jurors (Shrout and Fleiss 1979). Null where something is missing. */
export interface ShroutFleiss {
  icc1: number;
  icc2: number;
  icc3: number;
  icc1k: number;
  icc2k: number;
  icc3k: number;
}

export function shroutFleiss(table: readonly (readonly number[])[]): ShroutFleiss | null {
  const n = table.length;
  const k = table[0]?.length ?? 0;
  if (n < 2 || k < 2 || table.some((row) => row.length !== k)) return null;
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const grand = mean(table.flat());
  const rows = table.map(mean);
  const columns = Array.from({ length: k }, (_, j) => mean(table.map((row) => row[j] as number)));
  const squares = (values: readonly number[]) => values.reduce((sum, value) => sum + (value - grand) ** 2, 0);
  const between = k * squares(rows);
  const judges = n * squares(columns);
  const total = squares(table.flat());
  const bms = between / (n - 1);
  const jms = judges / (k - 1);
  const wms = (total - between) / (n * (k - 1));
  const ems = (total - between - judges) / ((n - 1) * (k - 1));
  return {
    icc1: (bms - wms) / (bms + (k - 1) * wms),
    icc2: (bms - ems) / (bms + (k - 1) * ems + (k * (jms - ems)) / n),
    icc3: (bms - ems) / (bms + (k - 1) * ems),
    icc1k: (bms - wms) / bms,
    icc2k: (bms - ems) / (bms + (jms - ems) / n),
    icc3k: (bms - ems) / bms,
  };
}

/** How reliable one score, the raw mean of k, and the calibrated mean of k are, from the variances of the fit. */
export interface Reliability {
  single: number;
  mean: number;
  calibrated: number;
}

export function reliability({ entries, jurors, rest }: Variances, k: number): Reliability | null {
  if (!(entries + jurors + rest > 0) || !(k > 0)) return null;
  return {
    single: entries / (entries + jurors + rest),
    mean: entries / (entries + (jurors + rest) / k),
    calibrated: entries / (entries + rest / k),
  };
}
