import { krippendorff, type Reliability, reliability } from './agreement.ts';
import { beats, NINETY, rankConfidence, TIE_BELOW } from './confidence.ts';
import { bridgingReviews, type Panel } from './connectivity.ts';
import { type Flag, flagsOf } from './flags.ts';
import type { Variances } from './mixed-model.ts';
import { byText, type EntryFit, type Fit, type FitStatus, fitScores, type JurorFit, type Score } from './scoring.ts';

export interface RankingOptions {
  /** Of the draws that tell how sure a rank is. Recorded with the ranking. */
  seed: number;
  /** How many are to be chosen: the cut line is below the k-th. */
  k: number;
  /** From the least to the most that a score can be. */
  scale: number;
  /** The call's written rule for exact ties: of two entries, less than zero when the first goes before. */
  tieBreak?: (a: string, b: string) => number;
  /** Whether a juror may be asked for a review; for the bridges between separate panels. */
  may?: (juror: string, entry: string) => boolean;
  /** Without it, nothing is fitted again for each juror left out. */
  leaveOneOut?: boolean;
}

export interface RankedEntry extends EntryFit {
  /** By calibrated score; equal ranks are exact ties. Null when it has fewer than two reviews or nothing can be compared. */
  rank: number | null;
  rawRank: number;
  /** The calibrated score's 90 % interval, and that of the rank. */
  interval: [number, number] | null;
  rankInterval: [number, number] | null;
  topProbability: number | null;
}

export interface LeftOut {
  juror: string;
  chosen: string[];
  /** The entries chosen with everybody that are not chosen without this juror. */
  lost: string[];
}

export interface Ranking {
  status: FitStatus;
  k: number;
  seed: number;
  mean: number | null;
  variances: Variances;
  deviance: number | null;
  entries: RankedEntry[];
  jurors: JurorFit[];
  panels: Panel[];
  bridges: { entry: string; juror: string }[];
  /** Entries that have too few reviews to be ranked. */
  unranked: string[];
  /** Entries on either side of the cut line whose order is not 90 % sure, with the probability that it is right. */
  cutTies: { above: string; below: string; certainty: number }[];
  exactTies: string[][];
  agreement: { alpha: number | null; reliability: Reliability | null };
  flags: Flag[];
  leaveOneOut: LeftOut[] | null;
  /** Whether the chosen are the same whichever one juror is left out. */
  robust: boolean | null;
}

/** Two scores nearer than this are equal. */
const SAME = 1e-9;
export const LEAST_REVIEWS = 2;
const MOST_LEFT_OUT = 60;

/** Everything that a jury is shown of its scores, from the scores alone: what is stored with them can be computed again. */
export function rankScores(scores: readonly Score[], options: RankingOptions): Ranking {
  const fit = fitScores(scores);
  const ranked = fit.entries.map((one) => one.reviews >= LEAST_REVIEWS && one.calibrated !== null);
  const rows = rowsOf(fit, ranked, options);
  const reviewsEach = scores.length / Math.max(1, fit.entries.length);
  const left = options.leaveOneOut ? leaveOneOut(scores, fit, rows, options) : null;
  return {
    status: fit.status,
    k: options.k,
    seed: options.seed,
    mean: fit.mean,
    variances: fit.variances,
    deviance: fit.deviance,
    entries: rows,
    jurors: fit.jurors,
    panels: fit.panels,
    bridges: fit.panels.length > 1 ? bridgingReviews(fit.panels, options.may ?? (() => true)) : [],
    unranked: fit.entries.filter((one) => one.reviews < LEAST_REVIEWS).map((one) => one.entry),
    cutTies: cutTies(fit, rows, options.k),
    exactTies: exactTies(rows),
    agreement: { alpha: krippendorff(scores, 'interval'), reliability: reliability(fit.variances, reviewsEach) },
    flags: flagsOf(scores, fit, options.scale),
    leaveOneOut: left,
    robust: left && left.every(({ lost }) => lost.length === 0),
  };
}

/** What each entry is ranked by; null for one that is not. Where merit cannot be told apart, the adjusted means are all there is. */
function rankedBy(fit: Fit): (number | null)[] {
  const value = (one: EntryFit) => (fit.status === 'no-difference' ? one.adjusted : one.calibrated);
  return fit.entries.map((one) => (one.reviews >= LEAST_REVIEWS ? value(one) : null));
}

function rowsOf(fit: Fit, ranked: readonly boolean[], { seed, k, tieBreak }: RankingOptions): RankedEntry[] {
  const effects = fit.entries.map((one) => one.calibrated ?? 0);
  const sure = fit.uncertainty ? rankConfidence(effects, fit.uncertainty, { seed, k, ranked }) : ranked.map(() => null);
  const taking = ranked.filter(Boolean).length;
  const lottery = fit.status === 'no-difference';
  const rawRanks = ranksOf(fit.entries.map((one) => one.rawMean));
  const ranks = ranksOf(rankedBy(fit));
  const rows = fit.entries.map((one, i): RankedEntry => {
    const confidence = sure[i];
    return {
      ...one,
      rank: ranks[i] ?? null,
      rawRank: rawRanks[i] as number,
      interval:
        confidence && one.calibrated !== null
          ? [one.calibrated - NINETY * confidence.deviation, one.calibrated + NINETY * confidence.deviation]
          : null,
      rankInterval: confidence ? [confidence.from, confidence.to] : lottery && ranked[i] ? [1, taking] : null,
      topProbability: confidence?.top ?? (lottery && ranked[i] ? Math.min(1, k / taking) : null),
    };
  });
  const last = Number.POSITIVE_INFINITY;
  return rows.sort(
    (a, b) =>
      (a.rank ?? last) - (b.rank ?? last) ||
      (a.rank === null ? a.rawRank - b.rawRank : 0) ||
      (tieBreak?.(a.entry, b.entry) ?? 0) ||
      byText(a.entry, b.entry),
  );
}

/** Ranks of values, the greatest first; values nearer than SAME to the one above share its rank. */
function ranksOf(values: readonly (number | null)[]): (number | null)[] {
  const order = values
    .flatMap((value, i) => (value === null ? [] : [{ value, i }]))
    .sort((a, b) => b.value - a.value || a.i - b.i);
  const ranks: (number | null)[] = values.map(() => null);
  let rank = 0;
  order.forEach(({ value, i }, at) => {
    const before = order[at - 1];
    if (!before || before.value - value > SAME) rank = at + 1;
    ranks[i] = rank;
  });
  return ranks;
}

function exactTies(rows: readonly RankedEntry[]): string[][] {
  const byRank = Map.groupBy(
    rows.filter((row) => row.rank !== null),
    (row) => row.rank,
  );
  return [...byRank.values()].filter((same) => same.length > 1).map((same) => same.map((row) => row.entry));
}

/** Pairs across the cut line that are not surely in this order. */
function cutTies(fit: Fit, rows: readonly RankedEntry[], k: number): Ranking['cutTies'] {
  const { uncertainty } = fit;
  if (!uncertainty && fit.status !== 'no-difference') return [];
  const at = new Map(fit.entries.map((one, i) => [one.entry, i]));
  const effects = fit.entries.map((one) => one.calibrated ?? 0);
  const inOrder = rows.filter((row) => row.rank !== null);
  const above = inOrder.slice(0, k);
  return inOrder.slice(k).flatMap((below) =>
    above.flatMap((one) => {
      const pair = [at.get(one.entry) as number, at.get(below.entry) as number] as const;
      const certainty = uncertainty ? beats(effects, uncertainty, ...pair) : 0.5;
      return certainty < TIE_BELOW ? [{ above: one.entry, below: below.entry, certainty }] : [];
    }),
  );
}

function leaveOneOut(
  scores: readonly Score[],
  fit: Fit,
  rows: readonly RankedEntry[],
  options: RankingOptions,
): LeftOut[] | null {
  if (
    (fit.status !== 'calibrated' && fit.status !== 'no-difference') ||
    fit.jurors.length > MOST_LEFT_OUT ||
    fit.jurors.length < 2
  )
    return null;
  const chosen = bestOf(rows, options.k);
  return fit.jurors.map(({ juror }) => {
    const without = fitScores(scores.filter((score) => score.juror !== juror));
    const ranks = ranksOf(rankedBy(without));
    const order = without.entries
      .map((one, i) => ({ entry: one.entry, rank: ranks[i] ?? null }))
      .filter((row) => row.rank !== null)
      .sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0) || (options.tieBreak?.(a.entry, b.entry) ?? 0) || byText(a.entry, b.entry));
    const now = bestOf(order, options.k);
    return { juror, chosen: now, lost: chosen.filter((entry) => !now.includes(entry)) };
  });
}

function bestOf(rows: readonly { entry: string; rank: number | null }[], k: number): string[] {
  return rows
    .filter((row) => row.rank !== null)
    .slice(0, k)
    .map((row) => row.entry);
}
