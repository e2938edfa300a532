import { z } from 'zod';
import { flag, id, line, optional, optionalLine, texts } from '../fields.ts';
import { CALL_KINDS, EVENT_KINDS, LAYOUT_NAMES } from './rules.ts';

export const DocumentKindInput = z.enum([...EVENT_KINDS, ...CALL_KINDS]);

/** The text of a kind of document. */
export const TemplateWrite = z.object({ title: texts(120), body: texts(3000), signed: texts(200) });
export type TemplateWrite = z.output<typeof TemplateWrite>;

/** What is to be made. */
export const JobWrite = z.object({
  kind: z.enum(['badges', ...EVENT_KINDS, ...CALL_KINDS]),
  /** Not said: each in the language of its reader; badges in the event's. */
  language: optional(z.string().max(35)),
  layout: optional(z.enum(LAYOUT_NAMES)),
  /** A PDF for each in a ZIP archive. */
  archive: optional(flag),
  registrations: optional(z.array(id).max(5000)),
});
export type JobWrite = z.output<typeof JobWrite>;

export const RevocationWrite = z.object({ reason: line(300) });

/** What a consulate wants to read. */
export const VisaWrite = z.object({
  passport: line(40),
  nationality: line(80),
  born: z.iso.date(),
  consulate: line(200),
});
export type VisaWrite = z.output<typeof VisaWrite>;

export const VisaDecision = z.object({ state: z.enum(['approved', 'refused']), reason: optionalLine(300) });

export const PresenceWrite = z.object({ registrations: z.array(id).max(5000) });
