import type { Generated } from 'kysely';
import type { Jsonb, Now, Texts } from './base.ts';

export type SessionKind = 'plenary' | 'workshop' | 'dialogue' | 'poster' | 'visit' | 'ceremony' | 'assembly' | 'social' | 'break';

export type SpeakerRole = 'speaker' | 'chair' | 'moderator';

export interface RoomsTable {
  id: Generated<string>;
  event_id: string;
  name: Texts;
  /** How many people it holds; null: not known. */
  capacity: number | null;
  position: number;
  removed_at: Temporal.Instant | null;
}

/** A track, or axis, of the programme. */
export interface TracksTable {
  id: Generated<string>;
  event_id: string;
  name: Texts;
  position: number;
  removed_at: Temporal.Instant | null;
}

export interface SessionsTable {
  id: Generated<string>;
  event_id: string;
  kind: SessionKind;
  title: Texts;
  /** Markdown. */
  abstract: Texts;
  /** Planned in the event's zone; the instants are derived from it by the application. */
  starts_local: Temporal.PlainDateTime;
  ends_local: Temporal.PlainDateTime;
  starts_at: Temporal.Instant;
  ends_at: Temporal.Instant;
  room_id: string | null;
  track_id: string | null;
  /** What is spoken, and into what it is interpreted. */
  languages: Generated<string[]>;
  interpreting: Generated<string[]>;
  /** The pool of its places when it has places of its own. */
  pool_id: string | null;
  /** Its places are given out: nobody takes one. */
  allotted: Generated<boolean>;
  created_by: string | null;
  created_at: Now;
  updated_at: Now;
  /** Raised on each change that calendars must follow. */
  sequence: Generated<number>;
  removed_at: Temporal.Instant | null;
}

export interface SessionSpeakersTable {
  id: Generated<string>;
  session_id: string;
  /** Null while they are a name only. */
  person_id: string | null;
  name: string;
  organisation: Generated<string>;
  role: SpeakerRole;
  position: number;
}

export interface SessionMaterialsTable {
  id: Generated<string>;
  session_id: string;
  title: string;
  url: string | null;
  file_id: string | null;
  position: number;
}

/** Somebody who waits, or waited, for a place in a full session. */
export interface SessionWaitingsTable {
  id: Generated<string>;
  /** The order of joining. */
  rank: Generated<string>;
  event_id: string;
  session_id: string;
  registration_id: string;
  joined_at: Temporal.Instant;
  ended_at: Temporal.Instant | null;
  /** They got a place, they left, or the session or their registration is no more. */
  ended_by: 'served' | 'withdrawn' | 'gone' | null;
}

export interface SessionChoicesTable {
  session_id: string;
  registration_id: string;
  chosen_at: Now;
}

export interface ProgrammeReleasesTable {
  id: Generated<string>;
  event_id: string;
  /** 1 for the first. */
  no: number;
  snapshot: Jsonb<unknown>;
  note: Generated<string>;
  released_by: string | null;
  released_at: Now;
}

export interface AssembliesTable {
  event_id: string;
  /** Of the cities that may vote, how many in a hundred must be there or represented. */
  quorum_percent: Generated<number>;
  /** How many cities' votes one delegate may carry beside their own. */
  proxy_limit: Generated<number>;
  created_at: Now;
}

export interface AgendaItemsTable {
  id: Generated<string>;
  event_id: string;
  position: number;
  title: Texts;
  /** Markdown. */
  text: Texts;
  removed_at: Temporal.Instant | null;
}

export interface AgendaDocumentsTable {
  id: Generated<string>;
  item_id: string;
  title: string;
  url: string | null;
  file_id: string | null;
  position: number;
}

export interface AssemblyVotersTable {
  event_id: string;
  organisation_id: string;
  delegate_id: string | null;
  /** The city to which this one has given its vote. */
  proxy_to: string | null;
  arrived_at: Temporal.Instant | null;
}

export type Ballot = 'open' | 'secret';
export type Majority = 'simple' | 'absolute' | 'two-thirds';
export type VoteChoice = 'for' | 'against' | 'abstain';

export interface MotionsTable {
  id: Generated<string>;
  event_id: string;
  item_id: string | null;
  position: number;
  title: Texts;
  /** Markdown. */
  text: Texts;
  ballot: Ballot;
  majority: Generated<Majority>;
  opened_at: Temporal.Instant | null;
  opened_by: string | null;
  closed_at: Temporal.Instant | null;
  closed_by: string | null;
  /** Of a secret ballot while it is open. */
  ballot_key: Buffer | null;
  result: Jsonb<unknown>;
  removed_at: Temporal.Instant | null;
}

export interface MotionVotesTable {
  motion_id: string;
  organisation_id: string;
  cast_by: string;
  /** Null, as the time, in a secret ballot. */
  choice: VoteChoice | null;
  cast_at: Temporal.Instant | null;
}

export interface SealedBallotsTable {
  id: Generated<string>;
  motion_id: string;
  sealed: Buffer;
}

export interface MinutesTable {
  id: Generated<string>;
  event_id: string;
  version: number;
  language: string;
  /** Markdown. */
  text: string;
  written_by: string | null;
  written_at: Now;
  approved_at: Temporal.Instant | null;
  approved_by: string | null;
}

export interface ProgrammeTables {
  assemblies: AssembliesTable;
  agenda_items: AgendaItemsTable;
  agenda_documents: AgendaDocumentsTable;
  assembly_voters: AssemblyVotersTable;
  motions: MotionsTable;
  motion_votes: MotionVotesTable;
  sealed_ballots: SealedBallotsTable;
  minutes: MinutesTable;
  rooms: RoomsTable;
  tracks: TracksTable;
  sessions: SessionsTable;
  session_speakers: SessionSpeakersTable;
  session_materials: SessionMaterialsTable;
  session_choices: SessionChoicesTable;
  session_waitings: SessionWaitingsTable;
  programme_releases: ProgrammeReleasesTable;
}
