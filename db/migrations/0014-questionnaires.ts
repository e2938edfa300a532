import { type Kysely, sql } from 'kysely';

/**
 * Questionnaires: whom they ask, and what was answered. What was answered anonymously has no column that could lead to a person:
 * no time, no sequence, no reference, and `docs/questionnaires.md` says why the rows are rewritten all at once.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table questionnaires (
      id uuid primary key default uuid_v7(),
      kind text not null default 'evaluation' check (kind in ('evaluation', 'self-assessment')),
      event_id uuid references events,
      title jsonb not null,
      privacy text not null check (privacy in ('named', 'confidential', 'anonymous')),
      minimum_group int not null default 5 check (minimum_group between 5 and 20),
      form_id uuid not null references forms,
      form_version_id uuid references form_versions,
      year int check (year between 2000 and 2200),
      automatic boolean not null default true,
      reminder_days int[] not null default '{3,7}',
      zone text not null,
      closes_local timestamp,
      closes_at timestamptz,
      opened_at timestamptz,
      opened_by uuid references people,
      closed_at timestamptz,
      settled_at timestamptz,
      created_by uuid references people,
      created_at timestamptz not null default now(),
      check (opened_at is null or form_version_id is not null),
      check (closed_at is null or opened_at is not null),
      check (settled_at is null or closed_at is not null),
      check ((closes_local is null) = (closes_at is null)),
      check (kind <> 'self-assessment' or (privacy = 'named' and year is not null))
    );
    create index questionnaires_event on questionnaires (event_id);
    create index questionnaires_order on questionnaires (created_at desc, id);
    create index questionnaires_form on questionnaires (form_id);
    create index questionnaires_due on questionnaires (closes_at) where opened_at is not null and settled_at is null;
    create unique index questionnaires_year on questionnaires (year) where kind = 'self-assessment';

    create table askings (
      id uuid primary key default gen_random_uuid(),
      questionnaire_id uuid not null references questionnaires,
      person_id uuid not null references people,
      organisation_id uuid references organisations,
      token_hash bytea not null unique check (length(token_hash) = 32),
      answered boolean not null default false,
      asked_on date not null,
      reminders smallint not null default 0,
      unique (questionnaire_id, person_id)
    );
    create unique index askings_organisation on askings (questionnaire_id, organisation_id) where organisation_id is not null;
    create index askings_person on askings (person_id);

    create table answer_inbox (
      questionnaire_id uuid not null references questionnaires,
      token_hash bytea not null check (length(token_hash) = 32),
      sealed bytea not null,
      primary key (questionnaire_id, token_hash)
    );
    -- Sealed bytes are random: to compress them is wasted work.
    alter table answer_inbox alter column sealed set storage external;

    create table answers (
      id uuid primary key default gen_random_uuid(),
      questionnaire_id uuid not null references questionnaires,
      answers jsonb not null
    );
    create index answers_questionnaire on answers (questionnaire_id);

    create table answer_texts (
      id uuid primary key default gen_random_uuid(),
      questionnaire_id uuid not null references questionnaires,
      item_key text not null,
      text text not null,
      redacted text
    );
    create index answer_texts_item on answer_texts (questionnaire_id, item_key);

    create table answer_days (
      questionnaire_id uuid not null references questionnaires,
      day date not null,
      n int not null check (n > 0),
      primary key (questionnaire_id, day)
    );

    create table named_answers (
      asking_id uuid primary key references askings,
      questionnaire_id uuid not null references questionnaires,
      answers jsonb not null,
      draft boolean not null default false,
      answered_on date not null
    );
    create index named_answers_questionnaire on named_answers (questionnaire_id);

    create table published_figures (
      questionnaire_id uuid not null references questionnaires,
      item_key text not null,
      segment_key text not null default '',
      segment_code text not null default '',
      base int not null check (base >= 5),
      counts jsonb not null,
      history jsonb not null default '[]',
      primary key (questionnaire_id, segment_key, segment_code, item_key)
    );

    create table questionnaire_shares (
      id uuid primary key default uuid_v7(),
      questionnaire_id uuid not null references questionnaires,
      token_hash bytea not null unique check (length(token_hash) = 32),
      with_texts boolean not null default false,
      created_by uuid references people,
      created_at timestamptz not null default now(),
      revoked_at timestamptz
    );
    create index questionnaire_shares_of on questionnaire_shares (questionnaire_id);

    -- What was promised to those who were asked holds for ever.
    create function questionnaires_keep_promise() returns trigger language plpgsql as $$
      begin
        if tg_op = 'DELETE' or (old.opened_at is not null and (new.privacy <> old.privacy or new.opened_at is null
            or new.form_version_id <> old.form_version_id or new.minimum_group < old.minimum_group))
          or (old.closed_at is not null and new.closed_at is null) then
          raise exception 'what a questionnaire promised cannot be taken back' using errcode = 'restrict_violation',
            constraint = 'questionnaires_keep_promise';
        end if;
        return new;
      end
    $$;
    create trigger questionnaires_keep_promise before update or delete on questionnaires
      for each row execute function questionnaires_keep_promise();

    -- Nobody is asked by a questionnaire that could still change what it promises; an anonymous one never keeps an answer under a name.
    create function askings_need_opening() returns trigger language plpgsql as $$
      begin
        if not exists (select from questionnaires q where q.id = new.questionnaire_id and q.opened_at is not null) then
          raise exception 'the questionnaire is not open' using errcode = 'restrict_violation', constraint = 'askings_need_opening';
        end if;
        return new;
      end
    $$;
    create trigger askings_need_opening before insert on askings for each row execute function askings_need_opening();
    create function named_answers_are_not_anonymous() returns trigger language plpgsql as $$
      begin
        if exists (select from questionnaires q where q.id = new.questionnaire_id and q.privacy = 'anonymous') then
          raise exception 'an anonymous answer has no name' using errcode = 'restrict_violation',
            constraint = 'named_answers_are_not_anonymous';
        end if;
        return new;
      end
    $$;
    create trigger named_answers_are_not_anonymous before insert or update on named_answers
      for each row execute function named_answers_are_not_anonymous();
  `.execute(db);
}
