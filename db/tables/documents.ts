import type { Generated } from 'kysely';
import type { Jsonb, Now, Texts } from './base.ts';

export type DocumentKind = 'attendance' | 'participation' | 'visa' | 'laureate' | 'mention' | 'finalist' | 'thanks';

/** A document as it is on paper, in one language. */
export interface OnPaper {
  /** Whose occasion it is: the event or the call. */
  occasion: string;
  title: string;
  body: string;
  signed: string;
  /** Who it is for, in large letters; for a letter it is in the text alone. */
  recipient: string;
}

export interface DocumentTemplatesTable {
  id: Generated<string>;
  event_id: string | null;
  call_id: string | null;
  kind: DocumentKind;
  title: Texts;
  /** With fields such as {name}. */
  body: Texts;
  /** The office that signs, never a name. */
  signed: Texts;
  updated_by: string | null;
  updated_at: Now;
}

export interface Lacking {
  name: string;
  fields: string[];
}

export interface DocumentJobsTable {
  id: Generated<string>;
  event_id: string | null;
  call_id: string | null;
  kind: DocumentKind | 'badges';
  /** Null: each in the language of its reader. */
  language: string | null;
  layout: string | null;
  /** A PDF for each in one archive, not one PDF of all. */
  archive: Generated<boolean>;
  /** Null: everybody who has a right to one. */
  registration_ids: string[] | null;
  ordered_by: string;
  ordered_at: Now;
  total: Generated<number>;
  done: Generated<number>;
  /** Who got none because a field of the text would have stayed empty. */
  lacking: Jsonb<Lacking[]>;
  ended_at: Temporal.Instant | null;
  failed: Generated<boolean>;
  file_key: string | null;
  file_size: number | null;
  expires_at: Temporal.Instant | null;
}

export interface DocumentsTable {
  id: Generated<string>;
  kind: DocumentKind;
  /** 60 random bits in Crockford's base 32, by which it is verified. */
  code: string;
  event_id: string | null;
  call_id: string | null;
  registration_id: string | null;
  person_id: string | null;
  entry_id: string | null;
  job_id: string | null;
  language: string;
  recipient: string;
  content: Jsonb<OnPaper>;
  issued_at: Temporal.Instant;
  issued_by: string;
  revoked_at: Temporal.Instant | null;
  revoked_by: string | null;
  revocation_reason: string | null;
}

/** That somebody was there, in an organiser's word. */
export interface DocumentPresencesTable {
  registration_id: string;
  event_id: string;
  person_id: string;
  marked_by: string;
  marked_at: Temporal.Instant;
}

export interface VisaLettersTable {
  registration_id: string;
  event_id: string;
  person_id: string;
  sealed: Buffer | null;
  consulate: Generated<string>;
  asked_at: Temporal.Instant;
  state: Generated<'asked' | 'approved' | 'refused'>;
  decided_at: Temporal.Instant | null;
  decided_by: string | null;
  reason: string | null;
}

export interface DocumentsTables {
  document_templates: DocumentTemplatesTable;
  document_jobs: DocumentJobsTable;
  documents: DocumentsTable;
  document_presences: DocumentPresencesTable;
  visa_letters: VisaLettersTable;
}
