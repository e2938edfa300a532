import type { Generated } from 'kysely';
import type { Jsonb, Now, Texts } from './base.ts';

export interface NetworksTable {
  id: Generated<string>;
  slug: string;
  name: Texts;
  coordinating_organisation_id: string | null;
  created_at: Now;
}

export type OrganisationKind = 'city' | 'university' | 'association' | 'other';
export type Membership = 'member' | 'candidate' | 'former' | 'none';

export interface OrganisationsTable {
  id: Generated<string>;
  slug: string;
  kind: Generated<OrganisationKind>;
  name: string;
  country: string;
  languages: Generated<string[]>;
  zone: string;
  latitude: number | null;
  longitude: number | null;
  population: number | null;
  membership: Generated<Membership>;
  member_since: number | null;
  created_at: Now;
}

export interface OrganisationNetworksTable {
  organisation_id: string;
  network_id: string;
}

export interface FeesTable {
  organisation_id: string;
  year: number;
  paid_on: Temporal.PlainDate;
  recorded_by: string | null;
  recorded_at: Now;
}

export interface AffiliationsTable {
  id: Generated<string>;
  person_id: string;
  organisation_id: string;
  title: Generated<string>;
  is_contact: Generated<boolean>;
  /** The name typed by whoever added a person already known; shown on this roster instead of the person's own. */
  known_as: string | null;
  created_at: Now;
  ended_at: Temporal.Instant | null;
}

export interface ImportsTable {
  id: Generated<string>;
  kind: string;
  file_name: string;
  rows: Jsonb<unknown>;
  created_by: string;
  created_at: Now;
  applied_at: Temporal.Instant | null;
  result: Jsonb<unknown>;
}

export interface OldSlugsTable {
  kind: 'event' | 'organisation' | 'network' | 'call';
  slug: string;
  row_id: string;
}

export interface OrganisationsTables {
  networks: NetworksTable;
  organisations: OrganisationsTable;
  organisation_networks: OrganisationNetworksTable;
  fees: FeesTable;
  affiliations: AffiliationsTable;
  imports: ImportsTable;
  old_slugs: OldSlugsTable;
}
