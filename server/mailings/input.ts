import { z } from 'zod';
import {
  country,
  email,
  flag,
  id,
  interfaceLanguage,
  languageTag,
  line,
  list,
  localDateTime,
  nullable,
  optional,
  optionalLine,
  optionalText,
  whole,
  zone,
} from '../fields.ts';
import { FIELDS, wrongFields } from './fields.ts';
import { KINDS } from './rules.ts';

const written = (schema: z.ZodType<string, string | undefined>) =>
  schema.superRefine((text, context) => {
    const [wrong] = wrongFields(text);
    if (wrong) context.addIssue({ code: 'custom', params: { code: 'mergeField', field: wrong } });
  });

const MailingTextWrite = z.object({
  subject: written(optionalLine(300)),
  body: written(optionalText(20_000)),
  button: written(optionalLine(80)),
});

/** What a mailing says, by language. A language without subject and body is left out; one with only a part is told of. */
const Texts = z.record(languageTag, MailingTextWrite).transform((texts, context) => {
  const kept = Object.entries(texts).filter(([, { subject, body }]) => subject !== '' || body !== '');
  for (const [language, { subject, body }] of kept) {
    for (const [name, text] of [
      ['subject', subject],
      ['body', body],
    ] as const)
      if (text === '') context.addIssue({ code: 'custom', path: [language, name], params: { code: 'required' } });
  }
  return Object.fromEntries(kept);
});

const Fallbacks = z.partialRecord(z.enum(FIELDS), z.record(languageTag, optionalLine(200))).transform((all) =>
  Object.fromEntries(
    Object.entries(all)
      .map(
        ([field, texts]) => [field, Object.fromEntries(Object.entries(texts ?? {}).filter(([, text]) => text !== ''))] as const,
      )
      .filter(([, texts]) => Object.keys(texts).length > 0),
  ),
);

export const PEOPLE_ROLES = ['contact', 'coordinator', 'organiser', 'juror', 'secretariat'] as const;
export const REGISTRATION_RULES = ['registered', 'confirmed', 'waiting', 'pending', 'not-registered'] as const;
export const INVITATION_RULES = ['unanswered', 'accepted', 'declined', 'substitute', 'invited', 'not-invited'] as const;

/** Whom a mailing goes to: each rule narrows, within a rule one is enough. Without rules everybody within its reach. */
export const Audience = z.object({
  kinds: list(z.enum(['city', 'university', 'association', 'other']), 4).describe('Kinds of organisation'),
  memberships: list(z.enum(['member', 'candidate', 'former', 'none']), 4),
  networks: list(id, 200).describe('Ids of networks'),
  countries: list(country, 250),
  languages: list(interfaceLanguage, 4).describe('Languages of the people themselves'),
  roles: list(z.enum(PEOPLE_ROLES), 5),
  attended: list(id, 100).describe('Ids of events, past editions say: confirmed in one of them'),
  notAttended: list(id, 100).describe('Ids of events: confirmed in none of them'),
  registration: optional(z.enum(REGISTRATION_RULES)).describe('As to the event of the mailing'),
  invitation: optional(z.enum(INVITATION_RULES)).describe('As to the event of the mailing'),
  answered: optional(z.enum(['yes', 'no'])).describe('The questionnaire of the mailing'),
  fee: optional(z.enum(['paid', 'unpaid'])).describe('Of the organisation, for feeYear'),
  feeYear: optional(whole(2000, 2200)),
});
export type Audience = z.output<typeof Audience>;

export const MailingWrite = z.object({
  kind: z.enum(KINDS),
  name: line(200).describe('For whoever runs it'),
  event: optional(z.string().max(200)).describe('Slug of the event it is about'),
  networkId: optional(id).describe('A coordinator writes to a network'),
  questionnaireId: optional(id),
  template: optional(z.string().max(60)).describe('Texts to begin with: the id of a template'),
  audience: Audience.default(() => Audience.parse({})),
  defaultLanguage: optional(languageTag).describe('Who has no text in their own language gets this; en unless said'),
  texts: Texts.default({}),
  fallbacks: Fallbacks.default({}),
});
export type MailingWrite = z.output<typeof MailingWrite>;

export const MailingChange = z.object({
  name: optional(line(200)),
  audience: Audience.optional(),
  defaultLanguage: optional(languageTag),
  texts: Texts.optional(),
  fallbacks: Fallbacks.optional(),
});
export type MailingChange = z.output<typeof MailingChange>;

const time = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
  .transform((text) => Temporal.PlainTime.from(text));

export const ScheduleWrite = z.object({
  schedule: z.enum(['now', 'moment', 'morning']).describe('morning: at that hour of each recipient’s own day'),
  planned: nullable(localDateTime).describe('Local time'),
  zone: optional(zone).describe('In which planned is meant; that of the event unless said'),
  offsetDays: optional(whole(-365, 365)).describe(
    'Instead of planned: days from the start or the end of the event, -3 three days before',
  ),
  offsetFrom: optional(z.enum(['start', 'end'])),
  time: optional(time).describe('With offsetDays; 09:00 unless said'),
  quietHours: optional(flag).describe('Who sleeps gets it at eight; yes unless said'),
});
export type ScheduleWrite = z.output<typeof ScheduleWrite>;

export const AnswerWrite = z
  .object({
    answer: z.enum(['accepted', 'declined', 'substitute']),
    substituteName: optional(line(200)),
    substituteAddress: optional(email),
    note: optionalText(2000),
  })
  .superRefine((value, context) => {
    if (value.answer !== 'substitute') return;
    for (const name of ['substituteName', 'substituteAddress'] as const)
      if (value[name] === undefined) context.addIssue({ code: 'custom', path: [name], params: { code: 'required' } });
  });
export type AnswerWrite = z.output<typeof AnswerWrite>;

export const TemplateWrite = z.object({ name: line(200), networkId: optional(id) });
export const PreviewQuery = z.object({ person: optional(id), language: optional(languageTag) });
export const TestWrite = z.object({ language: optional(languageTag) });
