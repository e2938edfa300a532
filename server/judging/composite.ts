/** What a juror is asked to score: from `least` to `most`, counting `weight`. */
export interface Criterion {
  id: string;
  weight: number;
  least: number;
  most: number;
  required: boolean;
}

/**
 * One number of 0 to 100 from the scores of a complete review: 100 * sum w (s - least) / (most - least) / sum w. Null while a
 * required criterion is without a score (a draft is not summed). Criteria that do not apply to the entry are left out by the caller,
 * for every juror alike, and an optional one without a score takes no part.
 */
export function composite(
  criteria: readonly Criterion[],
  scores: Readonly<Record<string, number | null | undefined>>,
): number | null {
  if (!isComplete(criteria, scores)) return null;
  let total = 0;
  let weights = 0;
  for (const { id, weight, least, most } of criteria) {
    const score = scores[id];
    if (score === null || score === undefined || !(most > least)) continue;
    total += (weight * (score - least)) / (most - least);
    weights += weight;
  }
  return weights > 0 ? (100 * total) / weights : null;
}

/** Whether every required criterion has a score. A rubric without required criteria wants at least one score. */
export function isComplete(criteria: readonly Criterion[], scores: Readonly<Record<string, number | null | undefined>>): boolean {
  const scored = (criterion: Criterion) => typeof scores[criterion.id] === 'number';
  return criteria.some(scored) && criteria.every((criterion) => !criterion.required || scored(criterion));
}
