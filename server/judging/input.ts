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
  optionalText,
  texts,
  whole,
} from '../fields.ts';
import { SESSION_KINDS } from '../programme/input.ts';

const languages = z.preprocess(
  (value) => (typeof value === 'string' ? value.split(/[\s,;|]+/).filter(Boolean) : (value ?? [])),
  z.array(languageTag).max(20),
);

export const MemberWrite = z.object({
  email,
  name: line(),
  language: optional(interfaceLanguage),
  seat: z.enum(['juror', 'chair']).default('juror'),
  organisation: optional(z.string().max(100)).describe("The slug of the juror's own organisation"),
  country: nullable(country),
  languages,
  themes: list(z.string().max(40), 50),
  least: optional(whole(0, 1000)),
  most: nullable(whole(0, 1000)),
});
export type MemberWrite = z.output<typeof MemberWrite>;

export const Reason = z.object({ reason: line(2000) });

export const ScoringWrite = z.object({
  ends: nullable(localDateTime).describe('Until when jurors are asked to score, local to the call’s zone; null: no time'),
});

export const WishesWrite = z.object({ entries: list(id, 2000).describe('The ids of all entries that you would like to read') });

export const DeclarationWrite = z.object({
  organisation: line(100).describe('The slug of the organisation whose entries you cannot judge'),
  reason: line(2000),
});
export type DeclarationWrite = z.output<typeof DeclarationWrite>;

const sameTimes = {
  kind: z.enum(SESSION_KINDS).default('workshop'),
  starts: localDateTime,
  minutes: whole(5, 24 * 60).default(60),
};
export const PresentationsWrite = z.object({
  modality: z.string().max(40).default('').describe('The key of the modality; empty: the entries without one'),
  ...sameTimes,
});
export type PresentationsWrite = z.output<typeof PresentationsWrite>;

const seed = whole(0, 2_147_483_647);

export const AutomaticWrite = z.object({
  reviews: whole(1, 50).describe('How many jurors are to read each entry'),
  language: z.enum(['all', 'one', 'any']).default('any'),
  worstOffFirst: optional(flag),
  seed: optional(seed),
});
export type AutomaticWrite = z.output<typeof AutomaticWrite>;

export const PairWrite = z.object({ entry: id, juror: id });
export const AssignmentsWrite = z
  .object({
    pairs: z.array(PairWrite).max(20_000).optional().describe('By hand: all pairs that are to be'),
    automatic: AutomaticWrite.optional(),
    publish: optional(flag).describe('Also publish at once; jurors see nothing of an unpublished run'),
  })
  .refine((body) => (body.pairs === undefined) !== (body.automatic === undefined), {
    params: { code: 'choice' },
    path: ['pairs'],
  });
export type AssignmentsWrite = z.output<typeof AssignmentsWrite>;

const score = z.preprocess(
  (value) =>
    value === ''
      ? null
      : typeof value === 'string' && /^-?\d{1,6}([.,]\d{1,4})?$/.test(value.trim())
        ? Number(value.replace(',', '.'))
        : value,
  z.number().nullable(),
);
// As typed, spaces and all: it is saved in the middle of a sentence.
const commented = z
  .string()
  .max(20_000)
  .transform((text) => text.replaceAll('\u0000', '').replace(/\r\n?/g, '\n').toWellFormed());
const fields = {
  scores: z.record(z.string().max(60), score).optional(),
  commentToJury: commented.optional(),
  commentToApplicant: commented.optional(),
  notes: commented.optional(),
};
export const ReviewWrite = z.object({
  ...fields,
  submitted: optional(flag).describe('Hand the review in: every required criterion must have a score'),
  base: z
    .object(fields)
    .optional()
    .describe('What these fields were when the writer last saw them: what changed since is merged'),
});
export type ReviewWrite = z.output<typeof ReviewWrite>;

export const RankingWrite = z.object({ chosen: optional(whole(1, 100)), seed: optional(seed) });

export const NoteWrite = z.object({ text: optionalText(10_000).pipe(z.string().min(1)), entry: nullable(id) });

const names = z.preprocess(
  (value) =>
    typeof value === 'string'
      ? value
          .split(/\n/)
          .map((name) => name.trim())
          .filter(Boolean)
      : (value ?? []),
  z.array(z.string().min(1).max(200)).max(100),
);

export const DecisionWrite = z
  .object({
    kind: z.enum(['laureate', 'mention', 'not-selected', 'shortlisted', 'void']),
    entry: nullable(id),
    place: nullable(whole(1, 100)),
    reasons: texts(5000),
    present: names,
  })
  .refine((body) => (body.kind === 'void') === !body.entry, { params: { code: 'required' }, path: ['entry'] });
export type DecisionWrite = z.output<typeof DecisionWrite>;

export const TieVoteWrite = z.object({
  entries: z
    .array(id)
    .min(2)
    .max(50)
    .refine((ids) => new Set(ids).size === ids.length, { params: { code: 'strictOrder' } })
    .describe('The best first'),
  reasons: optionalText(5000).pipe(z.string().min(1)),
  present: names.pipe(z.array(z.string()).min(1)),
});
export type TieVoteWrite = z.output<typeof TieVoteWrite>;

/** Groups of equal places from a form with one place for each entry, the best first; whatever has no place is left out. */
export function groupsOf(places: unknown): string[][] {
  const given = Object.entries(typeof places === 'object' && places !== null ? places : {}).flatMap(([entry, place]) =>
    /^[1-9]\d{0,2}$/.test(String(place)) ? [{ entry, place: Number(place) }] : [],
  );
  const groups = Map.groupBy(given, (one) => one.place);
  return [...groups].sort(([a], [b]) => a - b).map(([, group]) => group.map((one) => one.entry));
}

export const BallotWrite = z.object({
  ranking: z.preprocess(
    (value) => (Array.isArray(value) ? value.map((group) => (Array.isArray(group) ? group : [group])) : value),
    z.array(z.array(id).max(200)).max(200),
  ),
});
