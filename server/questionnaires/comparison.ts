import { sql } from 'kysely';
import type { Db } from '../../db/database.ts';
import type { QuestionnairesScope } from './access.ts';
import { measuresOf } from './measures.ts';
import { definitionOf, type Questionnaire } from './queries.ts';
import { meanOf, npsOf } from './scores.ts';

type Texts = Record<string, string>;

/** A questionnaire that another can be compared with. */
export interface Comparable {
  id: string;
  title: Texts;
  defaultLanguage: string | null;
  /** Of the same series of events. */
  sameSeries: boolean;
  endedAt: Temporal.Instant | null;
}

export interface ComparedRow {
  concept: string;
  label: Texts;
  min: number;
  max: number;
  /** In the order of the compared; null: not asked so, or of too few. */
  values: { value: number; base: number }[];
}

/** Settled questionnaires that ask something of the same concepts, those of the same series first, then the newest. 20 at most. */
export async function comparables(db: Db, one: Questionnaire, scope: QuestionnairesScope): Promise<Comparable[]> {
  const { rows } = await sql<Comparable>`
    select q.id, q.title, e.default_language as "defaultLanguage", e.ends_at as "endedAt",
      coalesce(e.series_id = ${one.event?.seriesId ?? null}::uuid, false) as "sameSeries"
    from questionnaires q left join events e on e.id = q.event_id
    where q.settled_at is not null and q.id <> ${one.id} and q.kind = 'evaluation'
      and (${scope.all} or q.event_id = any (${scope.eventIds}::uuid[]) or e.network_id = any (${scope.networkIds}::uuid[]))
      and exists (select from published_figures f where f.questionnaire_id = q.id)
    order by 5 desc, e.ends_at desc nulls last, q.id limit 20`.execute(db);
  return rows;
}

/**
 * What the given questionnaires have in common: items of one concept and one scale, by their mean or score of all who answered, as
 * they are published. A figure that is not published is not compared.
 */
export async function compare(
  db: Db,
  ones: readonly Questionnaire[],
): Promise<(Omit<ComparedRow, 'values'> & { values: (ComparedRow['values'][number] | null)[] })[]> {
  const ids = ones.map(({ id }) => id);
  const rows = await db
    .selectFrom('published_figures')
    .select(['questionnaire_id', 'item_key', 'base', 'counts'])
    .where('questionnaire_id', 'in', ids)
    .where('segment_key', '=', '')
    .execute();
  const figures = new Map(rows.map((row) => [`${row.questionnaire_id} ${row.item_key}`, row]));
  const asked = await Promise.all(
    ones.map(async ({ id, formVersionId }) => ({
      id,
      measures: formVersionId ? measuresOf(await definitionOf(db, formVersionId)) : [],
    })),
  );
  const [first, ...others] = asked;
  return (first?.measures ?? []).flatMap((measure) => {
    const scale = scaleOf(measure);
    if (!measure.concept || !scale) return [];
    const valueIn = ({ id, measures }: (typeof asked)[number]) => {
      const same = measures.find(({ concept }) => concept === measure.concept);
      const other = same && scaleOf(same);
      const figure = same && figures.get(`${id} ${same.key}`);
      if (!same || !figure || other?.min !== scale.min || other?.max !== scale.max || same.nps !== measure.nps) return null;
      const value = same.nps ? npsOf(figure.counts, figure.base).score : meanOf(same, figure.counts, figure.base);
      return value === null ? null : { value, base: figure.base };
    };
    const values = [first, ...others].map((one) => (one ? valueIn(one) : null));
    return [{ concept: measure.concept, label: measure.label, ...scale, values }];
  });
}

/** The ends of what a measure scores; null where it does not. */
export function scaleOf({ nps, choices }: ReturnType<typeof measuresOf>[number]): { min: number; max: number } | null {
  if (nps) return { min: -100, max: 100 };
  const scores = choices.flatMap(({ score }) => (typeof score === 'number' ? [score] : []));
  return scores.length < 2 ? null : { min: Math.min(...scores), max: Math.max(...scores) };
}
