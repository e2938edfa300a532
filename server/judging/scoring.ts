import { type Panel, panelsOf } from './connectivity.ts';
import { fitMixedModel, type Uncertainty, type Variances } from './mixed-model.ts';

/** One complete review, as one number on the call's common scale. */
export interface Score {
  entry: string;
  juror: string;
  score: number;
}

/**
 * calibrated: severity is taken off. no-difference: what differs between entries is no more than chance would give, so that the order
 * of their adjusted means is a lottery. no-variation: all scores are the same. not-calibratable: too few reviews in common to tell
 * severity from merit. disconnected: parts of the jury share nothing, so that no one ranking may be published.
 */
export type FitStatus = 'calibrated' | 'no-difference' | 'no-variation' | 'not-calibratable' | 'disconnected' | 'empty';

export interface EntryFit {
  entry: string;
  reviews: number;
  /** The plain average of its scores. */
  rawMean: number;
  /** The average after each juror's severity is taken off; null where that cannot be told. */
  adjusted: number | null;
  /** The adjusted average pulled towards the call's mean, the more the fewer the reviews. What is ranked. */
  calibrated: number | null;
}

export interface JurorFit {
  juror: string;
  reviews: number;
  rawMean: number;
  /** How many points above colleagues this juror scores the same entries. */
  severity: number | null;
}

export interface Fit {
  status: FitStatus;
  mean: number | null;
  variances: Variances;
  entries: EntryFit[];
  jurors: JurorFit[];
  panels: Panel[];
  /** Of the entries' effects, in the order of `entries`. */
  uncertainty: Uncertainty | null;
  deviance: number | null;
}

const NO_VARIANCE: Variances = { entries: 0, jurors: 0, rest: 0 };

/**
 * Fits the scores of a jury. Never throws on what a jury can do: each odd case has a status of its own. The order in which scores
 * come makes no difference to any figure, to the last bit.
 */
export function fitScores(scores: readonly Score[]): Fit {
  const sorted = scores.toSorted((a, b) => byText(a.entry, b.entry) || byText(a.juror, b.juror) || a.score - b.score);
  const entries = indexOf(sorted.map((score) => score.entry));
  const jurors = indexOf(sorted.map((score) => score.juror));
  const panels = panelsOf(sorted);
  const entryFits = means(entries, sorted, 'entry').map(([entry, reviews, rawMean]) => ({
    entry,
    reviews,
    rawMean,
    adjusted: null,
    calibrated: null,
  }));
  const jurorFits = means(jurors, sorted, 'juror').map(([juror, reviews, rawMean]) => ({
    juror,
    reviews,
    rawMean,
    severity: null,
  }));
  const plain = (status: FitStatus): Fit => ({
    status,
    mean: sorted.length === 0 ? null : sorted.reduce((sum, { score }) => sum + score, 0) / sorted.length,
    variances: NO_VARIANCE,
    entries: entryFits,
    jurors: jurorFits,
    panels,
    uncertainty: null,
    deviance: null,
  });
  if (sorted.length === 0) return plain('empty');
  if (varies(sorted) === false)
    return { ...plain('no-variation'), entries: entryFits.map((fit) => ({ ...fit, calibrated: fit.rawMean })) };
  if (sorted.length <= entries.size + jurors.size - 1 || entryFits.every((fit) => fit.reviews === 1))
    return plain('not-calibratable');
  if (panels.length > 1) return plain('disconnected');
  return calibrated(sorted, entries, jurors, entryFits, jurorFits, panels);
}

function calibrated(
  sorted: readonly Score[],
  entries: Map<string, number>,
  jurors: Map<string, number>,
  entryFits: EntryFit[],
  jurorFits: JurorFit[],
  panels: Panel[],
): Fit {
  const entry = Int32Array.from(sorted, (score) => entries.get(score.entry) as number);
  const juror = Int32Array.from(sorted, (score) => jurors.get(score.juror) as number);
  const y = Float64Array.from(sorted, (score) => score.score);
  const fit = fitMixedModel({ entries: entries.size, jurors: jurors.size, entry, juror, y });
  const adjusted = new Float64Array(entries.size);
  y.forEach((value, k) => {
    const i = entry[k] as number;
    adjusted[i] =
      (adjusted[i] as number) + (value - (fit.jurorEffects[juror[k] as number] as number)) / (entryFits[i]?.reviews ?? 1);
  });
  return {
    status: fit.variances.entries > 0 ? 'calibrated' : 'no-difference',
    mean: fit.mu,
    variances: fit.variances,
    entries: entryFits.map((one, i) => ({
      ...one,
      adjusted: adjusted[i] as number,
      calibrated: fit.mu + (fit.entryEffects[i] as number),
    })),
    jurors: jurorFits.map((one, j) => ({ ...one, severity: fit.jurorEffects[j] as number })),
    panels,
    uncertainty: fit.variances.entries > 0 ? fit.uncertainty : null,
    deviance: fit.deviance,
  };
}

/** Whether scores differ at all: the sum of squares around their mean is more than rounding (1e-12 a score). */
function varies(scores: readonly Score[]): boolean {
  const mean = scores.reduce((sum, { score }) => sum + score, 0) / scores.length;
  return scores.reduce((sum, { score }) => sum + (score - mean) ** 2, 0) > 1e-12 * scores.length;
}

function means(index: Map<string, number>, scores: readonly Score[], by: 'entry' | 'juror'): [string, number, number][] {
  const times = new Float64Array(index.size);
  const sums = new Float64Array(index.size);
  for (const score of scores) {
    const at = index.get(score[by]) as number;
    times[at] = (times[at] as number) + 1;
    sums[at] = (sums[at] as number) + score.score;
  }
  return [...index].map(([id, at]) => [id, times[at] as number, (sums[at] as number) / (times[at] as number)]);
}

function indexOf(ids: readonly string[]): Map<string, number> {
  return new Map([...new Set(ids)].sort(byText).map((id, at) => [id, at]));
}

/** By code units: the same on every machine, whatever its locale. */
export function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
