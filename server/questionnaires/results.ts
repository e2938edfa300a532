import { sql } from 'kysely';
import type { Db } from '../../db/database.ts';
import { Invalid } from '../errors.ts';
import type { Definition } from '../forms/definition.ts';
import type { ResultsFilter } from './input.ts';
import { type Measure, measuresOf, segmentsOf } from './measures.ts';
import { definitionOf, type Questionnaire } from './queries.ts';
import { type QuestionnaireState, stateOf } from './rules.ts';
import { meanOf, npsOf, type Score } from './scores.ts';
import { sharesOf } from './suppression.ts';

type Texts = Record<string, string>;

export interface ItemResult {
  key: string;
  kind: Measure['kind'];
  label: Texts;
  /** The question of which this is a row. */
  under: Texts | null;
  concept: string | null;
  /** How many answered it; null when they are too few, or the figure waits for more. */
  base: number | null;
  choices: { code: string; label: Texts; score: number | null; percent: number | null; meanRank: number | null }[];
  /** A group that agrees almost wholly is not told more exactly than "90 % or more". */
  nearlyAll: string | null;
  /** One decimal. */
  mean: number | null;
  nps: Score | null;
  texts: string[];
}

export interface Results {
  id: string;
  title: Texts;
  languages: string[];
  defaultLanguage: string;
  privacy: Questionnaire['privacy'];
  state: QuestionnaireState;
  minimumGroup: number;
  asked: number;
  answered: number;
  /** Answers that came in by day; anonymous ones count on the day on which they were mixed in. */
  byDay: { day: string; n: number }[];
  segments: { key: string; label: Texts; groups: { code: string; label: Texts }[] }[];
  /** Groups of other segments that can be looked at together with the chosen one. */
  crossings: { key: string; label: Texts; groups: { code: string; label: Texts }[] }[];
  filter: Chosen | null;
  items: ItemResult[];
}

/**
 * What may be shown of a questionnaire: read from the published figures alone, so that no filter and no moment of looking tells more.
 * Errors: Invalid for a segment or group that is none.
 */
export async function resultsOf(
  db: Db,
  questionnaire: Questionnaire,
  filter: ResultsFilter,
  now: Temporal.Instant,
  withTexts = true,
): Promise<Results> {
  const { id, formVersionId } = questionnaire;
  const base = {
    id,
    title: questionnaire.title,
    privacy: questionnaire.privacy,
    state: stateOf(questionnaire, now),
    minimumGroup: questionnaire.minimumGroup,
    asked: questionnaire.asked,
    answered: questionnaire.answered,
  };
  if (formVersionId === null)
    return { ...base, languages: ['en'], defaultLanguage: 'en', byDay: [], segments: [], crossings: [], filter: null, items: [] };
  const definition = await definitionOf(db, formVersionId);
  const chosen = chosenGroup(definition, filter);
  const [figures, groups, byDay, texts] = await Promise.all([
    figuresOf(db, id, publishedAs(definition, chosen)),
    groupsOf(db, id),
    daysOf(db, questionnaire),
    withTexts && !chosen && base.state === 'settled' ? shownTexts(db, id) : new Map<string, string[]>(),
  ]);
  const segments = shownSegments(definition, groups);
  return {
    ...base,
    languages: definition.languages,
    defaultLanguage: definition.defaultLanguage,
    byDay,
    segments,
    crossings: crossingsOf(allSegments(definition), groups, chosen),
    filter: chosen,
    items: measuresOf(definition)
      .filter((measure) => tellsOf(measure, chosen))
      .map((measure) => itemResult(measure, figures.get(measure.key), texts.get(measure.key) ?? [])),
  };
}

// A group of one segment, or `role*mode` `a*x` in the order of the form.
function chosenGroup(definition: Definition, { segment, group, withSegment, withGroup }: ResultsFilter): Chosen | null {
  if (segment === undefined || group === undefined) return null;
  const first = { segment: segmentIn(definition, segment, group, ''), group };
  if (withSegment === undefined || withGroup === undefined || withSegment === segment) return { ...first, and: null };
  return { ...first, and: { segment: segmentIn(definition, withSegment, withGroup, 'with'), group: withGroup } };
}

// Of a group neither texts are told, nor that all of it chose what makes it one.
const tellsOf = (measure: Measure, chosen: Chosen | null) =>
  chosen === null || (measure.kind !== 'text' && measure.key !== chosen.segment && measure.key !== chosen.and?.segment);

export interface Chosen {
  segment: string;
  group: string;
  and: { segment: string; group: string } | null;
}

function segmentIn(definition: Definition, key: string, group: string, name: '' | 'with'): string {
  const path = (what: string) => (name === '' ? what : `with${what.charAt(0).toUpperCase()}${what.slice(1)}`);
  const measure = segmentsOf(definition).find((one) => one.key === key);
  if (!measure) throw new Invalid([{ path: path('segment'), code: 'choice' }]);
  if (measure.choices.length > 0 && !measure.choices.some(({ code }) => code === group))
    throw new Invalid([{ path: path('group'), code: 'choice' }]);
  return key;
}

/** Under what the figures of what was chosen are published. */
function publishedAs(definition: Definition, chosen: Chosen | null): { segment: string; code: string } {
  if (!chosen) return { segment: '', code: '' };
  const order = segmentsOf(definition).map(({ key }) => key);
  const halves = [chosen, ...(chosen.and ? [chosen.and] : [])].toSorted(
    (a, b) => order.indexOf(a.segment) - order.indexOf(b.segment),
  );
  return { segment: halves.map(({ segment }) => segment).join('*'), code: halves.map(({ group }) => group).join('*') };
}

type Segments = Results['segments'];

/** The groups of other segments with which the figures of a group are published. */
function crossingsOf(segments: Segments, groups: ReadonlySet<string>, chosen: Chosen | null): Segments {
  if (!chosen) return [];
  return segments.flatMap((segment) => {
    const shown = segment.groups.filter(
      ({ code }) =>
        groups.has(`${chosen.segment}*${segment.key} ${chosen.group}*${code}`) ||
        groups.has(`${segment.key}*${chosen.segment} ${code}*${chosen.group}`),
    );
    return shown.length > 0 ? [{ ...segment, groups: shown }] : [];
  });
}

// A crossing may be published where one of its groups alone is not.
const allSegments = (definition: Definition): Segments =>
  segmentsOf(definition).map(({ key, label, choices }) => ({
    key,
    label,
    groups: choices.map(({ code, label: of }) => ({ code, label: of })),
  }));

function shownSegments(definition: Definition, groups: ReadonlySet<string>): Segments {
  return segmentsOf(definition).flatMap(({ key, label, choices }) => {
    const shown = choices.filter(({ code }) => groups.has(`${key} ${code}`));
    return shown.length === 0 ? [] : [{ key, label, groups: shown.map(({ code, label: of }) => ({ code, label: of })) }];
  });
}

interface Figure {
  base: number;
  counts: Record<string, number>;
}

async function figuresOf(db: Db, id: string, { segment, code }: { segment: string; code: string }): Promise<Map<string, Figure>> {
  const rows = await db
    .selectFrom('published_figures')
    .select(['item_key', 'base', 'counts'])
    .where('questionnaire_id', '=', id)
    .where('segment_key', '=', segment)
    .where('segment_code', '=', code)
    .execute();
  return new Map(rows.map(({ item_key, base, counts }) => [item_key, { base, counts }]));
}

async function groupsOf(db: Db, id: string): Promise<Set<string>> {
  const rows = await db
    .selectFrom('published_figures')
    .select(['segment_key', 'segment_code'])
    .distinct()
    .where('questionnaire_id', '=', id)
    .where('segment_key', '<>', '')
    .execute();
  return new Set(rows.map((row) => `${row.segment_key} ${row.segment_code}`));
}

async function daysOf(db: Db, { id, privacy }: Questionnaire): Promise<{ day: string; n: number }[]> {
  const { rows } = await (privacy === 'anonymous'
    ? sql<{ day: Temporal.PlainDate; n: number }>`select day, n from answer_days where questionnaire_id = ${id} order by day`
    : sql<{ day: Temporal.PlainDate; n: number }>`
        select coalesce(v.answered_on, n.answered_on) as day, count(*)::int as n
        from named_answers n left join named_answer_versions v on v.asking_id = n.asking_id and v.version = 1
        where n.questionnaire_id = ${id} and not n.draft group by 1 order by 1`
  ).execute(db);
  return rows.map(({ day, n }) => ({ day: day.toString(), n }));
}

// Only of items whose number of texts is published; in an order that is nobody's.
async function shownTexts(db: Db, id: string): Promise<Map<string, string[]>> {
  const { rows } = await sql<{ item: string; texts: string[] }>`
    select t.item_key as item, array_agg(coalesce(t.redacted, t.text) order by t.id) filter (where t.redacted is distinct from '') as texts
    from answer_texts t join published_figures f on f.questionnaire_id = t.questionnaire_id and f.item_key = t.item_key and f.segment_key = ''
    where t.questionnaire_id = ${id} group by t.item_key`.execute(db);
  return new Map(rows.map(({ item, texts }) => [item, texts ?? []]));
}

function itemResult(measure: Measure, figure: Figure | undefined, texts: string[]): ItemResult {
  const plain = {
    key: measure.key,
    kind: measure.kind,
    label: measure.label,
    under: measure.under ?? null,
    concept: measure.concept ?? null,
    texts,
  };
  const options = optionsOf(measure, figure);
  const withShares = (percent: (code: string) => number | null) =>
    options.map(({ code, label, score }) => ({
      code,
      label,
      score: score ?? null,
      percent: percent(code),
      meanRank: measure.kind === 'ranking' && figure ? meanRank(figure.counts, code) : null,
    }));
  if (!figure) return { ...plain, base: null, choices: withShares(() => null), nearlyAll: null, mean: null, nps: null };
  const { base, counts } = figure;
  const shares = measure.kind === 'number' || measure.kind === 'text' ? { percent: {} } : sharesOf(counts, base);
  return {
    ...plain,
    base,
    choices: withShares((code) => (shares.nearlyAll === undefined ? (shares.percent[code] ?? 0) : null)),
    nearlyAll: shares.nearlyAll ?? null,
    mean: shares.nearlyAll === undefined ? meanOf(measure, counts, base) : null,
    nps: measure.nps && shares.nearlyAll === undefined ? npsOf(counts, base) : null,
  };
}

// Countries and consents have no list of options: what was chosen is the list.
function optionsOf(measure: Measure, figure: Figure | undefined): Measure['choices'] {
  if (measure.choices.length > 0 || measure.kind !== 'choice') return measure.choices;
  return Object.entries(figure?.counts ?? {})
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .map(([code]) => ({ code, label: { en: code } }));
}

function meanRank(counts: Record<string, number>, code: string): number | null {
  const n = counts[code];
  return n ? Math.round(((counts[`${code} rank`] ?? 0) / n) * 10) / 10 : null;
}
