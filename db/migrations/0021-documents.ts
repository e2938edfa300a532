import { type Kysely, sql } from 'kysely';

/** What is issued on paper: the texts, each document with its code, the jobs that make them, and what a letter for a visa needs. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table document_templates (
      id uuid primary key default uuid_v7(),
      event_id uuid references events,
      call_id uuid references calls,
      kind text not null,
      title jsonb not null,
      body jsonb not null,
      signed jsonb not null,
      updated_by uuid references people,
      updated_at timestamptz not null default now(),
      check (num_nonnulls(event_id, call_id) = 1)
    );
    create unique index document_templates_event on document_templates (event_id, kind) where event_id is not null;
    create unique index document_templates_call on document_templates (call_id, kind) where call_id is not null;

    create table document_jobs (
      id uuid primary key default uuid_v7(),
      event_id uuid references events,
      call_id uuid references calls,
      kind text not null,
      language text,
      layout text,
      archive boolean not null default false,
      registration_ids uuid[],
      ordered_by uuid not null references people,
      ordered_at timestamptz not null default now(),
      total int not null default 0,
      done int not null default 0 check (done <= total),
      lacking jsonb not null default '[]',
      ended_at timestamptz,
      failed boolean not null default false,
      file_key uuid,
      file_size int,
      expires_at timestamptz,
      check (num_nonnulls(event_id, call_id) = 1),
      check (file_key is null or expires_at is not null)
    );
    create index document_jobs_event on document_jobs (event_id, id desc);
    create index document_jobs_call on document_jobs (call_id, id desc);
    create index document_jobs_expiring on document_jobs (expires_at) where file_key is not null;

    create table documents (
      id uuid primary key default uuid_v7(),
      kind text not null check (kind in ('attendance', 'participation', 'visa', 'laureate', 'mention', 'finalist', 'thanks')),
      code text not null unique check (code ~ '^[0-9A-HJKMNP-TV-Z]{12}$'),
      event_id uuid references events,
      call_id uuid references calls,
      registration_id uuid references registrations,
      person_id uuid references people,
      entry_id uuid references entries,
      job_id uuid references document_jobs,
      language text not null,
      recipient text not null,
      -- As it is on paper: what is printed again is the same.
      content jsonb not null,
      issued_at timestamptz not null,
      issued_by uuid not null references people,
      revoked_at timestamptz,
      revoked_by uuid references people,
      revocation_reason text,
      check (num_nonnulls(event_id, call_id) = 1),
      check (num_nonnulls(registration_id, entry_id) <= 1),
      check (num_nonnulls(person_id, entry_id) >= 1),
      check ((revoked_at is null) = (revoked_by is null) and (revoked_at is null) = (revocation_reason is null))
    );
    -- One of a kind for each, as long as it holds.
    create unique index documents_once_registration on documents (kind, registration_id, person_id) where revoked_at is null and registration_id is not null;
    create unique index documents_once_entry on documents (kind, entry_id) where revoked_at is null and entry_id is not null;
    create unique index documents_once_juror on documents (kind, call_id, person_id) where revoked_at is null and call_id is not null and entry_id is null;
    create index documents_event on documents (event_id, id desc);
    create index documents_call on documents (call_id, id desc);
    create index documents_person on documents (person_id, id desc);
    create index documents_entry on documents (entry_id);
    create index documents_registration on documents (registration_id);

    create table document_presences (
      registration_id uuid primary key references registrations,
      event_id uuid not null references events,
      person_id uuid not null references people,
      marked_by uuid not null references people,
      marked_at timestamptz not null
    );
    create index document_presences_event on document_presences (event_id);

    create table visa_letters (
      registration_id uuid primary key references registrations,
      event_id uuid not null references events,
      person_id uuid not null references people,
      -- Number, nationality, day of birth, as in the passport: sealed, and forgotten 30 days after the event.
      sealed bytea,
      consulate text not null default '',
      asked_at timestamptz not null,
      state text not null default 'asked' check (state in ('asked', 'approved', 'refused')),
      decided_at timestamptz,
      decided_by uuid references people,
      reason text,
      check ((state = 'asked') = (decided_at is null))
    );
    create index visa_letters_event on visa_letters (event_id, asked_at);
    create index visa_letters_sealed on visa_letters (event_id) where sealed is not null;
  `.execute(db);
}
