import { type Kysely, sql } from 'kysely';

/** The door: who keeps it, what was done there step by step, who is there. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table registrations add constraint registrations_of_event unique (event_id, id);

    -- A door that volunteers keep: whoever has its link may open it, until it is closed.
    create table doors (
      id uuid primary key default uuid_v7(),
      event_id uuid not null references events,
      name text not null check (name <> ''),
      token_hash bytea not null unique,
      created_by uuid not null references people,
      created_at timestamptz not null,
      closed_at timestamptz,
      closed_by uuid references people,
      unique (event_id, id),
      check ((closed_at is null) = (closed_by is null))
    );
    create index doors_event on doors (event_id, id);

    -- Somebody with a device at such a door.
    create table door_keepers (
      id uuid primary key default uuid_v7(),
      door_id uuid not null references doors,
      name text not null check (name <> ''),
      token_hash bytea not null unique,
      opened_at timestamptz not null,
      left_at timestamptz
    );
    create index door_keepers_door on door_keepers (door_id, id);

    -- What a door did. Its device makes the id, so that what is sent twice is one step; nothing of it is ever changed. Whoever came is
    -- undone by a step that names the steps it takes back: what another door did meanwhile stays.
    create table check_in_steps (
      id uuid primary key,
      event_id uuid not null references events,
      registration_id uuid not null,
      person_id uuid not null references people,
      session_id uuid,
      kind text not null check (kind in ('in', 'undo')),
      undoes uuid[] not null default '{}',
      -- Let into a session though they have no place in it.
      anyway boolean not null default false,
      at timestamptz not null,
      by uuid references people,
      keeper_id uuid references door_keepers,
      received_at timestamptz not null,
      check (kind = 'undo' or undoes = '{}'),
      check (num_nonnulls(by, keeper_id) = 1),
      foreign key (event_id, registration_id) references registrations (event_id, id),
      foreign key (event_id, session_id) references sessions (event_id, id)
    );
    create index check_in_steps_registration on check_in_steps (registration_id);

    -- Who is there: what the steps come to. One row of a person and a place, however many doors saw them.
    create table check_ins (
      event_id uuid not null references events,
      registration_id uuid not null,
      person_id uuid not null references people,
      -- A session or a visit; null: the event itself.
      session_id uuid,
      -- When they came first, and the step that says so; null when all of it was undone.
      came_at timestamptz,
      step_id uuid references check_in_steps,
      changed_at timestamptz not null,
      unique nulls not distinct (registration_id, person_id, session_id),
      check ((came_at is null) = (step_id is null)),
      foreign key (event_id, registration_id) references registrations (event_id, id),
      foreign key (event_id, session_id) references sessions (event_id, id)
    );
    create index check_ins_event on check_ins (event_id, session_id, came_at) where came_at is not null;
    create index check_ins_changed on check_ins (event_id, changed_at);
    create index check_ins_person on check_ins (person_id) where came_at is not null;
  `.execute(db);
}
