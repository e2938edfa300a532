import { sql } from 'kysely';
import { type Db, SHARED } from '../../db/database.ts';
import { type Page, pageOf } from '../http/cursor.ts';
import { indicatorsOf } from './development.ts';
import { definitionOf } from './queries.ts';
import { meanOf } from './scores.ts';

/** A yearly self-assessment, as the secretariat sees it. */
export interface Assessment {
  id: string;
  year: number;
  openedAt: Temporal.Instant | null;
  closesAt: Temporal.Instant | null;
  closedAt: Temporal.Instant | null;
  settledAt: Temporal.Instant | null;
  formVersionId: string | null;
  asked: number;
  answered: number;
}

/** The self-assessments of all years, the newest first. */
export async function assessments(db: Db): Promise<Assessment[]> {
  const { rows } = await sql<Assessment>`${SHARED}
    select q.id, q.year, q.opened_at as "openedAt", q.closes_at as "closesAt", q.closed_at as "closedAt", q.settled_at as "settledAt",
      q.form_version_id as "formVersionId", count(a.id)::int as asked, (count(a.id) filter (where a.answered))::int as answered
    from questionnaires q left join askings a on a.questionnaire_id = q.id
    where q.kind = 'self-assessment' group by q.id order by q.year desc limit 200`.execute(db);
  return rows;
}

export interface NetworkIndicator {
  concept: string;
  label: Record<string, string>;
  under: Record<string, string> | null;
  min: number;
  max: number;
  years: { year: number; mean: number | null; base: number | null }[];
}

/** The mean of each indicator in each closed year, of all cities that answered it, as far as it is published. */
export async function indicatorMeans(db: Db, years: readonly Assessment[]): Promise<NetworkIndicator[]> {
  const told = years.filter(({ settledAt, formVersionId }) => settledAt && formVersionId).toReversed();
  if (told.length === 0) return [];
  const figures = await db
    .selectFrom('published_figures')
    .select(['questionnaire_id', 'item_key', 'base', 'counts'])
    .where('segment_key', '=', '')
    .where(
      'questionnaire_id',
      'in',
      told.map(({ id }) => id),
    )
    .execute();
  const byKey = new Map(figures.map((figure) => [`${figure.questionnaire_id} ${figure.item_key}`, figure]));
  const asked = await Promise.all(
    told.map(async (one) => ({ ...one, indicators: indicatorsOf(await definitionOf(db, one.formVersionId ?? '')) })),
  );
  const all = new Map(asked.flatMap(({ indicators }) => indicators.map((indicator) => [indicator.concept, indicator] as const)));
  return [...all.values()].map(({ concept, label, min, max, measure: of }) => ({
    concept,
    label,
    under: of.under ?? null,
    min,
    max,
    years: asked.map(({ id, year, indicators }) => {
      const measure = indicators.find((one) => one.concept === concept)?.measure;
      const figure = measure && byKey.get(`${id} ${measure.key}`);
      return { year, mean: measure && figure ? meanOf(measure, figure.counts, figure.base) : null, base: figure?.base ?? null };
    }),
  }));
}

export interface AssessedRow {
  id: string;
  slug: string;
  name: string;
  country: string;
  answered: boolean;
  changes: number;
}

/** Who was asked in one year, by name; those who have not answered first. */
export async function assessedPage(
  db: Db,
  questionnaireId: string,
  { after, limit }: { after?: readonly string[]; limit: number },
): Promise<Page<AssessedRow>> {
  const later = after ? sql`(a.answered, o.name, o.id) > (${after[0]}::boolean, ${after[1]}, ${after[2]}::uuid)` : sql`true`;
  const { rows } = await sql<AssessedRow>`${SHARED}
    select o.id, o.slug, o.name, o.country, a.answered, coalesce(n.version, 1) - 1 as changes
    from askings a join organisations o on o.id = a.organisation_id left join named_answers n on n.asking_id = a.id
    where a.questionnaire_id = ${questionnaireId} and ${later} order by a.answered, o.name, o.id limit ${limit + 1}`.execute(db);
  return pageOf(rows, limit, (row) => [String(row.answered), row.name, row.id]);
}

/** The asking by which one of its contacts may answer for an organisation now, where there is one. */
export async function openAsking(
  db: Db,
  organisationId: string,
  now: Temporal.Instant,
): Promise<{ id: string; tokenHash: Buffer; year: number; answered: boolean } | undefined> {
  const { rows } = await sql<{ id: string; tokenHash: Buffer; year: number; answered: boolean }>`
    select a.id, a.token_hash as "tokenHash", q.year, a.answered from askings a join questionnaires q on q.id = a.questionnaire_id
    where a.organisation_id = ${organisationId} and q.kind = 'self-assessment' and q.closed_at is null and (q.closes_at is null or q.closes_at > ${now})
    order by q.year desc limit 1`.execute(db);
  return rows[0];
}
