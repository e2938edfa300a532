import { sql } from 'kysely';
import { record } from '../../db/changes.ts';
import { type Db, inTransaction, json, type Transaction } from '../../db/database.ts';
import type { Viewer } from '../accounts/access.ts';
import { type FieldError, Invalid, NotFound } from '../errors.ts';
import { about, lockAssembly } from './assembly.ts';
import type { AgendaItemWrite } from './assembly-input.ts';
import { MATERIAL_ITEM } from './files.ts';

/** A new item at the end of the agenda, or (with its id) one as it is from now on. Returns its id. Errors: NotFound, NotAllowed, Refused, Invalid. */
export async function writeAgendaItem(
  db: Db,
  viewer: Viewer,
  slug: string,
  written: AgendaItemWrite,
  id: string | null,
): Promise<string> {
  return inTransaction(db, async (tx) => {
    const event = await lockAssembly(tx, viewer, slug);
    const texts = { title: json(written.title), text: json(written.text) };
    const item =
      id === null
        ? await tx
            .insertInto('agenda_items')
            .values({
              ...texts,
              event_id: event.id,
              removed_at: null,
              position: sql<number>`(select coalesce(max(position), 0) + 1 from agenda_items where event_id = ${event.id})`,
            })
            .returning('id')
            .executeTakeFirst()
        : await tx
            .updateTable('agenda_items')
            .set(texts)
            .where('id', '=', id)
            .where('event_id', '=', event.id)
            .where('removed_at', 'is', null)
            .returning('id')
            .executeTakeFirst();
    if (!item) throw new NotFound();
    await writeDocuments(tx, viewer, item.id, written.documents);
    const action = id === null ? 'agendaItemAdded' : 'agendaItemChanged';
    await record(tx, { ...about(viewer, event.id), row: item.id, action, after: { title: written.title } });
    return item.id;
  });
}

async function writeDocuments(
  tx: Transaction,
  viewer: Viewer,
  itemId: string,
  documents: AgendaItemWrite['documents'],
): Promise<void> {
  const there = await tx.selectFrom('agenda_documents').select(['id', 'file_id']).where('item_id', '=', itemId).execute();
  const files = new Map(there.map((row) => [row.id, row.file_id]));
  const rows = documents.map(({ id, title, url, fileId }, position) => ({
    id: id && files.has(id) ? id : null,
    title,
    url: url ?? null,
    file: url ? null : (fileId ?? (id ? (files.get(id) ?? null) : null)),
    position,
  }));
  const empty = rows.flatMap((row, at): FieldError[] =>
    row.url || row.file ? [] : [{ path: `documents.${at}.url`, code: 'required' }],
  );
  if (empty.length > 0) throw new Invalid(empty);
  const ids = [...new Set(rows.flatMap((row) => row.file ?? []))];
  const taken = await sql<{ id: string }>`
    update files set owner_kind = 'agenda', owner_id = ${itemId} where id = any (${ids}::uuid[]) and removed_at is null
      and item_key = ${MATERIAL_ITEM}
      and ((owner_kind = 'agenda' and owner_id = ${itemId}) or (owner_id is null and uploaded_by = ${viewer.personId}))
    returning id`.execute(tx);
  if (taken.rows.length < ids.length) throw new Invalid([{ path: 'documents', code: 'file' }]);
  await tx.deleteFrom('agenda_documents').where('item_id', '=', itemId).execute();
  await sql`
    insert into agenda_documents (id, item_id, title, url, file_id, position)
    select coalesce(r.id, uuid_v7()), ${itemId}, r.title, r.url, r.file, r.position
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, title text, url text, file uuid, position int)`.execute(
    tx,
  );
}

/** Moves an item up or down. At the end it stays. Errors: NotFound, NotAllowed, Refused. */
export async function orderAgenda(db: Db, viewer: Viewer, slug: string, id: string, direction: 'up' | 'down'): Promise<void> {
  await inTransaction(db, async (tx) => {
    const event = await lockAssembly(tx, viewer, slug);
    const items = await tx
      .selectFrom('agenda_items')
      .select(['id', 'position'])
      .where('event_id', '=', event.id)
      .where('removed_at', 'is', null)
      .orderBy('position')
      .orderBy('id')
      .execute();
    const at = items.findIndex((item) => item.id === id);
    if (at < 0) throw new NotFound();
    const [mine, other] = [items[at], items[at + (direction === 'up' ? -1 : 1)]];
    if (!mine || !other) return;
    await sql`update agenda_items set position = case id when ${mine.id} then ${other.position}::int else ${mine.position}::int end
      where id in (${mine.id}, ${other.id})`.execute(tx);
    await record(tx, { ...about(viewer, event.id), row: id, action: 'agendaOrdered', after: { direction } });
  });
}

/** Takes an item off the agenda. Errors: NotFound, NotAllowed, Refused. */
export async function removeAgendaItem(db: Db, viewer: Viewer, slug: string, id: string, now: Temporal.Instant): Promise<void> {
  await inTransaction(db, async (tx) => {
    const event = await lockAssembly(tx, viewer, slug);
    const gone = await tx
      .updateTable('agenda_items')
      .set({ removed_at: now })
      .where('id', '=', id)
      .where('event_id', '=', event.id)
      .where('removed_at', 'is', null)
      .returning('id')
      .executeTakeFirst();
    if (!gone) throw new NotFound();
    await record(tx, { ...about(viewer, event.id), row: id, action: 'agendaItemRemoved' });
  });
}

/** A file of an agenda of this event. */
export async function agendaFile(db: Db, eventId: string, fileId: string) {
  const { rows } = await sql<{ key: string; name: string; mediaType: string; bytes: number }>`
    select f.key, f.name, f.media_type as "mediaType", f.bytes::int as bytes
    from files f join agenda_items i on f.owner_kind = 'agenda' and i.id = f.owner_id
    where f.id = ${fileId} and i.event_id = ${eventId} and i.removed_at is null and f.removed_at is null`.execute(db);
  return rows[0];
}

/** A new version of the minutes; nothing of the earlier ones changes. Returns its number. Errors: NotFound, NotAllowed, Refused. */
export async function writeMinutes(
  db: Db,
  viewer: Viewer,
  slug: string,
  written: { language: string; text: string },
  now: Temporal.Instant,
): Promise<number> {
  return inTransaction(db, async (tx) => {
    const event = await lockAssembly(tx, viewer, slug);
    const { version } = await tx
      .insertInto('minutes')
      .values({
        ...written,
        event_id: event.id,
        written_by: viewer.personId,
        written_at: now,
        approved_at: null,
        approved_by: null,
        version: sql<number>`(select coalesce(max(version), 0) + 1 from minutes where event_id = ${event.id})`,
      })
      .returning('version')
      .executeTakeFirstOrThrow();
    await record(tx, { ...about(viewer, event.id), action: 'minutesWritten', after: { version } });
    return version;
  });
}

/** Notes that the assembly has approved a version: once, and for good. Errors: NotFound, NotAllowed, Refused. */
export async function approveMinutes(
  db: Db,
  viewer: Viewer,
  slug: string,
  version: number,
  now: Temporal.Instant,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const event = await lockAssembly(tx, viewer, slug);
    const { rows } = await sql<{ approved: boolean }>`
      update minutes set approved_at = ${now}, approved_by = ${viewer.personId} where event_id = ${event.id} and version = ${version}
        and not exists (select from minutes where event_id = ${event.id} and approved_at is not null) returning true as approved`.execute(
      tx,
    );
    if (rows.length === 0) throw new NotFound();
    await record(tx, { ...about(viewer, event.id), action: 'minutesApproved', after: { version } });
  });
}
