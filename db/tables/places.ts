import type { Generated } from 'kysely';
import type { Now } from './base.ts';

export type PoolKind = 'event' | 'category' | 'session' | 'visit';

export interface PoolsTable {
  id: Generated<string>;
  event_id: string;
  kind: PoolKind;
  /** How many places it is meant to have: a target. */
  capacity: number;
  /** True while somebody waits for a place of it: then nobody takes one but through the queue. */
  queue_open: Generated<boolean>;
}

export interface PlacesTable {
  pool_id: string;
  no: number;
  /** Who holds it: a registration that is confirmed, offered, gathering, or awaits its mailed confirmation. */
  registration_id: string | null;
  /** The delegation it is kept for. */
  delegation_id: string | null;
  /** Until when an offered, gathered or unconfirmed place is held; null: for good. */
  held_until: Temporal.Instant | null;
}

export interface AllowancesTable {
  event_id: string;
  organisation_id: string;
  /** Set by the organiser for this organisation alone; null: the event's own limit. */
  size: number | null;
}

export interface WaitingsTable {
  id: Generated<string>;
  event_id: string;
  organisation_id: string | null;
  /** A party of several takes its places together or not at all. */
  party_size: number;
  /** Every pool in which the party lacks places. */
  pool_ids: string[];
  /** Order of joining. */
  rank: Generated<number>;
  joined_at: Now;
  /** When the party got its first place while still lacking others, and when it had to pass them on. */
  gathering_since: Temporal.Instant | null;
  gathering_ended_at: Temporal.Instant | null;
  ended_at: Temporal.Instant | null;
  ended_by: 'accepted' | 'declined' | 'expired' | 'withdrawn' | 'removed' | 'served' | null;
}

export interface OffersTable {
  id: Generated<string>;
  waiting_id: string;
  offered_at: Now;
  expires_at: Temporal.Instant;
  accepted_at: Temporal.Instant | null;
  declined_at: Temporal.Instant | null;
  expired_at: Temporal.Instant | null;
}

export interface PlacesTables {
  pools: PoolsTable;
  places: PlacesTable;
  allowances: AllowancesTable;
  waitings: WaitingsTable;
  offers: OffersTable;
}
