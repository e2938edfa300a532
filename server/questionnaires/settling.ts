import { sql } from 'kysely';
import { type Db, inTransaction, type Transaction } from '../../db/database.ts';
import { part } from './anonymity.ts';
import { type Mixing, mix } from './mixing.ts';
import { publish } from './publishing.ts';
import { definitionOf } from './queries.ts';

/**
 * Makes the figures of a closed questionnaire final: the last answers are mixed in, groups are told. Begun twice or cut off, it does
 * what is left.
 */
export async function settle(db: Db, id: string, { key, former, now }: Omit<Mixing, 'last' | 'midway'>): Promise<void> {
  await mix(db, id, { key, former, now, last: true });
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
    await detachTexts(tx, id);
    await publish(tx, id, true);
    await tx.updateTable('questionnaires').set({ settled_at: now }).where('id', '=', id).execute();
  });
}

// What was written under a name is shown apart from it, as anonymous texts are.
async function detachTexts(tx: Transaction, id: string): Promise<void> {
  const rows = await tx
    .selectFrom('named_answers')
    .innerJoin('questionnaires', 'questionnaires.id', 'named_answers.questionnaire_id')
    .select(['named_answers.answers', 'questionnaires.form_version_id as versionId'])
    .where('questionnaire_id', '=', id)
    .where('draft', '=', false)
    .execute();
  const versionId = rows[0]?.versionId;
  if (!versionId) return;
  const definition = await definitionOf(tx, versionId);
  const texts = rows.flatMap(({ answers }) => part(definition, answers).texts);
  await sql`
    insert into answer_texts (questionnaire_id, item_key, text)
    select ${id}::uuid, item, text from jsonb_to_recordset(${JSON.stringify(texts)}::jsonb) as new (item text, text text) order by gen_random_uuid()`.execute(
    tx,
  );
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
