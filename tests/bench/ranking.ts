import { monitorEventLoopDelay } from 'node:perf_hooks';
import { computeRanking } from '../../server/judging/computing.ts';
import { covariance, NINETY } from '../../server/judging/confidence.ts';
import { normals, seeded } from '../../server/judging/draws.ts';
import { fitMixedModel } from '../../server/judging/mixed-model.ts';
import { rankScores } from '../../server/judging/ranking.ts';
import { fitScores } from '../../server/judging/scoring.ts';
import { GOLDEN_SCORES, goldenError } from '../judging/golden.ts';
import { SCENARIOS, simulate } from '../judging/planted.ts';

const RUNS = 200;
const SEED = 20260526;

interface Outcome {
  gain: number;
  top3Raw: number;
  top3: number;
  coverage: number;
  identical: boolean;
}

/** Plants a truth, lets a jury score it, and measures how much of it the calibrated ranking finds beyond the raw mean. */
export async function ranking(): Promise<void> {
  // First of all: what the thousands of juries below leave to be collected is no business of a web process.
  const blockedMs = round(await blocked());
  const gains: Record<string, number> = {};
  const coverage: number[] = [];
  let top3F = 0;
  let identicalD = true;
  console.log(
    `scenario                                    tau gain   top-3 raw  top-3   coverage   (${RUNS} runs, seed ${SEED})`,
  );
  for (const [letter, scenario] of Object.entries(SCENARIOS)) {
    const outcomes = Array.from({ length: RUNS }, (_, run) => outcome(letter, run));
    const mean = (of: (one: Outcome) => number) => outcomes.reduce((sum, one) => sum + of(one), 0) / outcomes.length;
    gains[letter] = round(mean((one) => one.gain));
    if (letter === 'F') top3F = round(mean((one) => one.top3 - one.top3Raw));
    if (letter === 'D') identicalD = outcomes.every((one) => one.identical);
    if (letter !== 'H') coverage.push(mean((one) => one.coverage));
    const figures = [mean((one) => one.gain), mean((one) => one.top3Raw), mean((one) => one.top3), mean((one) => one.coverage)];
    console.log(`${letter}  ${scenario.name.padEnd(40)} ${figures.map((figure) => figure.toFixed(3).padStart(9)).join(' ')}`);
  }
  const coverage90 = round(coverage.reduce((sum, share) => sum + share, 0) / coverage.length);
  const error = goldenError(fitScores(GOLDEN_SCORES));
  const ms200x20x4 = round(usual());
  const s73k = round(large());
  const rssMB = Math.round(process.memoryUsage().rss / 1e6);
  const met =
    (gains.A ?? 0) >= 0.045 &&
    (gains.C ?? 0) >= 0.09 &&
    (gains.E ?? 0) >= 0.1 &&
    (gains.F ?? 0) >= 0.05 &&
    (gains.G ?? -1) >= -0.005 &&
    top3F >= 0.06 &&
    identicalD &&
    coverage90 >= 0.86 &&
    coverage90 <= 0.93 &&
    error <= 1e-4 &&
    ms200x20x4 < 100 &&
    s73k < 20 &&
    blockedMs < 50 &&
    rssMB < 1000;
  console.log(JSON.stringify({ gains, top3F, identicalD, coverage90, goldenError: error, ms200x20x4, s73k, blockedMs, rssMB }));
  process.exitCode = met ? 0 : 1;
}

function outcome(letter: string, run: number): Outcome {
  const { scores, truth } = simulate(letter, SEED + 1000 * letter.charCodeAt(0) + run);
  const fit = fitScores(scores);
  const raw = fit.entries.map((one) => one.rawMean);
  const calibrated = fit.entries.map((one) => one.calibrated ?? one.rawMean);
  const truths = fit.entries.map((one) => truth.get(one.entry) as number);
  const { uncertainty } = fit;
  const mean = fit.mean ?? 0;
  const covered = truths.filter(
    (value, i) =>
      uncertainty && Math.abs((calibrated[i] as number) - mean - value) <= NINETY * Math.sqrt(covariance(uncertainty, i, i)),
  );
  return {
    gain: tauA(calibrated, truths) - tauA(raw, truths),
    top3Raw: recall(raw, truths),
    top3: recall(calibrated, truths),
    coverage: covered.length / truths.length,
    identical: sameOrder(raw, calibrated),
  };
}

/** Kendall's tau-a: ties count as neither right nor wrong. */
function tauA(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) {
    for (let k = 0; k < i; k++) sum += sign((a[i] as number) - (a[k] as number)) * sign((b[i] as number) - (b[k] as number));
  }
  return sum / ((a.length * (a.length - 1)) / 2);
}

const sign = (difference: number) => (Math.abs(difference) < 1e-9 ? 0 : Math.sign(difference));

/** The share of the true three best that are among the three first; entries tied at the cut count for their share of the places. */
function recall(values: readonly number[], truths: readonly number[]): number {
  const best = truths
    .map((_, i) => i)
    .sort((a, b) => (truths[b] as number) - (truths[a] as number))
    .slice(0, 3);
  const found = best.map((i) => {
    const above = values.filter((value) => value > (values[i] as number) + 1e-9).length;
    const same = values.filter((value) => Math.abs(value - (values[i] as number)) <= 1e-9).length;
    return Math.min(1, Math.max(0, (3 - above) / same));
  });
  return found.reduce((sum, share) => sum + share, 0) / 3;
}

function sameOrder(a: readonly number[], b: readonly number[]): boolean {
  return a.every((_, i) =>
    a.every((_, k) => sign((a[i] as number) - (a[k] as number)) === sign((b[i] as number) - (b[k] as number))),
  );
}

/** Milliseconds to fit 200 entries by 20 jurors, 4 reviews each: the fastest of 20, since others share the machine. */
function usual(): number {
  const { scores } = simulate('C', SEED, { reviews: 4 });
  const fastest = (work: () => unknown) =>
    Math.min(
      ...Array.from({ length: 20 }, () => {
        const begin = performance.now();
        work();
        return performance.now() - begin;
      }),
    );
  const whole = fastest(() => rankScores(scores, { seed: SEED, k: 3, scale: 9 }));
  console.log(`200 entries, 20 jurors, 4 reviews each: ranking with 4,000 draws in ${whole.toFixed(0)} ms`);
  return fastest(() => fitScores(scores));
}

/**
 * For how many milliseconds at most nothing else is done in the process that asks, while the ranking of 200 entries by 20 jurors, each
 * juror left out once, is computed beside it; and of 1,100 entries with 6,600 reviews.
 */
async function blocked(): Promise<number> {
  let most = 0;
  for (const change of [{ reviews: 4 }, { entries: 1100, jurors: 100, reviews: 6 }]) {
    const { scores } = simulate('C', SEED, change);
    await new Promise((resolve) => setTimeout(resolve, 50));
    // One for each: what lies between two measurements would count as a delay.
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    await computeRanking(scores, { seed: SEED, k: 3, scale: 9, leaveOneOut: true });
    delay.disable();
    most = Math.max(most, delay.max / 1e6);
  }
  return most;
}

/** Seconds of one processor for 73,000 scores of 3,000 raters on 1,100 entries: what it takes when nobody else wants it. */
function large(): number {
  const random = seeded(SEED);
  const normal = normals(random);
  const [entries, jurors, scores] = [1100, 3000, 73_000];
  const merit = Float64Array.from({ length: entries }, normal);
  const severity = Float64Array.from({ length: jurors }, () => 0.8 * normal());
  const entry = Int32Array.from({ length: scores }, (_, k) => (k < entries ? k : Math.floor(random() * entries)));
  const juror = Int32Array.from({ length: scores }, (_, k) => (k < jurors ? k : Math.floor(random() * jurors)));
  const y = Float64Array.from(
    { length: scores },
    (_, k) => 5 + (merit[entry[k] as number] as number) + (severity[juror[k] as number] as number) + 0.9 * normal(),
  );
  const begin = process.cpuUsage();
  const fit = fitMixedModel({ entries, jurors, entry, juror, y });
  const used = process.cpuUsage(begin);
  const seconds = (used.user + used.system) / 1e6;
  if (Math.abs(fit.variances.entries - 1) > 0.2)
    throw new Error(`The planted variance of 1 was not found: ${fit.variances.entries}`);
  return seconds;
}

const round = (value: number) => Math.round(value * 10_000) / 10_000;
