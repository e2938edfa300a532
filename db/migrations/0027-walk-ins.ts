import { type Kysely, sql } from 'kysely';

/** Who came to a door without having registered, each once however often a device says so. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table walk_ins (
      -- Made by the device, as those of its steps are.
      id uuid primary key,
      event_id uuid not null references events,
      registration_id uuid not null unique,
      -- The city as it was typed, where none is known by it.
      organisation text,
      at timestamptz not null,
      by uuid references people,
      keeper_id uuid references door_keepers,
      received_at timestamptz not null,
      check (num_nonnulls(by, keeper_id) = 1),
      foreign key (event_id, registration_id) references registrations (event_id, id)
    );
    create index walk_ins_event on walk_ins (event_id, at desc);
  `.execute(db);
}
