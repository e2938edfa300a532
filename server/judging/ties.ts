import type { TieRule } from '../../db/tables/calls.ts';
import type { Criterion } from './composite.ts';
import type { Ranking } from './ranking.ts';

/** What the call's written rule needs to order entries that have the same score; all of it is stored with the ranking. */
export interface TieMaterial {
  rule: TieRule;
  /** Of each entry, its mean on each criterion as a share of the scale, the heaviest criterion first; null without a score. */
  means: Record<string, (number | null)[]>;
  /** Orders that the jury voted, the best first; the last that names two entries holds for them. */
  votes: string[][];
}

interface Scored {
  entry: string;
  theme: string | null;
  scores: Record<string, number>;
}

/** Means nearer than this are equal. */
const SAME = 1e-9;

/** The material of a rule, from the same reviews as the ranking. */
export function tieMaterial(
  rule: TieRule,
  criteria: readonly (Criterion & { themes: string[] })[],
  reviews: readonly Scored[],
  votes: string[][],
): TieMaterial {
  const heaviest = criteria.map((one, at) => ({ one, at })).sort((a, b) => b.one.weight - a.one.weight || a.at - b.at);
  const means = [...Map.groupBy(reviews, (review) => review.entry)].map(([entry, own]): [string, (number | null)[]] => [
    entry,
    heaviest.map(({ one }) => meanOn(one, own)),
  ]);
  return { rule, means: Object.fromEntries(means), votes };
}

function meanOn({ id, least, most }: Criterion, reviews: readonly Scored[]): number | null {
  const shares = reviews.flatMap(({ scores }) => {
    const score = scores[id];
    return typeof score === 'number' && most > least ? [(score - least) / (most - least)] : [];
  });
  return shares.length > 0 ? shares.reduce((sum, share) => sum + share, 0) / shares.length : null;
}

/** Which of two entries with the same score goes first by the call's rule, and by what; null while only a vote can tell. */
export function brokenBy(material: TieMaterial, a: string, b: string): { first: string; by: 'criterion' | 'vote' } | null {
  if (material.rule === 'heaviest-criterion') {
    const [mine, theirs] = [material.means[a] ?? [], material.means[b] ?? []];
    for (const [at, own] of mine.entries()) {
      const other = theirs[at];
      if (own === null || typeof other !== 'number' || Math.abs(own - other) <= SAME) continue;
      return { first: own > other ? a : b, by: 'criterion' };
    }
  }
  const vote = material.votes.findLast((order) => order.includes(a) && order.includes(b));
  return vote ? { first: vote.indexOf(a) < vote.indexOf(b) ? a : b, by: 'vote' } : null;
}

/** The rule as an order for sorting: less than zero when `a` goes first, 0 while nothing tells. Never by chance. */
export function tieBreaker(material: TieMaterial): (a: string, b: string) => number {
  return (a, b) => {
    const broken = brokenBy(material, a, b);
    return broken ? (broken.first === a ? -1 : 1) : 0;
  };
}

export interface CutTie {
  /** Whose order at the cut line the scores leave open, in the order of the ranking. */
  entries: string[];
  /** Those of them with exactly the same score on both sides of the line: the rule orders them. */
  exact: string[];
}

/** Of a tie at the cut line those that the jury has yet to put in order: none once a vote named them all. */
export function openTie(tie: CutTie & { votes: { entries: string[] }[] }): string[] {
  return tie.votes.some((vote) => tie.entries.every((entry) => vote.entries.includes(entry))) ? [] : tie.entries;
}

/** The entries that tie at the cut line, by the same score or by less than nine in ten being sure of their order. */
export function tieAtCut(ranking: Pick<Ranking, 'entries' | 'cutTies' | 'exactTies' | 'k'>): CutTie {
  const inOrder = ranking.entries.filter((row) => row.rank !== null).map((row) => row.entry);
  const above = new Set(inOrder.slice(0, ranking.k));
  const exact = ranking.exactTies.find((same) => same.some((one) => above.has(one)) && same.some((one) => !above.has(one))) ?? [];
  const tied = new Set([...exact, ...ranking.cutTies.flatMap(({ above, below }) => [above, below])]);
  return { entries: inOrder.filter((one) => tied.has(one)), exact: inOrder.filter((one) => exact.includes(one)) };
}
