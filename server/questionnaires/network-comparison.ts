import { sql } from 'kysely';
import { type Db, SHARED } from '../../db/database.ts';
import type { QuestionnairesScope } from './access.ts';
import { scaleOf } from './comparison.ts';
import { type Measure, measuresOf } from './measures.ts';
import { definitionOf } from './queries.ts';
import { meanOf, npsOf } from './scores.ts';

type Texts = Record<string, string>;

export interface NetworkComparison {
  /** Years in which events of networks were evaluated, the newest first. */
  years: number[];
  networks: { id: string; name: Texts; questionnaires: number; answers: number }[];
  /** By concept: a value for each network, in their order, and of all of them together. */
  items: { concept: string; label: Texts; min: number; max: number; values: (Value | null)[]; all: Value | null }[];
}

interface Value {
  value: number;
  base: number;
}

const MOST = 500;

/**
 * The evaluations of the events of each network taken together: sums of figures that are published of each questionnaire, so that
 * nothing follows from them that did not follow before. Of one year, where one is given; of what this viewer runs.
 */
export async function compareNetworks(db: Db, scope: QuestionnairesScope, year?: number): Promise<NetworkComparison> {
  const { rows: asked } = await sql<Evaluated>`${SHARED}
    select q.id, q.form_version_id as "versionId", e.network_id as network, n.name, extract(year from e.ends_at)::int as year
    from questionnaires q join events e on e.id = q.event_id join networks n on n.id = e.network_id
    where q.settled_at is not null and q.kind = 'evaluation'
      and (${scope.all} or q.event_id = any (${scope.eventIds}::uuid[]) or e.network_id = any (${scope.networkIds}::uuid[]))
    order by q.settled_at desc limit ${MOST}`.execute(db);
  const years = [...new Set(asked.map((one) => one.year))].sort((a, b) => b - a);
  const chosen = asked.filter((one) => year === undefined || one.year === year);
  const figures = await figuresOf(db, chosen);
  const names = new Map(chosen.map(({ network, name }) => [network, name]));
  const ids = [...names.keys()].sort((a, b) => ((names.get(a)?.en ?? '') < (names.get(b)?.en ?? '') ? -1 : 1));
  return {
    years,
    networks: ids.map((id) => {
      const own = chosen.filter(({ network }) => network === id);
      return {
        id,
        name: names.get(id) ?? {},
        questionnaires: own.length,
        answers: own.reduce((sum, one) => sum + mostOf(figures.get(one.id)), 0),
      };
    }),
    items: await pooledItems(db, chosen, figures, ids),
  };
}

interface Evaluated {
  id: string;
  versionId: string;
  network: string;
  name: Texts;
  year: number;
}
type Figures = Map<string, Map<string, { base: number; counts: Record<string, number> }>>;

async function figuresOf(db: Db, asked: readonly Evaluated[]): Promise<Figures> {
  const figures: Figures = new Map();
  if (asked.length === 0) return figures;
  const rows = await db
    .selectFrom('published_figures')
    .select(['questionnaire_id', 'item_key', 'base', 'counts'])
    .where(
      'questionnaire_id',
      'in',
      asked.map(({ id }) => id),
    )
    .where('segment_key', '=', '')
    .execute();
  for (const { questionnaire_id, item_key, base, counts } of rows) {
    const of = figures.get(questionnaire_id) ?? new Map();
    figures.set(questionnaire_id, of.set(item_key, { base, counts }));
  }
  return figures;
}

const mostOf = (figures: Figures extends Map<string, infer Of> ? Of | undefined : never) =>
  Math.max(0, ...[...(figures?.values() ?? [])].map(({ base }) => base));

interface Pool {
  measure: Measure;
  base: number;
  counts: Record<string, number>;
}

async function pooledItems(
  db: Db,
  asked: readonly Evaluated[],
  figures: Figures,
  networks: readonly string[],
): Promise<NetworkComparison['items']> {
  // One concept on one scale: what was asked otherwise is not the same.
  const pools = new Map<string, { measure: Measure; scale: { min: number; max: number }; of: Map<string, Pool> }>();
  const definitions = await Promise.all(asked.map(({ versionId }) => definitionOf(db, versionId)));
  for (const [n, { id, network }] of asked.entries()) {
    const definition = definitions[n];
    for (const measure of definition ? measuresOf(definition) : []) {
      const [scale, figure] = [scaleOf(measure), figures.get(id)?.get(measure.key)];
      if (!measure.concept || !scale || !figure) continue;
      const key = `${measure.concept} ${scale.min} ${scale.max} ${measure.nps}`;
      const pool = pools.get(key) ?? { measure, scale, of: new Map() };
      pools.set(key, pool);
      pool.of.set(network, added(pool.of.get(network), measure, figure));
    }
  }
  return [...pools.values()].map(({ measure, scale, of }) => {
    const all = [...of.values()].reduce<Pool | undefined>((sum, pool) => added(sum, measure, pool), undefined);
    return {
      concept: measure.concept ?? '',
      label: measure.label,
      ...scale,
      values: networks.map((id) => valueOf(of.get(id))),
      all: valueOf(all),
    };
  });
}

function added(pool: Pool | undefined, measure: Measure, figure: { base: number; counts: Record<string, number> }): Pool {
  const counts = { ...pool?.counts };
  for (const [code, n] of Object.entries(figure.counts)) counts[code] = (counts[code] ?? 0) + n;
  return { measure: pool?.measure ?? measure, base: (pool?.base ?? 0) + figure.base, counts };
}

function valueOf(pool: Pool | undefined): Value | null {
  if (!pool) return null;
  const value = pool.measure.nps ? npsOf(pool.counts, pool.base).score : meanOf(pool.measure, pool.counts, pool.base);
  return value === null ? null : { value, base: pool.base };
}
