import type { EventState } from '../../server/events/rules.ts';
import { formatDateRange, formatInstant } from '../locales/format.ts';
import type { Tone } from '../ui/tag.tsx';

/** The days of an event in its own zone: "26–29 May 2026"; with the hours when it is over within a day. */
export function days(event: { startsAt: Temporal.Instant; endsAt: Temporal.Instant; zone: string }, language: string): string {
  const day = (at: Temporal.Instant) => formatInstant(at, language, event.zone, 'date');
  return day(event.startsAt) === day(event.endsAt)
    ? formatInstant(event.startsAt, language, event.zone, 'weekday')
    : formatDateRange(event.startsAt, event.endsAt, language, event.zone, 'date');
}

export const STATE_TONES: Record<EventState, Tone> = {
  draft: 'wait',
  published: 'good',
  closed: 'off',
  past: 'off',
  cancelled: 'bad',
};
