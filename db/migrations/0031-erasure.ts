import { type Kysely, sql } from 'kysely';

/** Of somebody who is erased nothing is left by which they could be known or written to. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table people add constraint people_erased check (erased_at is null or (email is null and gender is null));
    create index calendar_answers_sender on calendar_answers (lower(sender));
    -- Mails to an address of which nobody is known: links to sign in.
    create index sends_nobody on sends (lower(address)) where person_id is null;
    create index replacements_from on replacements (from_person_id);
  `.execute(db);
}
