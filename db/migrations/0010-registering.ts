import { type Kysely, sql } from 'kysely';

/** Whose word a pending registration awaits, and delegations that are being put together. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table registrations add column approval_by text not null default 'organiser' check (approval_by in ('organisation', 'organiser'));

    -- What somebody has chosen and typed for a delegation before they submit it. It is submitted once.
    create table delegation_drafts (
      id uuid primary key default uuid_v7(),
      event_id uuid not null references events,
      organisation_id uuid not null references organisations,
      person_id uuid not null references people,
      content jsonb not null,
      created_at timestamptz not null default now(),
      changed_at timestamptz not null default now(),
      submitted_at timestamptz,
      result jsonb,
      check ((submitted_at is null) = (result is null))
    );
    create unique index delegation_drafts_open on delegation_drafts (event_id, organisation_id, person_id) where submitted_at is null;
    create index delegation_drafts_old on delegation_drafts (changed_at);
  `.execute(db);
}
