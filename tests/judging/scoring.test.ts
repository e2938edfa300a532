import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Criterion, composite } from '../../server/judging/composite.ts';
import { panelsOf } from '../../server/judging/connectivity.ts';
import { seeded } from '../../server/judging/draws.ts';
import { rankScores } from '../../server/judging/ranking.ts';
import { fitScores } from '../../server/judging/scoring.ts';
import { GOLDEN_SCORES, goldenError } from './golden.ts';
import { OPTIONS, of, table } from './tables.ts';

describe('a composite score', () => {
  const criteria: Criterion[] = [
    { id: 'relevance', weight: 3, least: 1, most: 5, required: true },
    { id: 'impact', weight: 1, least: 0, most: 10, required: true },
    { id: 'film', weight: 4, least: 0, most: 4, required: false },
  ];

  it('weighs each criterion on its own scale, of 0 to 100', () => {
    expect(composite(criteria, { relevance: 4, impact: 5, film: 1 })).toBe((100 * (3 * 0.75 + 0.5 + 4 * 0.25)) / 8);
    expect(composite(criteria, { relevance: 1, impact: 0, film: 0 })).toBe(0);
    expect(composite(criteria, { relevance: 5, impact: 10, film: 4 })).toBe(100);
  });

  it('is nothing while a required criterion is missing, and leaves optional ones out with their weight', () => {
    expect(composite(criteria, { relevance: 5, film: 4 })).toBeNull();
    expect(composite(criteria, { relevance: 5, impact: null, film: 4 })).toBeNull();
    expect(composite(criteria, { relevance: 3, impact: 5 })).toBe(50);
    expect(composite([], {})).toBeNull();
  });
});

describe('calibrated scores', () => {
  it('agree with lme4 on its means, variances and effects', () => {
    expect(goldenError(fitScores(GOLDEN_SCORES))).toBeLessThan(1e-4);
  });

  it('are the two averages that the variances imply', () => {
    const fit = fitScores(GOLDEN_SCORES);
    const { entries: sf2, jurors: sb2, rest: s2 } = fit.variances;
    const mu = fit.mean as number;
    const effect = new Map(fit.entries.map((one) => [one.entry, (one.calibrated as number) - mu]));
    for (const one of fit.jurors) {
      const own = GOLDEN_SCORES.filter((score) => score.juror === one.juror);
      const v = (own.length * sb2) / (own.length * sb2 + s2);
      const mean = own.reduce((sum, { score, entry }) => sum + score - mu - (effect.get(entry) ?? 0), 0) / own.length;
      expect(one.severity).toBeCloseTo(v * mean, 10);
    }
    for (const one of fit.entries) {
      const w = (one.reviews * sf2) / (one.reviews * sf2 + s2);
      expect((one.calibrated as number) - mu).toBeCloseTo(w * ((one.adjusted as number) - mu), 10);
    }
  });

  it('rank a full panel as its raw means do', () => {
    const panel = fc
      .tuple(fc.integer({ min: 3, max: 25 }), fc.integer({ min: 2, max: 7 }))
      .chain(([n, k]) =>
        fc.array(fc.array(fc.integer({ min: 1, max: 10 }), { minLength: k, maxLength: k }), { minLength: n, maxLength: n }),
      );
    fc.assert(
      fc.property(panel, (rows) => {
        const ranking = rankScores(table(rows), OPTIONS);
        if (ranking.status === 'no-variation') return;
        expect(ranking.entries.map((row) => [row.entry, row.rank])).toEqual(
          ranking.entries.map((row) => [row.entry, row.rawRank]),
        );
      }),
      { numRuns: 200, seed: 11 },
    );
  });

  it('do not depend on the order in which scores come, to the last bit', () => {
    const once = rankScores(GOLDEN_SCORES, { ...OPTIONS, leaveOneOut: true });
    const random = seeded(3);
    for (let round = 0; round < 20; round++) {
      const shuffled = GOLDEN_SCORES.map((score) => ({ score, at: random() }))
        .sort((a, b) => a.at - b.at)
        .map(({ score }) => score);
      expect(rankScores(shuffled, { ...OPTIONS, leaveOneOut: true })).toEqual(once);
    }
  });

  it('come out the same whichever side is the larger one', () => {
    // Transposed, the same numbers are fitted by eliminating the other side.
    const fit = fitScores(GOLDEN_SCORES);
    const turned = fitScores(GOLDEN_SCORES.map(({ entry, juror, score }) => ({ entry: juror, juror: entry, score })));
    expect(turned.variances.jurors).toBeCloseTo(fit.variances.entries, 7);
    expect(turned.variances.entries).toBeCloseTo(fit.variances.jurors, 7);
    expect(turned.deviance).toBeCloseTo(fit.deviance as number, 9);
    for (const one of fit.entries) {
      expect(turned.jurors.find((juror) => juror.juror === one.entry)?.severity).toBeCloseTo(
        (one.calibrated as number) - (fit.mean as number),
        6,
      );
    }
  });

  it('change nothing of their figures but the scale when all scores are moved and stretched', () => {
    const fit = fitScores(GOLDEN_SCORES);
    const moved = fitScores(GOLDEN_SCORES.map((score) => ({ ...score, score: 10 * score.score + 300 })));
    expect(moved.mean).toBeCloseTo(10 * (fit.mean as number) + 300, 6);
    expect(moved.variances.entries).toBeCloseTo(100 * fit.variances.entries, 5);
  });
});

describe('odd juries', () => {
  it('discounts the lone review of a juror instead of dropping it', () => {
    const scores = [...GOLDEN_SCORES, { entry: '4', juror: 'lone', score: 10 }];
    const fit = fitScores(scores);
    const { jurors: sb2, rest: s2 } = fit.variances;
    const lone = fit.jurors.find((one) => one.juror === 'lone');
    const expected = (sb2 / (sb2 + s2)) * (10 - (of(fit.entries, '4').calibrated as number));
    expect(lone?.severity).toBeCloseTo(expected, 9);
    expect(expected).toBeGreaterThan(0.5);
  });

  it('takes equal scores of one juror without dividing by nothing, and says that they do not discriminate', () => {
    const scores = table([1, 4, 6, 9, 3, 7].map((y, i) => [y, y + (i % 2), 5]));
    const ranking = rankScores(scores, OPTIONS);
    expect(ranking.status).toBe('calibrated');
    expect(ranking.entries.every((row) => Number.isFinite(row.calibrated))).toBe(true);
    expect(ranking.flags).toContainEqual({ kind: 'does-not-discriminate', juror: 'j2', deviation: 0 });
    const three = scores.filter((score) => score.juror !== 'j2' || score.entry < 'e003');
    expect(rankScores(three, OPTIONS).flags.filter((flag) => flag.kind === 'does-not-discriminate')).toEqual([]);
  });

  it('says "no variation" when all scores are equal, and gives the raw means', () => {
    const ranking = rankScores(table([1, 2, 3, 4].map(() => [7, 7, 7])), OPTIONS);
    expect(ranking.status).toBe('no-variation');
    expect(ranking.variances).toEqual({ entries: 0, jurors: 0, rest: 0 });
    expect(ranking.entries.map((row) => [row.calibrated, row.rank])).toEqual([
      [7, 1],
      [7, 1],
      [7, 1],
      [7, 1],
    ]);
    expect(ranking.exactTies).toEqual([['e000', 'e001', 'e002', 'e003']]);
  });

  it('survives scores that are exactly merit plus severity', () => {
    const ranking = rankScores(table([1, 4, 6, 9, 3].map((y) => [y, y + 2, y + 1])), OPTIONS);
    expect(ranking.entries.map((row) => row.entry)).toEqual(['e003', 'e002', 'e001', 'e004', 'e000']);
    expect(ranking.entries.every((row) => Number.isFinite(row.calibrated))).toBe(true);
    expect(of(ranking.entries, 'e003').calibrated).toBeCloseTo(10, 3);
  });

  it('keeps the order of the raw means when jurors do not differ in severity', () => {
    const scores = table([
      [2, 3, null, 2],
      [9, null, 8, 9],
      [null, 5, 6, 5],
      [7, 6, 7, null],
      [4, 3, 4, null],
      [null, 8, 7, 8],
    ]);
    const ranking = rankScores(scores, OPTIONS);
    expect(ranking.variances.jurors).toBeLessThan(0.05);
    expect(ranking.entries.map((row) => row.rank)).toEqual(ranking.entries.map((row) => row.rawRank));
  });

  it('ranks nobody on fewer than two complete reviews and says who is short', () => {
    const scores = [...GOLDEN_SCORES, { entry: 'short', juror: '2', score: 10 }];
    const ranking = rankScores(scores, OPTIONS);
    expect(ranking.unranked).toEqual(['short']);
    expect(of(ranking.entries, 'short')).toMatchObject({ rank: null, rankInterval: null, topProbability: null, rawRank: 1 });
    expect(ranking.entries.at(-1)?.entry).toBe('short');
  });

  it('pulls an entry with fewer reviews towards the average', () => {
    const fit = fitScores(GOLDEN_SCORES.filter((score) => score.entry !== '0' || score.juror !== '0'));
    const { entries: sf2, rest: s2 } = fit.variances;
    const one = of(fit.entries, '0');
    const shrunk = ((one.calibrated as number) - (fit.mean as number)) / ((one.adjusted as number) - (fit.mean as number));
    expect(shrunk).toBeCloseTo((2 * sf2) / (2 * sf2 + s2), 9);
  });

  it('says "not calibratable" when every entry has one review, or too few share anything', () => {
    const alone = rankScores(
      [3, 5, 8, 9].map((score, i) => ({ entry: `e${i}`, juror: `j${i % 2}`, score })),
      OPTIONS,
    );
    expect(alone.status).toBe('not-calibratable');
    expect(alone.entries.map((row) => [row.rank, row.calibrated, row.rawMean])).toEqual([
      [null, null, 9],
      [null, null, 8],
      [null, null, 5],
      [null, null, 3],
    ]);
    const chain = [
      ['a', 'x'],
      ['a', 'y'],
      ['b', 'y'],
      ['b', 'z'],
    ].map(([entry = '', juror = ''], i) => ({ entry, juror, score: i }));
    expect(fitScores(chain).status).toBe('not-calibratable');
  });

  it('publishes no one ranking of panels that share nothing, and names the reviews that would join them', () => {
    const left = table([1, 2, 3, 4, 5].map((y) => [y, y + 1, y]));
    const right = left.map(({ entry, juror, score }) => ({ entry: `r${entry}`, juror: `r${juror}`, score: score + 1 }));
    const conflict = (juror: string, entry: string) => !(juror === 'rj0' && entry === 'e000');
    const ranking = rankScores([...left, ...right], { ...OPTIONS, may: conflict });
    expect(ranking.status).toBe('disconnected');
    expect(ranking.panels.map((panel) => panel.jurors)).toEqual([
      ['j0', 'j1', 'j2'],
      ['rj0', 'rj1', 'rj2'],
    ]);
    expect(ranking.entries.every((row) => row.rank === null && row.calibrated === null)).toBe(true);
    expect(ranking.bridges).toHaveLength(6);
    expect(
      ranking.bridges.every(({ juror, entry }) => juror.startsWith('r') !== entry.startsWith('r') && conflict(juror, entry)),
    ).toBe(true);
    const joined = [...left, ...right, ...ranking.bridges.map((bridge) => ({ ...bridge, score: 3 }))];
    expect(panelsOf(joined)).toHaveLength(1);
    expect(fitScores(joined).status).toBe('calibrated');
  });

  it('has an answer for no reviews at all', () => {
    expect(rankScores([], OPTIONS)).toMatchObject({ status: 'empty', entries: [], mean: null });
  });

  it('fits again when a recused juror’s scores are gone', () => {
    const kept = GOLDEN_SCORES.filter((score) => !(score.entry === '0' && score.juror === '2'));
    expect(of(fitScores(kept).entries, '0').reviews).toBe(2);
    expect(fitScores(kept).mean).not.toBe(fitScores(GOLDEN_SCORES).mean);
  });

  it('declares exact ties and orders them by the call’s rule, never at random', () => {
    const rows = [9, 5, 5, 2].map((y) => [y, y - 1, y + 1]);
    const forwards = rankScores(table(rows), { ...OPTIONS, tieBreak: (a, b) => (a < b ? -1 : 1) });
    const backwards = rankScores(table(rows), { ...OPTIONS, tieBreak: (a, b) => (a < b ? 1 : -1) });
    expect(forwards.exactTies).toEqual([['e001', 'e002']]);
    expect(forwards.entries.map((row) => [row.entry, row.rank])).toEqual([
      ['e000', 1],
      ['e001', 2],
      ['e002', 2],
      ['e003', 4],
    ]);
    expect(backwards.entries.map((row) => row.entry)).toEqual(['e000', 'e002', 'e001', 'e003']);
  });

  it('flags a juror whose spread is twice the others’, without changing a score', () => {
    const scores = table([1, 2, 3, 4, 5, 6].map((y, i) => [y, y + (i % 2) * 0.5, 3 * y]));
    expect(rankScores(scores, { ...OPTIONS, scale: 20 }).flags).toContainEqual(
      expect.objectContaining({ kind: 'different-spread', juror: 'j2' }),
    );
  });

  it('flags one aberrant score to the chair and keeps it', () => {
    const random = seeded(5);
    const rows = Array.from({ length: 20 }, (_, i) => Array.from({ length: 6 }, () => 40 + i + 4 * random()));
    (rows[9] as number[])[3] = 95;
    const ranking = rankScores(table(rows), { ...OPTIONS, scale: 100 });
    const aberrant = ranking.flags.filter((flag) => flag.kind === 'aberrant-score');
    expect(aberrant.map((flag) => [flag.entry, flag.juror, flag.score])).toEqual([['e009', 'j3', 95]]);
    expect(of(ranking.entries, 'e009').reviews).toBe(6);
  });
});
