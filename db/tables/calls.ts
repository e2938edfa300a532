import type { Generated } from 'kysely';
import type { Jsonb, Now, Texts } from './base.ts';

export type CallKind = 'award' | 'experiences';
export type SeeOthers = 'after-own' | 'always' | 'never';
/** What orders entries that have the same score: their mean on the heaviest criterion, and then the jury's vote; or its vote alone. */
export type TieRule = 'heaviest-criterion' | 'jury-vote';
export type EntryState =
  | 'draft'
  | 'submitted'
  | 'ineligible'
  | 'eligible'
  | 'shortlisted'
  | 'laureate'
  | 'mention'
  | 'not-selected'
  | 'withdrawn';
export type ExclusionReason = 'jury' | 'host' | 'laureate' | 'other';

export interface CallsTable {
  id: Generated<string>;
  slug: string;
  kind: CallKind;
  series_id: string | null;
  edition: number | null;
  /** The event whose call for experiences it is, or at which the award is given. */
  event_id: string | null;
  title: Texts;
  summary: Texts;
  /** Markdown. */
  guidelines: Texts;
  languages: string[];
  default_language: string;
  /** Every entry must be complete in each of these; empty: one language is enough. */
  required_languages: Generated<string[]>;
  zone: string;
  opens_local: Temporal.PlainDateTime;
  closes_local: Temporal.PlainDateTime;
  opens_at: Temporal.Instant;
  closes_at: Temporal.Instant;
  /** Until when jurors are asked to score; it tells, and closes nothing by itself. */
  scoring_ends_local: Temporal.PlainDateTime | null;
  scoring_ends_at: Temporal.Instant | null;
  /** How long after the deadline an entry is still taken, marked late. */
  grace_minutes: Generated<number>;
  form_id: string | null;
  max_entries: number | null;
  max_entries_per_theme: number | null;
  /** Declared rules of eligibility: `server/calls/eligibility.ts` says which there are. */
  rules: Jsonb<unknown[]>;
  /** Whether jurors are in conflict with entries of their own country. */
  conflict_same_country: Generated<boolean>;
  /** When a juror sees the scores of the others. */
  see_others: Generated<SeeOthers>;
  tie_rule: Generated<TieRule>;
  created_by: string | null;
  created_at: Now;
  updated_at: Now;
  published_at: Temporal.Instant | null;
  published_by: string | null;
  closed_at: Temporal.Instant | null;
  closed_by: string | null;
  cancelled_at: Temporal.Instant | null;
  cancelled_by: string | null;
  cancellation_reason: Texts;
  /** When the decision was made public; from then on the bank shows the entries whose cities agreed. */
  results_published_at: Temporal.Instant | null;
  results_published_by: string | null;
}

export interface CallThemesTable {
  call_id: string;
  key: string;
  title: Texts;
  description: Texts;
  position: number;
}

export interface CallModalitiesTable {
  call_id: string;
  key: string;
  title: Texts;
  description: Texts;
  quota: number | null;
  minutes: number | null;
  position: number;
}

export interface GuidanceLevel {
  value: number;
  text: Record<string, string>;
}

export interface CriteriaTable {
  id: Generated<string>;
  call_id: string;
  key: string;
  name: Texts;
  description: Texts;
  guidance: Jsonb<GuidanceLevel[]>;
  scale_min: Generated<number>;
  scale_max: Generated<number>;
  scale_step: Generated<number>;
  weight: Generated<number>;
  required: Generated<boolean>;
  /** The themes it is scored for; empty: all. */
  themes: Generated<string[]>;
  position: number;
  removed_at: Temporal.Instant | null;
}

export interface CallExclusionsTable {
  call_id: string;
  organisation_id: string;
  reason: ExclusionReason;
  note: Generated<string>;
  created_by: string | null;
  created_at: Now;
}

export interface CallExtensionsTable {
  id: Generated<string>;
  call_id: string;
  from_local: Temporal.PlainDateTime;
  to_local: Temporal.PlainDateTime;
  reason: Texts;
  extended_by: string | null;
  extended_at: Now;
}

export interface EntriesTable {
  id: Generated<string>;
  code: string;
  call_id: string;
  organisation_id: string;
  state: Generated<EntryState>;
  theme: string | null;
  /** What the city would prefer. */
  modality: string | null;
  /** What it was given. */
  assigned_modality: string | null;
  /** The language of `answers`. */
  language: string;
  /** All languages it is written in, the main one first. */
  languages: Generated<string[]>;
  title: Texts;
  summary: Texts;
  form_version_id: string | null;
  /** As the forms engine keeps them, the texts in the main language. */
  answers: Jsonb<Record<string, unknown>>;
  /** By language, the answers to the form's text items: `{"es": {"description": "…"}}`. */
  translations: Jsonb<Record<string, Record<string, unknown>>>;
  may_publish: Generated<boolean>;
  endorsed_by: string | null;
  endorsed_as: Generated<string>;
  endorsed_at: Temporal.Instant | null;
  /** Raised with each save: who saves says which one they saw. */
  version: Generated<number>;
  created_by: string | null;
  created_at: Now;
  changed_by: string | null;
  changed_at: Now;
  submitted_at: Temporal.Instant | null;
  submitted_by: string | null;
  /** Submitted after the deadline, within its grace or by an exception. */
  late: Generated<boolean>;
  /** SHA-256 of the canonical JSON of what was submitted, in hex. */
  content_hash: string | null;
  /** Until when a reopened entry may be changed and submitted again. */
  reopened_until: Temporal.Instant | null;
  reopened_by: string | null;
  withdrawn_at: Temporal.Instant | null;
  withdrawn_by: string | null;
  withdrawal_reason: Generated<string>;
  screened_at: Temporal.Instant | null;
  screened_by: string | null;
  screening_reasons: Generated<string[]>;
  screening_note: Generated<string>;
}

export interface EntryAuthorsTable {
  entry_id: string;
  person_id: string;
  title: Generated<string>;
  added_by: string | null;
  added_at: Now;
}

export interface EntryVersionsTable {
  entry_id: string;
  version: number;
  changed_by: string | null;
  started_at: Now;
  changed_at: Now;
  fields: Generated<string[]>;
  content: Jsonb<Record<string, unknown>>;
}

export interface EntrySubmissionsTable {
  entry_id: string;
  number: number;
  submitted_at: Temporal.Instant;
  submitted_by: string | null;
  late: boolean;
  /** Canonical JSON. */
  content: string;
  content_hash: string;
}

export interface EntryExceptionsTable {
  id: Generated<string>;
  call_id: string;
  organisation_id: string;
  /** A kind of rule, or `deadline`. */
  rule: string;
  reason: string;
  state: Generated<'asked' | 'granted' | 'refused'>;
  asked_by: string | null;
  asked_at: Now;
  decided_by: string | null;
  decided_at: Temporal.Instant | null;
  decision: Generated<string>;
}

export interface CallsTables {
  calls: CallsTable;
  call_themes: CallThemesTable;
  call_modalities: CallModalitiesTable;
  criteria: CriteriaTable;
  call_exclusions: CallExclusionsTable;
  call_extensions: CallExtensionsTable;
  entries: EntriesTable;
  entry_authors: EntryAuthorsTable;
  entry_versions: EntryVersionsTable;
  entry_submissions: EntrySubmissionsTable;
  entry_exceptions: EntryExceptionsTable;
}
