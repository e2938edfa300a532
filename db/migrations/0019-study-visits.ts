import { type Kysely, sql } from 'kysely';

/** Visits of an event: what they are, who wishes which, how they were given out; and visits that one city asks another for. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- Places of an allotted session are given out; nobody takes one.
    alter table sessions add column allotted boolean not null default false;

    create table visit_choices (
      event_id uuid primary key references events,
      mode text not null default 'wishes' check (mode in ('wishes', 'first-come')),
      wishes int not null default 3 check (wishes between 1 and 10),
      "each" int not null default 1 check ("each" between 1 and 5),
      per_city int check (per_city between 1 and 1000),
      closes_local timestamp,
      closes_at timestamptz,
      released_at timestamptz,
      frozen_at timestamptz,
      frozen_by uuid references people,
      check ((closes_local is null) = (closes_at is null)),
      check ((frozen_at is null) = (frozen_by is null))
    );

    create table visits (
      session_id uuid primary key,
      event_id uuid not null,
      places int not null check (places between 1 and 10000),
      kept int not null default 0,
      minimum int not null default 0,
      meeting_point jsonb not null default '{}',
      accessibility jsonb not null default '{}',
      itinerary jsonb not null default '{}',
      host_organisation_id uuid references organisations,
      host_name text not null default '',
      host_email text not null default '',
      host_phone text not null default '',
      check (kept between 0 and places),
      check (minimum between 0 and places),
      unique (event_id, session_id),
      foreign key (event_id, session_id) references sessions (event_id, id)
    );

    create table visit_wishes (
      registration_id uuid not null references registrations,
      rank int not null check (rank between 1 and 10),
      event_id uuid not null,
      session_id uuid not null,
      primary key (registration_id, rank),
      unique (registration_id, session_id),
      foreign key (event_id, session_id) references visits (event_id, session_id)
    );
    create index visit_wishes_event on visit_wishes (event_id, session_id);

    create table visit_preferences (
      registration_id uuid primary key references registrations,
      event_id uuid not null references events,
      languages text[] not null default '{}',
      stated_by uuid not null references people,
      stated_at timestamptz not null default now()
    );
    create index visit_preferences_event on visit_preferences (event_id);

    create table visit_togethers (
      event_id uuid not null references events,
      organisation_id uuid not null references organisations,
      asked_by uuid not null references people,
      asked_at timestamptz not null default now(),
      primary key (event_id, organisation_id)
    );

    create table allocations (
      id uuid primary key default uuid_v7(),
      event_id uuid not null references events,
      seed int not null check (seed >= 0),
      ordered_by uuid not null references people,
      ordered_at timestamptz not null default now(),
      step int not null default 0,
      ended_at timestamptz,
      failed boolean not null default false,
      people int,
      assigned int,
      cost int,
      moved int,
      gap double precision,
      chosen_assigned int,
      chosen_cost int,
      takes_place uuid[] not null default '{}',
      released_at timestamptz,
      released_by uuid references people,
      check ((released_at is null) = (released_by is null)),
      check (released_at is null or (ended_at is not null and not failed))
    );
    create index allocations_event on allocations (event_id, ordered_at desc);
    -- One at a time.
    create unique index allocations_running on allocations (event_id) where ended_at is null;

    create table allocation_people (
      allocation_id uuid not null references allocations,
      registration_id uuid not null references registrations,
      visits uuid[] not null,
      reasons jsonb not null,
      before uuid[],
      primary key (allocation_id, registration_id)
    );
    create index allocation_people_registration on allocation_people (registration_id);

    create table visit_pins (
      registration_id uuid not null references registrations,
      session_id uuid not null,
      event_id uuid not null,
      pinned_by uuid not null references people,
      pinned_at timestamptz not null default now(),
      primary key (registration_id, session_id),
      foreign key (event_id, session_id) references visits (event_id, session_id)
    );
    create index visit_pins_event on visit_pins (event_id);

    create table visit_waitings (
      id uuid primary key default uuid_v7(),
      event_id uuid not null,
      session_id uuid not null,
      registration_id uuid not null references registrations,
      rank bigint generated always as identity,
      joined_at timestamptz not null default now(),
      ended_at timestamptz,
      ended_by text check (ended_by in ('served', 'withdrawn')),
      check ((ended_at is null) = (ended_by is null)),
      foreign key (event_id, session_id) references visits (event_id, session_id)
    );
    create unique index visit_waitings_open on visit_waitings (session_id, registration_id) where ended_at is null;
    create index visit_waitings_queue on visit_waitings (event_id, rank) where ended_at is null;

    create table visit_swaps (
      id uuid primary key default uuid_v7(),
      event_id uuid not null,
      registration_id uuid not null references registrations,
      gives uuid not null,
      wants uuid not null,
      proposed_at timestamptz not null default now(),
      accepted_by uuid references registrations,
      accepted_at timestamptz,
      withdrawn_at timestamptz,
      check (gives <> wants),
      check ((accepted_at is null) = (accepted_by is null)),
      check (num_nonnulls(accepted_at, withdrawn_at) <= 1),
      check (accepted_by <> registration_id),
      foreign key (event_id, gives) references visits (event_id, session_id),
      foreign key (event_id, wants) references visits (event_id, session_id)
    );
    create unique index visit_swaps_open on visit_swaps (registration_id, gives, wants) where num_nonnulls(accepted_at, withdrawn_at) = 0;
    create index visit_swaps_wanted on visit_swaps (event_id, wants) where num_nonnulls(accepted_at, withdrawn_at) = 0;

    create table visit_requests (
      id uuid primary key default uuid_v7(),
      guest_id uuid not null references organisations,
      host_id uuid not null references organisations,
      topic text not null check (topic <> ''),
      people int not null check (people between 1 and 500),
      languages text[] not null default '{}',
      asked_by uuid not null references people,
      asked_at timestamptz not null default now(),
      check (guest_id <> host_id)
    );
    create index visit_requests_guest on visit_requests (guest_id, id desc);
    create index visit_requests_host on visit_requests (host_id, id desc);

    -- What each city said, and when: the last line is how things stand.
    create table visit_request_steps (
      id uuid primary key default uuid_v7(),
      request_id uuid not null references visit_requests,
      no int not null check (no > 0),
      kind text not null check (kind in ('asked', 'accepted', 'proposed', 'declined', 'withdrawn')),
      organisation_id uuid not null references organisations,
      by uuid not null references people,
      at timestamptz not null default now(),
      starts date,
      ends date,
      note text not null default '',
      unique (request_id, no),
      check ((starts is null) = (ends is null)),
      check (ends >= starts),
      check ((kind in ('declined', 'withdrawn')) = (starts is null))
    );
  `.execute(db);
}
