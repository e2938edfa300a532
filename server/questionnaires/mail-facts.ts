import { sql } from 'kysely';
import type { Db } from '../../db/database.ts';
import type { QuestionnairePrivacy } from '../../db/tables/questionnaires.ts';

export interface AskingFact {
  tokenHash: Buffer;
  name: string;
  zone: string;
  title: Record<string, string>;
  defaultLanguage: string | null;
  privacy: QuestionnairePrivacy;
  minimumGroup: number;
  formVersionId: string;
  closesAt: Temporal.Instant | null;
  /** Nobody is asked any more: they have answered, it has closed, the event was cancelled. */
  over: boolean;
  /** That it answers for, in a self-assessment. */
  organisation: string | null;
}

/** What the mail to somebody who is asked says, as of now. */
export async function askingFact(db: Db, askingId: string, now: Temporal.Instant): Promise<AskingFact | undefined> {
  const { rows } = await sql<AskingFact>`
    select a.token_hash as "tokenHash", p.name, p.zone, q.title, e.default_language as "defaultLanguage", q.privacy, q.minimum_group as "minimumGroup",
      q.form_version_id as "formVersionId", q.closes_at as "closesAt",
      a.answered or q.closed_at is not null or q.closes_at <= ${now} or e.cancelled_at is not null or p.erased_at is not null
        or exists (select from answer_inbox i where i.questionnaire_id = q.id and i.token_hash = a.token_hash) as over,
      o.name as organisation
    from askings a join questionnaires q on q.id = a.questionnaire_id join people p on p.id = a.person_id
      left join events e on e.id = q.event_id left join organisations o on o.id = a.organisation_id
    where a.id = ${askingId}`.execute(db);
  return rows[0];
}
