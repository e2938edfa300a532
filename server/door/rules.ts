import type { RegistrationState } from '../../db/tables/registrations.ts';

/** What became of one step that a door sent. */
export type StepResult =
  /** it is written down */
  | 'done'
  /** it was sent before, and is written down since then */
  | 'known'
  /** it was not taken: `code` says why */
  | 'refused';

export type StepRefusal =
  | 'door-unknown'
  | 'door-session'
  | 'door-pending'
  | 'door-waiting'
  | 'door-ended'
  | 'door-replaced'
  | 'door-cancelled'
  | 'door-no-place'
  | 'door-other-step';

/** The registration of a step as it is now. */
export interface Arriving {
  state: RegistrationState;
  personId: string;
  /** The sessions in which it has a place. */
  sessionIds: readonly string[];
}

/** Where they come in: the event itself, or a session or visit. */
export interface Place {
  /** Null: the event itself. */
  id: string | null;
  /** Whether one needs a place of it. */
  places: boolean;
}

/**
 * Why somebody may not come in, as the code of `refusal.<code>`, or null. The page asks it to say so, also without connection; the
 * action obeys it. Pure.
 */
export function entryRefusal(
  arriving: Arriving,
  place: Place,
  { anyway = false, cancelled = false }: { anyway?: boolean; cancelled?: boolean } = {},
): StepRefusal | null {
  if (cancelled) return 'door-cancelled';
  if (arriving.state === 'waiting') return 'door-waiting';
  if (arriving.state === 'cancelled' || arriving.state === 'refused') return 'door-ended';
  if (arriving.state !== 'confirmed') return 'door-pending';
  if (place.id !== null && place.places && !anyway && !arriving.sessionIds.includes(place.id)) return 'door-no-place';
  return null;
}

/**
 * The same of a step that was sent. Whoever undoes is always heard: what was noted wrongly must come off whatever has become of the
 * registration. `place` is undefined when the event has no such session. Pure.
 */
export function stepRefusal(
  arriving: Arriving | undefined,
  step: { kind: 'in' | 'undo'; personId?: string | undefined; anyway: boolean },
  place: Place | undefined,
  event: { cancelledAt: Temporal.Instant | null },
): StepRefusal | null {
  if (!arriving) return 'door-unknown';
  if (!place) return 'door-session';
  if (step.kind === 'undo') return null;
  const other = step.personId !== undefined && step.personId !== arriving.personId;
  return other ? 'door-replaced' : entryRefusal(arriving, place, { anyway: step.anyway, cancelled: event.cancelledAt !== null });
}

// A device whose clock was never set says nothing about when somebody came.
const OLDEST = 24 * 30;

/**
 * When a step was done, by our clock: a device's own may be wrong, but what lies between the step and its being sent is right. Never
 * later than now. Pure.
 */
export function happenedAt(
  at: Temporal.Instant | undefined,
  sentAt: Temporal.Instant | undefined,
  now: Temporal.Instant,
): Temporal.Instant {
  if (!at) return now;
  const moved = sentAt ? now.subtract(at.until(sentAt)) : at;
  if (Temporal.Instant.compare(moved, now) > 0) return now;
  return Temporal.Instant.compare(moved, now.subtract({ hours: OLDEST })) < 0 ? now : moved;
}
