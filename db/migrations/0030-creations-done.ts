import { type Kysely, sql } from 'kysely';

/** Whether what a key protects has happened is known from the transaction that did it, not from the answer that came after it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table idempotency_keys add column done_at timestamptz`.execute(db);
}
