import type { Generated } from 'kysely';
import type { Jsonb, Now } from './base.ts';

export type SendState =
  | 'queued'
  | 'sending'
  | 'accepted'
  | 'deferred'
  | 'failed'
  | 'suppressed'
  | 'cancelled'
  | 'uncertain'
  | 'bounced';

/** The ledger: one message to one recipient, whatever caused it. */
export interface SendsTable {
  id: Generated<string>;
  /** What caused it, once: `outbox:<id>` or `mailing:<id>:<person>:<version>`. */
  cause: string;
  kind: string;
  person_id: string | null;
  address: string;
  language: string;
  /** Ids only: the message is made when it is sent. */
  payload: Jsonb<Record<string, unknown>>;
  /** With the id it makes the Message-ID. */
  version: Generated<number>;
  not_before: Now;
  expires_at: Temporal.Instant | null;
  state: Generated<SendState>;
  attempts: Generated<number>;
  /** Until when the worker that claimed it may take; after that nobody knows whether it went out. */
  lease_until: Temporal.Instant | null;
  /** The domain of the address: mailbox providers are throttled one by one. */
  domain_key: string;
  message_id: string | null;
  smtp_response: string | null;
  mailing_id: string | null;
  /** What its recipient may have enough of; null: of what its mailing says, or of nothing. */
  topic: string | null;
  /** The round of the turn that it waits for: see `server/sends/pacing.ts`. */
  turn: number | null;
  created_at: Now;
  /** When the mail server took it: kept when it comes back later. */
  accepted_at: Temporal.Instant | null;
  /** When nothing more was to be done about it. */
  ended_at: Temporal.Instant | null;
}

export type SuppressionReason = 'hard' | 'soft' | 'complaint' | 'operator';

export interface SuppressionsTable {
  address: string;
  reason: string;
  at: Now;
  send_id: string | null;
  /** What the server that refused it said. */
  said: string | null;
  by: string | null;
}

/** How fast a domain is written to. */
export interface MailDomainsTable {
  domain: string;
  own_per_minute: number | null;
  per_minute: number;
  next_at: Temporal.Instant;
  closed_until: Temporal.Instant | null;
  round: Generated<number>;
  slowed_at: Temporal.Instant | null;
  said: string | null;
}

export interface UnsubscriptionsTable {
  address: string;
  topic: string;
  at: Now;
  how: 'one-click' | 'page' | 'account' | 'complaint';
}

export type BounceVerdict = 'hard' | 'soft' | 'policy' | 'complaint' | 'unclear';

export interface BouncesTable {
  id: Generated<string>;
  message_id: string;
  send_id: string | null;
  address: string | null;
  verdict: BounceVerdict;
  /** RFC 3463. */
  status: string | null;
  said: string | null;
  at: Now;
}

export interface SendsTables {
  sends: SendsTable;
  suppressions: SuppressionsTable;
  mail_domains: MailDomainsTable;
  unsubscriptions: UnsubscriptionsTable;
  bounces: BouncesTable;
}
