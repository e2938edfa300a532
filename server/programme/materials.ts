import { sql } from 'kysely';
import type { Db, Transaction } from '../../db/database.ts';
import type { Viewer } from '../accounts/access.ts';
import { type FieldError, Invalid } from '../errors.ts';
import { MATERIAL_ITEM } from './files.ts';
import type { SessionWrite } from './input.ts';

/** Makes `materials` all that belongs to a session, in that order: addresses, and files that this person uploaded. Errors: Invalid. */
export async function writeMaterials(
  tx: Transaction,
  viewer: Viewer,
  sessionId: string,
  materials: SessionWrite['materials'],
): Promise<void> {
  const there = await tx.selectFrom('session_materials').select(['id', 'file_id']).where('session_id', '=', sessionId).execute();
  const files = new Map(there.map((row) => [row.id, row.file_id]));
  const rows = materials.map(({ id, title, url, fileId }, position) => ({
    id: id && files.has(id) ? id : null,
    title,
    url: url ?? null,
    file: url ? null : (fileId ?? (id ? (files.get(id) ?? null) : null)),
    position,
  }));
  const empty = rows.flatMap((row, at): FieldError[] =>
    row.url || row.file ? [] : [{ path: `materials.${at}.url`, code: 'required' }],
  );
  if (empty.length > 0) throw new Invalid(empty);
  await takeFiles(tx, viewer, sessionId, [...new Set(rows.flatMap((row) => row.file ?? []))]);
  await tx.deleteFrom('session_materials').where('session_id', '=', sessionId).execute();
  if (rows.length === 0) return;
  await sql`
    insert into session_materials (id, session_id, title, url, file_id, position)
    select coalesce(r.id, uuid_v7()), ${sessionId}, r.title, r.url, r.file, r.position
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, title text, url text, file uuid, position int)`.execute(
    tx,
  );
}

async function takeFiles(tx: Transaction, viewer: Viewer, sessionId: string, ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  const taken = await sql<{ id: string }>`
    update files set owner_kind = 'session', owner_id = ${sessionId} where id = any (${ids}::uuid[]) and removed_at is null
      and item_key = ${MATERIAL_ITEM}
      and ((owner_kind = 'session' and owner_id = ${sessionId}) or (owner_id is null and uploaded_by = ${viewer.personId}))
    returning id`.execute(tx);
  if (taken.rows.length < ids.length) throw new Invalid([{ path: 'materials', code: 'file' }]);
}

/** A file that belongs to a session of this event. Whether this reader may have it is for the caller to ask. */
export async function materialFile(db: Db, eventId: string, fileId: string) {
  const { rows } = await sql<{ id: string; key: string; name: string; mediaType: string; bytes: number; sessionId: string }>`
    select f.id, f.key, f.name, f.media_type as "mediaType", f.bytes::int as bytes, s.id as "sessionId"
    from files f join sessions s on f.owner_kind = 'session' and s.id = f.owner_id
    where f.id = ${fileId} and s.event_id = ${eventId} and f.removed_at is null`.execute(db);
  return rows[0];
}
