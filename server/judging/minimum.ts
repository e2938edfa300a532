/** What a relative standard deviation of zero is on the scale that is searched: its logarithm. */
export const NONE = Number.NEGATIVE_INFINITY;

interface Point {
  deviance: number;
  gradient: [number, number];
  curvature: [number, number];
}

const LEAST = -9;
const MOST = 7;

interface Found<V> {
  tl: number;
  ts: number;
  value: V;
  evaluations: number;
}

/**
 * The least deviance over relative standard deviations tl, ts >= 0: quasi-Newton steps (BFGS) on their logarithms from each start,
 * then the boundaries tl = 0 and ts = 0. Not thorough (large cases): a boundary is tried only when the search ran towards it.
 */
export function minimise<V extends Point>(
  at: (tl: number, ts: number) => V | null,
  { starts, thorough }: { starts: readonly [number, number][]; thorough: boolean },
): Found<V> {
  let evaluations = 0;
  const evaluate = (x: readonly [number, number]) => {
    evaluations += 1;
    return at(Math.exp(x[0]), Math.exp(x[1]));
  };
  const tolerance = thorough ? 1e-9 : 1e-3;
  let best: { x: [number, number]; value: V } | undefined;
  const consider = (start: [number, number]) => {
    const found = descend(evaluate, start, tolerance);
    // A simpler model that explains as well is preferred: a boundary comes later and wins a draw.
    if (found && (!best || found.value.deviance < best.value.deviance + (start.includes(NONE) ? 1e-9 : 0))) best = found;
  };
  for (const start of starts) consider([Math.log(start[0]), Math.log(start[1])]);
  const x: [number, number] = best?.x ?? [0, 0];
  const near = (side: 0 | 1) => thorough || x[side] < -3;
  if (near(0)) consider([NONE, Math.max(x[1], -1)]);
  if (near(1)) consider([Math.max(x[0], -1), NONE]);
  if (near(0) && near(1)) consider([NONE, NONE]);
  if (!best) throw new Error('The model has no likelihood at any variance.');
  return { tl: Math.exp(best.x[0]), ts: Math.exp(best.x[1]), value: best.value, evaluations };
}

function descend<V extends Point>(
  evaluate: (x: readonly [number, number]) => V | null,
  start: [number, number],
  tolerance: number,
): { x: [number, number]; value: V } | null {
  let x = start;
  const first = evaluate(x);
  if (!first) return null;
  let value: V = first;
  const free: [boolean, boolean] = [x[0] !== NONE, x[1] !== NONE];
  let H = firstHessian(value);
  for (let step = 0; step < 60; step++) {
    const g = value.gradient;
    const move = newtonMove(H, g, free, x);
    const slope = move[0] * (free[0] ? g[0] : 0) + move[1] * (free[1] ? g[1] : 0);
    if (!(-slope > tolerance * tolerance)) break;
    const next: { x: [number, number]; value: V } | null = search(evaluate, x, value, move, slope, free);
    if (!next) break;
    H = updated(H, [next.x[0] - x[0], next.x[1] - x[1]], [next.value.gradient[0] - g[0], next.value.gradient[1] - g[1]], free);
    ({ x, value } = next);
  }
  return { x, value };
}

type Hessian = [number, number, number];

function firstHessian({ curvature }: Point): Hessian {
  return [Math.max(curvature[0], 0.05), 0, Math.max(curvature[1], 0.05)];
}

/** The step to the minimum of the local parabola, at most a factor of e^2 in either standard deviation. */
function newtonMove([a, b, c]: Hessian, g: [number, number], free: [boolean, boolean], x: [number, number]): [number, number] {
  const gx = free[0] ? g[0] : 0;
  const gy = free[1] ? g[1] : 0;
  const off = free[0] && free[1] ? b : 0;
  const determinant = a * c - off * off;
  const move: [number, number] = [
    free[0] ? -(c * gx - off * gy) / determinant : 0,
    free[1] ? -(a * gy - off * gx) / determinant : 0,
  ];
  const longest = Math.max(Math.abs(move[0]), Math.abs(move[1]), 2) / 2;
  return [bounded(x[0], move[0] / longest), bounded(x[1], move[1] / longest)];
}

function bounded(x: number, move: number): number {
  if (x === NONE) return 0;
  return Math.min(MOST, Math.max(LEAST, x + move)) - x;
}

function search<V extends Point>(
  evaluate: (x: readonly [number, number]) => V | null,
  x: [number, number],
  from: V,
  move: [number, number],
  slope: number,
  free: [boolean, boolean],
): { x: [number, number]; value: V } | null {
  for (let share = 1; share > 1e-4; share /= 2) {
    const to: [number, number] = [free[0] ? x[0] + share * move[0] : x[0], free[1] ? x[1] + share * move[1] : x[1]];
    const value = evaluate(to);
    // Near the minimum the deviance is all rounding: a step that does not raise it is good enough.
    if (value && value.deviance <= from.deviance + 1e-4 * share * slope + 1e-12 * Math.abs(from.deviance))
      return { x: to, value };
  }
  return null;
}

/** BFGS, left alone where the gradient did not turn. */
function updated([a, b, c]: Hessian, s: [number, number], y: [number, number], free: [boolean, boolean]): Hessian {
  if (!free[0] || !free[1]) {
    const side = free[0] ? 0 : 1;
    const turned = s[side] === 0 ? 0 : y[side] / s[side];
    if (!(turned > 1e-8)) return [a, b, c];
    return side === 0 ? [turned, 0, c] : [a, 0, turned];
  }
  const sy = s[0] * y[0] + s[1] * y[1];
  if (!(sy > 1e-12)) return [a, b, c];
  const Hs: [number, number] = [a * s[0] + b * s[1], b * s[0] + c * s[1]];
  const sHs = s[0] * Hs[0] + s[1] * Hs[1];
  return [
    a + (y[0] * y[0]) / sy - (Hs[0] * Hs[0]) / sHs,
    b + (y[0] * y[1]) / sy - (Hs[0] * Hs[1]) / sHs,
    c + (y[1] * y[1]) / sy - (Hs[1] * Hs[1]) / sHs,
  ];
}
