import { type Kysely, sql } from 'kysely';

/** What an organiser does with many registrations at once: one row for the order, one for each registration and what became of it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table bulks (
      id uuid primary key,
      event_id uuid not null references events,
      action text not null check (action in ('approve', 'refuse', 'cancel', 'category', 'paid', 'confirmation')),
      category text,
      reason text,
      received_on date,
      created_by uuid not null references people,
      created_at timestamptz not null,
      ended_at timestamptz,
      undone_by uuid references people,
      undone_at timestamptz,
      undo_ended_at timestamptz,
      check ((undone_by is null) = (undone_at is null))
    );
    create index bulks_event on bulks (event_id, created_at desc);

    create table bulk_items (
      bulk_id uuid not null references bulks,
      no int not null,
      registration_id uuid not null references registrations,
      outcome text check (outcome in ('done', 'refused')),
      code text,
      before jsonb,
      undo_outcome text check (undo_outcome in ('done', 'refused')),
      undo_code text,
      primary key (bulk_id, no),
      unique (bulk_id, registration_id)
    );
    create index bulk_items_ahead on bulk_items (bulk_id, no) where outcome is null;
    create index bulk_items_back on bulk_items (bulk_id, no desc) where outcome = 'done' and undo_outcome is null;
  `.execute(db);
}
