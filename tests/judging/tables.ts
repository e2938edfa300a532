import type { RankingOptions } from '../../server/judging/ranking.ts';
import type { Score } from '../../server/judging/scoring.ts';

/** Three are chosen, of scores of 0 to 10. */
export const OPTIONS: RankingOptions = { seed: 7, k: 3, scale: 10 };

/** A full table: entries are rows, jurors are columns. Null is a missing review. */
export function table(rows: (number | null)[][]): Score[] {
  return rows.flatMap((row, i) =>
    row.flatMap((score, j) => (score === null ? [] : [{ entry: `e${String(i).padStart(3, '0')}`, juror: `j${j}`, score }])),
  );
}

/** The row of one entry. */
export const of = <T extends { entry: string }>(rows: T[], entry: string) => rows.find((row) => row.entry === entry) as T;
