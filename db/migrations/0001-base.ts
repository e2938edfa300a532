import { type Kysely, sql } from 'kysely';

/** Extensions, ids, the outbox, the audit trail, and keys that make a creation repeatable. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create extension if not exists unaccent;
    create extension if not exists pg_trgm;
    create extension if not exists citext;

    -- RFC 9562 version 7: 48 bits of milliseconds, then random bits. PostgreSQL has its own only from 18 on.
    create function uuid_v7() returns uuid language sql volatile parallel safe as $$
      select encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
        placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6),
        52, 1), 53, 1), 'hex')::uuid
    $$;

    -- What a search compares: without accents and case. Immutable, so that it can be indexed.
    create function fold(text) returns text language sql immutable strict parallel safe as $$
      select lower(public.unaccent('public.unaccent'::regdictionary, $1))
    $$;

    create table outbox (
      id uuid primary key default uuid_v7(),
      topic text not null,
      payload jsonb not null,
      created_at timestamptz not null default now()
    );

    create table changes (
      id uuid primary key default uuid_v7(),
      actor_id uuid,
      feature text not null,
      row_id uuid not null,
      event_id uuid,
      action text not null,
      before jsonb,
      after jsonb,
      at timestamptz not null default now()
    );
    create index changes_row on changes (row_id, id desc);
    create index changes_event on changes (event_id, id desc) where event_id is not null;

    create table idempotency_keys (
      key text not null,
      actor text not null,
      request text not null,
      status int,
      response jsonb,
      created_at timestamptz not null default now(),
      primary key (actor, key)
    );
    create index idempotency_keys_age on idempotency_keys (created_at);
  `.execute(db);
}
