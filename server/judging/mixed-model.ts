import { cholesky, dot, inverseColumns, solve } from './matrices.ts';
import { minimise } from './minimum.ts';

/** Scores by position: the `k`-th score is `y[k]`, of entry `entry[k]` by juror `juror[k]`. */
export interface Ratings {
  entries: number;
  jurors: number;
  entry: Int32Array;
  juror: Int32Array;
  y: Float64Array;
}

export interface Variances {
  /** Between entries: what the jury wants to see. */
  entries: number;
  /** Between jurors: how much their severity differs. */
  jurors: number;
  /** What is left. */
  rest: number;
}

/** The covariance of the entries' effects as scale * (diagonal + factor * factor'), without ever writing the whole matrix. */
export interface Uncertainty {
  scale: number;
  diagonal: Float64Array;
  /** Row i of `width` numbers belongs to entry i. */
  factor: Float64Array;
  width: number;
}

export interface MixedFit {
  mu: number;
  variances: Variances;
  /** How far each entry is above the average, already pulled towards it. */
  entryEffects: Float64Array;
  /** How generous each juror is. */
  jurorEffects: Float64Array;
  uncertainty: Uncertainty;
  /** -2 log of the restricted likelihood, without its constant. */
  deviance: number;
  evaluations: number;
}

/** One side of the table: its nodes, and for each score which of them. */
interface Side {
  count: number;
  of: Int32Array;
  times: Float64Array;
  sums: Float64Array;
}

interface Design {
  /** The side with more nodes: its block is diagonal and is eliminated. */
  large: Side;
  small: Side;
  /** For each node of the large side, its scores: `start[i]` to `start[i + 1]` of `order`. */
  start: Int32Array;
  order: Int32Array;
  y: Float64Array;
  total: number;
  squares: number;
}

interface Evaluation {
  deviance: number;
  gradient: [number, number];
  curvature: [number, number];
  r2: number;
  u: Float64Array;
  z: Float64Array;
  lowerInverse: Float64Array;
}

/**
 * The additive model y = mu + entry + juror + rest with normal effects: variances by restricted maximum likelihood, effects by best
 * linear unbiased prediction. The same answer as lme4's lmer(y ~ 1 + (1|entry) + (1|juror)).
 *
 * With relative standard deviations tl, ts of the larger and the smaller side, the mixed-model equations (Henderson 1975) have a
 * diagonal block D = tl^2 n + 1, so that only the smaller side needs a Cholesky factor; the deviance is
 * sum log D + log|S| + (N - 1) log(r2 / (N - 1)) (Bates et al., J. Stat. Softw. 67, 2015, section 3.4).
 */
export function fitMixedModel(ratings: Ratings): MixedFit {
  const mean = ratings.y.reduce((sum, y) => sum + y, 0) / ratings.y.length;
  const design = designOf(ratings, mean);
  const many = design.small.count > 400;
  const best = minimise((tl, ts) => evaluate(design, tl, ts), { starts: startsOf(design, many), thorough: !many });
  const { tl, ts, value } = best;
  const entriesAreLarge = ratings.entries >= ratings.jurors;
  const s2 = value.r2 / (ratings.y.length - 1);
  const size = design.small.count + 1;
  const largeEffects = value.u.map((u) => tl * u);
  const smallEffects = value.z.slice(0, size - 1).map((z) => ts * z);
  const [entryT, jurorT] = entriesAreLarge ? [tl, ts] : [ts, tl];
  return {
    mu: mean + (value.z[size - 1] as number),
    variances: { entries: entryT ** 2 * s2, jurors: jurorT ** 2 * s2, rest: s2 },
    entryEffects: entriesAreLarge ? largeEffects : smallEffects,
    jurorEffects: entriesAreLarge ? smallEffects : largeEffects,
    uncertainty: entriesAreLarge
      ? largeUncertainty(design, tl, ts, s2, value.lowerInverse)
      : {
          scale: s2 * ts ** 2,
          diagonal: new Float64Array(size - 1),
          factor: value.lowerInverse.slice(0, (size - 1) * size),
          width: size,
        },
    deviance: value.deviance,
    evaluations: best.evaluations,
  };
}

function designOf(ratings: Ratings, mean: number): Design {
  const y = ratings.y.map((value) => value - mean);
  const entries = sideOf(ratings.entries, ratings.entry, y);
  const jurors = sideOf(ratings.jurors, ratings.juror, y);
  const [large, small] = ratings.entries >= ratings.jurors ? [entries, jurors] : [jurors, entries];
  const start = new Int32Array(large.count + 1);
  for (const node of large.of) start[node + 1] = (start[node + 1] as number) + 1;
  for (let i = 0; i < large.count; i++) start[i + 1] = (start[i + 1] as number) + (start[i] as number);
  const next = start.slice();
  const order = new Int32Array(y.length);
  large.of.forEach((node, k) => {
    order[next[node] as number] = k;
    next[node] = (next[node] as number) + 1;
  });
  const total = y.reduce((sum, value) => sum + value, 0);
  return { large, small, start, order, y, total, squares: dot(y, 0, y, 0, y.length) };
}

function sideOf(count: number, of: Int32Array, y: Float64Array): Side {
  const times = new Float64Array(count);
  const sums = new Float64Array(count);
  of.forEach((node, k) => {
    times[node] = (times[node] as number) + 1;
    sums[node] = (sums[node] as number) + (y[k] as number);
  });
  return { count, of, times, sums };
}

/** Where to begin looking: at what the means of each side suggest, and for small juries from two other corners too. */
function startsOf({ large, small, y, squares }: Design, one: boolean): [number, number][] {
  const spread = ({ times, sums, count }: Side) =>
    times.reduce((sum, n, i) => sum + ((sums[i] as number) / n) ** 2, 0) / count / (squares / y.length);
  const bounded = (share: number) => Math.sqrt(Math.min(4, Math.max(0.05, share / 0.5)));
  const guess: [number, number] = [bounded(spread(large)), bounded(spread(small))];
  return one ? [guess] : [guess, [1, 0.3], [0.3, 1]];
}

function evaluate(design: Design, tl: number, ts: number): Evaluation | null {
  const { large, small, y } = design;
  const size = small.count + 1;
  const last = size - 1;
  const S = new Float64Array(size * size);
  const D = large.times.map((n) => tl * tl * n + 1);
  const right = new Float64Array(size);
  for (let j = 0; j < last; j++) {
    S[j * size + j] = ts * ts * (small.times[j] as number) + 1;
    S[last * size + j] = ts * (small.times[j] as number);
    right[j] = ts * (small.sums[j] as number);
  }
  S[last * size + last] = y.length;
  right[last] = design.total;
  eliminate(design, tl, ts, D, S, right);
  const logS = cholesky(S, size);
  if (logS === null) return null;
  const z = solve(S, size, right);
  const u = new Float64Array(large.count);
  const last_z = z[last] as number;
  let r2 = design.squares - ts * dot(z, 0, small.sums, 0, last) - last_z * design.total;
  for (let i = 0; i < large.count; i++) {
    let seen = 0;
    for (let at = design.start[i] as number; at < (design.start[i + 1] as number); at++) {
      seen += z[small.of[design.order[at] as number] as number] as number;
    }
    const own = tl * (large.sums[i] as number);
    u[i] = (own - tl * ts * seen - tl * (large.times[i] as number) * last_z) / (D[i] as number);
    r2 -= (u[i] as number) * own;
  }
  if (!(r2 > 0)) return null;
  const lowerInverse = inverseColumns(S, size);
  const free = y.length - 1;
  const largeUsed = large.count - traceOfLarge(design, tl, ts, D, lowerInverse);
  const smallUsed = small.count - traceOfSmall(lowerInverse, size);
  return {
    deviance: D.reduce((sum, d) => sum + Math.log(d), 0) + logS + free * Math.log(r2 / free),
    gradient: [
      2 * (largeUsed - (free * dot(u, 0, u, 0, large.count)) / r2),
      2 * (smallUsed - (free * dot(z, 0, z, 0, last)) / r2),
    ],
    curvature: [(4 * largeUsed ** 2) / large.count, (4 * smallUsed ** 2) / small.count],
    r2,
    u,
    z,
    lowerInverse,
  };
}

/** Takes the large side out of the equations of the small one. */
function eliminate(design: Design, tl: number, ts: number, D: Float64Array, S: Float64Array, right: Float64Array): void {
  const { large, small, start, order } = design;
  const size = small.count + 1;
  const last = size - 1;
  for (let i = 0; i < large.count; i++) {
    const d = D[i] as number;
    const pair = (tl * tl * ts * ts) / d;
    const n = large.times[i] as number;
    const own = (tl * tl * (large.sums[i] as number)) / d;
    for (let a = start[i] as number; a < (start[i + 1] as number); a++) {
      const row = small.of[order[a] as number] as number;
      for (let b = start[i] as number; b <= a; b++) {
        const column = small.of[order[b] as number] as number;
        const at = row > column ? row * size + column : column * size + row;
        const times = row === column && a !== b ? 2 : 1;
        S[at] = (S[at] as number) - pair * times;
      }
      S[last * size + row] = (S[last * size + row] as number) - (tl * tl * ts * n) / d;
      right[row] = (right[row] as number) - ts * own;
    }
    S[last * size + last] = (S[last * size + last] as number) - (tl * tl * n * n) / d;
    right[last] = (right[last] as number) - own * n;
  }
}

function traceOfSmall(lowerInverse: Float64Array, size: number): number {
  let trace = 0;
  for (let j = 0; j < size - 1; j++) trace += dot(lowerInverse, j * size, lowerInverse, j * size, size);
  return trace;
}

function traceOfLarge(design: Design, tl: number, ts: number, D: Float64Array, lowerInverse: Float64Array): number {
  const size = design.small.count + 1;
  const column = new Float64Array(size);
  let trace = 0;
  for (let i = 0; i < design.large.count; i++) {
    columnOf(design, i, tl, ts, lowerInverse, column);
    const d = D[i] as number;
    trace += 1 / d + dot(column, 0, column, 0, size) / (d * d);
  }
  return trace;
}

/** L^-1 B_i into `into`: what the small side's uncertainty adds to node i of the large one. */
function columnOf(design: Design, i: number, tl: number, ts: number, lowerInverse: Float64Array, into: Float64Array): void {
  const size = into.length;
  const last = size - 1;
  into.fill(0);
  const n = tl * (design.large.times[i] as number);
  into[last] = n * (lowerInverse[last * size + last] as number);
  for (let at = design.start[i] as number; at < (design.start[i + 1] as number); at++) {
    const j = design.small.of[design.order[at] as number] as number;
    const from = j * size;
    for (let k = j; k < size; k++) into[k] = (into[k] as number) + tl * ts * (lowerInverse[from + k] as number);
  }
}

function largeUncertainty(design: Design, tl: number, ts: number, s2: number, lowerInverse: Float64Array): Uncertainty {
  const width = design.small.count + 1;
  const factor = new Float64Array(design.large.count * width);
  const diagonal = design.large.times.map((n) => 1 / (tl * tl * n + 1));
  const column = new Float64Array(width);
  for (let i = 0; i < design.large.count; i++) {
    columnOf(design, i, tl, ts, lowerInverse, column);
    for (let k = 0; k < width; k++) factor[i * width + k] = (column[k] as number) * (diagonal[i] as number);
  }
  return { scale: s2 * tl ** 2, diagonal, factor, width };
}
