import { type Kysely, sql } from 'kysely';

/** Who waits for a place in a full session, in order. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table session_waitings (
      id uuid primary key default uuid_v7(),
      rank bigint generated always as identity unique,
      event_id uuid not null,
      session_id uuid not null,
      registration_id uuid not null,
      joined_at timestamptz not null,
      ended_at timestamptz,
      -- served: they got a place; withdrawn: they left; gone: the session, or their registration, is no more.
      ended_by text check (ended_by in ('served', 'withdrawn', 'gone')),
      check ((ended_at is null) = (ended_by is null)),
      foreign key (event_id, session_id) references sessions (event_id, id),
      foreign key (event_id, registration_id) references registrations (event_id, id)
    );
    -- Waiting twice is waiting once.
    create unique index session_waitings_once on session_waitings (session_id, registration_id) where ended_at is null;
    create index session_waitings_open on session_waitings (event_id, rank) where ended_at is null;
    create index session_waitings_session on session_waitings (session_id, rank);
    create index session_waitings_registration on session_waitings (registration_id) where ended_at is null;
  `.execute(db);
}
