import type { Definition } from '../forms/definition.ts';
import { furtherGroups, halvesOf } from './cross-groups.ts';
import { codesOf, type Measure, measuresOf, segmentsOf } from './measures.ts';
import { type Division, LEAST, shownTogether } from './suppression.ts';

/** How one measure was answered by all, or by one group. */
export interface Cell {
  item: string;
  /** Empty: by all. */
  segment: string;
  code: string;
  base: number;
  counts: Record<string, number>;
}

/**
 * How many of each group a figure was of, by segment and code, and under `*` of each combination of codes: one for each time that it
 * was shown.
 */
export type Parts = Record<string, Record<string, number>>;

/** So many segments are looked at together. */
const MOST_CROSSED = 3;

interface Count {
  base: number;
  counts: Map<string, number>;
}

/** Counts answers as they come. `whole` and `groups` give only what may be shown of them. */
export function tally(definition: Definition, least: number = LEAST) {
  const measures = measuresOf(definition);
  const segments = segmentsOf(definition);
  const all = measures.map(newCount);
  // One list of counts for each group, in the order of the measures.
  const grouped = segments.map(() => new Map<string, Count[]>());
  const pairs = segments.flatMap((_, other) => segments.slice(0, other).map((_, one) => ({ one, other })));
  // How many of each measure are of a code of one segment and of another's.
  const joints = measures.map(() => pairs.map(() => new Map<string, number>()));
  // Of each combination of codes of the first segments: what those who are of two groups at once answered.
  const crossed = segments.slice(0, MOST_CROSSED);
  const combined = new Map<string, Count[]>();

  // Each answer is counted once, with those that belong to the same groups; their sums then go where they belong.
  function add(batch: readonly Record<string, unknown>[]): void {
    const alike = new Map<string, Count[]>();
    for (const answers of batch) {
      const belongs = segments.map((segment) => codesOf(segment, answers)?.[0] ?? '').join(' ');
      const counts = countsOf(alike, belongs);
      measures.forEach((measure, at) => {
        const codes = codesOf(measure, answers);
        if (codes !== undefined) note(counts[at], measure, codes);
      });
    }
    for (const [belongs, counts] of alike) addAlike(belongs.split(' '), counts);
  }

  function addAlike(belongs: readonly string[], counts: readonly Count[]): void {
    const groups = grouped.map((byCode, at) => countsOf(byCode, belongs[at] ?? ''));
    const keys = pairs.map(({ one, other }) => `${belongs[one]} ${belongs[other]}`);
    const together = crossed.length > 1 ? countsOf(combined, belongs.slice(0, MOST_CROSSED).join(' ')) : undefined;
    counts.forEach((count, at) => {
      if (count.base === 0) return;
      for (const sums of [all, ...groups, ...(together ? [together] : [])]) addTo(sums[at], count);
      keys.forEach((key, pair) => {
        const joint = joints[at]?.[pair];
        joint?.set(key, (joint.get(key) ?? 0) + count.base);
      });
    });
  }

  function countsOf(byCode: Map<string, Count[]>, code: string): Count[] {
    let counts = byCode.get(code);
    if (!counts) byCode.set(code, (counts = measures.map(newCount)));
    return counts;
  }

  function addTexts(counts: ReadonlyMap<string, number>): void {
    measures.forEach((measure, at) => {
      const count = all[at];
      if (measure.kind === 'text' && count) count.base = counts.get(measure.key) ?? 0;
    });
  }

  /** Of all; texts only once it is `settled`. */
  function whole(settled: boolean): Cell[] {
    return measures.flatMap((measure, at) => {
      const count = all[at];
      if (!count || count.base < least || (measure.kind === 'text' && !settled)) return [];
      return [{ item: measure.key, segment: '', code: '', base: count.base, counts: Object.fromEntries(count.counts) }];
    });
  }

  /** How many of each group have answered a measure. */
  function partsOf(item: string): Parts {
    const at = measures.findIndex(({ key }) => key === item);
    return {
      '': { '': all[at]?.base ?? 0 },
      ...Object.fromEntries(segments.map((segment, s) => [segment.key, Object.fromEntries(basesOf(s, at))])),
      ...(crossed.length > 1
        ? {
            '*': Object.fromEntries([...combined].flatMap(([key, counts]) => (counts[at]?.base ? [[key, counts[at].base]] : []))),
          }
        : {}),
    };
  }

  const basesOf = (s: number, at: number) =>
    new Map([...(grouped[s] ?? [])].flatMap(([code, counts]) => (code === '' ? [] : [[code, counts[at]?.base ?? 0] as const])));

  /**
   * Of each group, as far as neither its base nor what follows from its neighbours, from other divisions and from what was shown
   * before (`history`) is too small. Never of texts.
   */
  function groups(history: (item: string) => readonly Parts[]): Cell[] {
    return measures.flatMap((measure, at) => (measure.kind === 'text' ? [] : groupsOf(measure, at, history(measure.key))));
  }

  function groupsOf(measure: Measure, at: number, before: readonly Parts[]): Cell[] {
    const base = all[at]?.base ?? 0;
    const own = segments.findIndex(({ key }) => key === measure.key);
    const times: Division = { bases: new Map(before.map((_, n) => [String(n), 1])), fixed: true };
    // Of two divisions it is known that nothing follows; of three together it is not. To have been shown before is one.
    const others = segments.flatMap((_, s) => (s === own ? [] : [s])).slice(0, before.length > 1 ? 1 : 2);
    const divisions = [
      times,
      ...segments.map((_, s): Division => ({ bases: others.includes(s) ? basesOf(s, at) : new Map(), fixed: false })),
    ];
    const shown = shownTogether(divisions, base, (one, a, other, b) => jointOf(at, before, one, a, other, b), least);
    const told = segments.flatMap((segment, s) =>
      [...(shown[s + 1] ?? [])].map((code) => {
        const count = grouped[s]?.get(code)?.[at];
        return {
          item: measure.key,
          segment: segment.key,
          code,
          base: count?.base ?? 0,
          counts: Object.fromEntries(count?.counts ?? []),
        };
      }),
    );
    return [...told, ...furtherOf(measure, at, before, told)];
  }

  // Where the combinations of every showing are known: groups of further segments, and of two at once.
  function furtherOf(measure: Measure, at: number, before: readonly Parts[], told: readonly Cell[]): Cell[] {
    const shown = before.flatMap((parts) => (parts['*'] ? [parts['*']] : []));
    // Where somebody changed groups since the last showing, what was shown is of others than what is counted now.
    const now = partsOf(measure.key)['*'] ?? {};
    const last = shown.at(-1) ?? {};
    const moved = Object.keys({ ...now, ...last }).some((key) => now[key] !== last[key]);
    if (crossed.length < 2 || shown.length !== before.length || moved) return [];
    const keys = crossed.map(({ key }) => key);
    if (told.some(({ segment }) => !keys.includes(segment))) return [];
    return furtherGroups({ segments: keys, shown, told, least, own: measure.key }).map((group) => {
      const wanted = (halvesOf(group).length > 0 ? halvesOf(group) : [group]).map(({ segment, code }) => ({
        s: keys.indexOf(segment),
        code,
      }));
      const sum = newCount();
      for (const [key, counts] of combined) {
        const codes = key.split(' ');
        if (wanted.every(({ s, code }) => codes[s] === code)) addTo(sum, counts[at]);
      }
      return { item: measure.key, ...group, base: sum.base, counts: Object.fromEntries(sum.counts) };
    });
  }

  // Division 0 is that of time: whoever is in its n-th part was in the figure from its n-th showing on.
  function jointOf(at: number, before: readonly Parts[], one: number, a: string, other: number, b: string): number {
    if (one > other) return jointOf(at, before, other, b, one, a);
    if (one > 0) {
      const pair = pairs.findIndex((two) => two.one === one - 1 && two.other === other - 1);
      return joints[at]?.[pair]?.get(`${a} ${b}`) ?? 0;
    }
    const { key } = segments[other - 1] ?? { key: '' };
    const upTo = (n: number) => {
      const parts = before[n];
      if (!parts) return 0;
      if (b !== '') return parts[key]?.[b] ?? 0;
      return (parts['']?.[''] ?? 0) - Object.values(parts[key] ?? {}).reduce((sum, one) => sum + one, 0);
    };
    if (a === '') return 0;
    return upTo(Number(a)) - upTo(Number(a) - 1);
  }

  return { add, addTexts, whole, partsOf, groups };
}

const newCount = (): Count => ({ base: 0, counts: new Map() });

function addTo(sum: Count | undefined, count: Count | undefined): void {
  if (!sum) return;
  sum.base += count?.base ?? 0;
  for (const [code, n] of count?.counts ?? []) sum.counts.set(code, (sum.counts.get(code) ?? 0) + n);
}

function note(count: Count | undefined, measure: Measure, codes: readonly string[]): void {
  if (!count) return;
  count.base++;
  const add = (code: string, n: number) => count.counts.set(code, (count.counts.get(code) ?? 0) + n);
  if (measure.kind === 'number') add('sum', Number(codes[0]));
  // The sum of ranks of each, from which the mean rank is made.
  else if (measure.kind === 'ranking')
    codes.forEach((code, rank) => {
      add(code, 1);
      add(`${code} rank`, rank + 1);
    });
  else if (measure.kind !== 'text') for (const code of codes) add(code, 1);
}
