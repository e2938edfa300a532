import type { Generated } from 'kysely';
import type { Now, Texts } from './base.ts';

export interface ActivitiesTable {
  id: Generated<string>;
  organisation_id: string;
  created_by: string | null;
  created_at: Now;
  withdrawn_at: Temporal.Instant | null;
  withdrawn_by: string | null;
}

/** `superseded`: another writing took its place. */
export type ActivityState = 'pending' | 'published' | 'returned' | 'superseded';

export interface ActivityVersionsTable {
  id: Generated<string>;
  activity_id: string;
  no: number;
  title: Texts;
  description: Texts;
  place: string;
  zone: string;
  /** Planned as local time and zone; the instant is derived from them by the application. */
  starts_local: Temporal.PlainDateTime;
  ends_local: Temporal.PlainDateTime;
  starts_at: Temporal.Instant;
  ends_at: Temporal.Instant;
  url: string | null;
  latitude: number | null;
  longitude: number | null;
  picture_id: string | null;
  state: ActivityState;
  /** Why it was sent back. */
  reason: string | null;
  written_by: string;
  written_at: Temporal.Instant;
  decided_by: string | null;
  decided_at: Temporal.Instant | null;
}

export interface ActivitiesTables {
  activities: ActivitiesTable;
  activity_versions: ActivityVersionsTable;
}
