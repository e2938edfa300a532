import type { FieldError } from '../errors.ts';
import { instantOf } from './rules.ts';

/** The planned times of an event, all in the local time of its zone. */
export interface Timetable {
  zone: string;
  starts: Temporal.PlainDateTime;
  ends: Temporal.PlainDateTime;
  registrationOpens?: Temporal.PlainDateTime | null;
  registrationCloses?: Temporal.PlainDateTime | null;
  changesUntil?: Temporal.PlainDateTime | null;
  lateFrom?: Temporal.PlainDateTime | null;
}

export const TIMES = ['starts', 'ends', 'registrationOpens', 'registrationCloses', 'changesUntil', 'lateFrom'] as const;

/** What is wrong with the times of an event: hours that a clock change skips, ends before beginnings. */
export function timetableErrors(event: Timetable): FieldError[] {
  const skipped = TIMES.filter((name) => {
    const local = event[name];
    return local && isSkipped(local, event.zone);
  }).map((path) => ({ path, code: 'skippedTime', params: { zone: event.zone } }));
  if (skipped.length > 0) return skipped;
  const at = (local: Temporal.PlainDateTime) => instantOf(local, event.zone);
  const backwards = (from?: Temporal.PlainDateTime | null, to?: Temporal.PlainDateTime | null) =>
    from && to && Temporal.Instant.compare(at(to), at(from)) <= 0;
  return [
    ...(backwards(event.starts, event.ends) ? [{ path: 'ends', code: 'endsBeforeStarts' }] : []),
    ...(backwards(event.registrationOpens, event.registrationCloses)
      ? [{ path: 'registrationCloses', code: 'endsBeforeStarts' }]
      : []),
  ];
}

/** Whether no clock in the zone ever shows this time: it lies in the hour that a change to summer time leaves out. */
export function isSkipped(local: Temporal.PlainDateTime, zone: string): boolean {
  return !local.toZonedDateTime(zone, { disambiguation: 'compatible' }).toPlainDateTime().equals(local);
}

/**
 * The same timetable for an event that begins at `starts`: every other time keeps its distance in days from the first day and its
 * time of day, so the opening two Tuesdays before stays two Tuesdays before and nine o'clock stays nine, whatever the clocks did
 * in between. A time that a clock change would skip moves on with the clocks.
 */
export function movedTo<Times extends Timetable>(event: Times, starts: Temporal.PlainDateTime): Timetable {
  const days = event.starts.toPlainDate().until(starts.toPlainDate(), { largestUnit: 'days' });
  const move = (local: Temporal.PlainDateTime) =>
    local.add(days).toZonedDateTime(event.zone, { disambiguation: 'compatible' }).toPlainDateTime();
  const maybe = (local: Temporal.PlainDateTime | null | undefined) => (local ? move(local) : null);
  return {
    zone: event.zone,
    starts,
    ends: move(event.ends),
    registrationOpens: maybe(event.registrationOpens),
    registrationCloses: maybe(event.registrationCloses),
    changesUntil: maybe(event.changesUntil),
    lateFrom: maybe(event.lateFrom),
  };
}
