import { sql } from 'kysely';
import type { Db } from '../../db/database.ts';
import type { GuidanceLevel, SeeOthers } from '../../db/tables/calls.ts';
import type { Viewer } from '../accounts/access.ts';
import { NotFound } from '../errors.ts';
import { visibleTo } from './visible.ts';

type Texts = Record<string, string>;

export interface DeskCall {
  slug: string;
  title: Texts;
  defaultLanguage: string;
  entries: number;
  submitted: number;
}

/** The calls that this person judges, with what is left to do, counted over what they may see. */
export async function deskCalls(db: Db, viewer: Viewer): Promise<DeskCall[]> {
  const { rows } = await sql<DeskCall>`
    select c.slug, c.title, c.default_language as "defaultLanguage", coalesce(d.entries, 0)::int as entries, coalesce(d.submitted, 0)::int as submitted
    from jury_members m join calls c on c.id = m.call_id
      left join lateral (select count(*) as entries, count(r.submitted_at) as submitted
        from entries n left join reviews r on r.entry_id = n.id and r.person_id = m.person_id and r.removed_at is null
        where n.call_id = c.id and ${visibleTo(viewer.personId)}) d on true
    where m.person_id = ${viewer.personId} and m.seat = 'juror' and m.ended_at is null
    order by c.closes_at desc, c.id limit 100`.execute(db);
  return rows;
}

export interface DeskRow {
  id: string;
  code: string;
  title: Texts;
  language: string;
  theme: string | null;
  organisation: { name: string; country: string };
  /** How many criteria have a score. */
  scored: number;
  submittedAt: Temporal.Instant | null;
  changedAt: Temporal.Instant | null;
}

/** What a juror was given, in an order of its own for each juror: nobody is always read last. */
export async function deskEntries(db: Db, viewer: Viewer, callId: string, q = ''): Promise<DeskRow[]> {
  const pattern = `%${q.replace(/[\\%_]/g, '\\$&')}%`;
  const { rows } = await sql<DeskRow>`
    select n.id, n.code, n.title, n.language, n.theme, jsonb_build_object('name', o.name, 'country', o.country) as organisation,
      coalesce((select count(*)::int from jsonb_object_keys(r.scores)), 0) as scored, r.submitted_at as "submittedAt", r.changed_at as "changedAt"
    from entries n join organisations o on o.id = n.organisation_id
      left join reviews r on r.entry_id = n.id and r.person_id = ${viewer.personId} and r.removed_at is null
    where n.call_id = ${callId} and ${visibleTo(viewer.personId)}
      ${q ? sql`and (fold(n.title::text) like fold(${pattern}) or fold(o.name) like fold(${pattern}) or fold(n.code) like fold(${pattern}))` : sql``}
    order by md5(n.code || ${viewer.personId}), n.code limit 1000`.execute(db);
  return rows;
}

export interface DeskCriterion {
  id: string;
  key: string;
  name: Texts;
  description: Texts;
  guidance: GuidanceLevel[];
  least: number;
  most: number;
  step: number;
  weight: number;
  required: boolean;
}

export interface DeskEntry {
  id: string;
  code: string;
  title: Texts;
  summary: Texts;
  theme: { key: string; title: Texts } | null;
  language: string;
  languages: string[];
  organisation: { name: string; country: string };
  formVersionId: string | null;
  answers: Record<string, unknown>;
  translations: Record<string, Record<string, unknown>>;
  files: { id: string; item: string; name: string; bytes: number }[];
  criteria: DeskCriterion[];
  others: { name: string; scores: Record<string, number>; comment: string }[] | null;
}

/** One entry as its juror reads it. Errors: NotFound, also for one in conflict. */
export async function deskEntry(
  db: Db,
  viewer: Viewer,
  call: { id: string; seeOthers: SeeOthers },
  code: string,
): Promise<DeskEntry> {
  const { rows } = await sql<DeskEntry & { own: boolean }>`
    select n.id, n.code, n.title, n.summary, n.language, n.languages, n.answers, n.translations, n.form_version_id as "formVersionId",
      jsonb_build_object('name', o.name, 'country', o.country) as organisation,
      (select jsonb_build_object('key', t.key, 'title', t.title) from call_themes t where t.call_id = n.call_id and t.key = n.theme) as theme,
      coalesce((select jsonb_agg(jsonb_build_object('id', f.id, 'item', f.item_key, 'name', f.name, 'bytes', f.bytes) order by f.id)
        from files f where f.owner_kind = 'entry' and f.owner_id = n.id and f.removed_at is null), '[]') as files,
      coalesce((select jsonb_agg(jsonb_build_object('id', k.id, 'key', k.key, 'name', k.name, 'description', k.description,
          'guidance', k.guidance, 'least', k.scale_min, 'most', k.scale_max, 'step', k.scale_step, 'weight', k.weight, 'required', k.required) order by k.position)
        from criteria k where k.call_id = n.call_id and k.removed_at is null and (cardinality(k.themes) = 0 or n.theme = any (k.themes))), '[]') as criteria,
      exists (select from reviews r where r.entry_id = n.id and r.person_id = ${viewer.personId} and r.submitted_at is not null and r.removed_at is null) as own
    from entries n join organisations o on o.id = n.organisation_id
    where n.call_id = ${call.id} and n.code = ${code} and ${visibleTo(viewer.personId)}`.execute(db);
  const entry = rows[0];
  if (!entry) throw new NotFound();
  const { own, ...shown } = entry;
  const sees = call.seeOthers === 'always' || (call.seeOthers === 'after-own' && own);
  return { ...shown, others: sees ? await otherReviews(db, viewer, entry.id) : null };
}

async function otherReviews(db: Db, viewer: Viewer, entryId: string): Promise<NonNullable<DeskEntry['others']>> {
  const { rows } = await sql<NonNullable<DeskEntry['others']>[number]>`
    select p.name, r.comment_to_jury as comment,
      coalesce((select jsonb_object_agg(k.key, r.scores -> k.id::text) from criteria k where k.call_id = r.call_id and r.scores ? k.id::text), '{}') as scores
    from reviews r join people p on p.id = r.person_id
    where r.entry_id = ${entryId} and r.person_id <> ${viewer.personId} and r.removed_at is null and r.submitted_at is not null order by p.name`.execute(
    db,
  );
  return rows;
}

/** A file of an entry that `deskEntry` has let through. */
export async function entryFile(db: Db, entryId: string, fileId: string) {
  return db
    .selectFrom('files')
    .select(['key', 'name', 'media_type as mediaType', 'bytes'])
    .where('id', '=', fileId)
    .where('owner_kind', '=', 'entry')
    .where('owner_id', '=', entryId)
    .where('removed_at', 'is', null)
    .executeTakeFirst();
}
