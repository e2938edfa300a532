import { z } from 'zod';
import { flag, id, list, localDateTime, nullable, optional, texts, whole, zone } from '../fields.ts';
import { PRIVACIES } from '../forms/definition.ts';

export const QuestionnaireWrite = z.object({
  /** Slug of the event whose participants are asked. */
  event: optional(z.string().max(200)).describe('Slug of the event whose participants are asked'),
  title: texts(300).describe('Left out: the title of the event'),
  privacy: optional(z.enum(PRIVACIES)).describe('anonymous unless said; nobody can change it after the opening'),
  formId: optional(id).describe('A form of the kind questionnaire, copied; left out: the core questionnaire of the network'),
  definition: z.record(z.string(), z.unknown()).optional().describe('Or a form definition, version 1'),
  items: z
    .array(z.unknown())
    .max(50)
    .optional()
    .describe('Questions of this event, after those of the core, as items of a form definition'),
  minimumGroup: optional(whole(5, 20)).describe('No figure of fewer people is ever shown; 5 unless said'),
  automatic: optional(flag).describe('Opens by itself when the event has ended; yes unless said'),
  reminderDays: list(whole(1, 60), 5).describe('Days after which who has not answered is reminded; 3 and 7 unless said'),
  closes: nullable(localDateTime).describe('Local time, in `zone` or that of the event; left out: three weeks after the event'),
  zone: optional(zone),
});
export type QuestionnaireWrite = z.output<typeof QuestionnaireWrite>;

export const QuestionnaireChange = z.object({
  title: texts(300).optional(),
  privacy: optional(z.enum(PRIVACIES)),
  minimumGroup: optional(whole(5, 20)),
  automatic: optional(flag),
  closes: nullable(localDateTime),
});
export type QuestionnaireChange = z.output<typeof QuestionnaireChange>;

export const ResultsFilter = z.object({
  segment: optional(z.string().max(40)).describe('Key of an item that results may be looked at by'),
  group: optional(z.string().max(40)).describe('Code of one of its options'),
  withSegment: optional(z.string().max(40)).describe('Key of another such item: who is of both groups at once'),
  withGroup: optional(z.string().max(40)).describe('Code of one of the options of that item'),
});
export type ResultsFilter = z.output<typeof ResultsFilter>;

export const AnswerWrite = z.object({ answers: z.record(z.string(), z.unknown()).default({}) });
export const ShareWrite = z.object({ withTexts: optional(flag) });

export const AssessmentWrite = z.object({
  year: whole(2000, 2200),
  definition: z
    .record(z.string(), z.unknown())
    .optional()
    .describe('A form of the kind selfAssessment; left out: the core of the network'),
});
