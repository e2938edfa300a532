import { parse } from 'csv-parse/sync';
import type { Ranking } from './ranking.ts';
import type { Score } from './scoring.ts';

/** A line of a file of scores that cannot be read, in words for who wrote it. */
export class UnreadableScores extends Error {}

const COLUMNS = ['entry', 'juror', 'score'] as const;

/**
 * The scores of a file with the columns entry, juror and score, in any order, separated by commas, semicolons or tabs.
 * @throws UnreadableScores naming the line
 */
export function readScores(text: string): Score[] {
  const [head = ''] = text.split(/\r?\n/, 1);
  const delimiter = [';', '\t', ','].find((sign) => head.includes(sign)) ?? ',';
  const rows = rowsOf(text, delimiter);
  const names = (rows[0] ?? []).map((name) => name.trim().toLowerCase());
  const at = COLUMNS.map((column) => names.indexOf(column));
  const missing = COLUMNS.filter((_, i) => at[i] === -1);
  if (missing.length > 0)
    throw new UnreadableScores(`The first line must name the columns entry, juror and score; missing: ${missing.join(', ')}.`);
  const seen = new Map<string, number>();
  return rows.slice(1).map((row, index) => {
    const line = index + 2;
    const [entry = '', juror = '', typed = ''] = at.map((column) => (row[column] ?? '').trim());
    if (!entry || !juror) throw new UnreadableScores(`Line ${line}: an entry and a juror are needed.`);
    const score = Number(delimiter === ',' ? typed : typed.replace(',', '.'));
    if (typed === '' || !Number.isFinite(score)) throw new UnreadableScores(`Line ${line}: "${typed}" is not a score.`);
    const before = seen.get(JSON.stringify([entry, juror]));
    if (before) throw new UnreadableScores(`Line ${line}: ${juror} scored ${entry} on line ${before} already.`);
    seen.set(JSON.stringify([entry, juror]), line);
    return { entry, juror, score };
  });
}

function rowsOf(text: string, delimiter: string): string[][] {
  try {
    return parse(text, { bom: true, delimiter, skip_empty_lines: true, relax_column_count: true });
  } catch (error) {
    throw new UnreadableScores(error instanceof Error ? error.message : String(error));
  }
}

/** The length of the scale that scores show. */
export function scaleOf(scores: readonly Score[]): number {
  const values = scores.map((one) => one.score);
  return (
    values.reduce((most, value) => Math.max(most, value), -Infinity) -
    values.reduce((least, value) => Math.min(least, value), Infinity)
  );
}

/** A ranking as `npm run rank` prints it. */
export function printedRanking(ranking: Ranking) {
  const { alpha, reliability } = ranking.agreement;
  return {
    status: ranking.status,
    mean: ranking.mean,
    varianceComponents: { entry: ranking.variances.entries, juror: ranking.variances.jurors, residual: ranking.variances.rest },
    agreement: {
      krippendorffAlpha: alpha,
      iccSingle: reliability?.single ?? null,
      iccMean: reliability?.mean ?? null,
      iccCalibrated: reliability?.calibrated ?? null,
    },
    seed: ranking.seed,
    ranking: ranking.entries.map((row) => ({
      rank: row.rank,
      entry: row.entry,
      reviews: row.reviews,
      rawMean: row.rawMean,
      adjustedMean: row.adjusted,
      calibrated: row.calibrated,
      interval: row.interval,
      rankInterval: row.rankInterval,
      pTop3: row.topProbability,
    })),
    jurors: ranking.jurors,
    exactTies: ranking.exactTies,
    cutTies: ranking.cutTies,
    unranked: ranking.unranked,
    robust: ranking.robust,
    leaveOneOut: ranking.leaveOneOut,
    flags: ranking.flags,
    panels: ranking.panels.length > 1 ? ranking.panels : undefined,
    bridges: ranking.bridges.length > 0 ? ranking.bridges : undefined,
  };
}
