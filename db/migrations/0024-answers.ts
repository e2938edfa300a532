import { type Kysely, sql } from 'kysely';

/** An answer under a name may be changed until its questionnaire closes: what it was before stays, as a version that nothing changes. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table named_answers add column version int not null default 1 check (version >= 1);
    create table named_answer_versions (
      asking_id uuid not null references named_answers,
      version int not null check (version >= 1),
      answers jsonb not null,
      answered_on date not null,
      primary key (asking_id, version)
    );
    create index questionnaires_assessments on questionnaires (year) where kind = 'self-assessment';
    create index askings_of_organisation on askings (organisation_id) where organisation_id is not null;

    create function named_answers_keep_versions() returns trigger language plpgsql as $$
      begin
        if not old.draft and new.answers is distinct from old.answers then
          if exists (select from questionnaires q where q.id = old.questionnaire_id and q.privacy <> 'named') then
            raise exception 'only an answer under a name can be changed' using errcode = 'restrict_violation',
              constraint = 'named_answers_keep_versions';
          end if;
          insert into named_answer_versions (asking_id, version, answers, answered_on)
            values (old.asking_id, old.version, old.answers, old.answered_on);
          new.version := old.version + 1;
        end if;
        return new;
      end
    $$;
    create trigger named_answers_keep_versions before update on named_answers
      for each row execute function named_answers_keep_versions();
    create function named_answer_versions_stay() returns trigger language plpgsql as $$
      begin
        raise exception 'a version of an answer stays as it was' using errcode = 'restrict_violation', constraint = 'named_answer_versions_stay';
      end
    $$;
    create trigger named_answer_versions_stay before update on named_answer_versions
      for each row execute function named_answer_versions_stay();
  `.execute(db);
}
