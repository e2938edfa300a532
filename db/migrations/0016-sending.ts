import { type Kysely, sql } from 'kysely';

/** How fast each domain is written to, what came back, and who wants nothing more of a kind. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table mail_domains (
      domain text primary key,
      -- Set by the operator; null: the usual rate of this installation.
      own_per_minute int check (own_per_minute between 1 and 100000),
      per_minute double precision not null check (per_minute > 0),
      -- When the next message is due at an even pace: ahead of now by as much as has gone out at once.
      next_at timestamptz not null,
      -- Nothing goes out before.
      closed_until timestamptz,
      -- With each slowing down the turns that were given out count no more.
      round int not null default 0,
      slowed_at timestamptz,
      said text
    );

    -- The round of the turn that a message waits for.
    alter table sends add column turn int, add column topic text;
    drop index sends_due;
    create index sends_due_direct on sends (not_before) where mailing_id is null and state in ('queued', 'deferred', 'uncertain');
    create index sends_due_bulk on sends (mailing_id, not_before) where mailing_id is not null and state in ('queued', 'deferred', 'uncertain');
    create index sends_of_mailing_ended on sends (mailing_id, ended_at desc) where mailing_id is not null and state in ('accepted', 'failed', 'bounced');
    create index sends_troubled on sends (created_at desc, id desc) where state in ('failed', 'uncertain', 'bounced', 'deferred');
    create index sends_recent on sends (created_at desc);

    alter table suppressions
      add column send_id uuid references sends,
      add column said text,
      add column by uuid references people;

    create table unsubscriptions (
      address citext not null,
      topic text not null,
      at timestamptz not null default now(),
      how text not null check (how in ('one-click', 'page', 'account', 'complaint')),
      primary key (address, topic)
    );

    create table bounces (
      id uuid primary key default uuid_v7(),
      -- Of the report that came: the same one is read once.
      message_id text not null unique,
      send_id uuid references sends,
      address citext,
      verdict text not null check (verdict in ('hard', 'soft', 'policy', 'complaint', 'unclear')),
      status text,
      said text,
      at timestamptz not null default now()
    );
    create index bounces_address on bounces (address, at desc);
    create index bounces_recent on bounces (at desc, id desc);
  `.execute(db);
}
