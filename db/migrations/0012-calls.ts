import { type Kysely, sql } from 'kysely';

/** Calls with their rubric, what organisations enter, and what was submitted when. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table calls (
      id uuid primary key default uuid_v7(),
      slug text not null unique,
      kind text not null check (kind in ('award', 'experiences')),
      series_id uuid references series,
      edition int check (edition > 0),
      event_id uuid references events,
      title jsonb not null,
      summary jsonb not null default '{}',
      guidelines jsonb not null default '{}',
      languages text[] not null check (cardinality(languages) > 0),
      default_language text not null check (default_language = any (languages)),
      required_languages text[] not null default '{}' check (required_languages <@ languages),
      zone text not null,
      opens_local timestamp not null,
      closes_local timestamp not null,
      opens_at timestamptz not null,
      closes_at timestamptz not null,
      grace_minutes int not null default 0 check (grace_minutes between 0 and 20160),
      form_id uuid references forms,
      max_entries int check (max_entries > 0),
      max_entries_per_theme int check (max_entries_per_theme > 0),
      rules jsonb not null default '[]',
      conflict_same_country boolean not null default true,
      see_others text not null default 'after-own' check (see_others in ('after-own', 'always', 'never')),
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
      results_published_at timestamptz,
      results_published_by uuid references people,
      check (closes_at > opens_at),
      check (results_published_at is null or published_at is not null)
    );
    create unique index calls_edition on calls (series_id, edition) where series_id is not null and edition is not null;
    create index calls_order on calls (closes_at desc, id desc);
    create index calls_public on calls (closes_at desc, id desc) where published_at is not null;
    create index calls_event on calls (event_id) where event_id is not null;
    create index calls_form on calls (form_id) where form_id is not null;
    create index calls_title on calls using gin (fold(title::text) gin_trgm_ops);

    create table call_themes (
      call_id uuid not null references calls,
      key text not null check (key ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
      title jsonb not null,
      description jsonb not null default '{}',
      position int not null,
      primary key (call_id, key)
    );
    create table call_modalities (
      call_id uuid not null references calls,
      key text not null check (key ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
      title jsonb not null,
      description jsonb not null default '{}',
      -- How many of them can be taken; null means no limit.
      quota int check (quota >= 0),
      minutes int check (minutes > 0),
      position int not null,
      primary key (call_id, key)
    );

    -- The rubric. A criterion that scores name stays, removed.
    create table criteria (
      id uuid primary key default uuid_v7(),
      call_id uuid not null references calls,
      key text not null check (key ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
      name jsonb not null,
      description jsonb not null default '{}',
      -- [{"value": 4, "text": {"en": "…"}}]: what a score means.
      guidance jsonb not null default '[]',
      scale_min double precision not null default 0,
      scale_max double precision not null default 10,
      scale_step double precision not null default 1 check (scale_step > 0),
      weight double precision not null default 1 check (weight >= 0),
      required boolean not null default true,
      -- The themes it is scored for; empty: all.
      themes text[] not null default '{}',
      position int not null,
      removed_at timestamptz,
      unique (call_id, key),
      check (scale_max > scale_min)
    );

    -- Who cannot enter: the jury's cities, the host, past laureates who are not known here, others with a note.
    create table call_exclusions (
      call_id uuid not null references calls,
      organisation_id uuid not null references organisations,
      reason text not null check (reason in ('jury', 'host', 'laureate', 'other')),
      note text not null default '' check (length(note) <= 500),
      created_by uuid references people,
      created_at timestamptz not null default now(),
      primary key (call_id, organisation_id, reason)
    );
    create index call_exclusions_organisation on call_exclusions (organisation_id);

    create table call_extensions (
      id uuid primary key default uuid_v7(),
      call_id uuid not null references calls,
      from_local timestamp not null,
      to_local timestamp not null check (to_local > from_local),
      reason jsonb not null default '{}',
      extended_by uuid references people,
      extended_at timestamptz not null default now()
    );
    create index call_extensions_call on call_extensions (call_id, extended_at);

    create table entries (
      id uuid primary key default uuid_v7(),
      -- Random: what a jury sees in place of an id tells nothing of when it was made.
      code text not null check (code ~ '^[A-HJ-NP-Z2-9]{6}$'),
      call_id uuid not null references calls,
      organisation_id uuid not null references organisations,
      state text not null default 'draft' check (state in ('draft', 'submitted', 'ineligible', 'eligible', 'shortlisted', 'laureate',
        'mention', 'not-selected', 'withdrawn')),
      theme text,
      modality text,
      assigned_modality text,
      -- The language of the answers; the texts of the others are in translations.
      language text not null,
      languages text[] not null default '{}',
      title jsonb not null default '{}',
      summary jsonb not null default '{}',
      form_version_id uuid references form_versions,
      answers jsonb not null default '{}',
      translations jsonb not null default '{}',
      may_publish boolean not null default false,
      endorsed_by uuid references people,
      endorsed_as text not null default '' check (length(endorsed_as) <= 200),
      endorsed_at timestamptz,
      version int not null default 1,
      created_by uuid references people,
      created_at timestamptz not null default now(),
      changed_by uuid references people,
      changed_at timestamptz not null default now(),
      submitted_at timestamptz,
      submitted_by uuid references people,
      late boolean not null default false,
      content_hash text check (content_hash ~ '^[0-9a-f]{64}$'),
      reopened_until timestamptz,
      reopened_by uuid references people,
      withdrawn_at timestamptz,
      withdrawn_by uuid references people,
      withdrawal_reason text not null default '',
      screened_at timestamptz,
      screened_by uuid references people,
      screening_reasons text[] not null default '{}',
      screening_note text not null default '',
      unique (call_id, code),
      foreign key (call_id, theme) references call_themes (call_id, key),
      foreign key (call_id, modality) references call_modalities (call_id, key),
      foreign key (call_id, assigned_modality) references call_modalities (call_id, key),
      check ((state = 'withdrawn') = (withdrawn_at is not null)),
      check (state in ('draft', 'withdrawn') or (submitted_at is not null and content_hash is not null)),
      check (state <> 'ineligible' or screened_at is not null),
      check (endorsed_at is null or endorsed_by is not null)
    );
    create index entries_call on entries (call_id, changed_at desc, id desc);
    create index entries_state on entries (call_id, state, submitted_at desc, id desc);
    create index entries_organisation on entries (organisation_id, call_id, state);
    create index entries_bank on entries (call_id, theme) where may_publish;
    create index entries_bank_text on entries using gin (fold(title::text || ' ' || summary::text) gin_trgm_ops) where may_publish;

    create table entry_authors (
      entry_id uuid not null references entries,
      person_id uuid not null references people,
      title text not null default '' check (length(title) <= 200),
      added_by uuid references people,
      added_at timestamptz not null default now(),
      primary key (entry_id, person_id)
    );
    create index entry_authors_person on entry_authors (person_id);

    -- What a draft was after each sitting of one person: nothing that was saved is lost to somebody else's save.
    create table entry_versions (
      entry_id uuid not null references entries,
      version int not null,
      changed_by uuid references people,
      started_at timestamptz not null default now(),
      changed_at timestamptz not null default now(),
      fields text[] not null default '{}',
      content jsonb not null,
      primary key (entry_id, version)
    );

    -- Proof of what was submitted when: the canonical text itself and its SHA-256. Nothing changes a row of it.
    create table entry_submissions (
      entry_id uuid not null references entries,
      number int not null check (number > 0),
      submitted_at timestamptz not null,
      submitted_by uuid references people,
      late boolean not null,
      content text not null,
      content_hash text not null check (content_hash = encode(sha256(convert_to(content, 'UTF8')), 'hex')),
      primary key (entry_id, number)
    );
    create function entry_submissions_stay() returns trigger language plpgsql as $$
      begin
        raise exception 'a submission never changes' using errcode = 'restrict_violation';
      end
    $$;
    create trigger entry_submissions_stay before update or delete on entry_submissions
      for each row execute function entry_submissions_stay();

    create table entry_exceptions (
      id uuid primary key default uuid_v7(),
      call_id uuid not null references calls,
      organisation_id uuid not null references organisations,
      rule text not null check (rule ~ '^[a-zA-Z-]{1,40}$'),
      reason text not null check (length(reason) between 1 and 2000),
      state text not null default 'asked' check (state in ('asked', 'granted', 'refused')),
      asked_by uuid references people,
      asked_at timestamptz not null default now(),
      decided_by uuid references people,
      decided_at timestamptz,
      decision text not null default '' check (length(decision) <= 2000),
      check ((state = 'asked') = (decided_at is null))
    );
    create unique index entry_exceptions_open on entry_exceptions (call_id, organisation_id, rule) where state <> 'refused';
    create index entry_exceptions_call on entry_exceptions (call_id, asked_at desc);

    alter table old_slugs drop constraint old_slugs_kind_check;
    alter table old_slugs add constraint old_slugs_kind_check check (kind in ('event', 'organisation', 'network', 'call'));
  `.execute(db);
}
