import { describe, expect, it } from 'vitest';
import { rankScores } from '../../server/judging/ranking.ts';
import { printedRanking, readScores, scaleOf } from '../../server/judging/scores-file.ts';
import { GOLDEN_SCORES } from './golden.ts';

describe('scores from elsewhere', () => {
  it('are read whatever the order of columns, their separator and their decimal sign', () => {
    const expected = [{ entry: 'Gijón', juror: 'A', score: 7.5 }];
    expect(readScores('entry,juror,score\nGijón,A,7.5\n')).toEqual(expected);
    expect(readScores('\uFEFFScore;Note;Entry;Juror\r\n7,5;late;Gijón;A\r\n\r\n')).toEqual(expected);
    expect(readScores('juror\tscore\tentry\nA\t7.5\tGijón')).toEqual(expected);
  });

  it('are refused with the line that is wrong', () => {
    expect(() => readScores('entry,jury,score\na,b,1')).toThrow('missing: juror');
    expect(() => readScores('entry,juror,score\na,b,1\na,c,good')).toThrow('Line 3: "good" is not a score.');
    expect(() => readScores('entry,juror,score\na,b,1\na,b,2')).toThrow('Line 3: b scored a on line 2 already.');
    expect(() => readScores('entry,juror,score\n,b,1')).toThrow('Line 2: an entry and a juror are needed.');
  });

  it('are ranked with everything a jury needs to see', () => {
    const text = `entry,juror,score\n${GOLDEN_SCORES.map(({ entry, juror, score }) => `${entry},${juror},${score}`).join('\n')}`;
    const scores = readScores(text);
    const printed = printedRanking(rankScores(scores, { seed: 1, k: 3, scale: scaleOf(scores), leaveOneOut: true }));
    expect(printed.status).toBe('calibrated');
    expect(printed.varianceComponents.residual).toBeCloseTo(0.63113, 4);
    expect(printed.ranking.map((row) => row.rank)).toEqual([1, 2, 3, 4, 4, 6, 7, 8, 9, 10, 11, 12]);
    expect(printed.ranking.every((row) => row.interval && row.pTop3 !== null && row.rawMean > 0)).toBe(true);
    expect(printed.agreement.krippendorffAlpha).not.toBeNull();
    expect(JSON.parse(JSON.stringify(printed)).ranking).toHaveLength(12);
  });
});
