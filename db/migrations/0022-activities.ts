import { type Kysely, sql } from 'kysely';

/** What cities do on the International Day: each writing of an activity is a row, of which one at most is what everybody reads. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table activities (
      id uuid primary key default uuid_v7(),
      organisation_id uuid not null references organisations,
      created_by uuid references people,
      created_at timestamptz not null default now(),
      withdrawn_at timestamptz,
      withdrawn_by uuid references people
    );
    create index activities_organisation on activities (organisation_id, id desc);

    create table activity_versions (
      id uuid primary key default uuid_v7(),
      activity_id uuid not null references activities,
      no int not null check (no > 0),
      title jsonb not null,
      description jsonb not null,
      place text not null default '',
      zone text not null,
      starts_local timestamp not null,
      ends_local timestamp not null,
      starts_at timestamptz not null,
      ends_at timestamptz not null,
      url text,
      latitude double precision check (latitude between -90 and 90),
      longitude double precision check (longitude between -180 and 180),
      picture_id uuid references files,
      state text not null check (state in ('pending', 'published', 'returned', 'superseded')),
      reason text,
      written_by uuid not null references people,
      written_at timestamptz not null,
      decided_by uuid references people,
      decided_at timestamptz,
      unique (activity_id, no),
      check (ends_at > starts_at),
      check ((latitude is null) = (longitude is null)),
      check ((state = 'returned') = (reason is not null)),
      check (state not in ('published', 'returned') or (decided_by is not null and decided_at is not null))
    );
    create unique index activity_versions_published on activity_versions (activity_id) where state = 'published';
    create unique index activity_versions_pending on activity_versions (activity_id) where state = 'pending';
    create index activity_versions_shown on activity_versions (starts_at, activity_id) where state = 'published';
    create index activity_versions_waiting on activity_versions (written_at, id) where state = 'pending';
  `.execute(db);
}
