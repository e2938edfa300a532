import { type Kysely, sql } from 'kysely';

/** Places as rows, the allowance of each organisation, the waiting list and its offers. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table pools (
      id uuid primary key default uuid_v7(),
      event_id uuid not null,
      kind text not null check (kind in ('event', 'category', 'session', 'visit')),
      capacity int not null check (capacity between 0 and 100000),
      queue_open boolean not null default false
    );
    create unique index pools_of_event on pools (event_id) where kind = 'event';
    create index pools_event on pools (event_id);

    create table places (
      pool_id uuid not null references pools,
      no int not null check (no > 0),
      registration_id uuid,
      delegation_id uuid,
      held_until timestamptz,
      primary key (pool_id, no),
      unique (pool_id, registration_id)
    ) with (fillfactor = 70);
    create index places_free on places (pool_id, no) where registration_id is null and delegation_id is null;
    create index places_registration on places (registration_id) where registration_id is not null;
    create index places_held on places (held_until) where held_until is not null;
    create index places_kept on places (delegation_id) where delegation_id is not null;

    create table allowances (
      event_id uuid not null,
      organisation_id uuid not null references organisations,
      size int check (size >= 0),
      primary key (event_id, organisation_id)
    );

    create table waitings (
      id uuid primary key default uuid_v7(),
      event_id uuid not null,
      organisation_id uuid references organisations,
      party_size int not null check (party_size > 0),
      pool_ids uuid[] not null,
      rank bigint generated always as identity,
      joined_at timestamptz not null default clock_timestamp(),
      gathering_since timestamptz,
      gathering_ended_at timestamptz,
      ended_at timestamptz,
      ended_by text check (ended_by in ('accepted', 'declined', 'expired', 'withdrawn', 'removed', 'served')),
      check ((ended_at is null) = (ended_by is null))
    );
    create index waitings_queue on waitings (event_id, rank) where ended_at is null;

    create table offers (
      id uuid primary key default uuid_v7(),
      waiting_id uuid not null references waitings,
      offered_at timestamptz not null default now(),
      expires_at timestamptz not null,
      accepted_at timestamptz,
      declined_at timestamptz,
      expired_at timestamptz,
      check (num_nonnulls(accepted_at, declined_at, expired_at) <= 1)
    );
    create unique index offers_open on offers (waiting_id) where num_nonnulls(accepted_at, declined_at, expired_at) = 0;
    create index offers_due on offers (expires_at) where num_nonnulls(accepted_at, declined_at, expired_at) = 0;
  `.execute(db);
}
