import { type Kysely, sql } from 'kysely';

/** People, the addresses they sign in with, their sign-ins, tokens and roles. Tokens are stored as SHA-256. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table people (
      id uuid primary key default uuid_v7(),
      name text not null check (length(name) between 1 and 200),
      email text check (length(email) <= 254),
      language text not null default 'en' check (language in ('en', 'fr', 'es', 'pt')),
      zone text not null default 'UTC',
      created_at timestamptz not null default now(),
      erased_at timestamptz
    );
    create index people_name on people using gin (fold(name) gin_trgm_ops);
    create index people_email on people (lower(email)) where email is not null;

    create table sign_in_addresses (
      address citext primary key check (length(address) <= 254),
      person_id uuid not null references people,
      confirmed_at timestamptz
    );
    create index sign_in_addresses_person on sign_in_addresses (person_id);

    -- The token is an HMAC of the id under the installation's secret: a mail can be rendered again, a dump signs nobody in.
    create table sign_in_links (
      id uuid primary key default gen_random_uuid(),
      token_hash bytea not null unique,
      address citext not null,
      next text,
      language text not null default 'en',
      created_at timestamptz not null default now(),
      expires_at timestamptz not null,
      used_at timestamptz
    );
    create index sign_in_links_age on sign_in_links (expires_at);

    create table sign_ins (
      id uuid primary key default uuid_v7(),
      token_hash bytea not null unique,
      person_id uuid not null references people,
      device text not null,
      created_at timestamptz not null default now(),
      last_seen_at timestamptz not null default now(),
      expires_at timestamptz not null,
      ended_at timestamptz
    );
    create index sign_ins_person on sign_ins (person_id, created_at desc);

    create table api_tokens (
      id uuid primary key default uuid_v7(),
      token_hash bytea not null unique,
      person_id uuid not null references people,
      name text not null,
      created_at timestamptz not null default now(),
      last_used_at timestamptz,
      revoked_at timestamptz
    );
    create index api_tokens_person on api_tokens (person_id);

    create table roles (
      id uuid primary key default uuid_v7(),
      person_id uuid not null references people,
      role text not null check (role in ('admin', 'secretariat', 'coordinator', 'organiser', 'juror')),
      scope_id uuid check ((scope_id is null) = (role in ('admin', 'secretariat'))),
      granted_by uuid references people,
      granted_at timestamptz not null default now(),
      revoked_at timestamptz
    );
    create unique index roles_held on roles (person_id, role, scope_id) nulls not distinct where revoked_at is null;
    create index roles_scope on roles (scope_id) where revoked_at is null;

    -- Counters of what can be guessed. Losing them costs nothing, so they are not written to the log.
    create unlogged table rate_limits (
      key text primary key,
      hits int not null,
      window_ends_at timestamptz not null
    );
  `.execute(db);
}
