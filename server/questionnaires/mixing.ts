import { sql } from 'kysely';
import { type Db, inTransaction, type Transaction } from '../../db/database.ts';
import { parseDefinition } from '../forms/definition.ts';
import { batchSize, homeOf, POOL, part, unsealAny } from './anonymity.ts';
import { publish } from './publishing.ts';

export interface Mixing {
  /** Of `sealingKey`. */
  key: Buffer;
  /** Of secrets that the installation had before. */
  former?: readonly Buffer[];
  now: Temporal.Instant;
  /** The questionnaire has closed: what is in the pool goes in as well. */
  last: boolean;
  /** Between taking out and putting in: where a test lets the process die. */
  midway?: () => Promise<void>;
}

/**
 * Takes a random batch out of the sealed inbox and writes all answers of the questionnaire anew, in random order and under new ids,
 * in one transaction under the lock that answering shares: every row has the same writer, and none says when it came. The figures
 * that may be shown are made in the same transaction. Answers how many were mixed in. Errors: SealedOtherwise, and nothing changes.
 */
export async function mix(db: Db, questionnaireId: string, mixing: Mixing): Promise<number> {
  const mixed = await inTransaction(db, async (tx) => {
    await lockAnswers(tx, questionnaireId);
    const { rows } = await sql<{ waiting: number; mixed: number; definition: unknown }>`
      select (select count(*)::int from answer_inbox i where i.questionnaire_id = q.id) as waiting,
        (select count(*)::int from answers a where a.questionnaire_id = q.id) as mixed, v.definition
      from questionnaires q join form_versions v on v.id = q.form_version_id
      where q.id = ${questionnaireId} and q.privacy = 'anonymous' and q.settled_at is null`.execute(tx);
    const [state] = rows;
    if (!state) return 0;
    const size = batchSize(state.waiting, state.mixed, mixing.last);
    if (size > 0) await mixIn(tx, questionnaireId, parseDefinition(state.definition), size, mixing);
    else if (mixing.last && state.waiting + state.mixed < POOL) await discard(tx, questionnaireId);
    if (size > 0) await publish(tx, questionnaireId);
    return size;
  });
  if (mixed > 0 || mixing.last) await sweepOldRows(db, mixing.last);
  return mixed;
}

/** Waits for everybody who is answering just now, and lets nobody begin until the transaction ends. Leaves nothing in any table. */
async function lockAnswers(tx: Transaction, questionnaireId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('questionnaire ' || ${questionnaireId}::uuid, 0))`.execute(tx);
}

async function mixIn(
  tx: Transaction,
  questionnaireId: string,
  definition: Parameters<typeof part>[0],
  size: number,
  { key, former = [], now, midway }: Mixing,
): Promise<void> {
  // Ids of random bits make the order: the database's own random() could be computed again.
  const { rows } = await sql<{ hash: Buffer; sealed: Buffer }>`
    delete from answer_inbox where questionnaire_id = ${questionnaireId} and token_hash in (
      select token_hash from answer_inbox where questionnaire_id = ${questionnaireId} order by gen_random_uuid() limit ${size})
    returning token_hash as hash, sealed`.execute(tx);
  const parted = rows.map(({ hash, sealed }) =>
    part(definition, unsealAny([key, ...former], sealed, homeOf(questionnaireId, hash)) as Record<string, unknown>),
  );
  await midway?.();
  await sql`
    with old as (delete from answers where questionnaire_id = ${questionnaireId} returning answers),
      united as (select answers from old union all select value from jsonb_array_elements(${JSON.stringify(parted.map(({ coded }) => coded))}::jsonb))
    insert into answers (questionnaire_id, answers) select ${questionnaireId}::uuid, answers from united order by gen_random_uuid()`.execute(
    tx,
  );
  await sql`
    with old as (delete from answer_texts where questionnaire_id = ${questionnaireId} returning item_key, text, redacted),
      united as (select * from old union all
        select item, text, null from jsonb_to_recordset(${JSON.stringify(parted.flatMap(({ texts }) => texts))}::jsonb) as new (item text, text text))
    insert into answer_texts (questionnaire_id, item_key, text, redacted)
      select ${questionnaireId}::uuid, item_key, text, redacted from united order by gen_random_uuid()`.execute(tx);
  // Every row is touched, so that none stands out.
  await sql`
    update askings set answered = answered or token_hash = any (${rows.map(({ hash }) => hash)}::bytea[])
    where questionnaire_id = ${questionnaireId}`.execute(tx);
  await sql`
    insert into answer_days (questionnaire_id, day, n) values (${questionnaireId}, ${now.toZonedDateTimeISO('UTC').toPlainDate()}, ${size})
    on conflict (questionnaire_id, day) do update set n = answer_days.n + excluded.n`.execute(tx);
}

// Fewer than a group: what they wrote is destroyed unread, as the page promises.
async function discard(tx: Transaction, questionnaireId: string): Promise<void> {
  await sql`
    update askings a set answered = answered or exists (select from answer_inbox i where i.questionnaire_id = a.questionnaire_id and i.token_hash = a.token_hash)
    where questionnaire_id = ${questionnaireId}`.execute(tx);
  await sql`delete from answer_inbox where questionnaire_id = ${questionnaireId}`.execute(tx);
}

/** Rows that were rewritten lie on in the files until they are swept: plainly after each batch, to the last byte at the end. */
async function sweepOldRows(db: Db, last: boolean): Promise<void> {
  await sql.raw(`vacuum ${last ? '(full) ' : ''}answer_inbox, answers, answer_texts`).execute(db);
  await sql`vacuum askings`.execute(db);
}
