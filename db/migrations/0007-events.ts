import { type Kysely, sql } from 'kysely';

/** Series, events and the categories that people register in. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table series (
      id uuid primary key default uuid_v7(),
      slug text not null unique,
      name jsonb not null,
      created_at timestamptz not null default now()
    );

    create table events (
      id uuid primary key default uuid_v7(),
      slug text not null unique,
      kind text not null check (kind in ('congress', 'national-meeting', 'regional-meeting', 'study-visit', 'assembly',
        'committee-meeting', 'seminar', 'dialogue', 'exhibition', 'international-day')),
      series_id uuid references series,
      edition int check (edition > 0),
      network_id uuid references networks,
      host_organisation_id uuid references organisations,
      title jsonb not null,
      summary jsonb not null default '{}',
      description jsonb not null default '{}',
      languages text[] not null check (cardinality(languages) > 0),
      default_language text not null check (default_language = any (languages)),
      zone text not null,
      starts_local timestamp not null,
      ends_local timestamp not null,
      starts_at timestamptz not null,
      ends_at timestamptz not null,
      attendance text not null default 'onsite' check (attendance in ('onsite', 'online', 'hybrid')),
      venue jsonb not null default '{}',
      address text not null default '',
      country text check (country ~ '^[A-Z]{2}$'),
      latitude double precision check (latitude between -90 and 90),
      longitude double precision check (longitude between -180 and 180),
      online_url text,
      registration_opens_local timestamp,
      registration_closes_local timestamp,
      registration_opens_at timestamptz,
      registration_closes_at timestamptz,
      changes_until_local timestamp,
      changes_until timestamptz,
      approval boolean not null default false,
      waiting_list boolean not null default true,
      self_registration boolean not null default true,
      limit_member int check (limit_member >= 0),
      limit_non_member int check (limit_non_member >= 0),
      currency text not null default 'EUR' check (currency ~ '^[A-Z]{3}$'),
      late_from_local timestamp,
      late_from timestamptz,
      reduced_countries text[] not null default '{}',
      payment_details jsonb not null default '{}',
      form_id uuid references forms,
      sequence int not null default 0,
      created_by uuid references people,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      published_at timestamptz,
      published_by uuid references people,
      closed_at timestamptz,
      closed_by uuid references people,
      cancelled_at timestamptz,
      cancelled_by uuid references people,
      cancellation_reason jsonb not null default '{}',
      check (ends_at > starts_at),
      check (registration_closes_at > registration_opens_at)
    );
    create index events_public on events (starts_at, id) where published_at is not null;
    create index events_order on events (starts_at desc, id);
    create index events_network on events (network_id, starts_at);
    create index events_series on events (series_id, starts_at);
    create index events_title on events using gin (fold(title::text) gin_trgm_ops);

    alter table pools add constraint pools_event foreign key (event_id) references events;
    alter table allowances add constraint allowances_event foreign key (event_id) references events;

    create table categories (
      id uuid primary key default uuid_v7(),
      event_id uuid not null references events,
      key text not null check (key ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
      name jsonb not null,
      note jsonb not null default '{}',
      position int not null,
      open_to text not null default 'anyone' check (open_to in ('anyone', 'members', 'non-members', 'organiser')),
      price_early int not null default 0 check (price_early >= 0),
      price_late int check (price_late >= 0),
      price_reduced int check (price_reduced >= 0),
      pool_id uuid references pools,
      removed_at timestamptz,
      unique (event_id, key)
    );
  `.execute(db);
}
