import { type Kysely, sql } from 'kysely';

/** Delegations and registrations. The one statement that registers a party is in `db/functions/register-party.ts`. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table delegations (
      id uuid primary key default uuid_v7(),
      event_id uuid not null references events,
      organisation_id uuid not null references organisations,
      head_person_id uuid references people,
      answers jsonb not null default '{}',
      form_version_id uuid references form_versions,
      reference text not null unique,
      created_by uuid references people,
      created_at timestamptz not null default now(),
      unique (event_id, organisation_id)
    );

    create table registrations (
      id uuid primary key default uuid_v7(),
      event_id uuid not null references events,
      person_id uuid not null references people,
      organisation_id uuid references organisations,
      delegation_id uuid references delegations,
      category_id uuid not null references categories,
      state text not null check (state in ('draft', 'pending', 'confirmed', 'waiting', 'cancelled', 'refused')),
      pool_ids uuid[] not null,
      waiting_id uuid references waitings,
      answers jsonb not null default '{}',
      form_version_id uuid references form_versions,
      amount int not null default 0 check (amount >= 0),
      currency text not null,
      reference text not null unique,
      joined_at timestamptz not null default now(),
      created_by uuid references people,
      confirmed_at timestamptz,
      ended_at timestamptz,
      ended_by uuid references people,
      reason_code text,
      reason text,
      contact_email text,
      calendar_sequence int not null default 0,
      check ((state in ('cancelled', 'refused')) = (ended_at is not null)),
      check (state <> 'confirmed' or confirmed_at is not null),
      check (state <> 'waiting' or waiting_id is not null)
    );
    create unique index registrations_once on registrations (event_id, person_id) where state in ('pending', 'confirmed', 'waiting');
    create index registrations_event on registrations (event_id, joined_at desc, id desc);
    create index registrations_state on registrations (event_id, state, joined_at desc, id desc);
    create index registrations_organisation on registrations (event_id, organisation_id, state);
    create index registrations_person on registrations (person_id, joined_at desc);
    create index registrations_waiting on registrations (waiting_id) where waiting_id is not null;
    create index registrations_delegation on registrations (delegation_id) where delegation_id is not null;
    create index registrations_roster on registrations (organisation_id, joined_at desc) where organisation_id is not null;

    alter table places add constraint places_registration_fk foreign key (registration_id) references registrations;
    alter table places add constraint places_delegation_fk foreign key (delegation_id) references delegations;

    create table registration_links (
      token_hash bytea primary key,
      registration_id uuid not null references registrations,
      purpose text not null check (purpose in ('confirm', 'manage')),
      expires_at timestamptz,
      used_at timestamptz
    );
    create index registration_links_registration on registration_links (registration_id);

    create table replacements (
      id uuid primary key default uuid_v7(),
      registration_id uuid not null references registrations,
      from_person_id uuid not null references people,
      to_person_id uuid not null references people,
      by uuid references people,
      at timestamptz not null default now()
    );
    create index replacements_registration on replacements (registration_id);

    create table payments (
      id uuid primary key default uuid_v7(),
      registration_id uuid not null references registrations,
      amount int not null check (amount <> 0),
      currency text not null,
      received_on date not null,
      note text not null default '',
      recorded_by uuid references people,
      recorded_at timestamptz not null default now(),
      removed_at timestamptz
    );
    create index payments_registration on payments (registration_id);
  `.execute(db);
}
