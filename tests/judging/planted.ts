import { normals, seeded } from '../../server/judging/draws.ts';
import type { Score } from '../../server/judging/scoring.ts';

/** A jury whose truth is known. Entries' merit has a standard deviation of 1. */
export interface Scenario {
  name: string;
  entries: number;
  jurors: number;
  reviews: number;
  /** Standard deviations of the jurors' severity and of what is left. */
  severity: number;
  noise: number;
  /** How different the jurors' spreads are: the standard deviation of their logarithms. */
  spread?: number;
  /** The share of reviews that recusals take away. */
  recused?: number;
  /** Two language blocks, one judged leniently, one harshly, with this share of jurors who read both. */
  bilingual?: number;
}

export const SCENARIOS: Record<string, Scenario> = {
  A: { name: '60 entries, 10 jurors, 3 each', entries: 60, jurors: 10, reviews: 3, severity: 0.8, noise: 0.8 },
  B: { name: '100, 12, 4, variances of a conference', entries: 100, jurors: 12, reviews: 4, severity: 0.45, noise: 1.1 },
  C: { name: '200, 20, 3, severe and lenient jurors', entries: 200, jurors: 20, reviews: 3, severity: 1, noise: 0.8 },
  D: { name: '30, 5, full panel', entries: 30, jurors: 5, reviews: 5, severity: 0.8, noise: 0.8 },
  E: { name: '100, 10, 3, two language blocks', entries: 100, jurors: 10, reviews: 3, severity: 0.4, noise: 0.8, bilingual: 0.3 },
  F: { name: '100, 12, 4, a fifth recused', entries: 100, jurors: 12, reviews: 4, severity: 0.8, noise: 0.8, recused: 0.2 },
  G: { name: '60, 10, 3, equally severe', entries: 60, jurors: 10, reviews: 3, severity: 0, noise: 0.8 },
  H: { name: 'A with jurors of different spread', entries: 60, jurors: 10, reviews: 3, severity: 0.8, noise: 0.8, spread: 0.35 },
  J: { name: '60, 30 jurors, 6 each of few reviews', entries: 60, jurors: 30, reviews: 3, severity: 0.8, noise: 0.8 },
  K: { name: '40, 5, all, a tenth recused', entries: 40, jurors: 5, reviews: 5, severity: 0.8, noise: 0.9, recused: 0.1 },
  L: { name: '40, 5, all, a quarter recused', entries: 40, jurors: 5, reviews: 5, severity: 0.8, noise: 0.9, recused: 0.25 },
};

export const entryId = (i: number) => `e${String(i).padStart(4, '0')}`;
const jurorId = (j: number) => `j${String(j).padStart(3, '0')}`;

/** Scores of one jury, whole numbers of 1 to 10, and what each entry is truly worth. */
export function simulate(
  letter: string,
  seed: number,
  change: Partial<Scenario> = {},
): { scores: Score[]; truth: Map<string, number> } {
  const scenario: Scenario = { ...(SCENARIOS[letter] as Scenario), ...change };
  const random = seeded(seed);
  const normal = normals(random);
  const merit = Float64Array.from({ length: scenario.entries }, normal);
  const severity = Float64Array.from(
    { length: scenario.jurors },
    (_, j) => scenario.severity * normal() + blockSeverity(scenario, j),
  );
  const spread = Float64Array.from({ length: scenario.jurors }, () => Math.exp((scenario.spread ?? 0) * normal()));
  const load = new Float64Array(scenario.jurors);
  const scores: Score[] = [];
  for (let i = 0; i < scenario.entries; i++) {
    const given: Score[] = [];
    for (const j of panel(scenario, i, load, random)) {
      load[j] = (load[j] as number) + 1;
      const felt = (spread[j] as number) * ((merit[i] as number) + scenario.noise * normal());
      const score = Math.min(10, Math.max(1, Math.round(6 + felt + (severity[j] as number))));
      given.push({ entry: entryId(i), juror: jurorId(j), score });
    }
    const kept = given.filter(() => random() >= (scenario.recused ?? 0));
    scores.push(...(kept.length > 0 ? kept : given.slice(0, 1)));
  }
  return { scores, truth: new Map(Array.from(merit, (value, i) => [entryId(i), value])) };
}

const block = (scenario: Scenario, j: number) => {
  const bilingual = Math.round((scenario.bilingual ?? 0) * scenario.jurors);
  return j < bilingual ? 'both' : j % 2 === 0 ? 'lenient' : 'harsh';
};

function blockSeverity(scenario: Scenario, j: number): number {
  if (scenario.bilingual === undefined) return 0;
  const own = block(scenario, j);
  return own === 'both' ? 0 : own === 'lenient' ? 0.8 : -0.8;
}

/** The jurors of an entry: those with least to do, drawn by lot, who read its language. */
function panel(scenario: Scenario, i: number, load: Float64Array, random: () => number): number[] {
  const language = i % 2 === 0 ? 'lenient' : 'harsh';
  const able = Array.from(load, (_, j) => j).filter(
    (j) => scenario.bilingual === undefined || block(scenario, j) === 'both' || block(scenario, j) === language,
  );
  return able
    .map((j) => ({ j, key: (load[j] as number) + random() * 1.5 }))
    .sort((a, b) => a.key - b.key)
    .slice(0, scenario.reviews)
    .map(({ j }) => j);
}
