import type { Generated } from 'kysely';
import type { Now } from './base.ts';

export interface PeopleTable {
  id: Generated<string>;
  name: string;
  /** Where mail goes. May be empty or shared; only sign-in addresses are unique. */
  email: string | null;
  language: Generated<string>;
  zone: Generated<string>;
  /** Said by the person themselves, for sums alone. */
  gender: 'woman' | 'man' | 'other' | null;
  created_at: Now;
  erased_at: Temporal.Instant | null;
}

export interface SignInAddressesTable {
  address: string;
  person_id: string;
  confirmed_at: Temporal.Instant | null;
}

export interface SignInLinksTable {
  id: Generated<string>;
  token_hash: Buffer;
  address: string;
  next: string | null;
  language: string;
  created_at: Now;
  expires_at: Temporal.Instant;
  used_at: Temporal.Instant | null;
}

export interface SignInsTable {
  id: Generated<string>;
  token_hash: Buffer;
  person_id: string;
  /** "Firefox on Linux", for the person to recognise it. */
  device: string;
  created_at: Now;
  last_seen_at: Now;
  expires_at: Temporal.Instant;
  ended_at: Temporal.Instant | null;
}

export interface ApiTokensTable {
  id: Generated<string>;
  token_hash: Buffer;
  person_id: string;
  name: string;
  created_at: Now;
  last_used_at: Temporal.Instant | null;
  revoked_at: Temporal.Instant | null;
}

export type RoleName = 'admin' | 'secretariat' | 'coordinator' | 'organiser' | 'juror';

export interface RolesTable {
  id: Generated<string>;
  person_id: string;
  role: RoleName;
  /** The network, event or call; null for admin and secretariat. */
  scope_id: string | null;
  granted_by: string | null;
  granted_at: Now;
  revoked_at: Temporal.Instant | null;
}

export interface RateLimitsTable {
  key: string;
  hits: number;
  window_ends_at: Temporal.Instant;
}

export interface AccountsTables {
  people: PeopleTable;
  sign_in_addresses: SignInAddressesTable;
  sign_in_links: SignInLinksTable;
  sign_ins: SignInsTable;
  api_tokens: ApiTokensTable;
  roles: RolesTable;
  rate_limits: RateLimitsTable;
}
