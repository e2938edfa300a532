import { type Kysely, sql } from 'kysely';

/** Cities and other bodies, their networks, fees, and the people who belong to them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table organisations (
      id uuid primary key default uuid_v7(),
      slug text not null unique,
      kind text not null default 'city' check (kind in ('city', 'university', 'association', 'other')),
      name text not null check (length(name) between 1 and 200),
      country text not null check (country ~ '^[A-Z]{2}$'),
      languages text[] not null default '{}',
      zone text not null,
      latitude double precision check (latitude between -90 and 90),
      longitude double precision check (longitude between -180 and 180),
      population int check (population >= 0),
      membership text not null default 'member' check (membership in ('member', 'candidate', 'former', 'none')),
      member_since int check (member_since between 1900 and 2200),
      created_at timestamptz not null default now()
    );
    -- León of Spain and León of Mexico are two; León and LEON of Spain are one.
    create unique index organisations_name_country on organisations (country, fold(name));
    create index organisations_name on organisations using gin (fold(name) gin_trgm_ops);
    create index organisations_order on organisations (fold(name), id);
    create index organisations_population on organisations (coalesce(population, -1), id);

    create table networks (
      id uuid primary key default uuid_v7(),
      slug text not null unique,
      name jsonb not null,
      coordinating_organisation_id uuid references organisations,
      created_at timestamptz not null default now()
    );

    create table organisation_networks (
      organisation_id uuid not null references organisations,
      network_id uuid not null references networks,
      primary key (organisation_id, network_id)
    );
    create index organisation_networks_network on organisation_networks (network_id, organisation_id);

    create table fees (
      organisation_id uuid not null references organisations,
      year int not null check (year between 1900 and 2200),
      paid_on date not null,
      recorded_by uuid references people,
      recorded_at timestamptz not null default now(),
      primary key (organisation_id, year)
    );
    create index fees_year on fees (year, organisation_id);

    create table affiliations (
      id uuid primary key default uuid_v7(),
      person_id uuid not null references people,
      organisation_id uuid not null references organisations,
      title text not null default '' check (length(title) <= 200),
      is_contact boolean not null default false,
      -- The name that was typed by whoever added a person already known: this roster shows it and nothing of the person's own profile.
      known_as text check (length(known_as) between 1 and 200),
      created_at timestamptz not null default now(),
      ended_at timestamptz
    );
    create unique index affiliations_current on affiliations (person_id, organisation_id) where ended_at is null;
    create index people_order on people (fold(name), id);
    create index affiliations_organisation on affiliations (organisation_id) where ended_at is null;

    create table imports (
      id uuid primary key default uuid_v7(),
      kind text not null,
      file_name text not null,
      rows jsonb not null,
      created_by uuid not null references people,
      created_at timestamptz not null default now(),
      applied_at timestamptz,
      result jsonb
    );

    create table old_slugs (
      kind text not null check (kind in ('event', 'organisation', 'network')),
      slug text not null,
      row_id uuid not null,
      primary key (kind, slug)
    );
  `.execute(db);
}
