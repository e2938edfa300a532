import { sql } from 'kysely';
import { type Db, inTransaction, json, KEPT } from '../../db/database.ts';
import { together } from '../../db/together.ts';
import { Invalid, NotFound, Refused } from '../errors.ts';
import type { Definition } from '../forms/definition.ts';
import { evaluate } from '../forms/evaluation.ts';
import { homeOf, seal } from './anonymity.ts';
import type { Asked } from './queries.ts';
import { mayChangeAnswer } from './rules.ts';

/**
 * Takes the answers of somebody who was asked: once, or again under their name. Nothing else is written, so that no other row tells of it: no audit, no outbox,
 * no time of day. Errors: Invalid (paths of the items), Refused('already-answered' | 'questionnaire-closed').
 */
export async function answer(
  db: Db,
  asked: Asked,
  definition: Definition,
  raw: unknown,
  { key, now }: { key: Buffer; now: Temporal.Instant },
): Promise<void> {
  const { answers, errors } = evaluate(definition, raw, { mode: 'final' });
  if (errors.length > 0) throw new Invalid(errors);
  const outcome =
    asked.privacy === 'anonymous' ? await keepSealed(db, asked, answers, key, now) : await keepNamed(db, asked, answers, now);
  if (outcome === 'unknown') throw new NotFound();
  if (outcome === 'closed') throw new Refused('questionnaire-closed');
  if (outcome === 'answered') throw new Refused('already-answered');
}

type Outcome = 'accepted' | 'answered' | 'closed' | 'unknown';

async function keepSealed(
  db: Db,
  { questionnaireId, tokenHash }: Asked,
  answers: Record<string, unknown>,
  key: Buffer,
  now: Temporal.Instant,
): Promise<Outcome> {
  const sealed = sealedOrTooLong(key, answers, homeOf(questionnaireId, tokenHash));
  return keepOne(db, { questionnaireId, tokenHash, sealed, now });
}

interface SealedAnswer {
  questionnaireId: string;
  tokenHash: Buffer;
  sealed: Buffer;
  now: Temporal.Instant;
}

/**
 * Answers that arrive at once are kept by one statement, each by itself: accepted, or not. By questionnaire and token, so that two
 * processes take their locks in one order and neither waits for the other for ever.
 */
const keepOne = together(
  async (db: Db, answers: readonly SealedAnswer[]): Promise<Outcome[]> => {
    const placed = answers
      .map((one, at) => ({ ...one, at }))
      .sort((a, b) =>
        a.questionnaireId < b.questionnaireId
          ? -1
          : a.questionnaireId > b.questionnaireId
            ? 1
            : Buffer.compare(a.tokenHash, b.tokenHash),
      );
    const { rows } = await sql<{ outcome: Outcome }>`${KEPT}
      select keep_answer(token_hash, sealed, ${answers[0]?.now}) as outcome from ${listed(placed)} as new (token_hash, sealed)`.execute(
      db,
    );
    const outcomes: Outcome[] = [];
    for (const [n, { at }] of placed.entries()) outcomes[at] = rows[n]?.outcome ?? 'unknown';
    return outcomes;
  },
  { inTurn: true },
);

// One alone is sent as it is: lists of bytes travel as text.
const listed = (answers: readonly SealedAnswer[]) =>
  answers.length === 1
    ? sql`(values (${answers[0]?.tokenHash}::bytea, ${answers[0]?.sealed}::bytea))`
    : sql`unnest(${answers.map((one) => one.tokenHash)}::bytea[], ${answers.map((one) => one.sealed)}::bytea[])`;

function sealedOrTooLong(key: Buffer, answers: Record<string, unknown>, home: Buffer): Buffer {
  try {
    return seal(key, answers, home);
  } catch (error) {
    if (error instanceof RangeError) throw new Invalid([{ path: '', code: 'tooLong', params: { max: 250_000 } }]);
    throw error;
  }
}

// The asking's row is the lock: a link that is used twice at once is used once.
function keepNamed(db: Db, asked: Asked, answers: Record<string, unknown>, now: Temporal.Instant): Promise<Outcome> {
  return inTransaction(db, async (tx) => {
    const { rows } = await sql<{ answered: boolean; open: boolean }>`
      select a.answered, q.closed_at is null and (q.closes_at is null or q.closes_at > ${now}) as open
      from askings a join questionnaires q on q.id = a.questionnaire_id where a.id = ${asked.askingId} for no key update of a`.execute(
      tx,
    );
    const [row] = rows;
    if (!row) return 'unknown';
    if (!row.open) return 'closed';
    if (row.answered && !mayChangeAnswer(asked.privacy)) return 'answered';
    const day = now.toZonedDateTimeISO('UTC').toPlainDate();
    await tx
      .insertInto('named_answers')
      .values({ asking_id: asked.askingId, questionnaire_id: asked.questionnaireId, answers: json(answers), answered_on: day })
      // What was answered before stays as a version, by a trigger.
      .onConflict((conflict) =>
        conflict.column('asking_id').doUpdateSet({ answers: json(answers), draft: false, answered_on: day }),
      )
      .execute();
    await tx.updateTable('askings').set({ answered: true }).where('id', '=', asked.askingId).execute();
    return 'accepted';
  });
}
