import type { Generated } from 'kysely';
import type { Jsonb, Now } from './base.ts';

export type RegistrationState = 'draft' | 'pending' | 'confirmed' | 'waiting' | 'cancelled' | 'refused';
export type Answers = Record<string, unknown>;

export interface DelegationsTable {
  id: Generated<string>;
  event_id: string;
  organisation_id: string;
  head_person_id: string | null;
  answers: Jsonb<Answers>;
  form_version_id: string | null;
  /** What a bank transfer for the whole delegation names. */
  reference: string;
  created_by: string | null;
  created_at: Now;
}

export interface RegistrationsTable {
  id: Generated<string>;
  event_id: string;
  person_id: string;
  organisation_id: string | null;
  delegation_id: string | null;
  category_id: string;
  state: RegistrationState;
  /** The pools in which it needs one place each. */
  pool_ids: string[];
  waiting_id: string | null;
  answers: Jsonb<Answers>;
  form_version_id: string | null;
  /** Minor units, as of the day of joining. */
  amount: number;
  currency: string;
  reference: string;
  joined_at: Now;
  created_by: string | null;
  confirmed_at: Temporal.Instant | null;
  ended_at: Temporal.Instant | null;
  ended_by: string | null;
  /** Why it was refused or cancelled: a code (`given-back`, `offer-expired` …) and words of the organiser. */
  reason_code: string | null;
  reason: string | null;
  /** Where mail goes when the person has no address of their own. */
  contact_email: string | null;
  calendar_sequence: Generated<number>;
  /** Whose word it awaits while it is pending: first the organisation's that was named, then the organiser's. */
  approval_by: Generated<'organisation' | 'organiser'>;
}

export interface RegistrationLinksTable {
  token_hash: Buffer;
  registration_id: string;
  purpose: 'confirm' | 'manage';
  expires_at: Temporal.Instant | null;
  used_at: Temporal.Instant | null;
}

export interface ReplacementsTable {
  id: Generated<string>;
  registration_id: string;
  from_person_id: string;
  to_person_id: string;
  by: string | null;
  at: Now;
}

export interface PaymentsTable {
  id: Generated<string>;
  registration_id: string;
  amount: number;
  currency: string;
  received_on: Temporal.PlainDate;
  note: string;
  recorded_by: string | null;
  recorded_at: Now;
  removed_at: Temporal.Instant | null;
  /** The movement of a bank statement it came from. */
  bank_line: string | null;
}

/** A delegation that somebody is putting together: kept until it is submitted, once. */
export interface DelegationDraftsTable {
  id: Generated<string>;
  event_id: string;
  organisation_id: string;
  person_id: string;
  content: Jsonb<unknown>;
  created_at: Now;
  changed_at: Now;
  submitted_at: Temporal.Instant | null;
  /** What became of it: the answer that was given, for whoever asks again. */
  result: Jsonb<unknown> | null;
}

export interface BulksTable {
  id: string;
  event_id: string;
  action: 'approve' | 'refuse' | 'cancel' | 'category' | 'paid' | 'confirmation';
  category: string | null;
  reason: string | null;
  received_on: Temporal.PlainDate | null;
  created_by: string;
  created_at: Temporal.Instant;
  ended_at: Temporal.Instant | null;
  undone_by: string | null;
  undone_at: Temporal.Instant | null;
  undo_ended_at: Temporal.Instant | null;
}

export interface BulkItemsTable {
  bulk_id: string;
  /** The order in which they are done; undone from the last. */
  no: number;
  registration_id: string;
  outcome: 'done' | 'refused' | null;
  /** Why it was refused: of the catalogue's `refusal.<code>`. */
  code: string | null;
  /** What undoing needs to know. */
  before: Jsonb<Record<string, unknown> | null>;
  undo_outcome: 'done' | 'refused' | null;
  undo_code: string | null;
}

export interface RegistrationsTables {
  bulks: BulksTable;
  bulk_items: BulkItemsTable;
  delegation_drafts: DelegationDraftsTable;
  delegations: DelegationsTable;
  registrations: RegistrationsTable;
  registration_links: RegistrationLinksTable;
  replacements: ReplacementsTable;
  payments: PaymentsTable;
}
