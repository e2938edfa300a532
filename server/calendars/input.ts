import { z } from 'zod';
import { KINDS } from '../events/input.ts';
import { id, line, optional } from '../fields.ts';

export const FEED_KINDS = ['registrations', 'organised'] as const;

/** A calendar to subscribe to, for oneself. */
export const FeedWrite = z.object({ kind: z.enum(FEED_KINDS), name: line(100) });

export const VERDICTS = ['counted', 'outdated', 'unverified', 'unknown', 'proposal', 'unreadable'] as const;
export const ANSWERS = ['accepted', 'declined', 'tentative', 'delegated'] as const;

/** Which answers of calendar programs: by what was made of them, by what they say, of whom. */
export const AnswerFilter = z.object({
  verdict: optional(z.enum(VERDICTS)),
  answer: optional(z.enum(ANSWERS)),
  registrationId: optional(id),
});

/** What the network's calendar shows: a month, of one kind, of one network. */
export const CalendarFilter = z.object({
  month: optional(z.string().regex(/^(19|20|21)\d{2}-(0[1-9]|1[0-2])$/)),
  kind: optional(z.enum([...KINDS, 'activity'])),
  network: optional(z.string().max(200)),
});
export type CalendarFilter = z.output<typeof CalendarFilter>;
