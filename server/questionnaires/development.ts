import { sql } from 'kysely';
import { type Db, SHARED } from '../../db/database.ts';
import { isSecretariat, type Viewer } from '../accounts/access.ts';
import { NotFound } from '../errors.ts';
import type { Definition } from '../forms/definition.ts';
import { comparableShown, meanAmong, type PlaceAmong, placeAmong, scoresOf } from './indicators.ts';
import { type Measure, measuresOf } from './measures.ts';
import { definitionOf } from './queries.ts';

/** Cities of one size: up to 20,000 people, to 100,000, to 500,000, and more. */
const SIZES = sql`array[20000, 100000, 500000]`;

export interface YearScore {
  year: number;
  score: number | null;
  /** Among all others; told once the year is closed. */
  place: PlaceAmong | null;
  /** Among others of its size. */
  placeOfSize: PlaceAmong | null;
  /** Of all others, to one decimal; told once the year is closed. */
  mean: number | null;
}

export interface Development {
  years: { year: number; closed: boolean; answered: boolean; changes: number; others: number | null; ofSize: number | null }[];
  indicators: {
    concept: string;
    label: Record<string, string>;
    under: Record<string, string> | null;
    min: number;
    max: number;
    scores: YearScore[];
  }[];
}

export interface AssessedCity {
  id: string;
  slug: string;
  name: string;
  population: number | null;
}

/** The organisation whose self-assessments this viewer may see: its contacts and the secretariat. Errors: NotFound. */
export async function assessedCity(db: Db, viewer: Viewer, slug: string): Promise<AssessedCity> {
  const found = await db
    .selectFrom('organisations')
    .select(['id', 'slug', 'name', 'population'])
    .where('slug', '=', slug)
    .executeTakeFirst();
  if (!found || !(isSecretariat(viewer) || viewer.contactOf.includes(found.id))) throw new NotFound();
  return found;
}

interface Year {
  id: string;
  year: number;
  versionId: string;
  closed: boolean;
  answers: Record<string, unknown> | null;
  version: number | null;
}

/**
 * How an organisation has assessed itself over the years, and where it stands among all others and among those of its size, none of
 * whom is told. Places and means are those of closed years: while others answer, two looks would tell what came between.
 */
export async function developmentOf(db: Db, organisationId: string): Promise<Development> {
  const [years, counts] = await Promise.all([yearsOf(db, organisationId), countsOfOthers(db, organisationId)]);
  const definitions = new Map(
    await Promise.all(years.map(async ({ id, versionId }) => [id, await definitionOf(db, versionId)] as const)),
  );
  const labels = new Map(
    [...definitions.values()].flatMap((definition) => indicatorsOf(definition).map((one) => [one.concept, one] as const)),
  );
  const own = new Map(
    years.map(({ id, answers }) => [
      id,
      answers ? scoresOf(definitions.get(id) as Definition, answers) : new Map<string, number>(),
    ]),
  );
  const othersOf = ({ id }: Year, concept: string) => scoresAmong(definitions.get(id), concept, counts.get(id));
  return {
    years: years.map((year) => {
      const among = year.closed ? (counts.get(year.id)?.cities ?? { all: 0, size: 0 }) : null;
      const shown = among !== null && comparableShown(among.size, among.all - among.size);
      return {
        year: year.year,
        closed: year.closed,
        answered: year.answers !== null,
        changes: (year.version ?? 1) - 1,
        others: among?.all ?? null,
        ofSize: shown ? among.size : null,
      };
    }),
    indicators: [...labels.values()].map(({ measure, ...indicator }) => ({
      ...indicator,
      under: measure.under ?? null,
      scores: years.map((year): YearScore => {
        const score = own.get(year.id)?.get(indicator.concept) ?? null;
        const others = year.closed ? othersOf(year, indicator.concept) : { all: [], size: [] };
        const sized = comparableShown(others.size.length, others.all.length - others.size.length) ? others.size : [];
        return {
          year: year.year,
          score,
          place: score === null ? null : placeAmong(score, others.all),
          placeOfSize: score === null ? null : placeAmong(score, sized),
          mean: meanAmong(others.all),
        };
      }),
    })),
  };
}

/** What of a form scores: by concept, with its label and the ends of its scale. */
export function indicatorsOf(definition: Definition) {
  return measuresOf(definition).flatMap((measure) => {
    const scores = measure.choices.flatMap(({ score }) => (typeof score === 'number' ? [score] : []));
    if (!measure.concept || scores.length < 2) return [];
    return [{ concept: measure.concept, label: measure.label, min: Math.min(...scores), max: Math.max(...scores), measure }];
  });
}

async function yearsOf(db: Db, organisationId: string): Promise<Year[]> {
  const { rows } = await sql<Year>`${SHARED}
    select q.id, q.year, q.form_version_id as "versionId", q.settled_at is not null as closed, n.answers, n.version
    from questionnaires q left join askings a on a.questionnaire_id = q.id and a.organisation_id = ${organisationId}
      left join named_answers n on n.asking_id = a.id and not n.draft
    where q.kind = 'self-assessment' and q.opened_at is not null order by q.year`.execute(db);
  return rows;
}

interface Counts {
  cities: { all: number; size: number };
  /** By key of the measure and code: how many others, and how many of them of the same size. */
  codes: { key: string; code: string; all: number; size: number }[];
}

/** How often each option was chosen by others in each closed year. No city's row leaves the database. */
async function countsOfOthers(db: Db, organisationId: string): Promise<Map<string, Counts>> {
  const { rows } = await sql<{ id: string; cities: Counts['cities']; codes: Counts['codes'] | null }>`${SHARED}
    with others as materialized (
      select n.questionnaire_id as id, n.answers, width_bucket(o.population, ${SIZES}) = width_bucket(own.population, ${SIZES}) as sized
      from named_answers n join askings a on a.id = n.asking_id join organisations o on o.id = a.organisation_id
        join questionnaires q on q.id = n.questionnaire_id cross join organisations own
      where q.kind = 'self-assessment' and q.settled_at is not null and not n.draft and own.id = ${organisationId} and o.id <> own.id),
    chosen as (
      select id, item.key || case when r.key = '' then '' else '.' || r.key end as key, r.value as code, count(*)::int as "all",
        (count(*) filter (where sized))::int as size
      from others, jsonb_each(answers) item,
        jsonb_each_text(case jsonb_typeof(item.value) when 'object' then item.value else jsonb_build_object('', item.value) end) r
      where jsonb_typeof(item.value) in ('object', 'string', 'number') group by 1, 2, 3),
    cities as (select id, count(*)::int as "all", (count(*) filter (where sized))::int as size from others group by id)
    select c.id, jsonb_build_object('all', c."all", 'size', c.size) as cities,
      (select jsonb_agg(jsonb_build_object('key', key, 'code', code, 'all', "all", 'size', size)) from chosen where chosen.id = c.id) as codes
    from cities c`.execute(db);
  return new Map(rows.map(({ id, cities, codes }) => [id, { cities, codes: codes ?? [] }]));
}

/** The scores that others have at an indicator, each as often as it was given. */
function scoresAmong(
  definition: Definition | undefined,
  concept: string,
  counts: Counts | undefined,
): { all: number[]; size: number[] } {
  const measure = definition && measuresOf(definition).find((one) => one.concept === concept);
  const of = (what: 'all' | 'size') =>
    measure && counts
      ? counts.codes.flatMap((one) => (one.key === measure.key ? scoreTimes(measure, one.code, one[what]) : []))
      : [];
  return { all: of('all'), size: of('size') };
}

function scoreTimes(measure: Measure, code: string, times: number): number[] {
  const score = measure.choices.find((choice) => choice.code === code)?.score;
  return typeof score === 'number' ? Array.from({ length: times }, () => score) : [];
}
