import { type Kysely, sql } from 'kysely';

/** What reports count beside what is there already: gender where people give it; and which years everybody may read. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- Said by the person themselves, for sums alone: it is shown with nobody's name.
    alter table people add column gender text check (gender in ('woman', 'man', 'other'));

    create table released_years (
      id uuid primary key default uuid_v7(),
      year int not null unique check (year between 1900 and 2200),
      -- Words of the secretariat beside the figures.
      note jsonb not null default '{}',
      -- The figures as they were released: what happens later changes no published page.
      report jsonb not null,
      released_at timestamptz not null,
      released_by uuid references people
    );

    create index events_starts on events (starts_local) where published_at is not null and cancelled_at is null;
  `.execute(db);
}
