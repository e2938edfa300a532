import { z } from 'zod';
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
