import { sql } from 'kysely';
import { record } from '../../db/changes.ts';
import { type Db, inTransaction, type Transaction } from '../../db/database.ts';
import { emit } from '../../db/outbox.ts';
import type { Membership } from '../../db/tables/organisations.ts';
import type { Viewer } from '../accounts/access.ts';
import { NotFound } from '../errors.ts';
import { decodeCursor, type Page, pageOf } from '../http/cursor.ts';
import { lockEvent } from './actions.ts';

export interface AllowanceRow {
  organisation: { slug: string; name: string; country: string; membership: Membership };
  /** Set for this organisation alone; null: the event's own limit. */
  size: number | null;
  /** What holds: their own, else the event's for members or others; null: as many as fit. */
  limit: number | null;
  /** Confirmed, offered and waiting. */
  used: number;
}

const columns = sql`
  jsonb_build_object('slug', o.slug, 'name', o.name, 'country', o.country, 'membership', o.membership) as organisation, a.size,
  coalesce(a.size, case when o.membership = 'member' then e.limit_member else e.limit_non_member end) as "limit",
  (select count(*)::int from registrations r where r.event_id = e.id and r.organisation_id = o.id and r.state in ('confirmed', 'waiting')) as used`;

/** The organisations with an allowance of their own or anybody registered, by name. One query. */
export async function allowancePage(
  db: Db,
  eventId: string,
  page: { cursor?: string; limit: number },
  ownOnly = false,
): Promise<Page<AllowanceRow>> {
  const after = decodeCursor(page.cursor, 2);
  const { rows } = await sql<AllowanceRow & { sort: string }>`
    select ${columns}, fold(o.name) as sort from allowances a join organisations o on o.id = a.organisation_id join events e on e.id = a.event_id
    where a.event_id = ${eventId} ${ownOnly ? sql`and a.size is not null` : sql``}
      ${after ? sql`and (fold(o.name), o.slug) > (${after[0]}, ${after[1]})` : sql``}
    order by fold(o.name), o.slug limit ${page.limit + 1}`.execute(db);
  const { items, next } = pageOf(rows, page.limit, (row) => [row.sort, row.organisation.slug]);
  return { items: items.map(({ sort: _sort, ...row }) => row), next };
}

/** The allowance of one organisation by slug or id. Errors: NotFound. */
export async function allowanceOf(db: Db | Transaction, eventId: string, organisation: string): Promise<AllowanceRow> {
  const { rows } = await sql<AllowanceRow>`
    select ${columns} from organisations o join events e on e.id = ${eventId}
    left join allowances a on a.event_id = e.id and a.organisation_id = o.id
    where o.slug = ${organisation} or o.id::text = ${organisation}`.execute(db);
  if (!rows[0]) throw new NotFound();
  return rows[0];
}

/**
 * Gives an organisation an allowance of its own, or with null takes it back to the event's limit. People who are registered beyond
 * a smaller one stay. Errors: NotFound, NotAllowed.
 */
export async function setAllowance(
  db: Db,
  viewer: Viewer,
  slug: string,
  organisation: string,
  size: number | null,
): Promise<AllowanceRow> {
  return inTransaction(db, async (tx) => {
    const event = await lockEvent(tx, viewer, slug);
    const before = await allowanceOf(tx, event.id, organisation);
    if (before.size === size) return before;
    const { id } = await tx
      .selectFrom('organisations')
      .select('id')
      .where('slug', '=', before.organisation.slug)
      .executeTakeFirstOrThrow();
    await tx
      .insertInto('allowances')
      .values({ event_id: event.id, organisation_id: id, size })
      .onConflict((conflict) => conflict.columns(['event_id', 'organisation_id']).doUpdateSet({ size }))
      .execute();
    const { name } = before.organisation;
    await record(tx, {
      actor: viewer.personId,
      feature: 'events',
      row: event.id,
      event: event.id,
      action: size === null ? 'allowanceRemoved' : 'allowanceSet',
      before: { organisation: `${name} (${before.organisation.country})`, size: before.size },
      after: { organisation: `${name} (${before.organisation.country})`, size },
    });
    await emit(tx, 'places.freed', { event: event.id });
    return allowanceOf(tx, event.id, organisation);
  });
}
