import { type Kysely, sql } from 'kysely';

/** Forms, their versions, which nothing may change, and the files that answers name. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table forms (
      id uuid primary key default uuid_v7(),
      kind text not null check (kind in ('registration', 'application', 'questionnaire', 'selfAssessment')),
      name jsonb not null,
      draft jsonb not null,
      draft_number int not null default 1,
      draft_changed_by uuid references people,
      draft_changed_at timestamptz not null default now(),
      created_by uuid references people,
      created_at timestamptz not null default now()
    );
    create index forms_order on forms (created_at desc, id);
    create index forms_creator on forms (created_by);

    create table form_versions (
      id uuid primary key default uuid_v7(),
      form_id uuid not null references forms,
      version int not null check (version > 0),
      major int not null check (major > 0),
      revision int not null default 0 check (revision >= 0),
      definition jsonb not null,
      created_by uuid references people,
      created_at timestamptz not null default now(),
      unique (form_id, version),
      unique (form_id, major, revision)
    );

    create function form_versions_stay() returns trigger language plpgsql as $$
      begin
        raise exception 'a form version never changes' using errcode = 'restrict_violation';
      end
    $$;
    create trigger form_versions_stay before update or delete on form_versions
      for each row execute function form_versions_stay();

    create table files (
      id uuid primary key default gen_random_uuid(),
      key uuid not null unique default gen_random_uuid(),
      owner_kind text,
      owner_id uuid,
      item_key text not null,
      name text not null check (length(name) between 1 and 200),
      media_type text not null,
      bytes bigint not null check (bytes >= 0),
      sha256 bytea not null check (length(sha256) = 32),
      uploaded_by uuid references people,
      created_at timestamptz not null default now(),
      removed_at timestamptz,
      check ((owner_kind is null) = (owner_id is null))
    );
    create index files_owner on files (owner_kind, owner_id) where owner_id is not null;
    create index files_loose on files (created_at) where owner_id is null and removed_at is null;
  `.execute(db);
}
