import { type Kysely, sql } from 'kysely';

/**
 * The long list is a round as the final is: it opens with the assignments, has a time until which jurors are asked to score, and is
 * closed. Before it jurors may be asked what they would like to read; and a declaration can be taken back.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table calls add column scoring_ends_local timestamp, add column scoring_ends_at timestamptz,
      add constraint calls_scoring_ends check ((scoring_ends_local is null) = (scoring_ends_at is null));
    alter table rounds add column closed_by uuid references people, add column wishes_opened_at timestamptz,
      add column wishes_closed_at timestamptz, add column reminded_at timestamptz;
    insert into rounds (call_id, number, kind, opened_at, opened_by)
      select distinct on (call_id) call_id, 1, 'long-list', published_at, published_by from assignments order by call_id, published_at
      on conflict do nothing;
    create table wishes (
      entry_id uuid not null references entries on delete cascade,
      person_id uuid not null,
      call_id uuid not null,
      wished_at timestamptz not null default now(),
      primary key (entry_id, person_id),
      foreign key (call_id, person_id) references jury_members (call_id, person_id)
    );
    create index wishes_of_juror on wishes (call_id, person_id);
    alter table conflict_declarations add column withdrawn_at timestamptz;
    create or replace view juror_conflicts as
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
      select call_id, person_id, entry_id, kind from conflicts
      union all
      select d.call_id, d.person_id, n.id, 'declared'
        from conflict_declarations d join entries n on n.call_id = d.call_id and n.organisation_id = d.organisation_id
        where d.withdrawn_at is null`.execute(db);
}
