import type { MailingKind, MailingState } from '../../db/tables/mailings.ts';

export const KINDS = ['invitation', 'announcement', 'reminder', 'update', 'questionnaire'] as const satisfies MailingKind[];
export const STATES = ['draft', 'scheduled', 'running', 'paused', 'cancelled', 'done'] as const satisfies MailingState[];

/** What can be done with a mailing in a state. Pages draw the button by it, actions obey it. */
export type Deed = 'change' | 'schedule' | 'unschedule' | 'pause' | 'resume' | 'cancel' | 'retry' | 'rewrite';

const POSSIBLE: Record<Deed, readonly MailingState[]> = {
  change: ['draft'],
  schedule: ['draft', 'scheduled'],
  unschedule: ['scheduled'],
  pause: ['running'],
  resume: ['paused'],
  cancel: ['draft', 'scheduled', 'running', 'paused'],
  retry: ['running', 'paused', 'done'],
  // Only the text, and only of what has not gone out yet: the rest of it is another version.
  rewrite: ['paused'],
};

/** Whether this can be done now. */
export const possible = (deed: Deed, state: MailingState): boolean => POSSIBLE[deed].includes(state);

const DAY_BEGINS = 8;
const DAY_ENDS = 21;

/** A planned local time in a zone. What a clock change skips comes an hour later, what it repeats comes the first time. */
export const instantIn = (local: Temporal.PlainDateTime, zone: string): Temporal.Instant =>
  local.toZonedDateTime(zone, { disambiguation: 'compatible' }).toInstant();

/** Not in the night of `zone` (21 to 8 o'clock): then at eight on the morning that follows. */
export function byDay(at: Temporal.Instant, zone: string): Temporal.Instant {
  const there = at.toZonedDateTimeISO(zone);
  if (there.hour >= DAY_BEGINS && there.hour < DAY_ENDS) return at;
  const day = there.hour < DAY_BEGINS ? there.toPlainDate() : there.toPlainDate().add({ days: 1 });
  return instantIn(day.toPlainDateTime({ hour: DAY_BEGINS }), zone);
}

export interface Plan {
  schedule: 'moment' | 'morning';
  planned: Temporal.PlainDateTime;
  zone: string;
  quietHours: boolean;
}

/**
 * When somebody in `zone` gets it: at the planned moment, or at the planned time of their own day. Never in their night where quiet
 * hours hold, unless it would then come after `expires`; and never before `now`.
 */
export function arrival(
  plan: Plan,
  zone: string,
  { now, expires }: { now: Temporal.Instant; expires: Temporal.Instant | null },
): Temporal.Instant {
  const meant = instantIn(plan.planned, plan.schedule === 'morning' ? zone : plan.zone);
  const earliest = Temporal.Instant.compare(meant, now) < 0 ? now : meant;
  if (!plan.quietHours) return earliest;
  const decent = byDay(earliest, zone);
  return expires && Temporal.Instant.compare(decent, expires) >= 0 ? earliest : decent;
}

// The first place where a day begins, UTC+14.
const FIRST_ZONE = 'Pacific/Kiritimati';

/** When a mailing must begin so that nobody gets it late: with `morning` when that hour strikes in the first zone of the world. */
export const beginning = ({ schedule, planned, zone }: Omit<Plan, 'quietHours'>): Temporal.Instant =>
  instantIn(planned, schedule === 'morning' ? FIRST_ZONE : zone);

/** "Three days before" in a date: `days` from the day the event starts or ends, at `time`. */
export function offsetDate(
  event: { startsLocal: Temporal.PlainDateTime; endsLocal: Temporal.PlainDateTime },
  { days, from, time }: { days: number; from: 'start' | 'end'; time: Temporal.PlainTime },
): Temporal.PlainDateTime {
  const day = (from === 'start' ? event.startsLocal : event.endsLocal).toPlainDate().add({ days });
  return day.toPlainDateTime(time);
}

/** From when on a mailing is of no use: what calls to an event when that begins, what tells of it when it ends, what asks when no answer counts. */
export function expiryOf(
  kind: MailingKind,
  event: { startsAt: Temporal.Instant; endsAt: Temporal.Instant } | null,
  closesAt: Temporal.Instant | null,
): Temporal.Instant | null {
  if (kind === 'questionnaire') return closesAt;
  if (!event) return null;
  if (kind === 'invitation' || kind === 'reminder') return event.startsAt;
  return kind === 'update' ? event.endsAt : null;
}

/** Of what somebody who wants no mail of a sort is not told; null: they get it because they take part or were asked. */
export function usualTopic(kind: MailingKind): string | null {
  return kind === 'invitation' ? 'invitations' : kind === 'announcement' ? 'announcements' : null;
}
