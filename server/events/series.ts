import { sql } from 'kysely';
import { record } from '../../db/changes.ts';
import { type Db, inTransaction, json, SHARED, type Transaction } from '../../db/database.ts';
import { coordinated, isSecretariat, type Viewer } from '../accounts/access.ts';
import { NotAllowed } from '../errors.ts';
import { decodeCursor, type Page, pageOf } from '../http/cursor.ts';
import { plainName } from '../organisations/networks.ts';
import { freeSlug, slugCandidates } from '../organisations/rules.ts';

type Texts = Record<string, string>;

export interface SeriesRow {
  id: string;
  slug: string;
  name: Texts;
  editions: number;
}

/** Makes a series: events of it are its editions. Errors: NotAllowed. */
export async function createSeries(db: Db, viewer: Viewer, name: Texts): Promise<SeriesRow> {
  if (!isSecretariat(viewer) && coordinated(viewer).length === 0) throw new NotAllowed();
  return inTransaction(db, async (tx) => ({ ...(await insertSeries(tx, viewer, name)), name, editions: 0 }));
}

export async function insertSeries(tx: Transaction, viewer: Viewer, name: Texts): Promise<{ id: string; slug: string }> {
  await sql`select pg_advisory_xact_lock(hashtext('series slugs'))`.execute(tx);
  const candidates = slugCandidates(plainName(name), 'series');
  const { rows } = await sql<{ slug: string }>`select slug from series where slug = any (${candidates})`.execute(tx);
  const slug = freeSlug(candidates, new Set(rows.map((row) => row.slug)), crypto.randomUUID().slice(0, 8));
  const made = await tx
    .insertInto('series')
    .values({ slug, name: json(name) })
    .returning(['id', 'slug'])
    .executeTakeFirstOrThrow();
  await record(tx, { actor: viewer.personId, feature: 'events', row: made.id, action: 'seriesCreated', after: { name } });
  return made;
}

/** All series by slug: they are public. One query. */
export async function seriesPage(db: Db, page: { cursor?: string; limit: number }): Promise<Page<SeriesRow>> {
  const after = decodeCursor(page.cursor, 1);
  const { rows } = await sql<SeriesRow>`
    select s.id, s.slug, s.name, (select count(*)::int from events e where e.series_id = s.id and e.published_at is not null) as editions
    from series s ${after ? sql`where s.slug > ${after[0]}` : sql``} order by s.slug limit ${page.limit + 1}`.execute(db);
  return pageOf(rows, page.limit, (row) => [row.slug]);
}

/** The series this person may put an event in: those whose editions are all theirs to run. */
export async function seriesChoices(db: Db, viewer: Viewer): Promise<{ id: string; slug: string; name: Texts }[]> {
  const { rows } = await sql<{ id: string; slug: string; name: Texts }>`
    select s.id, s.slug, s.name from series s where ${isSecretariat(viewer)} or not exists (
      select from events e where e.series_id = s.id and not coalesce(e.network_id = any (${coordinated(viewer)}::uuid[]), false))
    order by s.slug limit 500`.execute(db);
  return rows;
}

export interface Edition {
  slug: string;
  title: Texts;
  defaultLanguage: string;
  edition: number | null;
  startsAt: Temporal.Instant;
  zone: string;
  host: string | null;
}

/** The other published editions of an event's series, the newest first. */
export async function otherEditions(db: Db, slug: string): Promise<Edition[]> {
  const { rows } = await sql<Edition>`${SHARED}
    select e.slug, e.title, e.default_language as "defaultLanguage", e.edition, e.starts_at as "startsAt", e.zone, h.name as host
    from events e left join organisations h on h.id = e.host_organisation_id
    where e.series_id = (select series_id from events where slug = ${slug}) and e.slug <> ${slug} and e.published_at is not null
    order by e.starts_at desc limit 30`.execute(db);
  return rows;
}
