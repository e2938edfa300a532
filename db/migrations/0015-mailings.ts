import { type Kysely, sql } from 'kysely';

/** Mailings, their texts, what was done with them, and the invitations that ask for an answer. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table mailings (
      id uuid primary key default uuid_v7(),
      kind text not null check (kind in ('invitation', 'announcement', 'reminder', 'update', 'questionnaire')),
      state text not null default 'draft' check (state in ('draft', 'scheduled', 'running', 'paused', 'cancelled', 'done')),
      name text not null check (length(name) between 1 and 200),
      topic text,
      -- Whom it may reach at all: everybody, a network, or those who have to do with one event.
      reach text not null check (reach in ('all', 'network', 'event')),
      network_id uuid references networks,
      event_id uuid references events,
      questionnaire_id uuid references questionnaires,
      audience jsonb not null default '{}',
      default_language text not null default 'en',
      version int not null default 1 check (version >= 1),
      schedule text check (schedule in ('moment', 'morning')),
      planned_local timestamp,
      zone text not null,
      offset_days int check (offset_days between -365 and 365),
      offset_from text check (offset_from in ('start', 'end')),
      quiet_hours boolean not null default true,
      starts_at timestamptz,
      owner_id uuid references people,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      started_at timestamptz,
      -- When the last row of its audience stood in the ledger.
      frozen_at timestamptz,
      audience_size int,
      ended_at timestamptz,
      paused_reason text,
      check (reach <> 'network' or network_id is not null),
      check (reach <> 'event' or event_id is not null),
      check (kind <> 'invitation' or event_id is not null),
      check (kind <> 'questionnaire' or questionnaire_id is not null),
      check ((offset_days is null) = (offset_from is null)),
      check (offset_days is null or event_id is not null),
      check ((schedule is null) = (planned_local is null) and (schedule is null) = (starts_at is null)),
      check (state not in ('scheduled', 'running', 'paused', 'done') or schedule is not null),
      check (state not in ('running', 'paused', 'done') or started_at is not null),
      check ((state in ('cancelled', 'done')) = (ended_at is not null)),
      check (state <> 'done' or frozen_at is not null)
    );
    create index mailings_order on mailings (created_at desc, id desc);
    create index mailings_due on mailings (starts_at) where state = 'scheduled';
    create index mailings_under_way on mailings (started_at) where state in ('running', 'paused');
    create index mailings_event on mailings (event_id, created_at desc) where event_id is not null;
    create index mailings_network on mailings (network_id, created_at desc) where network_id is not null;
    create index mailings_questionnaire on mailings (questionnaire_id) where questionnaire_id is not null;

    -- What was once cancelled goes to nobody any more, and what was sent is not a draft again.
    create function mailings_keep_end() returns trigger language plpgsql as $$
      begin
        if (old.state = 'cancelled' and new.state <> 'cancelled') or (old.started_at is not null and new.state in ('draft', 'scheduled')) then
          raise exception 'a mailing does not begin again' using errcode = 'restrict_violation', constraint = 'mailings_keep_end';
        end if;
        return new;
      end
    $$;
    create trigger mailings_keep_end before update of state on mailings for each row execute function mailings_keep_end();

    create table mailing_texts (
      mailing_id uuid not null references mailings,
      version int not null,
      -- By language: subject, body, and the words of the button.
      texts jsonb not null,
      -- By field: what stands where it has no value, by language.
      fallbacks jsonb not null default '{}',
      written_by uuid references people,
      written_at timestamptz not null default now(),
      primary key (mailing_id, version)
    );

    create table mailing_steps (
      id uuid primary key default uuid_v7(),
      mailing_id uuid not null references mailings,
      step text not null check (step in
        ('scheduled', 'unscheduled', 'moved', 'started', 'frozen', 'paused', 'resumed', 'cancelled', 'retried', 'done')),
      by uuid references people,
      at timestamptz not null default now(),
      reason text
    );
    create index mailing_steps_of on mailing_steps (mailing_id, at);

    create table mailing_templates (
      id uuid primary key default uuid_v7(),
      name text not null check (length(name) between 1 and 200),
      kind text not null check (kind in ('invitation', 'announcement', 'reminder', 'update', 'questionnaire')),
      network_id uuid references networks,
      default_language text not null,
      texts jsonb not null,
      fallbacks jsonb not null default '{}',
      created_by uuid references people,
      created_at timestamptz not null default now(),
      removed_at timestamptz
    );
    create index mailing_templates_order on mailing_templates (created_at desc, id desc) where removed_at is null;

    create table invitations (
      id uuid primary key default gen_random_uuid(),
      event_id uuid not null references events,
      person_id uuid not null references people,
      organisation_id uuid references organisations,
      mailing_id uuid references mailings,
      -- Whose place they were proposed to take.
      substitute_of uuid references invitations,
      created_by uuid references people,
      created_at timestamptz not null default now(),
      unique (event_id, person_id)
    );
    create index invitations_mailing on invitations (mailing_id) where mailing_id is not null;
    create unique index invitations_substitute on invitations (substitute_of) where substitute_of is not null;
    create index invitations_person on invitations (person_id);

    create table invitation_answers (
      id uuid primary key default uuid_v7(),
      invitation_id uuid not null references invitations,
      answer text not null check (answer in ('accepted', 'declined', 'substitute')),
      substitute_name text check (length(substitute_name) between 1 and 200),
      substitute_address text check (substitute_address like '_%@_%'),
      note text not null default '' check (length(note) <= 2000),
      -- Null: by the link of the mail.
      by uuid references people,
      at timestamptz not null default now(),
      check ((answer = 'substitute') = (substitute_name is not null)),
      check ((answer = 'substitute') = (substitute_address is not null))
    );
    create index invitation_answers_of on invitation_answers (invitation_id, at desc, id desc);

    alter table sends add constraint sends_mailing_fk foreign key (mailing_id) references mailings;
    create unique index sends_once on sends (mailing_id, person_id, version) where mailing_id is not null;
  `.execute(db);
}
