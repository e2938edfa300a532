import type { ProgrammeFilter, Step } from './input.ts';
import type { Programme, Session } from './programme.ts';

/** By how many minutes one step of the grid moves a session, or makes it longer. */
export const STEP_MINUTES = 15;
const SHORTEST = 5;

export interface Span {
  starts: Temporal.PlainDateTime;
  minutes: number;
}

/** Where one step takes a session. Never shorter than five minutes. Pure. */
export function stepped({ starts, minutes }: Span, step: Step): Span {
  switch (step) {
    case 'earlier':
      return { starts: starts.subtract({ minutes: STEP_MINUTES }), minutes };
    case 'later':
      return { starts: starts.add({ minutes: STEP_MINUTES }), minutes };
    case 'shorter':
      return { starts, minutes: Math.max(SHORTEST, minutes - STEP_MINUTES) };
    case 'longer':
      return { starts, minutes: Math.min(24 * 60, minutes + STEP_MINUTES) };
    case 'day-before':
      return { starts: starts.subtract({ days: 1 }), minutes };
    case 'day-after':
      return { starts: starts.add({ days: 1 }), minutes };
  }
}

/** How long a session lasts by the clock on the wall, in minutes. */
export function minutesOf(session: Pick<Session, 'starts' | 'ends'>): number {
  return Temporal.PlainDateTime.from(session.starts).until(Temporal.PlainDateTime.from(session.ends)).total('minutes');
}

/** The days on which something takes place, `2026-05-26`, in order. */
export function daysOf({ sessions }: Pick<Programme, 'sessions'>): string[] {
  return [...new Set(sessions.map((session) => session.starts.slice(0, 10)))].sort();
}

/** The sessions in which somebody speaks. Pure. */
export const spokenBy = ({ sessions }: Pick<Programme, 'sessions'>, personId: string): string[] =>
  sessions.filter(({ speakers }) => speakers.some((speaker) => speaker.personId === personId)).map(({ id }) => id);

/** The sessions that a reader asked for. `now`: what is on, and of what is to come that which begins next. Pure. */
export function filtered(sessions: readonly Session[], filter: ProgrammeFilter, now: Temporal.Instant): Session[] {
  const asked = sessions.filter(
    (session) =>
      (!filter.day || session.starts.startsWith(filter.day.toString())) &&
      (!filter.track || session.trackId === filter.track) &&
      (!filter.room || session.roomId === filter.room) &&
      (!filter.kind || session.kind === filter.kind) &&
      (!filter.language || [...session.languages, ...session.interpreting].includes(filter.language)),
  );
  return filter.now ? onNow(asked, now) : asked;
}

function onNow(sessions: readonly Session[], now: Temporal.Instant): Session[] {
  const at = now.epochMilliseconds;
  const ms = (instant: string) => Temporal.Instant.from(instant).epochMilliseconds;
  const next = Math.min(...sessions.map((session) => ms(session.startsAt)).filter((start) => start > at));
  return sessions.filter((session) => (ms(session.startsAt) <= at && ms(session.endsAt) > at) || ms(session.startsAt) === next);
}

/**
 * Why a person may not choose a session, as the code of `refusal.<code>`, or null. Places are the database's to give; here is
 * what can be said before. Pure.
 */
export function choiceRefusal(
  session: Pick<Session, 'startsAt' | 'endsAt' | 'kind' | 'capacity'>,
  chooser: { registered: boolean; chosen: readonly Pick<Session, 'startsAt' | 'endsAt' | 'capacity'>[]; free: number | null },
  now: Temporal.Instant,
): 'session-not-registered' | 'session-over' | 'session-full' | 'session-same-time' | null {
  if (!chooser.registered) return 'session-not-registered';
  if (Temporal.Instant.compare(Temporal.Instant.from(session.endsAt), now) <= 0) return 'session-over';
  if (session.capacity !== null && chooser.free === 0) return 'session-full';
  // A place that nobody can sit in is taken from somebody who could; what has room for all may be marked as often as one likes.
  if (session.capacity !== null && chooser.chosen.some((other) => other.capacity !== null && atOnce(session, other)))
    return 'session-same-time';
  return null;
}

/** Whether two sessions take place at the same time, even in part. */
export function atOnce(a: Pick<Session, 'startsAt' | 'endsAt'>, b: Pick<Session, 'startsAt' | 'endsAt'>): boolean {
  return a.startsAt < b.endsAt && b.startsAt < a.endsAt;
}

/** Why a person may not wait for a session, as the code of `refusal.<code>`, or null. Pure. */
export function waitingRefusal(
  session: Pick<Session, 'endsAt'> & { places: boolean; allotted: boolean },
  chooser: { registered: boolean; chosen: boolean },
  now: Temporal.Instant,
): 'session-not-registered' | 'session-over' | 'session-allotted' | 'session-chosen' | 'session-not-limited' | null {
  if (!chooser.registered) return 'session-not-registered';
  if (chooser.chosen) return 'session-chosen';
  if (session.allotted) return 'session-allotted';
  if (!session.places) return 'session-not-limited';
  return Temporal.Instant.compare(Temporal.Instant.from(session.endsAt), now) <= 0 ? 'session-over' : null;
}
