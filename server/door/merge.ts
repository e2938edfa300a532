/** A step of a door, as far as it decides who is there. */
export interface Step {
  id: string;
  registrationId: string;
  personId: string;
  /** The session or visit; null: the event itself. */
  sessionId: string | null;
  kind: 'in' | 'undo';
  /** The steps that an undoing takes back. */
  undoes: readonly string[];
  /** Milliseconds since 1970. */
  at: number;
}

/** That somebody is at a place: the step that says since when, and all that stand. */
export interface Standing {
  stepId: string;
  at: number;
  steps: string[];
}

/** A person at a place. */
export function spotOf(step: Pick<Step, 'registrationId' | 'personId' | 'sessionId'>): string {
  return `${step.registrationId} ${step.personId} ${step.sessionId ?? ''}`;
}

/**
 * What steps come to, for each person and place of which there is one; null where all was undone. Whoever came is there as long as
 * one of the steps that say so is not taken back, since the earliest of them. An undoing takes back the steps it names and no other,
 * so that steps may arrive in any order, any number of times and from any number of doors: what they come to is the same (an
 * observed-remove set: Shapiro et al., "A comprehensive study of convergent and commutative replicated data types", 2011, §3.3.5).
 * Pure.
 */
export function merged(steps: Iterable<Step>): Map<string, Standing | null> {
  const all = [...steps];
  const undone = new Set(all.flatMap((step) => (step.kind === 'undo' ? step.undoes.map((id) => `${spotOf(step)} ${id}`) : [])));
  const spots = new Map<string, Standing | null>();
  for (const step of all) {
    const spot = spotOf(step);
    const so = spots.get(spot) ?? null;
    if (step.kind === 'undo' || undone.has(`${spot} ${step.id}`)) spots.set(spot, so);
    else spots.set(spot, so ? withStep(so, step) : { stepId: step.id, at: step.at, steps: [step.id] });
  }
  return spots;
}

function withStep(so: Standing, step: Step): Standing {
  if (so.steps.includes(step.id)) return so;
  const earlier = step.at < so.at || (step.at === so.at && step.id < so.stepId);
  return {
    stepId: earlier ? step.id : so.stepId,
    at: earlier ? step.at : so.at,
    steps: [...so.steps, step.id].sort(),
  };
}
