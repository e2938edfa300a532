import { sql } from 'kysely';
import type { Db } from '../../db/database.ts';
import type { Language } from '../../web/locales/languages.ts';
import { textIn } from '../../web/locales/text-map.ts';
import { translator } from '../../web/locales/translate.ts';
import type { ExportColumn } from '../http/exports.ts';

export interface ReviewLine {
  id: string;
  code: string;
  title: Record<string, string>;
  organisation: string;
  country: string;
  juror: string;
  scores: Record<string, number>;
  commentToJury: string;
  commentToApplicant: string;
  submittedAt: Temporal.Instant | null;
  removalReason: string;
}

/** Every review of a call, drafts and those taken out too; private notes are nobody else's. A thousand rows at a time. */
export async function* everyReview(db: Db, callId: string): AsyncGenerator<ReviewLine> {
  let after = '';
  for (;;) {
    const { rows } = await sql<ReviewLine>`
      select n.code || r.person_id as id, n.code, n.title, o.name as organisation, o.country, p.name as juror, r.scores,
        r.comment_to_jury as "commentToJury", r.comment_to_applicant as "commentToApplicant", r.submitted_at as "submittedAt",
        r.removal_reason as "removalReason"
      from reviews r join entries n on n.id = r.entry_id join organisations o on o.id = n.organisation_id join people p on p.id = r.person_id
      where r.call_id = ${callId} and n.code || r.person_id > ${after} order by n.code || r.person_id limit 1000`.execute(db);
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < 1000) return;
    after = last.id;
  }
}

/** The columns of the one sheet with every review: a column a criterion. */
export async function reviewColumns(
  db: Db,
  call: { id: string; defaultLanguage: string },
  language: Language,
): Promise<ExportColumn<ReviewLine>[]> {
  const t = translator(language);
  const criteria = await db
    .selectFrom('criteria')
    .select(['id', 'key', 'name'])
    .where('call_id', '=', call.id)
    .orderBy('position')
    .execute();
  return [
    { key: 'code', header: t('judging.field.code'), value: (row) => row.code },
    { key: 'title', header: t('judging.field.entry'), value: (row) => textIn(row.title, [language], call.defaultLanguage) },
    { key: 'organisation', header: t('judging.field.city'), value: (row) => row.organisation },
    { key: 'country', header: t('judging.field.country'), value: (row) => row.country },
    { key: 'juror', header: t('judging.field.juror'), value: (row) => row.juror },
    ...criteria.map(
      (criterion): ExportColumn<ReviewLine> => ({
        key: `score.${criterion.key}`,
        header: textIn(criterion.name, [language], call.defaultLanguage),
        value: (row) => row.scores[criterion.id] ?? null,
      }),
    ),
    { key: 'commentToJury', header: t('judging.review.commentToJury'), value: (row) => row.commentToJury },
    { key: 'commentToApplicant', header: t('judging.review.commentToApplicant'), value: (row) => row.commentToApplicant },
    { key: 'submittedAt', header: t('judging.state.handedIn'), value: (row) => row.submittedAt },
    { key: 'recusal', header: t('judging.recusal.reason'), value: (row) => row.removalReason },
  ];
}
