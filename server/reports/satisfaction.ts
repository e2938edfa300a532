import { sql } from 'kysely';
import type { Db } from '../../db/database.ts';
import { parseDefinition } from '../forms/definition.ts';
import { type Measure, measuresOf } from '../questionnaires/measures.ts';
import { npsOf } from '../questionnaires/scores.ts';

/** What participants thought of an event: the core questionnaire's question whether they would recommend it. */
export interface Satisfaction {
  /** Net promoter score, -100 to 100. */
  score: number;
  /** Who answered it, and who was asked. */
  base: number;
  asked: number;
}

const asksWhetherRecommended = ({ concept, nps }: Measure) => concept === 'nps' && nps;

/** By event. Read from the published figures alone, which hold no group smaller than five. One query. */
export async function satisfactionOf(db: Db, eventIds: readonly string[]): Promise<Map<string, Satisfaction>> {
  const { rows } = await sql<{
    eventId: string;
    versionId: string;
    definition: unknown;
    figures: Record<string, { base: number; counts: Record<string, number> }>;
    asked: number;
  }>`
    select q.event_id as "eventId", v.id as "versionId", v.definition,
      (select jsonb_object_agg(f.item_key, jsonb_build_object('base', f.base, 'counts', f.counts)) from published_figures f
        where f.questionnaire_id = q.id and f.segment_key = '') as figures,
      (select count(*) from askings a where a.questionnaire_id = q.id)::int as asked
    from questionnaires q join form_versions v on v.id = q.form_version_id
    where q.event_id = any (${eventIds}::uuid[]) and q.kind = 'evaluation' and q.settled_at is not null
    order by q.settled_at`.execute(db);
  // Most events ask by the same version of the form.
  const versions = new Map(rows.map(({ versionId, definition }) => [versionId, definition]));
  const measures = new Map(
    [...versions].map(([id, definition]) => [id, measuresOf(parseDefinition(definition)).find(asksWhetherRecommended)]),
  );
  return new Map(
    rows.flatMap(({ eventId, versionId, figures, asked }): [string, Satisfaction][] => {
      const measure = measures.get(versionId);
      const figure = measure && figures?.[measure.key];
      return figure ? [[eventId, { score: npsOf(figure.counts, figure.base).score, base: figure.base, asked }]] : [];
    }),
  );
}
