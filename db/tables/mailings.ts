import type { Generated } from 'kysely';
import type { Jsonb, Now } from './base.ts';

export type MailingKind = 'invitation' | 'announcement' | 'reminder' | 'update' | 'questionnaire';
export type MailingState = 'draft' | 'scheduled' | 'running' | 'paused' | 'cancelled' | 'done';
export type MailingReach = 'all' | 'network' | 'event';
export type MailingStep =
  | 'scheduled'
  | 'unscheduled'
  | 'moved'
  | 'started'
  | 'frozen'
  | 'paused'
  | 'resumed'
  | 'cancelled'
  | 'retried'
  | 'done';

/** What a mailing says in one language. */
export interface MailingText {
  subject: string;
  /** Paragraphs, lists, **bold** and links, with fields as `{{name}}`. */
  body: string;
  /** The words of the main button; the usual ones when empty. */
  button?: string;
}

export interface MailingsTable {
  id: Generated<string>;
  kind: MailingKind;
  state: Generated<MailingState>;
  /** For whoever runs it; nobody who gets it sees it. */
  name: string;
  /** Of what somebody may want no mail; null: they get it because they take part. */
  topic: string | null;
  reach: MailingReach;
  network_id: string | null;
  event_id: string | null;
  questionnaire_id: string | null;
  audience: Jsonb<Record<string, unknown>>;
  default_language: string;
  /** Of the text; raised by each change after the start. */
  version: Generated<number>;
  schedule: 'moment' | 'morning' | null;
  /** With `morning` it is meant in the zone of each recipient. */
  planned_local: Temporal.PlainDateTime | null;
  zone: string;
  /** Days from the start or the end of the event, where it follows that. */
  offset_days: number | null;
  offset_from: 'start' | 'end' | null;
  /** Whoever sleeps gets it in the morning. */
  quiet_hours: Generated<boolean>;
  /** When it begins: with `morning` that of the first zone of the world. */
  starts_at: Temporal.Instant | null;
  owner_id: string | null;
  created_at: Now;
  updated_at: Now;
  started_at: Temporal.Instant | null;
  frozen_at: Temporal.Instant | null;
  audience_size: number | null;
  ended_at: Temporal.Instant | null;
  paused_reason: string | null;
}

export interface MailingTextsTable {
  mailing_id: string;
  version: number;
  texts: Jsonb<Record<string, MailingText>>;
  fallbacks: Jsonb<Record<string, Record<string, string>>>;
  written_by: string | null;
  written_at: Now;
}

export interface MailingStepsTable {
  id: Generated<string>;
  mailing_id: string;
  step: MailingStep;
  by: string | null;
  at: Now;
  reason: string | null;
}

export interface MailingTemplatesTable {
  id: Generated<string>;
  name: string;
  kind: MailingKind;
  network_id: string | null;
  default_language: string;
  texts: Jsonb<Record<string, MailingText>>;
  fallbacks: Jsonb<Record<string, Record<string, string>>>;
  created_by: string | null;
  created_at: Now;
  removed_at: Temporal.Instant | null;
}

export interface InvitationsTable {
  id: Generated<string>;
  event_id: string;
  person_id: string;
  organisation_id: string | null;
  mailing_id: string | null;
  substitute_of: string | null;
  created_by: string | null;
  created_at: Now;
}

export type InvitationAnswer = 'accepted' | 'declined' | 'substitute';

/** Answers as they came; the last one holds. */
export interface InvitationAnswersTable {
  id: Generated<string>;
  invitation_id: string;
  answer: InvitationAnswer;
  substitute_name: string | null;
  substitute_address: string | null;
  note: Generated<string>;
  by: string | null;
  at: Now;
}

export interface MailingsTables {
  mailings: MailingsTable;
  mailing_texts: MailingTextsTable;
  mailing_steps: MailingStepsTable;
  mailing_templates: MailingTemplatesTable;
  invitations: InvitationsTable;
  invitation_answers: InvitationAnswersTable;
}
