import type { ColumnType, Generated } from 'kysely';

/** A jsonb column: read as `Value`, written through `json()`. */
export type Jsonb<Value> = ColumnType<Value, Value, Value>;
/** A map of language tags to texts. */
export type Texts = Jsonb<Record<string, string>>;
export type Now = Generated<Temporal.Instant>;

export interface OutboxTable {
  id: Generated<string>;
  topic: string;
  payload: Jsonb<Record<string, unknown>>;
  created_at: Now;
}

export interface ChangesTable {
  id: Generated<string>;
  actor_id: string | null;
  feature: string;
  row_id: string;
  event_id: string | null;
  action: string;
  before: Jsonb<Record<string, unknown> | null>;
  after: Jsonb<Record<string, unknown> | null>;
  at: Now;
}

export interface IdempotencyKeysTable {
  key: string;
  actor: string;
  request: string;
  status: number | null;
  /** Since then it has happened, whether or not its answer is known. */
  done_at: Temporal.Instant | null;
  response: Jsonb<unknown>;
  created_at: Now;
}

export interface BaseTables {
  outbox: OutboxTable;
  changes: ChangesTable;
  idempotency_keys: IdempotencyKeysTable;
}
