import { sql } from 'kysely';
import { type Db, SHARED, type Transaction } from '../../db/database.ts';
import type { CallKind, ExclusionReason, GuidanceLevel, SeeOthers, TieRule } from '../../db/tables/calls.ts';
import { isSecretariat, judged, organised, type Viewer } from '../accounts/access.ts';
import { decodeCursor, type Page, pageOf } from '../http/cursor.ts';
import type { Rule } from './eligibility.ts';
import type { CallFilter } from './input.ts';

type Texts = Record<string, string>;

export interface CallRow {
  id: string;
  slug: string;
  kind: CallKind;
  series: { slug: string; name: Texts } | null;
  edition: number | null;
  eventId: string | null;
  event: { slug: string; title: Texts; published: boolean } | null;
  title: Texts;
  summary: Texts;
  languages: string[];
  defaultLanguage: string;
  requiredLanguages: string[];
  zone: string;
  /** Local time of the call's zone. */
  opens: Temporal.PlainDateTime;
  closes: Temporal.PlainDateTime;
  opensAt: Temporal.Instant;
  closesAt: Temporal.Instant;
  graceMinutes: number;
  publishedAt: Temporal.Instant | null;
  closedAt: Temporal.Instant | null;
  cancelledAt: Temporal.Instant | null;
  resultsPublishedAt: Temporal.Instant | null;
}

export interface Theme {
  key: string;
  title: Texts;
  description: Texts;
}
export interface Modality extends Theme {
  quota: number | null;
  minutes: number | null;
}
export interface Criterion {
  id: string;
  key: string;
  name: Texts;
  description: Texts;
  guidance: GuidanceLevel[];
  scaleMin: number;
  scaleMax: number;
  scaleStep: number;
  weight: number;
  required: boolean;
  themes: string[];
}

export interface CallDetails extends CallRow {
  seriesId: string | null;
  guidelines: Texts;
  formId: string | null;
  /** The version of the form in use; null: the form was never put into use, or there is none. */
  formVersionId: string | null;
  maxEntries: number | null;
  maxEntriesPerTheme: number | null;
  rules: Rule[];
  conflictSameCountry: boolean;
  seeOthers: SeeOthers;
  tieRule: TieRule;
  cancellationReason: Texts;
  createdAt: Temporal.Instant;
  updatedAt: Temporal.Instant;
  themes: Theme[];
  modalities: Modality[];
  criteria: Criterion[];
  extensions: { from: string; to: string; reason: Texts; at: string }[];
}

const columns = sql`
  c.id, c.slug, c.kind, c.edition, c.event_id as "eventId", c.title, c.summary, c.languages, c.default_language as "defaultLanguage",
  c.required_languages as "requiredLanguages", c.zone, c.opens_local as opens, c.closes_local as closes, c.opens_at as "opensAt",
  c.closes_at as "closesAt", c.grace_minutes as "graceMinutes", c.published_at as "publishedAt", c.closed_at as "closedAt",
  c.cancelled_at as "cancelledAt", c.results_published_at as "resultsPublishedAt",
  case when s.id is not null then jsonb_build_object('slug', s.slug, 'name', s.name) end as series,
  case when e.id is not null then jsonb_build_object('slug', e.slug, 'title', e.title, 'published', e.published_at is not null) end as event`;
const tables = sql`calls c left join series s on s.id = c.series_id left join events e on e.id = c.event_id`;

const parts = sql`
  c.series_id as "seriesId", c.guidelines, c.form_id as "formId", c.max_entries as "maxEntries",
  c.max_entries_per_theme as "maxEntriesPerTheme", c.rules, c.conflict_same_country as "conflictSameCountry", c.see_others as "seeOthers", c.tie_rule as "tieRule",
  c.cancellation_reason as "cancellationReason", c.created_at as "createdAt", c.updated_at as "updatedAt",
  (select v.id from form_versions v where v.form_id = c.form_id order by v.version desc limit 1) as "formVersionId",
  coalesce((select jsonb_agg(jsonb_build_object('key', t.key, 'title', t.title, 'description', t.description) order by t.position)
    from call_themes t where t.call_id = c.id), '[]') as themes,
  coalesce((select jsonb_agg(jsonb_build_object('key', m.key, 'title', m.title, 'description', m.description, 'quota', m.quota,
    'minutes', m.minutes) order by m.position) from call_modalities m where m.call_id = c.id), '[]') as modalities,
  coalesce((select jsonb_agg(jsonb_build_object('id', k.id, 'key', k.key, 'name', k.name, 'description', k.description, 'guidance', k.guidance,
    'scaleMin', k.scale_min, 'scaleMax', k.scale_max, 'scaleStep', k.scale_step, 'weight', k.weight, 'required', k.required,
    'themes', k.themes) order by k.position) from criteria k where k.call_id = c.id and k.removed_at is null), '[]') as criteria,
  coalesce((select jsonb_agg(jsonb_build_object('from', x.from_local, 'to', x.to_local, 'reason', x.reason, 'at', x.extended_at) order by x.extended_at)
    from call_extensions x where x.call_id = c.id), '[]') as extensions`;

/** One call with all that its page shows, or undefined. Whether this viewer may know of it is for the caller to ask. */
export async function callBySlug(db: Db | Transaction, slug: string): Promise<CallDetails | undefined> {
  const { rows } = await sql<CallDetails>`${SHARED} select ${columns}, ${parts} from ${tables} where c.slug = ${slug}`.execute(
    db,
  );
  return rows[0];
}

/** The same by its id. */
export async function callById(db: Db | Transaction, id: string): Promise<CallDetails | undefined> {
  const { rows } = await sql<CallDetails>`select ${columns}, ${parts} from ${tables} where c.id = ${id}`.execute(db);
  return rows[0];
}

/** Where a slug of earlier has gone. */
export async function movedCall(db: Db, slug: string): Promise<string | undefined> {
  const found = await db
    .selectFrom('old_slugs')
    .innerJoin('calls', 'calls.id', 'old_slugs.row_id')
    .select('calls.slug')
    .where('old_slugs.kind', '=', 'call')
    .where('old_slugs.slug', '=', slug)
    .executeTakeFirst();
  return found?.slug;
}

const found = (q: string) =>
  q === '' ? sql`` : sql`and fold(c.title::text) like '%' || fold(${q.replace(/[\\%_]/g, '\\$&')}) || '%'`;

/** Published calls, those that can still be entered first by their deadline, or past ones. */
export async function callPage(
  db: Db,
  filter: CallFilter,
  now: Temporal.Instant,
  page: { cursor?: string; limit: number },
): Promise<Page<CallRow>> {
  const after = decodeCursor(page.cursor, 2);
  const past = filter.past ?? false;
  const end = sql`c.closes_at + c.grace_minutes * interval '1 minute'`;
  const { rows } = await sql<CallRow>`
    select ${columns} from ${tables}
    where c.published_at is not null and ${past ? sql`${end} < ${now}` : sql`${end} >= ${now}`} ${found(filter.q)}
      ${filter.kind ? sql`and c.kind = ${filter.kind}` : sql``}
      ${after ? sql`and (c.closes_at, c.id) ${past ? sql`<` : sql`>`} (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``}
    order by c.closes_at ${past ? sql`desc` : sql`asc`}, c.id ${past ? sql`desc` : sql`asc`} limit ${page.limit + 1}`.execute(db);
  return pageOf(rows, page.limit, (row) => [row.closesAt.toString(), row.id]);
}

export interface OfficeCall extends CallRow {
  entries: { drafts: number; submitted: number };
}

/** The calls that this viewer runs, the latest deadline first, with how much has come in. */
export async function officeCalls(
  db: Db,
  viewer: Viewer,
  q: string,
  page: { cursor?: string; limit: number },
): Promise<Page<OfficeCall>> {
  const after = decodeCursor(page.cursor, 2);
  const { rows } = await sql<OfficeCall>`
    select ${columns}, (select jsonb_build_object('drafts', count(*) filter (where n.state = 'draft'),
        'submitted', count(*) filter (where n.state not in ('draft', 'withdrawn'))) from entries n where n.call_id = c.id) as entries
    from ${tables} where (${isSecretariat(viewer)} or (c.kind = 'experiences' and c.event_id = any (${organised(viewer)}::uuid[])))
      and (c.results_published_at is not null or c.id <> all (${judged(viewer)}::uuid[])) ${found(q)}
      ${after ? sql`and (c.closes_at, c.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``}
    order by c.closes_at desc, c.id desc limit ${page.limit + 1}`.execute(db);
  return pageOf(rows, page.limit, (row) => [row.closesAt.toString(), row.id]);
}

export interface Exclusion {
  organisationId: string;
  slug: string;
  name: string;
  country: string;
  reason: ExclusionReason;
  note: string;
}

/** Who is excluded from a call by name. For those who run it alone. */
export async function exclusionsOf(db: Db | Transaction, callId: string): Promise<Exclusion[]> {
  return db
    .selectFrom('call_exclusions as x')
    .innerJoin('organisations as o', 'o.id', 'x.organisation_id')
    .select(['x.organisation_id as organisationId', 'o.slug', 'o.name', 'o.country', 'x.reason', 'x.note'])
    .where('x.call_id', '=', callId)
    .orderBy('x.reason')
    .orderBy('o.name')
    .limit(2000)
    .execute();
}

/** What a form asks of calls: forms of applications that are there to be chosen, newest first. */
export async function applicationForms(db: Db) {
  return db
    .selectFrom('forms')
    .select(['id', 'name'])
    .where('kind', '=', 'application')
    .orderBy('created_at', 'desc')
    .limit(200)
    .execute();
}

export interface CallHistoryRow {
  action: string;
  at: Temporal.Instant;
  actor: string | null;
}

/** What was done to a call and by whom, the newest first. */
export async function callHistory(db: Db, callId: string): Promise<CallHistoryRow[]> {
  return db
    .selectFrom('changes as h')
    .leftJoin('people as p', 'p.id', 'h.actor_id')
    .select(['h.action', 'h.at', 'p.name as actor'])
    .where('h.feature', '=', 'calls')
    .where('h.row_id', '=', callId)
    .orderBy('h.at', 'desc')
    .limit(100)
    .execute();
}
