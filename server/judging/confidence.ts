import { normalBelow, normals, seeded } from './draws.ts';
import { dot } from './matrices.ts';
import type { Uncertainty } from './mixed-model.ts';

export interface RankConfidence {
  /** Standard deviation of the calibrated score. */
  deviation: number;
  /** The probability of being among the best k. */
  top: number;
  /** The ranks between which nine in ten draws lie. */
  from: number;
  to: number;
}

/** How many standard deviations hold nine tenths of a normal distribution. */
export const NINETY = 1.6448536269514722;
export const DRAWS = 4000;
/** Below this certainty of the order, two entries at the cut are a statistical tie and go to the jury's deliberation. */
export const TIE_BELOW = 0.9;

export function covariance(uncertainty: Uncertainty, i: number, k: number): number {
  const { scale, diagonal, factor, width } = uncertainty;
  return scale * ((i === k ? (diagonal[i] as number) : 0) + dot(factor, i * width, factor, k * width, width));
}

/** The probability that entry i is truly better than entry k: Phi of the difference over its standard deviation. */
export function beats(effects: ArrayLike<number>, uncertainty: Uncertainty, i: number, k: number): number {
  const variance = covariance(uncertainty, i, i) + covariance(uncertainty, k, k) - 2 * covariance(uncertainty, i, k);
  const difference = (effects[i] as number) - (effects[k] as number);
  if (!(variance > 1e-18)) return Math.abs(difference) < 1e-9 ? 0.5 : difference > 0 ? 1 : 0;
  return normalBelow(difference / Math.sqrt(variance));
}

/**
 * How sure each rank is, from DRAWS draws of the effects given the scores. The same seed gives the same figures. `ranked` says which
 * entries take part (the others have too few reviews); their rows are null.
 */
export function rankConfidence(
  effects: ArrayLike<number>,
  uncertainty: Uncertainty,
  { seed, k, ranked }: { seed: number; k: number; ranked: readonly boolean[] },
): (RankConfidence | null)[] {
  const taking = ranked.flatMap((takes, i) => (takes ? [i] : []));
  const n = taking.length;
  const histogram = new Int32Array(n * n);
  const draw = drawer(uncertainty, taking, seed);
  const values = new Float64Array(n);
  // Each draw is used twice, with its opposite: half the work, and errors that cancel out.
  for (let round = 0; round < DRAWS / 2; round++) {
    const noise = draw();
    for (const sign of [1, -1]) {
      for (let place = 0; place < n; place++) {
        values[place] = (effects[taking[place] as number] as number) + sign * (noise[place] as number);
      }
      countRanks(values, histogram);
    }
  }
  const places = new Map(taking.map((i, place) => [i, place]));
  return ranked.map((_, i) => {
    const place = places.get(i);
    if (place === undefined) return null;
    const counts = histogram.subarray(place * n, (place + 1) * n);
    return {
      deviation: Math.sqrt(covariance(uncertainty, i, i)),
      top: counts.subarray(0, k).reduce((sum, count) => sum + count, 0) / DRAWS,
      from: rankAt(counts, 0.05),
      to: rankAt(counts, 0.95),
    };
  });
}

const BITS = 16;

/**
 * Adds one draw to how often each entry had each rank. Every value carries its position in the last bits of its fraction through a
 * sort of plain numbers, ten times as fast as one that compares; what that takes from the value is 2^-36 of it.
 */
function countRanks(values: Float64Array, histogram: Int32Array): void {
  const n = values.length;
  const words = new Uint32Array(values.buffer);
  for (let i = 0; i < n; i++) words[2 * i] = (((words[2 * i] as number) >>> BITS) << BITS) | i;
  values.sort();
  for (let rank = 0; rank < n; rank++) {
    const at = ((words[2 * (n - 1 - rank)] as number) & ((1 << BITS) - 1)) * n + rank;
    histogram[at] = (histogram[at] as number) + 1;
  }
}

function rankAt(counts: Int32Array, share: number): number {
  let seen = 0;
  for (let rank = 0; rank < counts.length; rank++) {
    seen += counts[rank] as number;
    if (seen >= share * DRAWS) return rank + 1;
  }
  return counts.length;
}

/** Errors of the effects, drawn from their covariance. */
function drawer({ scale, diagonal, factor, width }: Uncertainty, taking: readonly number[], seed: number): () => Float64Array {
  const normal = normals(seeded(seed));
  const noise = new Float64Array(taking.length);
  const shared = new Float64Array(width);
  const spread = Math.sqrt(scale);
  const own = taking.map((i) => Math.sqrt(diagonal[i] as number));
  return () => {
    for (let k = 0; k < width; k++) shared[k] = normal();
    for (let place = 0; place < taking.length; place++) {
      const alone = own[place] as number;
      noise[place] =
        spread * ((alone > 0 ? alone * normal() : 0) + dot(factor, (taking[place] as number) * width, shared, 0, width));
    }
    return noise;
  };
}
