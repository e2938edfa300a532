import { type RawBuilder, sql } from 'kysely';
import { record } from '../../db/changes.ts';
import { type Db, inTransaction, json, type Transaction } from '../../db/database.ts';
import { coordinated, isSecretariat, type Viewer } from '../accounts/access.ts';
import { Invalid, NotAllowed, NotFound } from '../errors.ts';
import { decodeCursor, type Page, pageOf } from '../http/cursor.ts';
import { mayManageNetworks, organisationScope } from './access.ts';
import type { NetworkWrite } from './input.ts';
import { freeSlug, slugCandidates } from './rules.ts';

export interface NetworkRow {
  id: string;
  slug: string;
  name: Record<string, string>;
  organisations: number;
  coordinating: { id: string; slug: string; name: string } | null;
  coordinators: string[];
}

/** The secretariat sees all networks, a coordinator theirs, a contact those of their organisations. */
function visibleNetworks(viewer: Viewer | null): RawBuilder<boolean> {
  if (isSecretariat(viewer)) return sql`true`;
  return sql`(n.id = any (${coordinated(viewer)}::uuid[]) or exists (
    select from organisation_networks m where m.network_id = n.id and m.organisation_id = any (${organisationScope(viewer).organisationIds}::uuid[])))`;
}

// The coordinating organisation may lie outside what a contact may look at: its name is the network's, its page is not theirs.
const columns = sql`
  n.id, n.slug, n.name,
  (select count(*)::int from organisation_networks m where m.network_id = n.id) as organisations,
  (select jsonb_build_object('id', o.id, 'slug', o.slug, 'name', o.name) from organisations o where o.id = n.coordinating_organisation_id) as coordinating,
  coalesce((select array_agg(p.name order by p.name) from roles r join people p on p.id = r.person_id
    where r.scope_id = n.id and r.role = 'coordinator' and r.revoked_at is null), '{}') as coordinators`;

/** One page of the networks this person may see, by slug. */
export async function networkPage(
  db: Db,
  viewer: Viewer | null,
  page: { cursor?: string; limit: number },
): Promise<Page<NetworkRow>> {
  const after = decodeCursor(page.cursor, 1);
  const { rows } = await sql<NetworkRow>`
    select ${columns} from networks n where ${visibleNetworks(viewer)} ${after ? sql`and n.slug > ${after[0]}` : sql``}
    order by n.slug limit ${page.limit + 1}`.execute(db);
  return pageOf(rows, page.limit, (row) => [row.slug]);
}

/** Names alone, for choices and filters. */
export async function networkChoices(db: Db, viewer: Viewer | null) {
  const { rows } = await sql<{ id: string; slug: string; name: Record<string, string> }>`
    select n.id, n.slug, n.name from networks n where ${visibleNetworks(viewer)} order by n.slug limit 500`.execute(db);
  return rows;
}

export async function networkBySlug(db: Db, viewer: Viewer | null, slug: string): Promise<NetworkRow | undefined> {
  const { rows } =
    await sql<NetworkRow>`select ${columns} from networks n where n.slug = ${slug} and ${visibleNetworks(viewer)}`.execute(db);
  return rows[0];
}

/** What a network that once had this slug is called now. */
export async function renamedNetwork(db: Db, viewer: Viewer | null, slug: string): Promise<string | undefined> {
  const { rows } = await sql<{ slug: string }>`
    select n.slug from old_slugs s join networks n on n.id = s.row_id where s.kind = 'network' and s.slug = ${slug} and ${visibleNetworks(viewer)}`.execute(
    db,
  );
  return rows[0]?.slug;
}

/** The slug for a name: free among those in use and those that redirect. Its own old one may come back. */
export async function slugFor(
  tx: Transaction,
  kind: 'organisation' | 'network' | 'event',
  name: string,
  suffix: string,
  rowId: string | null,
): Promise<string> {
  const candidates = slugCandidates(name, suffix);
  const { rows } = await sql<{ slug: string }>`
    select slug from ${sql.table(`${kind}s`)} where slug = any (${candidates}) and id is distinct from ${rowId}::uuid
    union select slug from old_slugs where kind = ${kind} and slug = any (${candidates}) and row_id is distinct from ${rowId}::uuid`.execute(
    tx,
  );
  return freeSlug(candidates, new Set(rows.map((row) => row.slug)), crypto.randomUUID().slice(0, 8));
}

/** Gives a row a new slug and lets the old one redirect to it. */
export async function keepOldSlug(
  tx: Transaction,
  kind: 'organisation' | 'network' | 'event',
  rowId: string,
  before: string,
  after: string,
): Promise<void> {
  if (before === after) return;
  await tx.deleteFrom('old_slugs').where('kind', '=', kind).where('slug', '=', after).where('row_id', '=', rowId).execute();
  await tx.insertInto('old_slugs').values({ kind, slug: before, row_id: rowId }).execute();
}

/** The text that names a network where one must: English, else the first language. */
export const plainName = (name: Record<string, string>) => name.en ?? Object.entries(name).sort()[0]?.[1] ?? '';

/** Creates a network. Errors: NotAllowed, Invalid (an organisation that is not there). Returns its slug. */
export async function createNetwork(db: Db, viewer: Viewer, input: NetworkWrite): Promise<string> {
  if (!mayManageNetworks(viewer)) throw new NotAllowed();
  return inTransaction(db, async (tx) => {
    await refuseUnknown(tx, input);
    const slug = await slugFor(tx, 'network', plainName(input.name), 'network', null);
    const row = await tx
      .insertInto('networks')
      .values({ slug, name: json(input.name), coordinating_organisation_id: input.coordinatingOrganisationId ?? null })
      .returning('id')
      .executeTakeFirstOrThrow();
    await record(tx, { actor: viewer.personId, feature: 'organisations', row: row.id, action: 'created', after: { ...input } });
    return slug;
  });
}

/** Changes what is given. Errors: NotAllowed, NotFound, Invalid. Returns the slug, new when the name is. */
export async function changeNetwork(db: Db, viewer: Viewer, networkId: string, input: Partial<NetworkWrite>): Promise<string> {
  if (!mayManageNetworks(viewer)) throw new NotAllowed();
  return inTransaction(db, async (tx) => {
    const before = await tx.selectFrom('networks').selectAll().where('id', '=', networkId).forUpdate().executeTakeFirst();
    if (!before) throw new NotFound();
    await refuseUnknown(tx, input);
    const name = input.name ?? before.name;
    const renamed = plainName(name) !== plainName(before.name);
    const slug = renamed ? await slugFor(tx, 'network', plainName(name), 'network', networkId) : before.slug;
    const coordinating =
      input.coordinatingOrganisationId === undefined ? before.coordinating_organisation_id : input.coordinatingOrganisationId;
    await keepOldSlug(tx, 'network', networkId, before.slug, slug);
    await tx
      .updateTable('networks')
      .set({ slug, name: json(name), coordinating_organisation_id: coordinating })
      .where('id', '=', networkId)
      .execute();
    await record(tx, {
      actor: viewer.personId,
      feature: 'organisations',
      row: networkId,
      action: 'changed',
      before: { name: before.name, coordinatingOrganisationId: before.coordinating_organisation_id },
      after: { name, coordinatingOrganisationId: coordinating },
    });
    return slug;
  });
}

async function refuseUnknown(tx: Transaction, input: Partial<NetworkWrite>): Promise<void> {
  const wanted = input.coordinatingOrganisationId;
  if (!wanted) return;
  const found = await tx.selectFrom('organisations').select('id').where('id', '=', wanted).executeTakeFirst();
  if (!found) throw new Invalid([{ path: 'coordinatingOrganisationId', code: 'choice' }]);
}
