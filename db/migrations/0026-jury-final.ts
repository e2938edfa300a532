import { type Kysely, sql } from 'kysely';

/** How a call breaks ties at the cut line, what the jury resolved of them, and the sessions that selected experiences became. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table calls add column tie_rule text not null default 'heaviest-criterion' check (tie_rule in ('heaviest-criterion', 'jury-vote'));

    -- The jury's order of entries that no score tells apart, the best first. The newest that names two entries holds for them.
    create table tie_votes (
      id uuid primary key default uuid_v7(),
      call_id uuid not null references calls,
      entries uuid[] not null check (cardinality(entries) between 2 and 50),
      reasons text not null check (length(reasons) between 1 and 5000),
      present text[] not null check (cardinality(present) between 1 and 100),
      decided_by uuid references people,
      decided_at timestamptz not null default now()
    );
    create index tie_votes_call on tie_votes (call_id, decided_at);

    -- A selected experience is presented once.
    create table entry_sessions (
      entry_id uuid primary key references entries,
      session_id uuid not null unique references sessions,
      made_by uuid references people,
      made_at timestamptz not null default now()
    )`.execute(db);
}
