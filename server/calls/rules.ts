/** What decides where a call stands. */
export interface CallTimes {
  publishedAt: Temporal.Instant | null;
  closedAt: Temporal.Instant | null;
  cancelledAt: Temporal.Instant | null;
  resultsPublishedAt: Temporal.Instant | null;
  opensAt: Temporal.Instant;
  closesAt: Temporal.Instant;
  graceMinutes: number;
}

export type CallState = 'draft' | 'cancelled' | 'coming' | 'open' | 'grace' | 'closed' | 'decided';

/** What a call is at a moment, in one word. The instant of the deadline itself is still in time. */
export function callState(call: CallTimes, now: Temporal.Instant): CallState {
  const after = (moment: Temporal.Instant) => Temporal.Instant.compare(now, moment) > 0;
  if (call.cancelledAt) return 'cancelled';
  if (!call.publishedAt) return 'draft';
  if (call.resultsPublishedAt) return 'decided';
  if (call.closedAt) return 'closed';
  if (Temporal.Instant.compare(now, call.opensAt) < 0) return 'coming';
  if (!after(call.closesAt)) return 'open';
  return after(graceEnd(call)) ? 'closed' : 'grace';
}

/** Until when an entry is taken at all, the late ones marked. */
export function graceEnd(call: Pick<CallTimes, 'closesAt' | 'graceMinutes'>): Temporal.Instant {
  return call.closesAt.add({ minutes: call.graceMinutes });
}

export interface EntryTimes {
  reopenedUntil: Temporal.Instant | null;
}

/**
 * Why nothing can be entered or changed at `now`: the code of `refusal.<code>`, or null. `excepted`: the secretariat has granted
 * this organisation an exception from the deadline, which ends when the call is closed by hand or decided.
 */
export function windowRefusal(
  call: CallTimes,
  now: Temporal.Instant,
  { reopenedUntil, excepted }: EntryTimes & { excepted: boolean },
): string | null {
  const state = callState(call, now);
  if (state === 'draft') return 'call-not-published';
  if (state === 'cancelled') return 'call-cancelled';
  if (state === 'decided') return 'call-decided';
  if (reopenedUntil && Temporal.Instant.compare(now, reopenedUntil) <= 0) return null;
  if (state === 'coming') return 'call-not-open';
  if (state === 'closed') return excepted && !call.closedAt ? null : 'call-closed';
  return null;
}

/** Whether what is submitted now is late: after the deadline, in the grace or by an exception. */
export function isLate(call: Pick<CallTimes, 'closesAt'>, now: Temporal.Instant): boolean {
  return Temporal.Instant.compare(now, call.closesAt) > 0;
}

/** States in which a city may still write its entry: a draft, or one that was reopened. */
export function isWritable(entry: { state: string; reopenedUntil: Temporal.Instant | null }, now: Temporal.Instant): boolean {
  return (
    entry.state === 'draft' ||
    (entry.state === 'submitted' && entry.reopenedUntil !== null && Temporal.Instant.compare(now, entry.reopenedUntil) <= 0)
  );
}

/** States of an entry that was judged, and of one on its way there. */
export const JUDGED = ['shortlisted', 'laureate', 'mention', 'not-selected'] as const;

/** A code of six letters and digits without those that are mistaken for one another, from random bytes. */
export function entryCode(bytes: Uint8Array): string {
  const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
  return Array.from(bytes.slice(0, 6), (byte) => letters[byte % 32]).join('');
}
