import { z } from 'zod';
import {
  country,
  decimal,
  flag,
  id,
  languageTag,
  line,
  list,
  localDateTime,
  nullable,
  optional,
  optionalLine,
  optionalText,
  search,
  texts,
  whole,
  zone,
} from '../fields.ts';
import { CONTINENTS } from './continents.ts';
import { EXCEPTION_KINDS, type Rule } from './eligibility.ts';

export const CALL_KINDS = ['award', 'experiences'] as const;
export const SEE_OTHERS = ['after-own', 'always', 'never'] as const;
export const TIE_RULES = ['heaviest-criterion', 'jury-vote'] as const;
export const EXCLUSION_REASONS = ['jury', 'host', 'laureate', 'other'] as const;

const key = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/);
export const callSlug = z
  .string()
  .trim()
  .max(80)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/);

export const ThemeWrite = z.object({ key, title: texts(200), description: texts(2000) });
export const ModalityWrite = ThemeWrite.extend({ quota: nullable(whole(0, 10_000)), minutes: nullable(whole(1, 1440)) });

const level = z.object({ value: decimal(-1000, 1000), text: texts(1000) });
const scaled = (criterion: { scaleMin: number; scaleMax: number; scaleStep: number }) =>
  criterion.scaleMax > criterion.scaleMin && criterion.scaleStep <= criterion.scaleMax - criterion.scaleMin;
export const CriterionWrite = z
  .object({
    key,
    name: texts(200),
    description: texts(2000),
    guidance: z.array(level).max(21).default([]),
    scaleMin: decimal(-1000, 1000).default(0),
    scaleMax: decimal(-1000, 1000).default(10),
    scaleStep: decimal(0.01, 1000).default(1),
    weight: decimal(0, 1000).default(1),
    required: flag.default(true),
    themes: list(key, 50),
  })
  .refine(scaled, { path: ['scaleMax'], params: { code: 'scaleRange' } });

const isoDate = z.iso.date();
export const RuleWrite = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('member') }),
  z.object({ kind: z.literal('fee'), year: whole(1900, 2200) }),
  z.object({ kind: z.literal('not-jury') }),
  z.object({ kind: z.literal('not-host') }),
  z.object({ kind: z.literal('not-laureate') }),
  z.object({ kind: z.literal('started-before'), item: z.string().regex(/^[a-z][A-Za-z0-9_-]{0,39}$/), date: isoDate }),
  z.object({ kind: z.literal('population'), min: nullable(whole(0, 100_000_000)), max: nullable(whole(0, 100_000_000)) }),
  z.object({ kind: z.literal('countries'), codes: list(country, 250), except: flag.default(false) }),
  z.object({ kind: z.literal('continents'), names: list(z.enum(CONTINENTS as [string, ...string[]]), 5) }),
  z.object({ kind: z.literal('endorsed') }),
]) as unknown as z.ZodType<Rule>;

export const ExclusionWrite = z.object({
  organisationId: id,
  reason: z.enum(EXCLUSION_REASONS),
  note: optionalLine(500),
});

/** A call as it is made: its texts in the first of its languages at least. */
export const CallWrite = z.object({
  kind: z.enum(CALL_KINDS),
  seriesId: nullable(id),
  edition: nullable(whole(1, 1000)),
  eventId: nullable(id),
  title: texts(200),
  summary: texts(500),
  guidelines: texts(50_000),
  languages: list(languageTag, 40).transform((tags) => [...new Set(tags)]),
  requiredLanguages: list(languageTag, 40).transform((tags) => [...new Set(tags)]),
  zone,
  opens: localDateTime,
  closes: localDateTime,
  graceMinutes: whole(0, 20_160).default(0),
  themes: z.array(ThemeWrite).max(50).default([]),
  modalities: z.array(ModalityWrite).max(20).default([]),
  criteria: z.array(CriterionWrite).max(50).default([]),
  formId: nullable(id),
  maxEntries: nullable(whole(1, 100)),
  maxEntriesPerTheme: nullable(whole(1, 100)),
  rules: z.array(RuleWrite).max(30).default([]),
  exclusions: z.array(ExclusionWrite).max(2000).default([]),
  conflictSameCountry: flag.default(true),
  seeOthers: z.enum(SEE_OTHERS).default('after-own'),
  tieRule: z.enum(TIE_RULES).default('heaviest-criterion'),
});
export type CallWrite = z.output<typeof CallWrite>;

export const CallFilter = z.object({
  q: search,
  kind: optional(z.enum(CALL_KINDS)),
  past: optional(flag),
});
export type CallFilter = z.output<typeof CallFilter>;

export const ExtensionWrite = z.object({ closes: localDateTime, reason: texts(1000) });
export const CancellationWrite = z.object({ reason: texts(1000) });
export const CopyWrite = z.object({ opens: localDateTime, closes: localDateTime });

export const EntryStart = z.object({
  organisationId: id,
  theme: optional(key),
  language: optional(languageTag),
});

/** What is mentioned of an entry changes; `version` is the one that its writer saw. */
export const EntryWrite = z.object({
  version: whole(1, 1_000_000_000),
  language: optional(languageTag),
  languages: z.array(languageTag).max(40).optional(),
  theme: nullable(key),
  modality: nullable(key),
  title: z.record(languageTag, z.string().max(600)).optional(),
  summary: z.record(languageTag, z.string().max(6000)).optional(),
  mayPublish: flag.optional(),
  /** Replaces the answers in the main language. */
  answers: z.record(z.string().max(100), z.unknown()).optional(),
  /** Replaces the texts of the languages that are mentioned. */
  translations: z.record(languageTag, z.record(z.string().max(100), z.unknown())).optional(),
});
export type EntryWrite = z.output<typeof EntryWrite>;
export const TITLE_MAX = 300;
export const SUMMARY_WORDS = 150;

export const AuthorWrite = z.object({ personId: id, title: optionalLine() });
export const EndorsementWrite = z.object({ as: line(200) });
export const WithdrawalWrite = z.object({ reason: optionalText(2000) });
export const ReopeningWrite = z.object({ until: localDateTime });
export const ExceptionAsk = z.object({
  organisationId: id,
  rule: z.enum(EXCEPTION_KINDS),
  reason: z
    .string()
    .max(4000)
    .transform((text) => text.trim())
    .pipe(z.string().min(1).max(2000)),
});
export const ExceptionDecision = z.object({ decision: z.enum(['granted', 'refused']), reason: line(2000) });

export const SCREENED = ['eligible', 'ineligible', 'submitted'] as const;
export const ScreeningWrite = z.object({
  state: z.enum(SCREENED),
  reasons: list(z.enum([...EXCEPTION_KINDS, 'incomplete', 'other']), 20),
  note: optionalText(2000),
});

export const ENTRY_STATES = [
  'draft',
  'submitted',
  'ineligible',
  'eligible',
  'shortlisted',
  'laureate',
  'mention',
  'not-selected',
  'withdrawn',
] as const;
export const ENTRY_SORTS = ['-changed', 'city', 'title', '-submitted'] as const;
export const EntryFilter = z.object({
  q: search,
  state: optional(z.enum(ENTRY_STATES)),
  theme: optional(key),
  modality: optional(key),
  country: optional(country),
  late: optional(flag),
  sort: optional(z.enum(ENTRY_SORTS)),
});
export type EntryFilter = z.output<typeof EntryFilter>;

export const BankFilter = z.object({
  q: search,
  theme: optional(z.string().max(40)),
  country: optional(country),
  language: optional(languageTag),
  call: optional(z.string().max(100)).describe("A call's slug"),
});
export type BankFilter = z.output<typeof BankFilter>;
