import type { Score } from '../../server/judging/scoring.ts';

// R 4.2, lme4 1.1-31:
//   d <- read.csv('golden.csv'); m <- lmer(y ~ 1 + (1|entry) + (1|juror), d, REML = TRUE)
//   fixef(m); as.data.frame(VarCorr(m))$vcov; ranef(m)
const ROWS =
  '3,1,4 3,3,7 3,4,7 5,2,7 5,0,4 5,4,6 9,1,4 9,0,4 9,3,5 6,2,7 6,0,6 6,4,7 2,3,6 2,1,4 2,2,5 11,1,4 11,3,5 11,4,6 ' +
  '1,0,5 1,2,8 1,1,4 0,3,7 0,2,9 0,0,6 7,4,6 7,3,6 7,1,4 10,4,7 10,2,7 10,0,6 4,1,5 4,0,7 4,4,5 8,2,9 8,3,7 8,0,7';

export const GOLDEN_SCORES: Score[] = ROWS.split(' ').map((row) => {
  const [entry = '', juror = '', score = ''] = row.split(',');
  return { entry, juror, score: Number(score) };
});

export const GOLDEN = {
  mean: 5.92767,
  variances: { entries: 0.379005, jurors: 1.098429, rest: 0.63113 },
  entries: { 0: 0.671646, 1: -0.045057, 2: -0.603936 },
  jurors: { 0: -0.396113, 1: -1.445231, 2: 1.268537 },
};

/** The largest difference of a fit's means, variances and effects from what R gave. */
export function goldenError(fit: {
  mean: number | null;
  variances: { entries: number; jurors: number; rest: number };
  entries: { entry: string; calibrated: number | null }[];
  jurors: { juror: string; severity: number | null }[];
}): number {
  const differences = [
    (fit.mean ?? Number.NaN) - GOLDEN.mean,
    fit.variances.entries - GOLDEN.variances.entries,
    fit.variances.jurors - GOLDEN.variances.jurors,
    fit.variances.rest - GOLDEN.variances.rest,
    ...Object.entries(GOLDEN.entries).map(
      ([id, effect]) => (fit.entries.find((one) => one.entry === id)?.calibrated ?? Number.NaN) - (fit.mean ?? 0) - effect,
    ),
    ...Object.entries(GOLDEN.jurors).map(
      ([id, effect]) => (fit.jurors.find((one) => one.juror === id)?.severity ?? Number.NaN) - effect,
    ),
  ];
  return Math.max(...differences.map(Math.abs));
}
