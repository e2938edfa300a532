// Which figures may be shown, so that neither they nor their differences speak of one to four people. The practice of statistical
// offices (Handbook on Statistical Disclosure Control, ch. 5: threshold with secondary suppression), applied to bases.

/** No base below it is ever shown; a questionnaire may ask for more. */
export const LEAST = 5;

/**
 * The groups of one division of a base that may be shown, by what each counts. A small group is hidden; where all that is hidden
 * counts together less than `least`, the next smallest is hidden too, for the difference would tell. `base` is how many the whole
 * has: who belongs to no group counts among the hidden.
 */
export function shownGroups(bases: ReadonlyMap<string, number>, base: number, least = LEAST): Set<string> {
  const rising = [...bases].filter(([, n]) => n > 0).sort((a, b) => a[1] - b[1] || (a[0] < b[0] ? -1 : 1));
  const shown = new Set(rising.filter(([, n]) => n >= least).map(([code]) => code));
  const hidden = () => base - rising.reduce((sum, [code, n]) => sum + (shown.has(code) ? n : 0), 0);
  for (const [code] of rising) {
    if (hidden() === 0 || hidden() >= least) break;
    shown.delete(code);
  }
  const left = hidden();
  return left === 0 || left >= least ? shown : new Set();
}

/**
 * Whether a figure of `base` people may take the place of the one last shown, of `before`: whoever looks twice sees the difference, so
 * it must be nobody or a group of its own.
 */
export function mayFollow(before: number | undefined, base: number, least = LEAST): boolean {
  return base >= least && (before === undefined || base - before >= least);
}

/** Percentages as they may be shown: whole ones, and of a small group that agrees only that nearly all do. */
export interface Shares {
  percent: Record<string, number>;
  /** The one option that "90 % or more" chose; the others are not told. */
  nearlyAll?: string;
}

const SMALL = 10;

export function sharesOf(counts: Readonly<Record<string, number>>, base: number): Shares {
  const all = Object.entries(counts).find(([, n]) => n === base);
  if (base < SMALL && all) return { percent: {}, nearlyAll: all[0] };
  return { percent: Object.fromEntries(Object.entries(counts).map(([code, n]) => [code, Math.round((n / base) * 100)])) };
}
