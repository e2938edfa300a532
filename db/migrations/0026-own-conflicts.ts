import { type Kysely, sql } from 'kysely';

/** What a juror declares of organisations, whether they take part or not: the declaration tells nothing of who does. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table conflict_declarations (
      id uuid primary key default uuid_v7(),
      call_id uuid not null,
      person_id uuid not null,
      organisation_id uuid not null references organisations,
      reason text not null check (length(reason) between 1 and 2000),
      declared_at timestamptz not null default now(),
      unique (call_id, person_id, organisation_id),
      foreign key (call_id, person_id) references jury_members (call_id, person_id)
    );
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
        from conflict_declarations d join entries n on n.call_id = d.call_id and n.organisation_id = d.organisation_id`.execute(
    db,
  );
}
