import { sql } from 'kysely';
import type { Db, Transaction } from '../../db/database.ts';
import type { FormKindColumn } from '../../db/tables/forms.ts';
import { NotFound } from '../errors.ts';

type Texts = Record<string, string>;

export interface FormVersion {
  id: string;
  version: number;
  major: number;
  revision: number;
  createdAt: Temporal.Instant;
}

export interface FormRow {
  id: string;
  kind: FormKindColumn;
  name: Texts;
  draftChangedAt: Temporal.Instant;
  createdBy: string | null;
  createdAt: Temporal.Instant;
  events: { id: string; slug: string; title: Texts; networkId: string | null }[];
  version: FormVersion | null;
}

export interface FormDetail extends FormRow {
  draft: unknown;
  draftNumber: number;
  /** What is in use, or null. */
  definition: unknown;
  answersExist: boolean;
}

const row = sql`
  f.id, f.kind, f.name, f.draft_changed_at as "draftChangedAt", f.created_by as "createdBy", f.created_at as "createdAt",
  coalesce((select jsonb_agg(jsonb_build_object('id', e.id, 'slug', e.slug, 'title', e.title, 'networkId', e.network_id) order by e.starts_at desc)
    from events e where e.form_id = f.id or e.id in (select q.event_id from questionnaires q where q.form_id = f.id)), '[]') as events,
  case when v.id is null then null else jsonb_build_object('id', v.id, 'version', v.version, 'major', v.major, 'revision', v.revision,
    'createdAt', v.created_at) end as version`;

const joined = sql`forms f left join lateral (select * from form_versions v where v.form_id = f.id order by v.version desc limit 1) v on true`;

type Raw<Row> = Omit<Row, 'version'> & { version: (Omit<FormVersion, 'createdAt'> & { createdAt: string }) | null };
const versionOf = ({ version }: Raw<FormRow>) => version && { ...version, createdAt: Temporal.Instant.from(version.createdAt) };

export interface FormsScope {
  all: boolean;
  personId: string;
  eventIds: string[];
  networkIds: string[];
}

/** Forms, newest first. `after`: creation time and id of the last one seen. Returns one more than `limit` where there is more. */
export async function formsList(
  db: Db,
  scope: FormsScope,
  { search, after, limit }: { search: string; after?: readonly string[]; limit: number },
): Promise<FormRow[]> {
  const seen = sql`(${scope.all} or f.created_by = ${scope.personId} or exists (select 1 from events e
    where (e.form_id = f.id or e.id in (select q.event_id from questionnaires q where q.form_id = f.id)) and (e.id = any(${scope.eventIds}::uuid[]) or e.network_id = any(${scope.networkIds}::uuid[]))))`;
  const found = search === '' ? sql`true` : sql`fold(f.name::text) like '%' || fold(${search.replace(/[\\%_]/g, '\\$&')}) || '%'`;
  const later = after ? sql`(f.created_at, f.id) < (${after[0] ?? ''}::timestamptz, ${after[1] ?? ''}::uuid)` : sql`true`;
  const { rows } = await sql<Raw<FormRow>>`
    select ${row} from ${joined} where ${seen} and ${found} and ${later} order by f.created_at desc, f.id desc limit ${limit + 1}`.execute(
    db,
  );
  return rows.map((form) => ({ ...form, version: versionOf(form) }));
}

/** One form with its draft and what is in use. Errors: NotFound. Whether the viewer may see it is for the caller to ask. */
export async function formDetail(db: Db | Transaction, id: string): Promise<FormDetail> {
  const { rows } = await sql<Raw<FormDetail>>`
    select ${row}, f.draft, f.draft_number as "draftNumber", v.definition,
      exists (select 1 from events e join registrations r on r.event_id = e.id where e.form_id = f.id and r.form_version_id is not null)
      or exists (select 1 from events e join delegations d on d.event_id = e.id where e.form_id = f.id and d.form_version_id is not null)
      or exists (select 1 from calls c join entries n on n.call_id = c.id where c.form_id = f.id) as "answersExist"
    from ${joined} where f.id = ${id}`.execute(db);
  const form = rows[0];
  if (!form) throw new NotFound();
  return { ...form, version: versionOf(form) };
}

/** What was put into use, when and by whom; the newest first, 200 at most. */
export async function formVersions(db: Db, formId: string) {
  return db
    .selectFrom('form_versions as v')
    .leftJoin('people as p', 'p.id', 'v.created_by')
    .select(['v.id', 'v.version', 'v.major', 'v.revision', 'v.created_at as createdAt', 'p.name as createdBy'])
    .where('v.form_id', '=', formId)
    .orderBy('v.version', 'desc')
    .limit(200)
    .execute();
}

/** The definition of a version. Errors: NotFound. */
export async function versionDefinition(db: Db, versionId: string): Promise<{ formId: string; definition: unknown }> {
  const version = await db
    .selectFrom('form_versions')
    .select(['form_id as formId', 'definition'])
    .where('id', '=', versionId)
    .executeTakeFirst();
  if (!version) throw new NotFound();
  return version;
}

/** The version of a form that is in use, or undefined. */
export async function versionInUse(db: Db | Transaction, formId: string) {
  return db
    .selectFrom('form_versions')
    .select(['id', 'version', 'definition'])
    .where('form_id', '=', formId)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** Names and sizes of files by id, for the fields that show them. */
export async function filesByIds(db: Db, ids: readonly string[]) {
  if (ids.length === 0) return [];
  return db
    .selectFrom('files')
    .select([
      'id',
      'key',
      'name',
      'media_type as mediaType',
      'bytes',
      'owner_kind as ownerKind',
      'owner_id as ownerId',
      'item_key as itemKey',
    ])
    .where('id', 'in', [...ids])
    .where('removed_at', 'is', null)
    .execute();
}
