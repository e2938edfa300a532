import { type Kysely, sql } from 'kysely';

/** The ledger of everything that is sent, and the addresses that nothing is sent to. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table sends (
      id uuid primary key default uuid_v7(),
      cause text not null unique,
      kind text not null,
      person_id uuid references people,
      address text not null check (address like '_%@_%'),
      language text not null,
      payload jsonb not null,
      version int not null default 1,
      not_before timestamptz not null default now(),
      expires_at timestamptz,
      state text not null default 'queued' check (state in
        ('queued', 'sending', 'accepted', 'deferred', 'failed', 'suppressed', 'cancelled', 'uncertain', 'bounced')),
      attempts int not null default 0,
      lease_until timestamptz,
      domain_key text not null,
      message_id text,
      smtp_response text,
      mailing_id uuid,
      created_at timestamptz not null default now(),
      accepted_at timestamptz,
      ended_at timestamptz,
      check ((state = 'sending') = (lease_until is not null)),
      check ((state in ('accepted', 'bounced')) = (accepted_at is not null)),
      check ((state in ('accepted', 'bounced', 'failed', 'suppressed', 'cancelled')) = (ended_at is not null))
    );
    -- What is caused by something that somebody has just done goes before what is sent to many.
    create index sends_due on sends ((mailing_id is not null), not_before) where state in ('queued', 'deferred', 'uncertain');
    create index sends_leased on sends (lease_until) where state = 'sending';
    create index sends_mailing on sends (mailing_id, state) where mailing_id is not null;
    create index sends_person on sends (person_id, created_at desc);

    create table suppressions (
      address citext primary key,
      reason text not null,
      at timestamptz not null default now()
    );
  `.execute(db);
}
