import { type Kysely, sql } from 'kysely';

/**
 * For the organiser's desk: which movement of a bank statement a payment came from, noted once for each registration however often the
 * statement is read; and a way to those whom the waiting list has served.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table payments add column bank_line text check (length(bank_line) between 20 and 100);
    create unique index payments_bank_line on payments (bank_line, registration_id) where removed_at is null and bank_line is not null;
    create index waitings_served on waitings (event_id, rank desc) where ended_by in ('served', 'accepted');
  `.execute(db);
}
