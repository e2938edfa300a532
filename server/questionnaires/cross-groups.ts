import { auditOf } from './disclosure.ts';

/** A figure of a group, or of those who are of two groups at once: `role` `a`, or `role*mode` `a*x`. */
export interface Group {
  segment: string;
  code: string;
}

export interface Crossing {
  segments: readonly string[];
  /** How many were of each combination of codes (in the order of the segments, by spaces) each time that the figure was shown. */
  shown: readonly Readonly<Record<string, number>>[];
  /** What is published already. */
  told: readonly Group[];
  least: number;
  /** Key of the segment that the figure itself is of: nobody is grouped by it. */
  own?: string;
}

/** With more combinations than this, or more of them of one to four people, to look at all takes too long: nothing more is told. */
const MOST_ATOMS = 1500;
const MOST_SMALL = 100;

/**
 * Further groups that may be published beside those that are: of any segment, then of two segments at once, the first in the form
 * and then the largest first, as far as neither they nor the rest are too few and nothing of one to four people can be derived from all of it together.
 */
export function furtherGroups({ segments, shown, told, least, own }: Crossing): Group[] {
  const atoms = atomsOf(shown);
  if (!atoms || atoms.length > MOST_ATOMS || atoms.filter(({ n }) => n < 5).length > MOST_SMALL) return [];
  const at = (group: Group) => membersOf(atoms, segments, group);
  const audit = auditOf(atoms.map(({ n }) => n));
  const fixed = [...shown.map((_, time) => atoms.flatMap((atom, n) => (atom.time <= time ? [n] : []))), ...told.map(at)];
  if (!fixed.every((set) => audit.admit(set))) return [];
  const people = (set: readonly number[]) => set.reduce((sum, n) => sum + (atoms[n]?.n ?? 0), 0);
  const all = people(atoms.map((_, n) => n));
  const known = new Set(told.map(({ segment, code }) => `${segment} ${code}`));
  const fits = (n: number, of: number) => n >= least && (of === n || of - n >= least);
  const use = segments.filter((segment) => segment !== own);
  const single = use.flatMap((segment) => codesOf(atoms, segments, segment).map((code) => ({ segment, code })));
  const double = use.flatMap((one, first) =>
    use
      .slice(first + 1)
      .flatMap((other) =>
        codesOf(atoms, segments, one).flatMap((a) =>
          codesOf(atoms, segments, other).map((b) => ({ segment: `${one}*${other}`, code: `${a}*${b}` })),
        ),
      ),
  );
  const open: Group[] = [];
  for (const candidates of [single, double]) {
    const order = [...new Set(candidates.map(({ segment }) => segment))];
    const ranked = candidates
      .filter(({ segment, code }) => !known.has(`${segment} ${code}`))
      .map((group) => ({ group, set: at(group) }))
      .sort((a, b) => order.indexOf(a.group.segment) - order.indexOf(b.group.segment) || people(b.set) - people(a.set));
    for (const { group, set } of ranked) {
      const within = halvesOf(group).map((half) => people(at(half)));
      if ([all, ...within].every((of) => fits(people(set), of)) && audit.admit(set)) open.push(group);
    }
  }
  return open;
}

/** The two groups that somebody of both belongs to; of one group none. */
export function halvesOf({ segment, code }: Group): Group[] {
  if (!segment.includes('*')) return [];
  const codes = code.split('*');
  return segment.split('*').map((one, n) => ({ segment: one, code: codes[n] ?? '' }));
}

interface Atom {
  codes: string[];
  /** With which showing they came. */
  time: number;
  n: number;
}

// Who came between two showings is told apart from who was there before. Undefined where somebody was there and is no more.
function atomsOf(shown: Crossing['shown']): Atom[] | undefined {
  const atoms: Atom[] = [];
  for (const [time, parts] of shown.entries()) {
    for (const key of new Set([...Object.keys(parts), ...Object.keys(shown[time - 1] ?? {})])) {
      const n = (parts[key] ?? 0) - (shown[time - 1]?.[key] ?? 0);
      if (n < 0) return undefined;
      if (n > 0) atoms.push({ codes: key.split(' '), time, n });
    }
  }
  return atoms;
}

function membersOf(atoms: readonly Atom[], segments: readonly string[], group: Group): number[] {
  const wanted = (halvesOf(group).length > 0 ? halvesOf(group) : [group]).map(({ segment, code }) => ({
    at: segments.indexOf(segment),
    code,
  }));
  return atoms.flatMap((atom, n) => (wanted.every(({ at, code }) => atom.codes[at] === code) ? [n] : []));
}

function codesOf(atoms: readonly Atom[], segments: readonly string[], segment: string): string[] {
  const at = segments.indexOf(segment);
  return [...new Set(atoms.flatMap(({ codes }) => (codes[at] ? [codes[at]] : [])))].sort();
}
