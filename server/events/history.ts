import { sql } from 'kysely';
import type { Db } from '../../db/database.ts';
import { decodeCursor, type Page, pageOf } from '../http/cursor.ts';

export interface EventChangeRow {
  id: string;
  at: Temporal.Instant;
  /** Null: the system itself. */
  actor: { id: string; name: string } | null;
  action: string;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  /** What the ids in it are called. */
  names: Record<string, string>;
}

const REFERENCES = ['networkId', 'hostOrganisationId', 'seriesId', 'formId', 'personId'];

/** Who changed what of an event, the newest first. One query; ids come with the names they have now. */
export async function eventHistory(
  db: Db,
  eventId: string,
  page: { cursor?: string; limit: number },
): Promise<Page<EventChangeRow>> {
  const after = decodeCursor(page.cursor, 1);
  const { rows } = await sql<EventChangeRow>`
    select c.id, c.at, case when p.id is not null then jsonb_build_object('id', p.id, 'name', p.name) end as actor, c.action, c.before, c.after,
      coalesce((select jsonb_object_agg(named.id, named.name) from (
        select x.id::text as id, x.name from (
          select id, name from people union all select id, name from organisations
          union all select id, coalesce(name->>'en', (select value from jsonb_each_text(name) limit 1)) from networks
          union all select id, coalesce(name->>'en', (select value from jsonb_each_text(name) limit 1)) from series
          union all select id, coalesce(name->>'en', (select value from jsonb_each_text(name) limit 1)) from forms) x
        where x.id = any (array(select (v.value)::uuid from jsonb_each_text(coalesce(c.before, '{}') || '{}'::jsonb) v
            where v.key = any (${REFERENCES}) and v.value is not null
          union select (v.value)::uuid from jsonb_each_text(coalesce(c.after, '{}')) v where v.key = any (${REFERENCES}) and v.value is not null))
      ) named), '{}') as names
    from changes c left join people p on p.id = c.actor_id
    where c.row_id = ${eventId} and c.feature = 'events' ${after ? sql`and c.id < ${after[0]}::uuid` : sql``}
    order by c.id desc limit ${page.limit + 1}`.execute(db);
  return pageOf(rows, page.limit, (row) => [row.id]);
}
