/** What a juror writes of one entry. */
export interface ReviewText {
  scores: Record<string, number | null>;
  commentToJury: string;
  commentToApplicant: string;
  notes: string;
}

export type ReviewChange = { [Field in keyof ReviewText]?: ReviewText[Field] | undefined };
const TEXTS = ['commentToJury', 'commentToApplicant', 'notes'] as const;
/** Between two texts that were written apart. */
export const BREAK = '\n\n* * *\n\n';

/**
 * What becomes of a review when a change arrives that was written upon `base` (what the writer last saw). A score is the one that is
 * set now; a text that somebody changed meanwhile, on another screen or before the line was lost, is kept with the new one below:
 * no keystroke is lost, and nothing that comes twice is doubled.
 */
export function mergedReview(stored: ReviewText, change: ReviewChange, base: ReviewChange = {}): ReviewText {
  const merged: ReviewText = { ...stored, scores: { ...stored.scores } };
  for (const [criterion, score] of Object.entries(change.scores ?? {})) {
    const seen = base.scores?.[criterion];
    const untouched = base.scores !== undefined && criterion in base.scores && seen === score;
    if (!untouched) merged.scores[criterion] = score;
  }
  for (const field of TEXTS) {
    const written = change[field];
    if (written !== undefined) merged[field] = mergedText(stored[field], written, base[field]);
  }
  return merged;
}

function mergedText(stored: string, written: string, base: string | undefined): string {
  if (base === undefined || stored === base || stored === written) return written;
  if (written === base) return stored;
  if (stored.startsWith(written) || stored.endsWith(BREAK + written)) return stored;
  if (written.startsWith(stored)) return written;
  return stored + BREAK + written;
}
