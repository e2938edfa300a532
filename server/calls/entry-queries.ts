import { sql } from 'kysely';
import type { Db, Transaction } from '../../db/database.ts';
import type { EntryState } from '../../db/tables/calls.ts';
import type { Viewer } from '../accounts/access.ts';
import type { Content } from './content.ts';
import type { Standing } from './eligibility.ts';

type Texts = Record<string, string>;

export interface EntryFile {
  id: string;
  item: string;
  name: string;
  mediaType: string;
  bytes: number;
  sha256: string;
}

export interface EntryDetails extends Content {
  id: string;
  code: string;
  callId: string;
  call: { slug: string; title: Texts; defaultLanguage: string };
  organisation: { id: string; slug: string; name: string; country: string };
  organisationId: string;
  state: EntryState;
  assignedModality: string | null;
  formVersionId: string | null;
  version: number;
  authors: { personId: string; name: string; title: string }[];
  authorIds: string[];
  endorsedAt: Temporal.Instant | null;
  endorsedAs: string;
  createdAt: Temporal.Instant;
  changedAt: Temporal.Instant;
  changedBy: string | null;
  submittedAt: Temporal.Instant | null;
  submittedBy: string | null;
  late: boolean;
  contentHash: string | null;
  reopenedUntil: Temporal.Instant | null;
  withdrawnAt: Temporal.Instant | null;
  withdrawalReason: string;
  screenedAt: Temporal.Instant | null;
  screeningReasons: string[];
  screeningNote: string;
  files: EntryFile[];
}

const content = sql`n.language, n.languages, n.theme, n.modality, n.title, n.summary, n.may_publish as "mayPublish", n.answers, n.translations`;

export const entryColumns = sql`
  n.id, n.code, n.call_id as "callId", n.organisation_id as "organisationId", n.state, ${content},
  jsonb_build_object('slug', c.slug, 'title', c.title, 'defaultLanguage', c.default_language) as call,
  jsonb_build_object('id', o.id, 'slug', o.slug, 'name', o.name, 'country', o.country) as organisation,
  n.assigned_modality as "assignedModality", n.form_version_id as "formVersionId", n.version, n.endorsed_at as "endorsedAt",
  n.endorsed_as as "endorsedAs", n.created_at as "createdAt", n.changed_at as "changedAt", n.submitted_at as "submittedAt", n.late,
  n.content_hash as "contentHash", n.reopened_until as "reopenedUntil", n.withdrawn_at as "withdrawnAt",
  n.withdrawal_reason as "withdrawalReason", n.screened_at as "screenedAt", n.screening_reasons as "screeningReasons",
  n.screening_note as "screeningNote",
  (select p.name from people p where p.id = n.changed_by) as "changedBy",
  (select p.name from people p where p.id = n.submitted_by) as "submittedBy",
  coalesce((select jsonb_agg(jsonb_build_object('personId', p.id, 'name', p.name, 'title', a.title) order by a.added_at, p.id)
    from entry_authors a join people p on p.id = a.person_id where a.entry_id = n.id), '[]') as authors,
  coalesce((select array_agg(a.person_id::text) from entry_authors a where a.entry_id = n.id), '{}') as "authorIds",
  coalesce((select jsonb_agg(jsonb_build_object('id', f.id, 'item', f.item_key, 'name', f.name, 'mediaType', f.media_type, 'bytes', f.bytes,
    'sha256', encode(f.sha256, 'hex')) order by f.id) from files f
    where f.owner_kind = 'entry' and f.owner_id = n.id and f.removed_at is null), '[]') as files`;
export const entryTables = sql`entries n join calls c on c.id = n.call_id join organisations o on o.id = n.organisation_id`;

/** One entry, or undefined. Whether this viewer may know of it is for the caller to ask. */
export async function entryById(db: Db | Transaction, id: string): Promise<EntryDetails | undefined> {
  const { rows } = await sql<EntryDetails>`select ${entryColumns} from ${entryTables} where n.id = ${id}`.execute(db);
  return rows[0];
}

export interface OwnEntry {
  id: string;
  code: string;
  call: { slug: string; title: Texts; defaultLanguage: string; closesAt: string; zone: string };
  organisation: { id: string; slug: string; name: string; country: string };
  state: EntryState;
  title: Texts;
  changedAt: Temporal.Instant;
  submittedAt: Temporal.Instant | null;
}

/** The entries that this person writes: of the organisations they are contact of, and those they are named author of. */
export async function ownEntries(db: Db, viewer: Viewer, callId?: string): Promise<OwnEntry[]> {
  const { rows } = await sql<OwnEntry>`
    select n.id, n.code, n.state, n.title, n.changed_at as "changedAt", n.submitted_at as "submittedAt",
      jsonb_build_object('slug', c.slug, 'title', c.title, 'defaultLanguage', c.default_language, 'closesAt', c.closes_at, 'zone', c.zone) as call,
      jsonb_build_object('id', o.id, 'slug', o.slug, 'name', o.name, 'country', o.country) as organisation
    from ${entryTables}
    where (n.organisation_id = any (${viewer.contactOf}::uuid[])
      or exists (select from entry_authors a where a.entry_id = n.id and a.person_id = ${viewer.personId}))
      ${callId ? sql`and n.call_id = ${callId}` : sql``}
    order by n.changed_at desc, n.id desc limit 200`.execute(db);
  return rows;
}

/**
 * What the rules of a call are asked of: an organisation with its fees, exclusions, exceptions and other entries. While one is only
 * started all entries count that were not withdrawn or found ineligible; at submission those that were submitted.
 */
export async function standingOf(
  db: Db | Transaction,
  callId: string,
  organisationId: string,
  { except, moment }: { except: string | null; moment: 'start' | 'submission' },
): Promise<Standing | undefined> {
  const leftOut = moment === 'start' ? ['withdrawn', 'ineligible'] : ['withdrawn', 'ineligible', 'draft'];
  const { rows } = await sql<Standing>`
    select o.country, o.population, o.membership,
      coalesce((select array_agg(f.year) from fees f where f.organisation_id = o.id), '{}') as "feeYears",
      coalesce((select array_agg(x.reason) from (
        select reason from call_exclusions where call_id = c.id and organisation_id = o.id
        union select 'host' from events e where e.id = c.event_id and e.host_organisation_id = o.id
        union select 'jury' from roles r join affiliations a on a.person_id = r.person_id and a.ended_at is null
          where r.role = 'juror' and r.scope_id = c.id and r.revoked_at is null and a.organisation_id = o.id) x), '{}') as exclusions,
      exists (select from entries w where w.organisation_id = o.id and w.state = 'laureate' and w.call_id = (
        select p.id from calls p where p.series_id = c.series_id and p.kind = c.kind and p.id <> c.id and p.closes_at < c.closes_at
          and p.published_at is not null and p.cancelled_at is null order by p.closes_at desc limit 1)) as "laureateBefore",
      coalesce((select jsonb_agg(jsonb_build_object('theme', n.theme)) from entries n where n.call_id = c.id and n.organisation_id = o.id
        and n.state <> all (${leftOut}) and n.id is distinct from ${except}::uuid), '[]') as entries,
      coalesce((select array_agg(y.rule) from entry_exceptions y where y.call_id = c.id and y.organisation_id = o.id
        and y.state = 'granted'), '{}') as exceptions
    from calls c, organisations o where c.id = ${callId} and o.id = ${organisationId}`.execute(db);
  return rows[0];
}

export interface VersionRow {
  version: number;
  by: string | null;
  at: Temporal.Instant;
  fields: string[];
}

/** Who changed what of an entry, the newest first. */
export async function versionsOf(db: Db, entryId: string): Promise<VersionRow[]> {
  return db
    .selectFrom('entry_versions as v')
    .leftJoin('people as p', 'p.id', 'v.changed_by')
    .select(['v.version', 'p.name as by', 'v.changed_at as at', 'v.fields'])
    .where('v.entry_id', '=', entryId)
    .orderBy('v.version', 'desc')
    .limit(200)
    .execute();
}

/** The content of an entry at one of its versions, while that is kept. */
export async function contentAt(db: Db | Transaction, entryId: string, version: number): Promise<Content | null> {
  const row = await db
    .selectFrom('entry_versions')
    .select('content')
    .where('entry_id', '=', entryId)
    .where('version', '=', version)
    .executeTakeFirst();
  return row ? (row.content as unknown as Content) : null;
}

export interface SubmissionRow {
  number: number;
  submittedAt: Temporal.Instant;
  by: string | null;
  late: boolean;
  contentHash: string;
  content: string;
}

/** What was submitted when, the newest first. */
export async function submissionsOf(db: Db | Transaction, entryId: string): Promise<SubmissionRow[]> {
  return db
    .selectFrom('entry_submissions as s')
    .leftJoin('people as p', 'p.id', 's.submitted_by')
    .select(['s.number', 's.submitted_at as submittedAt', 'p.name as by', 's.late', 's.content_hash as contentHash', 's.content'])
    .where('s.entry_id', '=', entryId)
    .orderBy('s.number', 'desc')
    .limit(50)
    .execute();
}

/** The organisations whose entries this person may start: those they are contact of. */
export async function organisationsToEnter(db: Db, viewer: Viewer) {
  if (viewer.contactOf.length === 0) return [];
  return db
    .selectFrom('organisations')
    .select(['id', 'slug', 'name', 'country', 'languages'])
    .where('id', 'in', viewer.contactOf)
    .orderBy('name')
    .limit(50)
    .execute();
}
