import { sql } from 'kysely';
import { type Db, SHARED } from '../../db/database.ts';
import { NotFound } from '../errors.ts';
import { type Page, pageOf } from '../http/cursor.ts';
import type { Questionnaire } from './queries.ts';

/** What somebody answered under their name. */
export interface NamedAnswer {
  /** Of the asking. */
  id: string;
  name: string;
  organisation: string | null;
  answeredOn: Temporal.PlainDate;
  /** 1, and one more for each change. */
  version: number;
  answers: Record<string, unknown>;
}

export interface AnswerVersion {
  version: number;
  answeredOn: Temporal.PlainDate;
  answers: Record<string, unknown>;
}

const columns = sql`a.id, p.name, o.name as organisation, n.answered_on as "answeredOn", n.version, n.answers`;
const joined = sql`named_answers n join askings a on a.id = n.asking_id join questionnaires q on q.id = n.questionnaire_id
  join people p on p.id = a.person_id left join organisations o on o.id = a.organisation_id`;

/**
 * The answers to a named questionnaire, by name: what is confidential or anonymous is not there. Errors: NotFound for those.
 */
export async function namedAnswersPage(
  db: Db,
  { id, privacy }: Questionnaire,
  { after, limit }: { after?: readonly string[]; limit: number },
): Promise<Page<NamedAnswer>> {
  if (privacy !== 'named') throw new NotFound();
  const later = after ? sql`(p.name, a.id) > (${after[0]}, ${after[1]}::uuid)` : sql`true`;
  const { rows } = await sql<NamedAnswer>`${SHARED}
    select ${columns} from ${joined} where n.questionnaire_id = ${id} and q.privacy = 'named' and not n.draft and ${later}
    order by p.name, a.id limit ${limit + 1}`.execute(db);
  return pageOf(rows, limit, (row) => [row.name, row.id]);
}

/** One of them, with what it was before, the newest first. Errors: NotFound. */
export async function namedAnswer(
  db: Db,
  { id, privacy }: Questionnaire,
  askingId: string,
): Promise<NamedAnswer & { before: AnswerVersion[] }> {
  if (privacy !== 'named') throw new NotFound();
  const { rows } = await sql<NamedAnswer>`${SHARED}
    select ${columns} from ${joined} where n.questionnaire_id = ${id} and a.id = ${askingId} and q.privacy = 'named' and not n.draft`.execute(
    db,
  );
  const [found] = rows;
  if (!found) throw new NotFound();
  const before = await db
    .selectFrom('named_answer_versions')
    .select(['version', 'answered_on as answeredOn', 'answers'])
    .where('asking_id', '=', askingId)
    .orderBy('version', 'desc')
    .limit(100)
    .execute();
  return { ...found, before };
}
