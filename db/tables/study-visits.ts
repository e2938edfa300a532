import type { Generated } from 'kysely';
import type { Jsonb, Now, Texts } from './base.ts';

/** How the visits of an event are given out. */
export interface VisitChoicesTable {
  event_id: string;
  mode: Generated<'wishes' | 'first-come'>;
  /** How many wishes a person ranks, how many visits one gets, and how many of one city go to one visit at most. */
  wishes: Generated<number>;
  each: Generated<number>;
  per_city: number | null;
  /** Until when wishes are taken: planned in the event's zone. */
  closes_local: Temporal.PlainDateTime | null;
  closes_at: Temporal.Instant | null;
  released_at: Temporal.Instant | null;
  frozen_at: Temporal.Instant | null;
  frozen_by: string | null;
}

/** What a session of the programme is as a visit. */
export interface VisitsTable {
  session_id: string;
  event_id: string;
  places: number;
  /** Of these, kept for people of the hosts. */
  kept: Generated<number>;
  /** With fewer it does not take place. */
  minimum: Generated<number>;
  meeting_point: Texts;
  accessibility: Texts;
  itinerary: Texts;
  host_organisation_id: string | null;
  host_name: Generated<string>;
  host_email: Generated<string>;
  host_phone: Generated<string>;
}

export interface VisitWishesTable {
  registration_id: string;
  /** 1: the dearest. */
  rank: number;
  event_id: string;
  session_id: string;
}

export interface VisitPreferencesTable {
  registration_id: string;
  event_id: string;
  /** What they understand; empty: not said. */
  languages: string[];
  stated_by: string;
  stated_at: Now;
}

/** The cities that asked that all of theirs go together. */
export interface VisitTogethersTable {
  event_id: string;
  organisation_id: string;
  asked_by: string;
  asked_at: Now;
}

export interface AllocationsTable {
  id: Generated<string>;
  event_id: string;
  seed: number;
  ordered_by: string;
  ordered_at: Now;
  /** Of the steps of the work, how many are done. */
  step: Generated<number>;
  ended_at: Temporal.Instant | null;
  failed: Generated<boolean>;
  people: number | null;
  assigned: number | null;
  cost: number | null;
  moved: number | null;
  gap: number | null;
  /** What would have come out had people chosen one after another. */
  chosen_assigned: number | null;
  chosen_cost: number | null;
  takes_place: Generated<string[]>;
  released_at: Temporal.Instant | null;
  released_by: string | null;
}

export interface AllocationPeopleTable {
  allocation_id: string;
  registration_id: string;
  visits: string[];
  reasons: Jsonb<unknown>;
  /** What they had when it was computed. */
  before: string[] | null;
}

/** Where an organiser put somebody: whatever is computed later leaves them there. */
export interface VisitPinsTable {
  registration_id: string;
  session_id: string;
  event_id: string;
  pinned_by: string;
  pinned_at: Now;
}

export interface VisitWaitingsTable {
  id: Generated<string>;
  event_id: string;
  session_id: string;
  registration_id: string;
  rank: Generated<number>;
  joined_at: Now;
  ended_at: Temporal.Instant | null;
  ended_by: 'served' | 'withdrawn' | null;
}

export interface VisitSwapsTable {
  id: Generated<string>;
  event_id: string;
  registration_id: string;
  gives: string;
  wants: string;
  proposed_at: Now;
  accepted_by: string | null;
  accepted_at: Temporal.Instant | null;
  withdrawn_at: Temporal.Instant | null;
}

/** A city asks another to receive it. */
export interface VisitRequestsTable {
  id: Generated<string>;
  guest_id: string;
  host_id: string;
  topic: string;
  people: number;
  languages: string[];
  asked_by: string;
  asked_at: Now;
}

export type VisitRequestStep = 'asked' | 'accepted' | 'proposed' | 'declined' | 'withdrawn';

export interface VisitRequestStepsTable {
  id: Generated<string>;
  request_id: string;
  no: number;
  kind: VisitRequestStep;
  organisation_id: string;
  by: string;
  at: Now;
  starts: Temporal.PlainDate | null;
  ends: Temporal.PlainDate | null;
  note: Generated<string>;
}

export interface StudyVisitsTables {
  visit_choices: VisitChoicesTable;
  visits: VisitsTable;
  visit_wishes: VisitWishesTable;
  visit_preferences: VisitPreferencesTable;
  visit_togethers: VisitTogethersTable;
  allocations: AllocationsTable;
  allocation_people: AllocationPeopleTable;
  visit_pins: VisitPinsTable;
  visit_waitings: VisitWaitingsTable;
  visit_swaps: VisitSwapsTable;
  visit_requests: VisitRequestsTable;
  visit_request_steps: VisitRequestStepsTable;
}
