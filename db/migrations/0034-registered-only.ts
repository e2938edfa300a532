import { type Kysely, sql } from 'kysely';

/** Whether the volunteers of a door may register whoever comes without having registered: whoever makes the door says so. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table doors add column registered_only boolean not null default false`.execute(db);
}
