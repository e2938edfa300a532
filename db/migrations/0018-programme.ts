import { type Kysely, sql } from 'kysely';

/** The programme of an event: rooms, tracks, sessions and who speaks, what was released of it, and who chose what. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table rooms (
      id uuid primary key default uuid_v7(),
      event_id uuid not null references events,
      name jsonb not null,
      capacity int check (capacity between 1 and 100000),
      position int not null,
      removed_at timestamptz,
      unique (event_id, id)
    );
    create index rooms_event on rooms (event_id, position);

    create table tracks (
      id uuid primary key default uuid_v7(),
      event_id uuid not null references events,
      name jsonb not null,
      position int not null,
      removed_at timestamptz,
      unique (event_id, id)
    );
    create index tracks_event on tracks (event_id, position);

    create table sessions (
      id uuid primary key default uuid_v7(),
      event_id uuid not null references events,
      kind text not null check (kind in ('plenary', 'workshop', 'dialogue', 'poster', 'visit', 'ceremony', 'assembly', 'social', 'break')),
      title jsonb not null,
      abstract jsonb not null default '{}',
      starts_local timestamp not null,
      ends_local timestamp not null,
      starts_at timestamptz not null,
      ends_at timestamptz not null,
      room_id uuid,
      track_id uuid,
      languages text[] not null default '{}',
      interpreting text[] not null default '{}',
      pool_id uuid unique references pools,
      created_by uuid references people,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      sequence int not null default 0,
      removed_at timestamptz,
      check (ends_at > starts_at),
      unique (event_id, id),
      foreign key (event_id, room_id) references rooms (event_id, id),
      foreign key (event_id, track_id) references tracks (event_id, id)
    );
    create index sessions_event on sessions (event_id, starts_at, id) where removed_at is null;
    create index sessions_room on sessions (room_id, starts_at) where room_id is not null;

    create table session_speakers (
      id uuid primary key default uuid_v7(),
      session_id uuid not null references sessions,
      person_id uuid references people,
      name text not null check (name <> ''),
      organisation text not null default '',
      role text not null check (role in ('speaker', 'chair', 'moderator')),
      position int not null
    );
    create index session_speakers_session on session_speakers (session_id, position);
    create index session_speakers_person on session_speakers (person_id) where person_id is not null;

    create table session_materials (
      id uuid primary key default uuid_v7(),
      session_id uuid not null references sessions,
      title text not null check (title <> ''),
      url text,
      file_id uuid references files,
      position int not null,
      check (num_nonnulls(url, file_id) = 1)
    );
    create index session_materials_session on session_materials (session_id, position);

    create table session_choices (
      session_id uuid not null references sessions,
      registration_id uuid not null references registrations,
      chosen_at timestamptz not null default now(),
      primary key (session_id, registration_id)
    );
    create index session_choices_registration on session_choices (registration_id);

    create table programme_releases (
      id uuid primary key default uuid_v7(),
      event_id uuid not null references events,
      no int not null check (no > 0),
      snapshot jsonb not null,
      note text not null default '',
      released_by uuid references people,
      released_at timestamptz not null default now(),
      unique (event_id, no)
    );

    -- What was released stays as it was read.
    create function programme_releases_are_frozen() returns trigger language plpgsql as $$
      begin
        raise exception 'a released programme does not change' using errcode = 'restrict_violation',
          constraint = 'programme_releases_are_frozen';
      end
    $$;
    create trigger programme_releases_are_frozen before update or delete on programme_releases
      for each row execute function programme_releases_are_frozen();

    -- Who chooses a session with places holds one of them: the row of the place is what cannot be given twice.
    create function session_choices_hold_places() returns trigger language plpgsql as $$
      begin
        if exists (select from sessions s where s.id = new.session_id and s.pool_id is not null and not exists (
          select from places p where p.pool_id = s.pool_id and p.registration_id = new.registration_id)) then
          raise exception 'no place in this session' using errcode = 'restrict_violation', constraint = 'session_choices_hold_places';
        end if;
        return new;
      end
    $$;
    create constraint trigger session_choices_hold_places after insert on session_choices deferrable initially deferred
      for each row execute function session_choices_hold_places();
  `.execute(db);
  await assemblies(db);
}

/** Assemblies: the agenda, who votes, what was voted and decided, and the minutes. */
async function assemblies(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table assemblies (
      event_id uuid primary key references events,
      quorum_percent int not null default 50 check (quorum_percent between 0 and 100),
      proxy_limit int not null default 1 check (proxy_limit between 0 and 10),
      created_at timestamptz not null default now()
    );

    create table agenda_items (
      id uuid primary key default uuid_v7(),
      event_id uuid not null references assemblies,
      position int not null,
      title jsonb not null,
      text jsonb not null default '{}',
      removed_at timestamptz,
      unique (event_id, id)
    );
    create index agenda_items_event on agenda_items (event_id, position);

    create table agenda_documents (
      id uuid primary key default uuid_v7(),
      item_id uuid not null references agenda_items,
      title text not null check (title <> ''),
      url text,
      file_id uuid references files,
      position int not null,
      check (num_nonnulls(url, file_id) = 1)
    );
    create index agenda_documents_item on agenda_documents (item_id, position);

    -- Who may vote: one delegate a city, who speaks for no other as delegate; a city that gave its vote to another casts none itself.
    create table assembly_voters (
      event_id uuid not null references assemblies,
      organisation_id uuid not null references organisations,
      delegate_id uuid references people,
      proxy_to uuid references organisations,
      arrived_at timestamptz,
      primary key (event_id, organisation_id),
      foreign key (event_id, proxy_to) references assembly_voters (event_id, organisation_id),
      check (proxy_to is null or (proxy_to <> organisation_id and arrived_at is null)),
      check (arrived_at is null or delegate_id is not null)
    );
    create unique index assembly_voters_delegate on assembly_voters (event_id, delegate_id) where delegate_id is not null;
    create index assembly_voters_proxies on assembly_voters (event_id, proxy_to) where proxy_to is not null;

    create table motions (
      id uuid primary key default uuid_v7(),
      event_id uuid not null references assemblies,
      item_id uuid,
      position int not null,
      title jsonb not null,
      text jsonb not null default '{}',
      ballot text not null check (ballot in ('open', 'secret')),
      majority text not null default 'simple' check (majority in ('simple', 'absolute', 'two-thirds')),
      opened_at timestamptz,
      opened_by uuid references people,
      closed_at timestamptz,
      closed_by uuid references people,
      ballot_key bytea check (length(ballot_key) = 32),
      result jsonb,
      removed_at timestamptz,
      foreign key (event_id, item_id) references agenda_items (event_id, id),
      check (closed_at is null or opened_at is not null),
      check ((closed_at is null) = (result is null)),
      -- The key of a secret ballot lives as long as the ballot is open: afterwards nothing that was sealed can be read by anybody.
      check ((ballot_key is not null) = (ballot = 'secret' and opened_at is not null and closed_at is null))
    );
    create index motions_event on motions (event_id, position);

    -- That a city voted, and through whom. What it voted stands here in an open ballot only.
    create table motion_votes (
      motion_id uuid not null references motions,
      organisation_id uuid not null references organisations,
      cast_by uuid not null references people,
      choice text check (choice in ('for', 'against', 'abstain')),
      cast_at timestamptz,
      primary key (motion_id, organisation_id)
    );

    -- What was voted in secret: sealed, in no order, without a time. Gone once it is counted.
    create table sealed_ballots (
      id uuid primary key default gen_random_uuid(),
      motion_id uuid not null references motions,
      sealed bytea not null
    );
    create index sealed_ballots_motion on sealed_ballots (motion_id);

    create table minutes (
      id uuid primary key default uuid_v7(),
      event_id uuid not null references assemblies,
      version int not null check (version > 0),
      language text not null,
      text text not null,
      written_by uuid references people,
      written_at timestamptz not null default now(),
      approved_at timestamptz,
      approved_by uuid references people,
      check ((approved_at is null) = (approved_by is null)),
      unique (event_id, version)
    );
    create unique index minutes_approved on minutes (event_id) where approved_at is not null;

    create function motions_keep_results() returns trigger language plpgsql as $$
      begin
        if tg_op = 'DELETE' or old.closed_at is not null or (old.opened_at is not null and (new.opened_at is distinct from old.opened_at
            or new.ballot <> old.ballot or new.majority <> old.majority or new.title <> old.title or new.text <> old.text
            or new.removed_at is not null)) then
          raise exception 'what is voted on does not change' using errcode = 'restrict_violation', constraint = 'motions_keep_results';
        end if;
        return new;
      end
    $$;
    create trigger motions_keep_results before update or delete on motions for each row execute function motions_keep_results();

    create function motion_votes_are_cast_once() returns trigger language plpgsql as $$
      declare
        v_motion motions%rowtype;
      begin
        if tg_op <> 'INSERT' then
          raise exception 'a vote is cast once' using errcode = 'restrict_violation', constraint = 'motion_votes_are_cast_once';
        end if;
        select * into v_motion from motions where id = new.motion_id for key share;
        if v_motion.opened_at is null or v_motion.closed_at is not null then
          raise exception 'the ballot is not open' using errcode = 'restrict_violation', constraint = 'motion_votes_while_open';
        end if;
        if (v_motion.ballot = 'secret') <> (new.choice is null) or (v_motion.ballot = 'secret') <> (new.cast_at is null) then
          raise exception 'a secret vote has no name' using errcode = 'restrict_violation', constraint = 'motion_votes_keep_secrets';
        end if;
        return new;
      end
    $$;
    create trigger motion_votes_are_cast_once before insert or update or delete on motion_votes
      for each row execute function motion_votes_are_cast_once();

    -- Nobody carries more votes than the assembly allows, nor passes on a vote that was given to them.
    create function assembly_voters_keep_proxies() returns trigger language plpgsql as $$
      declare
        v_limit int;
      begin
        if new.proxy_to is null then return new; end if;
        select proxy_limit into v_limit from assemblies where event_id = new.event_id for no key update;
        if (select count(*) from assembly_voters where event_id = new.event_id and proxy_to = new.proxy_to) > v_limit
          or exists (select from assembly_voters where event_id = new.event_id and organisation_id = new.proxy_to and proxy_to is not null)
          or exists (select from assembly_voters where event_id = new.event_id and proxy_to = new.organisation_id) then
          raise exception 'too many proxies' using errcode = 'restrict_violation', constraint = 'assembly_voters_keep_proxies';
        end if;
        return new;
      end
    $$;
    create trigger assembly_voters_keep_proxies after insert or update on assembly_voters
      for each row execute function assembly_voters_keep_proxies();

    create function minutes_are_kept() returns trigger language plpgsql as $$
      begin
        if tg_op = 'DELETE' or new.text <> old.text or new.version <> old.version or old.approved_at is not null then
          raise exception 'a version of the minutes does not change' using errcode = 'restrict_violation', constraint = 'minutes_are_kept';
        end if;
        return new;
      end
    $$;
    create trigger minutes_are_kept before update or delete on minutes for each row execute function minutes_are_kept();
  `.execute(db);
}
