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

/** One way in which the people of a base are divided. */
export interface Division {
  bases: ReadonlyMap<string, number>;
  /** What has been shown of it already and cannot be taken back. */
  fixed: boolean;
}

/** How many people are of `a` in one division and of `b` in another; an empty code is that of nobody's group. */
export type Joint = (one: number, a: string, other: number, b: string) => number;

const REST = '';
// A division into more is read by nobody: only the largest are shown.
const MOST_GROUPS = 12;

/**
 * The groups that may be shown of several divisions of one base together. Beside what `shownGroups` hides, no union of groups of
 * one division may contain a union of another and be larger by one to `least - 1` people: their difference would be those. Groups
 * are hidden, the smallest of the later division first, until none does. Errors: none.
 */
export function shownTogether(divisions: readonly Division[], base: number, joint: Joint, least = LEAST): Set<string>[] {
  const shown = divisions.map(({ bases, fixed }) =>
    fixed ? new Set([...bases].filter(([, n]) => n > 0).map(([code]) => code)) : shownGroups(largest(bases), base, least),
  );
  for (let at = 0; at < divisions.length; at++) {
    for (let other = 0; other < at; other++) {
      while (tells(at, other) || tells(other, at)) {
        const victim = divisions[at]?.fixed ? other : at;
        const bases = new Map([...(divisions[victim]?.bases ?? [])].filter(([code]) => shown[victim]?.has(code)));
        const [smallest] = [...bases].sort((a, b) => a[1] - b[1] || (a[0] < b[0] ? -1 : 1));
        if (!smallest) break;
        bases.delete(smallest[0]);
        shown[victim] = shownGroups(bases, base, least);
        // What is hidden now may have been what kept an earlier pair apart.
        other = 0;
        at = Math.min(at, victim + 1);
      }
    }
  }
  return shown;

  function tells(one: number, other: number): boolean {
    const [a, b] = [blocks(one), blocks(other)];
    const table = a.map((x) =>
      b.map((y) => x.codes.reduce((n, i) => y.codes.reduce((m, j) => m + joint(one, i, other, j), n), 0)),
    );
    const columns = b.map((_, y) => table.reduce((n, row) => n + (row[y] ?? 0), 0));
    return table.some((row, x) => sum(row) > 0 && leavesFew(table, columns, new Set([x]), new Set(), least));
  }

  function blocks(at: number) {
    const known = [...(divisions[at]?.bases.keys() ?? [])];
    const visible = shown[at] ?? new Set();
    const hidden = known.filter((code) => !visible.has(code) && code !== REST);
    return [...[...visible].map((code) => ({ codes: [code] })), { codes: [...hidden, REST] }];
  }
}

/**
 * Whether a union of rows that contains `rows` is larger by one to `least - 1` people than the columns that lie within it. A column of
 * which it holds `least` or more must lie within it; one of which it holds fewer either does, or is cut: both are tried. Few can be cut,
 * so it ends soon however many rows there are.
 */
function leavesFew(
  table: readonly (readonly number[])[],
  columns: readonly number[],
  rows: Set<number>,
  cut: ReadonlySet<number>,
  least: number,
): boolean {
  for (;;) {
    let cost = 0;
    let within: number | undefined;
    let open: number | undefined;
    for (const [y, all] of columns.entries()) {
      let inside = 0;
      for (const x of rows) inside += table[x]?.[y] ?? 0;
      if (inside === 0 || inside === all) continue;
      if (cut.has(y)) cost += inside;
      else if (inside >= least) within = y;
      else open = y;
    }
    if (cost >= least) return false;
    const next = within ?? open;
    if (next === undefined) return cost > 0;
    if (within === undefined && leavesFew(table, columns, new Set(rows), new Set([...cut, next]), least)) return true;
    for (const [x, row] of table.entries()) if ((row[next] ?? 0) > 0) rows.add(x);
  }
}

const sum = (numbers: readonly number[]) => numbers.reduce((all, n) => all + n, 0);
const largest = (bases: ReadonlyMap<string, number>) =>
  new Map([...bases].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, MOST_GROUPS));

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
