import type { Generated } from 'kysely';
import type { Now, Texts } from './base.ts';

export type EventKind =
  | 'congress'
  | 'national-meeting'
  | 'regional-meeting'
  | 'study-visit'
  | 'assembly'
  | 'committee-meeting'
  | 'seminar'
  | 'dialogue'
  | 'exhibition'
  | 'international-day';

export type Attendance = 'onsite' | 'online' | 'hybrid';

export interface SeriesTable {
  id: Generated<string>;
  slug: string;
  name: Texts;
  created_at: Now;
}

export interface EventsTable {
  id: Generated<string>;
  slug: string;
  kind: EventKind;
  series_id: string | null;
  /** 18 for the 18th congress. */
  edition: number | null;
  network_id: string | null;
  host_organisation_id: string | null;
  title: Texts;
  summary: Texts;
  /** Markdown. */
  description: Texts;
  languages: string[];
  default_language: string;
  zone: string;
  /** Planned as local time and zone; the instant is derived from them by the application. */
  starts_local: Temporal.PlainDateTime;
  ends_local: Temporal.PlainDateTime;
  starts_at: Temporal.Instant;
  ends_at: Temporal.Instant;
  attendance: Generated<Attendance>;
  venue: Texts;
  address: Generated<string>;
  country: string | null;
  latitude: number | null;
  longitude: number | null;
  online_url: string | null;
  registration_opens_local: Temporal.PlainDateTime | null;
  registration_closes_local: Temporal.PlainDateTime | null;
  registration_opens_at: Temporal.Instant | null;
  registration_closes_at: Temporal.Instant | null;
  /** Until when answers may be changed and people replaced; null: until the start. */
  changes_until_local: Temporal.PlainDateTime | null;
  changes_until: Temporal.Instant | null;
  approval: Generated<boolean>;
  waiting_list: Generated<boolean>;
  /** Whether somebody may register who belongs to no organisation that registers them. */
  self_registration: Generated<boolean>;
  limit_member: number | null;
  limit_non_member: number | null;
  currency: Generated<string>;
  late_from_local: Temporal.PlainDateTime | null;
  late_from: Temporal.Instant | null;
  reduced_countries: Generated<string[]>;
  payment_details: Texts;
  form_id: string | null;
  /** Raised on each change that calendars must follow. */
  sequence: Generated<number>;
  created_by: string | null;
  created_at: Now;
  updated_at: Now;
  published_at: Temporal.Instant | null;
  published_by: string | null;
  closed_at: Temporal.Instant | null;
  closed_by: string | null;
  cancelled_at: Temporal.Instant | null;
  cancelled_by: string | null;
  cancellation_reason: Texts;
}

export type CategoryAudience = 'anyone' | 'members' | 'non-members' | 'organiser';

export interface CategoriesTable {
  id: Generated<string>;
  event_id: string;
  key: string;
  name: Texts;
  note: Texts;
  position: number;
  open_to: Generated<CategoryAudience>;
  /** Minor units of the event's currency. */
  price_early: Generated<number>;
  price_late: number | null;
  price_reduced: number | null;
  /** The pool of its places when it is limited. */
  pool_id: string | null;
  removed_at: Temporal.Instant | null;
}

export interface EventsTables {
  series: SeriesTable;
  events: EventsTable;
  categories: CategoriesTable;
}
