import type { Generated } from 'kysely';

/** A door that volunteers keep: whoever has its link may open it, until it is closed. */
export interface DoorsTable {
  id: Generated<string>;
  event_id: string;
  name: string;
  token_hash: Buffer;
  /** Its volunteers register nobody who comes without having registered. */
  registered_only: Generated<boolean>;
  created_by: string;
  created_at: Temporal.Instant;
  closed_at: Temporal.Instant | null;
  closed_by: string | null;
}

/** Somebody with a device at such a door. */
export interface DoorKeepersTable {
  id: Generated<string>;
  door_id: string;
  name: string;
  token_hash: Buffer;
  opened_at: Temporal.Instant;
  left_at: Temporal.Instant | null;
}

/** What a door did: never changed, never twice. */
export interface CheckInStepsTable {
  /** Made by the device. */
  id: string;
  event_id: string;
  registration_id: string;
  person_id: string;
  /** A session or a visit; null: the event itself. */
  session_id: string | null;
  kind: 'in' | 'undo';
  /** The steps that an undoing takes back. */
  undoes: string[];
  /** Let into a session though they have no place in it. */
  anyway: boolean;
  at: Temporal.Instant;
  /** Who did it: a person, or a keeper of a door. */
  by: string | null;
  keeper_id: string | null;
  received_at: Temporal.Instant;
}

/** Who is there: what the steps come to. */
export interface CheckInsTable {
  event_id: string;
  registration_id: string;
  person_id: string;
  session_id: string | null;
  /** When they came first, and the step that says so; null when all of it was undone. */
  came_at: Temporal.Instant | null;
  step_id: string | null;
  changed_at: Temporal.Instant;
}

/** Somebody who came without having registered. */
export interface WalkInsTable {
  /** Made by the device. */
  id: string;
  event_id: string;
  registration_id: string;
  /** The city as it was typed, where none is known by it. */
  organisation: string | null;
  at: Temporal.Instant;
  by: string | null;
  keeper_id: string | null;
  received_at: Temporal.Instant;
}

export interface DoorTables {
  doors: DoorsTable;
  door_keepers: DoorKeepersTable;
  check_in_steps: CheckInStepsTable;
  check_ins: CheckInsTable;
  walk_ins: WalkInsTable;
}
