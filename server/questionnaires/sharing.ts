import { record } from '../../db/changes.ts';
import { type Db, inTransaction } from '../../db/database.ts';
import { NotFound, Refused } from '../errors.ts';
import { hashToken, newToken } from '../tokens.ts';
import { type Questionnaire, questionnaireById } from './queries.ts';

interface Deed {
  actor: string;
  now: Temporal.Instant;
}

/** A link that shows the report without an account. Its token is told once. */
export async function shareReport(
  db: Db,
  of: Questionnaire,
  withTexts: boolean,
  { actor, now }: Deed,
): Promise<{ id: string; token: string }> {
  const { token, hash } = newToken();
  return inTransaction(db, async (tx) => {
    const { id } = await tx
      .insertInto('questionnaire_shares')
      .values({
        questionnaire_id: of.id,
        token_hash: hash,
        with_texts: withTexts,
        created_by: actor,
        created_at: now,
        revoked_at: null,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await record(tx, {
      actor,
      feature: 'questionnaires',
      row: of.id,
      action: 'shared',
      event: of.eventId,
      after: { share: id, withTexts },
    });
    return { id, token };
  });
}

/** Ends a link. Errors: NotFound. */
export async function endShare(db: Db, of: Questionnaire, shareId: string, { actor, now }: Deed): Promise<void> {
  await inTransaction(db, async (tx) => {
    const ended = await tx
      .updateTable('questionnaire_shares')
      .set({ revoked_at: now })
      .where('id', '=', shareId)
      .where('questionnaire_id', '=', of.id)
      .where('revoked_at', 'is', null)
      .executeTakeFirst();
    if (ended.numUpdatedRows === 0n) throw new NotFound();
    await record(tx, {
      actor,
      feature: 'questionnaires',
      row: of.id,
      action: 'shareEnded',
      event: of.eventId,
      after: { share: shareId },
    });
  });
}

/** The links of a report that work, the newest first. */
export function sharesOf(db: Db, questionnaireId: string) {
  return db
    .selectFrom('questionnaire_shares')
    .select(['id', 'with_texts as withTexts', 'created_at as createdAt'])
    .where('questionnaire_id', '=', questionnaireId)
    .where('revoked_at', 'is', null)
    .orderBy('id', 'desc')
    .limit(100)
    .execute();
}

/** The questionnaire that a link shows. Errors: NotFound. */
export async function sharedBy(db: Db, token: string): Promise<{ questionnaire: Questionnaire; withTexts: boolean }> {
  const found = await db
    .selectFrom('questionnaire_shares')
    .select(['questionnaire_id', 'with_texts'])
    .where('token_hash', '=', hashToken(token))
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  if (!found) throw new NotFound();
  return { questionnaire: await questionnaireById(db, found.questionnaire_id), withTexts: found.with_texts };
}

export interface WrittenText {
  id: string;
  item: string;
  text: string;
  redacted: string | null;
}

/** What was written, as it may be shown, for whoever redacts it. 500 at most of each item. */
export async function writtenTexts(db: Db, questionnaireId: string): Promise<WrittenText[]> {
  return db
    .selectFrom('answer_texts')
    .innerJoin('published_figures', (join) =>
      join
        .onRef('published_figures.questionnaire_id', '=', 'answer_texts.questionnaire_id')
        .onRef('published_figures.item_key', '=', 'answer_texts.item_key')
        .on('published_figures.segment_key', '=', ''),
    )
    .select(['answer_texts.id', 'answer_texts.item_key as item', 'answer_texts.text', 'answer_texts.redacted'])
    .where('answer_texts.questionnaire_id', '=', questionnaireId)
    .orderBy('answer_texts.item_key')
    .orderBy('answer_texts.id')
    .limit(2000)
    .execute();
}

/** What a text is shown as from now on: undefined as it was written, empty not at all. Errors: NotFound, Refused('not-settled'). */
export async function redact(
  db: Db,
  of: Questionnaire,
  textId: string,
  text: string | undefined,
  { actor }: Deed,
): Promise<void> {
  // Until it has settled, rows are rewritten: an id of now is nobody's in a minute.
  if (!of.settledAt) throw new Refused('not-settled');
  await inTransaction(db, async (tx) => {
    const found = await tx
      .updateTable('answer_texts')
      .set({ redacted: text ?? null })
      .where('id', '=', textId)
      .where('questionnaire_id', '=', of.id)
      .executeTakeFirst();
    if (found.numUpdatedRows === 0n) throw new NotFound();
    await record(tx, { actor, feature: 'questionnaires', row: of.id, action: 'redacted', event: of.eventId });
  });
}
