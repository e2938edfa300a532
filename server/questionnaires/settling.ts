import { sql } from 'kysely';
import { type Db, inTransaction } from '../../db/database.ts';
import { mix } from './mixing.ts';
import { publish } from './publishing.ts';

/**
 * Makes the figures of a closed questionnaire final: the last answers are mixed in, groups are told. Begun twice or cut off, it does
 * what is left.
 */
export async function settle(db: Db, id: string, { key, now }: { key: Buffer; now: Temporal.Instant }): Promise<void> {
  await mix(db, id, { key, now, last: true });
  await inTransaction(db, async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended('questionnaire ' || ${id}::uuid, 0))`.execute(tx);
    const open = await tx
      .selectFrom('questionnaires')
      .select('id')
      .where('id', '=', id)
      .where('closed_at', 'is not', null)
      .where('settled_at', 'is', null)
      .forUpdate()
      .executeTakeFirst();
    if (!open) return;
    await publish(tx, id, true);
    await tx.updateTable('questionnaires').set({ settled_at: now }).where('id', '=', id).execute();
  });
}

/** The figures of an open questionnaire that is not anonymous, as of now. */
export async function refreshFigures(db: Db, id: string): Promise<void> {
  await inTransaction(db, async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended('questionnaire ' || ${id}::uuid, 0))`.execute(tx);
    const open = await tx
      .selectFrom('questionnaires')
      .select('id')
      .where('id', '=', id)
      .where('settled_at', 'is', null)
      .executeTakeFirst();
    if (open) await publish(tx, id);
  });
}
