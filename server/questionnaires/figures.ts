import type { Definition } from '../forms/definition.ts';
import { codesOf, type Measure, measuresOf, segmentsOf } from './measures.ts';
import { LEAST, shownGroups } from './suppression.ts';

/** How one measure was answered by all, or by one group. */
export interface Cell {
  item: string;
  /** Empty: by all. */
  segment: string;
  code: string;
  base: number;
  counts: Record<string, number>;
}

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

  function add(batch: readonly Record<string, unknown>[]): void {
    for (const answers of batch) {
      const belongs = segments.map((segment) => codesOf(segment, answers)?.[0]);
      const groups = grouped.flatMap((byCode, at) => {
        const code = belongs[at];
        if (code === undefined) return [];
        let counts = byCode.get(code);
        if (!counts) byCode.set(code, (counts = measures.map(newCount)));
        return [counts];
      });
      measures.forEach((measure, at) => {
        const codes = codesOf(measure, answers);
        if (codes === undefined) return;
        note(all[at], measure, codes);
        for (const counts of groups) note(counts[at], measure, codes);
      });
    }
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

  /** Of each group, where its base and all that its neighbours let derive are large enough. Never of texts. */
  function groups(): Cell[] {
    return segments.flatMap((segment, s) =>
      measures.flatMap((measure, at) => {
        if (measure.kind === 'text' || measure.key === segment.key) return [];
        const byCode = grouped[s] ?? new Map<string, Count[]>();
        const bases = new Map([...byCode].map(([code, counts]) => [code, counts[at]?.base ?? 0]));
        return [...shownGroups(bases, all[at]?.base ?? 0, least)].map((code) => {
          const count = byCode.get(code)?.[at];
          return {
            item: measure.key,
            segment: segment.key,
            code,
            base: count?.base ?? 0,
            counts: Object.fromEntries(count?.counts ?? []),
          };
        });
      }),
    );
  }

  return { add, addTexts, whole, groups };
}

const newCount = (): Count => ({ base: 0, counts: new Map() });

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
