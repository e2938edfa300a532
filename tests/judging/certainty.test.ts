import { describe, expect, it } from 'vitest';
import { krippendorff, shroutFleiss } from '../../server/judging/agreement.ts';
import { rankScores } from '../../server/judging/ranking.ts';
import { GOLDEN_SCORES } from './golden.ts';
import { OPTIONS, of, table } from './tables.ts';

describe('how sure a ranking is', () => {
  it('is the same for the same seed, and nearly for another', () => {
    const once = rankScores(GOLDEN_SCORES, OPTIONS);
    expect(rankScores(GOLDEN_SCORES, OPTIONS)).toEqual(once);
    const other = rankScores(GOLDEN_SCORES, { ...OPTIONS, seed: 8 });
    for (const row of once.entries) {
      expect(Math.abs((row.topProbability ?? 9) - (of(other.entries, row.entry).topProbability ?? 0))).toBeLessThan(0.04);
    }
  });

  it('shares out exactly the places there are', () => {
    const ranking = rankScores(GOLDEN_SCORES, OPTIONS);
    expect(ranking.entries.reduce((sum, row) => sum + (row.topProbability ?? 0), 0)).toBeCloseTo(3, 9);
    for (const row of ranking.entries) {
      expect(row.rankInterval?.[0]).toBeLessThanOrEqual(row.rank as number);
      expect(row.rankInterval?.[1]).toBeGreaterThanOrEqual(row.rank as number);
    }
  });

  it('says that an order is a lottery when merit cannot be told apart', () => {
    const ranking = rankScores(
      table([
        [1, 9],
        [9, 1],
        [5, 5.5],
        [4, 6],
      ]),
      { ...OPTIONS, k: 1 },
    );
    expect(ranking.status).toBe('no-difference');
    expect(ranking.entries.map((row) => [row.entry, row.rank, row.topProbability, row.rankInterval])).toEqual([
      ['e002', 1, 0.25, [1, 4]],
      ['e000', 2, 0.25, [1, 4]],
      ['e001', 2, 0.25, [1, 4]],
      ['e003', 2, 0.25, [1, 4]],
    ]);
    expect(ranking.cutTies).toHaveLength(3);
  });

  it('names the pairs at the cut whose order is less than 90 % sure', () => {
    const ranking = rankScores(GOLDEN_SCORES, OPTIONS);
    const [, , third, fourth] = ranking.entries;
    expect(ranking.cutTies).toContainEqual(expect.objectContaining({ above: third?.entry, below: fourth?.entry }));
    expect(ranking.cutTies.every(({ certainty }) => certainty >= 0.5 && certainty < 0.9)).toBe(true);
    const clear = rankScores(table([90, 80, 70, 10, 9, 8].map((y, i) => [y, y + (i % 2), y + 1, y])), OPTIONS);
    expect(clear.cutTies).toEqual([]);
  });

  it('says whether the chosen depend on any one juror', () => {
    const clear = rankScores(table([90, 80, 70, 10, 9, 8].map((y, i) => [y, y + (i % 2), y + 1, y])), {
      ...OPTIONS,
      leaveOneOut: true,
    });
    expect(clear.robust).toBe(true);
    expect(clear.leaveOneOut?.map(({ juror, lost }) => [juror, lost])).toEqual(
      ['j0', 'j1', 'j2', 'j3'].map((juror) => [juror, []]),
    );
    const close = table([
      [5, 5, 10],
      [6, 6, 1],
      [1, 2, 1],
      [2, 1, 1],
    ]);
    const ranking = rankScores(close, { ...OPTIONS, k: 1, leaveOneOut: true });
    expect(ranking.entries[0]?.entry).toBe('e000');
    expect(ranking.robust).toBe(false);
    expect(ranking.leaveOneOut?.find(({ juror }) => juror === 'j2')).toEqual({ juror: 'j2', chosen: ['e001'], lost: ['e000'] });
  });
});

describe('agreement', () => {
  // Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), section C: four observers, twelve units.
  it('is Krippendorff’s alpha of his own example', () => {
    const rows = [
      [1, 2, 3, 3, 2, 1, 4, 1, 2, null, null, null],
      [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, null, 3],
      [null, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, null],
      [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, null],
    ];
    const scores = rows.flatMap((row, j) =>
      row.flatMap((score, i) => (score === null ? [] : [{ entry: `u${i}`, juror: `o${j}`, score }])),
    );
    expect(krippendorff(scores, 'nominal')).toBeCloseTo(0.743, 3);
    expect(krippendorff(scores, 'ordinal')).toBeCloseTo(0.815, 3);
    expect(krippendorff(scores, 'interval')).toBeCloseTo(0.849, 3);
    expect(krippendorff([], 'interval')).toBeNull();
  });

  it('is Shrout and Fleiss’s six correlations of their table', () => {
    const found = shroutFleiss([
      [9, 2, 5, 8],
      [6, 1, 3, 2],
      [8, 4, 6, 8],
      [7, 1, 2, 6],
      [10, 5, 6, 9],
      [6, 2, 4, 7],
    ]);
    expect(Object.fromEntries(Object.entries(found ?? {}).map(([name, value]) => [name, value.toFixed(3)]))).toEqual({
      icc1: '0.166',
      icc2: '0.290',
      icc3: '0.715',
      icc1k: '0.443',
      icc2k: '0.620',
      icc3k: '0.909',
    });
    expect(shroutFleiss([[1, 2], [3]])).toBeNull();
  });
});
