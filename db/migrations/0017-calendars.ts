import { type Kysely, sql } from 'kysely';

/** What stands in the calendars of others, what their programs answered, and the feeds that people subscribed to. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- One object in one person's calendar. It is what was last put there that counts, so this is written when a mail is made.
    create table calendar_entries (
      id uuid primary key default uuid_v7(),
      uid text not null,
      address citext not null,
      registration_id uuid not null references registrations,
      method text not null check (method in ('PUBLISH', 'REQUEST', 'CANCEL')),
      sequence int not null check (sequence >= 0),
      -- DTSTAMP: when this version of the entry was made.
      stamp timestamptz not null,
      -- Of the times, the place and whether it takes place: another one is a higher SEQUENCE.
      substance text not null,
      -- Of the words: others are a newer DTSTAMP only.
      wording text not null,
      -- What the calendar program answered last.
      answer text check (answer in ('accepted', 'declined', 'tentative', 'delegated')),
      answer_sequence int,
      answer_stamp timestamptz,
      answered_at timestamptz,
      created_at timestamptz not null default now(),
      changed_at timestamptz not null default now(),
      unique (uid, address),
      check (num_nulls(answer, answer_sequence, answer_stamp, answered_at) in (0, 4))
    );
    create index calendar_entries_registration on calendar_entries (registration_id);

    -- Every message that a calendar program sent us about an event, whether it counted or not.
    create table calendar_answers (
      id uuid primary key default uuid_v7(),
      -- A message that comes twice is one.
      message_id text not null unique,
      event_id uuid not null references events,
      entry_id uuid references calendar_entries,
      method text not null,
      answer text check (answer in ('accepted', 'declined', 'tentative', 'delegated')),
      -- Who says so, and of whom.
      sender text not null,
      attendee text not null,
      sequence int not null,
      stamp timestamptz not null,
      comment text not null default '',
      verdict text not null check (verdict in ('counted', 'outdated', 'unverified', 'unknown', 'proposal', 'unreadable')),
      received_at timestamptz not null default now(),
      check (verdict <> 'counted' or (entry_id is not null and answer is not null))
    );
    create index calendar_answers_event on calendar_answers (event_id, received_at desc, id desc);
    create index calendar_answers_entry on calendar_answers (entry_id, received_at desc);

    create table calendar_feeds (
      id uuid primary key default uuid_v7(),
      person_id uuid not null references people,
      kind text not null check (kind in ('registrations', 'organised')),
      name text not null,
      token_hash bytea not null unique,
      created_at timestamptz not null default now(),
      -- By the day: who reads a calendar when is nobody's business.
      last_read_on date,
      revoked_at timestamptz
    );
    create index calendar_feeds_person on calendar_feeds (person_id, created_at) where revoked_at is null;
  `.execute(db);
}
