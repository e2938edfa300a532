import type { Generated } from 'kysely';
import type { Jsonb, Now, Texts } from './base.ts';

export type Seat = 'juror' | 'chair';

export interface JuryMembersTable {
  id: Generated<string>;
  call_id: string;
  person_id: string;
  seat: Generated<Seat>;
  /** Whose conflicts they have; null for a specialist of their own. */
  organisation_id: string | null;
  country: string | null;
  /** The languages they read. */
  languages: Generated<string[]>;
  themes: Generated<string[]>;
  least: Generated<number>;
  most: number | null;
  invited_at: Now;
  invited_by: string | null;
  ended_at: Temporal.Instant | null;
  ended_by: string | null;
}

export interface ConflictsTable {
  id: Generated<string>;
  call_id: string;
  person_id: string;
  entry_id: string;
  /** declared: said before reading; recusal: said while judging; secretariat: known to who runs the call. */
  kind: 'declared' | 'recusal' | 'secretariat';
  reason: string;
  declared_by: string | null;
  declared_at: Now;
}

/** Every pair of juror and entry that may not be, and why: the one place that says so. */
export interface JurorConflictsView {
  call_id: string;
  person_id: string;
  entry_id: string;
  kind: 'organisation' | 'author' | 'country' | 'declared' | 'recusal' | 'secretariat';
}

export interface AssignmentRunsTable {
  id: Generated<string>;
  call_id: string;
  number: number;
  by_hand: boolean;
  problem: Jsonb<unknown>;
  result: Jsonb<unknown>;
  made_by: string | null;
  made_at: Now;
  published_at: Temporal.Instant | null;
  published_by: string | null;
}

export interface AssignmentsTable {
  entry_id: string;
  person_id: string;
  call_id: string;
  run_id: string | null;
  published_at: Temporal.Instant;
  published_by: string | null;
  withdrawn_at: Temporal.Instant | null;
  withdrawn_by: string | null;
  withdrawal_reason: Generated<string>;
}

export interface ReviewsTable {
  entry_id: string;
  person_id: string;
  call_id: string;
  /** By the criterion's id. */
  scores: Jsonb<Record<string, number>>;
  comment_to_jury: Generated<string>;
  comment_to_applicant: Generated<string>;
  /** For the juror alone. */
  notes: Generated<string>;
  /** Raised with each save. */
  version: Generated<number>;
  started_at: Now;
  changed_at: Now;
  submitted_at: Temporal.Instant | null;
  /** Taken out by a recusal or a conflict found late: kept, and counted no more. */
  removed_at: Temporal.Instant | null;
  removal_reason: Generated<string>;
}

export interface RankingsTable {
  id: Generated<string>;
  call_id: string;
  number: number;
  seed: number;
  chosen: number;
  /** Canonical JSON of everything that it was computed from, and its SHA-256. */
  input: string;
  input_hash: string;
  result: Jsonb<unknown>;
  computed_by: string | null;
  computed_at: Now;
}

export interface RoundsTable {
  call_id: string;
  number: number;
  kind: 'long-list' | 'final';
  opened_at: Now;
  opened_by: string | null;
  closed_at: Temporal.Instant | null;
  closed_by: string | null;
  /** While jurors of the long list are asked what they would like to read. */
  wishes_opened_at: Temporal.Instant | null;
  wishes_closed_at: Temporal.Instant | null;
  /** When who had reviews left was reminded by itself. */
  reminded_at: Temporal.Instant | null;
  ballot_opened_at: Temporal.Instant | null;
  ballot_closed_at: Temporal.Instant | null;
}

export interface DeliberationNotesTable {
  id: Generated<string>;
  call_id: string;
  entry_id: string | null;
  text: string;
  written_by: string | null;
  written_at: Now;
}

export interface BallotsTable {
  call_id: string;
  person_id: string;
  ranking: Jsonb<string[][]>;
  cast_at: Now;
}

export type DecisionKind = 'laureate' | 'mention' | 'not-selected' | 'shortlisted' | 'void';

export interface DecisionsTable {
  id: Generated<string>;
  call_id: string;
  /** Null: about the award as a whole (void). */
  entry_id: string | null;
  organisation_id: string | null;
  kind: DecisionKind;
  place: number | null;
  reasons: Texts;
  /** Who was there: names as they were. */
  present: string[];
  decided_by: string | null;
  decided_at: Now;
  revoked_at: Temporal.Instant | null;
  revoked_by: string | null;
}

export interface JudgingChainTable {
  call_id: string;
  number: number;
  step: string;
  at: Temporal.Instant;
  content: string;
  previous: string;
  hash: string;
}

export interface FeedbackLettersTable {
  entry_id: string;
  call_id: string;
  text: Texts;
  written_by: string | null;
  written_at: Now;
  sent_at: Temporal.Instant | null;
  sent_by: string | null;
}

export interface TieVotesTable {
  id: Generated<string>;
  call_id: string;
  /** The best first. */
  entries: string[];
  reasons: string;
  present: string[];
  decided_by: string | null;
  decided_at: Now;
}

export interface ConflictDeclarationsTable {
  id: Generated<string>;
  call_id: string;
  person_id: string;
  organisation_id: string;
  reason: string;
  declared_at: Now;
  withdrawn_at: Temporal.Instant | null;
}

/** What a juror would like to read, said before anything is assigned. */
export interface WishesTable {
  entry_id: string;
  person_id: string;
  call_id: string;
  wished_at: Now;
}

export interface EntrySessionsTable {
  entry_id: string;
  session_id: string;
  made_by: string | null;
  made_at: Now;
}

export interface JudgingTables {
  jury_members: JuryMembersTable;
  conflicts: ConflictsTable;
  juror_conflicts: JurorConflictsView;
  assignment_runs: AssignmentRunsTable;
  assignments: AssignmentsTable;
  reviews: ReviewsTable;
  rankings: RankingsTable;
  rounds: RoundsTable;
  deliberation_notes: DeliberationNotesTable;
  ballots: BallotsTable;
  decisions: DecisionsTable;
  judging_chain: JudgingChainTable;
  feedback_letters: FeedbackLettersTable;
  conflict_declarations: ConflictDeclarationsTable;
  tie_votes: TieVotesTable;
  wishes: WishesTable;
  entry_sessions: EntrySessionsTable;
}
