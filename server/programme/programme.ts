import type { SessionKind, SpeakerRole } from '../../db/tables/programme.ts';

// A programme as it is drafted, and as it was frozen when it was released: plain values only, so that both read alike.

export type Texts = Record<string, string>;

export interface Room {
  id: string;
  name: Texts;
  /** How many people it holds; null: not known. */
  capacity: number | null;
}

export interface Track {
  id: string;
  name: Texts;
}

export interface Speaker {
  id: string;
  /** Null while they are a name only. Never shown to the public. */
  personId: string | null;
  name: string;
  organisation: string;
  role: SpeakerRole;
}

export interface Material {
  id: string;
  title: string;
  /** An address elsewhere, or null for a file of ours. */
  url: string | null;
  fileId: string | null;
}

export interface Session {
  id: string;
  kind: SessionKind;
  title: Texts;
  abstract: Texts;
  /** Local time in the event's zone, `2026-05-26T09:00`. */
  starts: string;
  ends: string;
  /** The instants derived from it, in ISO 8601. */
  startsAt: string;
  endsAt: string;
  roomId: string | null;
  trackId: string | null;
  languages: string[];
  interpreting: string[];
  /** Places of its own; null: whoever comes. */
  capacity: number | null;
  speakers: Speaker[];
  materials: Material[];
  /** What its entry in calendars is numbered and stamped by. */
  sequence: number;
  updatedAt: string;
}

export interface Programme {
  rooms: Room[];
  tracks: Track[];
  /** By start, then by id. */
  sessions: Session[];
}

export const EMPTY: Programme = { rooms: [], tracks: [], sessions: [] };
