import { sql } from 'kysely';
import { type Db, SHARED, type Transaction } from '../../db/database.ts';
import type { QuestionnaireKind, QuestionnairePrivacy } from '../../db/tables/questionnaires.ts';
import { together } from '../../db/together.ts';
import { NotFound } from '../errors.ts';
import { type Definition, parseDefinition } from '../forms/definition.ts';
import { type Page, pageOf } from '../http/cursor.ts';
import { hashToken } from '../tokens.ts';
import type { QuestionnairesScope } from './access.ts';

type Texts = Record<string, string>;

export interface Questionnaire {
  id: string;
  kind: QuestionnaireKind;
  title: Texts;
  privacy: QuestionnairePrivacy;
  minimumGroup: number;
  formId: string;
  formVersionId: string | null;
  year: number | null;
  automatic: boolean;
  reminderDays: number[];
  zone: string;
  closes: Temporal.PlainDateTime | null;
  closesAt: Temporal.Instant | null;
  openedAt: Temporal.Instant | null;
  closedAt: Temporal.Instant | null;
  settledAt: Temporal.Instant | null;
  createdBy: string | null;
  createdAt: Temporal.Instant;
  eventId: string | null;
  networkId: string | null;
  event: {
    id: string;
    slug: string;
    title: Texts;
    defaultLanguage: string;
    zone: string;
    seriesId: string | null;
    edition: number | null;
  } | null;
  eventEndsAt: Temporal.Instant | null;
  eventCancelledAt: Temporal.Instant | null;
  asked: number;
  answered: number;
}

const columns = sql`
  q.id, q.kind, q.title, q.privacy, q.minimum_group as "minimumGroup", q.form_id as "formId", q.form_version_id as "formVersionId", q.year,
  q.automatic, q.reminder_days as "reminderDays", q.zone, q.closes_local as closes, q.closes_at as "closesAt", q.opened_at as "openedAt",
  q.closed_at as "closedAt", q.settled_at as "settledAt", q.created_by as "createdBy", q.created_at as "createdAt",
  q.event_id as "eventId", e.network_id as "networkId", e.ends_at as "eventEndsAt", e.cancelled_at as "eventCancelledAt",
  case when e.id is not null then jsonb_build_object('id', e.id, 'slug', e.slug, 'title', e.title, 'defaultLanguage', e.default_language,
    'zone', e.zone, 'seriesId', e.series_id, 'edition', e.edition) end as event,
  (select count(*)::int from askings a where a.questionnaire_id = q.id) as asked,
  -- Who has answered is known at once, what they answered is not: the inbox counts too.
  (select count(*)::int from askings a where a.questionnaire_id = q.id and a.answered)
    + (select count(*)::int from answer_inbox i where i.questionnaire_id = q.id) as answered`;
const joined = sql`questionnaires q left join events e on e.id = q.event_id`;

/** One questionnaire. Errors: NotFound. Whether the viewer may see it is for the caller to ask. */
export async function questionnaireById(db: Db | Transaction, id: string): Promise<Questionnaire> {
  const { rows } = await sql<Questionnaire>`select ${columns} from ${joined} where q.id = ${id}`.execute(db);
  if (!rows[0]) throw new NotFound();
  return rows[0];
}

/** Questionnaires, the newest first; of one event when given. */
export async function questionnairePage(
  db: Db,
  scope: QuestionnairesScope,
  { after, limit, event }: { after?: readonly string[]; limit: number; event?: string },
): Promise<Page<Questionnaire>> {
  const parts = [
    sql`(${scope.all} or q.created_by = ${scope.personId} and q.event_id is null or q.event_id = any (${scope.eventIds}::uuid[])
      or e.network_id = any (${scope.networkIds}::uuid[]))`,
    ...(event === undefined ? [] : [sql`e.slug = ${event}`]),
    ...(after ? [sql`(q.created_at, q.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`] : []),
  ];
  const { rows } = await sql<Questionnaire>`
    select ${columns} from ${joined} where ${sql.join(parts, sql` and `)} order by q.created_at desc, q.id desc limit ${limit + 1}`.execute(
    db,
  );
  return pageOf(rows, limit, (row) => [row.createdAt.toString(), row.id]);
}

// A version never changes: what was read once is kept.
const definitions = new Map<string, Definition>();

/** What a version of a form asks. Errors: NotFound. */
export async function definitionOf(db: Db | Transaction, versionId: string): Promise<Definition> {
  const known = definitions.get(versionId);
  if (known) return known;
  const row = await db.selectFrom('form_versions').select('definition').where('id', '=', versionId).executeTakeFirst();
  if (!row) throw new NotFound();
  const definition = parseDefinition(row.definition);
  if (definitions.size > 500) definitions.clear();
  definitions.set(versionId, definition);
  return definition;
}

/** What a personal link opens. */
export interface Asked {
  askingId: string;
  questionnaireId: string;
  kind: QuestionnaireKind;
  tokenHash: Buffer;
  privacy: QuestionnairePrivacy;
  title: Texts;
  minimumGroup: number;
  formVersionId: string;
  language: string;
  organisation: string | null;
  closesAt: Temporal.Instant | null;
  closedAt: Temporal.Instant | null;
  eventTitle: Texts | null;
  defaultLanguage: string | null;
  answered: boolean;
}

/** Whom a link asks, and what. Reads only; many links that are opened at once are one statement. Errors: NotFound. */
export async function askedBy(db: Db, token: string): Promise<Asked> {
  if (!/^[\w-]{43}$/.test(token)) throw new NotFound();
  const asked = await askedByHash(db, hashToken(token));
  if (!asked) throw new NotFound();
  return asked;
}

const askedByHash = together(async (db: Db, hashes: readonly Buffer[]): Promise<(Asked | undefined)[]> => {
  const { rows } = await sql<Asked>`${SHARED}
    select a.id as "askingId", a.token_hash as "tokenHash", q.id as "questionnaireId", q.kind, q.privacy, q.title,
      q.minimum_group as "minimumGroup", q.form_version_id as "formVersionId", p.language, o.name as organisation,
      q.closes_at as "closesAt", q.closed_at as "closedAt", e.title as "eventTitle", e.default_language as "defaultLanguage",
      a.answered or exists (select from answer_inbox i where i.questionnaire_id = q.id and i.token_hash = a.token_hash) as answered
    from askings a join questionnaires q on q.id = a.questionnaire_id join people p on p.id = a.person_id
      left join events e on e.id = q.event_id left join organisations o on o.id = a.organisation_id
    where a.token_hash ${hashes.length === 1 ? sql`= ${hashes[0]}` : sql`= any (${hashes}::bytea[])`}`.execute(db);
  const found = new Map(rows.map((row) => [row.tokenHash.toString('latin1'), row]));
  return hashes.map((hash) => found.get(hash.toString('latin1')));
});

/** What somebody has answered under their name, and how often it was changed; undefined before. */
export async function namedAnswerOf(
  db: Db,
  askingId: string,
): Promise<{ answers: Record<string, unknown>; version: number } | undefined> {
  return db
    .selectFrom('named_answers')
    .select(['answers', 'version'])
    .where('asking_id', '=', askingId)
    .where('draft', '=', false)
    .executeTakeFirst();
}
