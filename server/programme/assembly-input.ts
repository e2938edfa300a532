import { z } from 'zod';
import { email, id, languageTag, line, nullable, optional, optionalLine, texts, webAddress, whole } from '../fields.ts';

const named = (max: number) => texts(max).refine((map) => Object.keys(map).length > 0, { params: { code: 'required' } });

/** How an assembly is held. */
export const AssemblyWrite = z.object({
  quorumPercent: whole(0, 100)
    .default(50)
    .describe('Of the cities that may vote, how many in a hundred must be there or represented'),
  proxyLimit: whole(0, 10).default(1).describe('How many votes of other cities one delegate may carry'),
});
export type AssemblyWrite = z.output<typeof AssemblyWrite>;

export const AgendaItemWrite = z.object({
  title: named(200),
  text: texts(20_000),
  documents: z
    .array(z.object({ id: optional(id), title: line(200), url: optional(webAddress), fileId: optional(id) }))
    .max(60)
    .default([]),
});
export type AgendaItemWrite = z.output<typeof AgendaItemWrite>;

export const OrderWrite = z.object({ direction: z.enum(['up', 'down']) });

export const BALLOTS = ['open', 'secret'] as const;
export const MAJORITIES = ['simple', 'absolute', 'two-thirds'] as const;
export const CHOICES = ['for', 'against', 'abstain'] as const;

export const MotionWrite = z.object({
  title: named(200),
  text: texts(20_000),
  ballot: z.enum(BALLOTS).default('open'),
  majority: z.enum(MAJORITIES).default('simple'),
  itemId: nullable(id),
});
export type MotionWrite = z.output<typeof MotionWrite>;

/** Who votes for a city: their delegate, or another city that carries the vote. */
export const VoterWrite = z.object({
  delegate: optional(id).describe('A person of the city'),
  email: optional(email).describe('Or the address of one'),
  name: optionalLine(200),
  proxyTo: optional(id).describe('The city that carries its vote'),
});
export type VoterWrite = z.output<typeof VoterWrite>;

export const VoteWrite = z.object({
  organisationId: id.describe('The city whose vote it is: your own, or one that gave you its vote'),
  choice: z.enum(CHOICES),
});
export type VoteWrite = z.output<typeof VoteWrite>;

/** Markdown of several pages. */
const longText = z
  .string()
  .transform((text) => text.replace(/\r\n?/g, '\n').trim())
  .pipe(z.string().min(1).max(200_000));

export const MinutesWrite = z.object({ language: languageTag, text: longText });
