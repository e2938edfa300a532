import { type Kysely, sql } from 'kysely';

/** The jury of a call, who may not judge what, assignments, reviews, rankings, decisions and the chain that proves them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table jury_members (
      id uuid primary key default uuid_v7(),
      call_id uuid not null references calls,
      person_id uuid not null references people,
      seat text not null default 'juror' check (seat in ('juror', 'chair')),
      organisation_id uuid references organisations,
      country text check (country ~ '^[A-Z]{2}$'),
      languages text[] not null default '{}',
      themes text[] not null default '{}',
      least int not null default 0 check (least between 0 and 1000),
      most int check (most between 0 and 1000 and most >= least),
      invited_at timestamptz not null default now(),
      invited_by uuid references people,
      ended_at timestamptz,
      ended_by uuid references people,
      -- One seat each: a chair is not a juror.
      unique (call_id, person_id)
    );
    create index jury_members_person on jury_members (person_id) where ended_at is null;
    create unique index jury_members_one_chair on jury_members (call_id) where seat = 'chair' and ended_at is null;

    -- Whoever runs the network's matters sees every entry and every score: they never judge.
    create function jurors_hold_no_office() returns trigger language plpgsql as $$
      begin
        if new.seat = 'juror' and new.ended_at is null and exists (
          select from roles where person_id = new.person_id and role in ('admin', 'secretariat') and revoked_at is null) then
          raise exception 'the secretariat does not judge' using errcode = 'check_violation', constraint = 'jurors_hold_no_office';
        end if;
        return new;
      end
    $$;
    create trigger jurors_hold_no_office before insert or update on jury_members for each row execute function jurors_hold_no_office();
    create function officers_do_not_judge() returns trigger language plpgsql as $$
      begin
        if new.role in ('admin', 'secretariat') and new.revoked_at is null and exists (
          select from jury_members m join calls c on c.id = m.call_id
          where m.person_id = new.person_id and m.seat = 'juror' and m.ended_at is null and c.results_published_at is null) then
          raise exception 'a juror holds no office' using errcode = 'check_violation', constraint = 'jurors_hold_no_office';
        end if;
        return new;
      end
    $$;
    create trigger officers_do_not_judge before insert or update on roles for each row execute function officers_do_not_judge();

    create table conflicts (
      id uuid primary key default uuid_v7(),
      call_id uuid not null references calls,
      person_id uuid not null references people,
      entry_id uuid not null references entries,
      kind text not null check (kind in ('declared', 'recusal', 'secretariat')),
      reason text not null check (length(reason) between 1 and 2000),
      declared_by uuid references people,
      declared_at timestamptz not null default now(),
      unique (entry_id, person_id)
    );
    create index conflicts_person on conflicts (call_id, person_id);

    create view juror_conflicts as
      select m.call_id, m.person_id, n.id as entry_id, 'organisation' as kind
        from jury_members m join entries n on n.call_id = m.call_id
        where n.organisation_id = m.organisation_id or exists (
          select from affiliations a where a.person_id = m.person_id and a.organisation_id = n.organisation_id and a.ended_at is null)
      union all
      select m.call_id, m.person_id, w.entry_id, 'author'
        from jury_members m join entry_authors w on w.person_id = m.person_id join entries n on n.id = w.entry_id and n.call_id = m.call_id
      union all
      select m.call_id, m.person_id, n.id, 'country'
        from jury_members m join calls c on c.id = m.call_id and c.conflict_same_country
          join entries n on n.call_id = m.call_id join organisations o on o.id = n.organisation_id and o.country = m.country
      union all
      select call_id, person_id, entry_id, kind from conflicts;

    create table assignment_runs (
      id uuid primary key default uuid_v7(),
      call_id uuid not null references calls,
      number int not null,
      by_hand boolean not null,
      problem jsonb not null,
      result jsonb not null,
      made_by uuid references people,
      made_at timestamptz not null default now(),
      published_at timestamptz,
      published_by uuid references people,
      unique (call_id, number)
    );
    create table assignments (
      entry_id uuid not null references entries,
      person_id uuid not null references people,
      call_id uuid not null references calls,
      run_id uuid references assignment_runs,
      published_at timestamptz not null,
      published_by uuid references people,
      withdrawn_at timestamptz,
      withdrawn_by uuid references people,
      withdrawal_reason text not null default '',
      primary key (entry_id, person_id),
      foreign key (call_id, person_id) references jury_members (call_id, person_id)
    );
    create index assignments_person on assignments (call_id, person_id) where withdrawn_at is null;

    create table reviews (
      entry_id uuid not null references entries,
      person_id uuid not null references people,
      call_id uuid not null references calls,
      scores jsonb not null default '{}',
      comment_to_jury text not null default '' check (length(comment_to_jury) <= 20000),
      comment_to_applicant text not null default '' check (length(comment_to_applicant) <= 20000),
      notes text not null default '' check (length(notes) <= 20000),
      version int not null default 1,
      started_at timestamptz not null default now(),
      changed_at timestamptz not null default now(),
      submitted_at timestamptz,
      removed_at timestamptz,
      removal_reason text not null default '',
      primary key (entry_id, person_id),
      foreign key (call_id, person_id) references jury_members (call_id, person_id)
    );
    create index reviews_call on reviews (call_id, person_id) where removed_at is null;

    create table rankings (
      id uuid primary key default uuid_v7(),
      call_id uuid not null references calls,
      number int not null,
      seed int not null,
      chosen int not null check (chosen > 0),
      input text not null,
      input_hash text not null check (input_hash = encode(sha256(convert_to(input, 'UTF8')), 'hex')),
      result jsonb not null,
      computed_by uuid references people,
      computed_at timestamptz not null default now(),
      unique (call_id, number)
    );
    create table rounds (
      call_id uuid not null references calls,
      number int not null check (number between 1 and 9),
      kind text not null check (kind in ('long-list', 'final')),
      opened_at timestamptz not null default now(),
      opened_by uuid references people,
      closed_at timestamptz,
      ballot_opened_at timestamptz,
      ballot_closed_at timestamptz,
      primary key (call_id, number)
    );
    create table deliberation_notes (
      id uuid primary key default uuid_v7(),
      call_id uuid not null references calls,
      entry_id uuid references entries,
      text text not null check (length(text) between 1 and 10000),
      written_by uuid references people,
      written_at timestamptz not null default now()
    );
    create index deliberation_notes_call on deliberation_notes (call_id, written_at);
    create table ballots (
      call_id uuid not null references calls,
      person_id uuid not null references people,
      ranking jsonb not null,
      cast_at timestamptz not null default now(),
      primary key (call_id, person_id),
      foreign key (call_id, person_id) references jury_members (call_id, person_id)
    );
    create table decisions (
      id uuid primary key default uuid_v7(),
      call_id uuid not null references calls,
      entry_id uuid references entries,
      organisation_id uuid references organisations,
      kind text not null check (kind in ('laureate', 'mention', 'not-selected', 'shortlisted', 'void')),
      place int check (place > 0),
      reasons jsonb not null default '{}',
      present text[] not null default '{}',
      decided_by uuid references people,
      decided_at timestamptz not null default now(),
      revoked_at timestamptz,
      revoked_by uuid references people,
      check ((kind = 'void') = (entry_id is null)),
      check ((entry_id is null) = (organisation_id is null))
    );
    create unique index decisions_entry on decisions (entry_id) where revoked_at is null;
    -- At most one laureate a city.
    create unique index decisions_one_laureate_a_city on decisions (call_id, organisation_id) where kind = 'laureate' and revoked_at is null;
    create unique index decisions_void on decisions (call_id) where kind = 'void' and revoked_at is null;
    create index decisions_call on decisions (call_id, decided_at);

    -- Each step's hash includes the last: nothing before it can be changed without everybody seeing it.
    create table judging_chain (
      call_id uuid not null references calls,
      number int not null check (number > 0),
      step text not null,
      at timestamptz not null,
      content text not null,
      previous text not null,
      hash text not null check (hash = encode(sha256(convert_to(previous || E'\n' || content, 'UTF8')), 'hex')),
      primary key (call_id, number)
    );
    create function judging_chain_stays() returns trigger language plpgsql as $$
      begin
        raise exception 'a step of the chain never changes' using errcode = 'restrict_violation';
      end
    $$;
    create trigger judging_chain_stays before update or delete on judging_chain for each row execute function judging_chain_stays();

    create table feedback_letters (
      entry_id uuid primary key references entries,
      call_id uuid not null references calls,
      text jsonb not null default '{}',
      written_by uuid references people,
      written_at timestamptz not null default now(),
      sent_at timestamptz,
      sent_by uuid references people
    );
    create index feedback_letters_call on feedback_letters (call_id);
  `.execute(db);
}
