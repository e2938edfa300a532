import { type Kysely, sql } from 'kysely';

/** Of somebody who is erased nothing is left by which they could be known or written to. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table people add constraint people_erased check (erased_at is null or (email is null and gender is null));
    create index calendar_answers_sender on calendar_answers (lower(sender));
  `.execute(db);
}
