import { sql } from 'kysely';
import { json, type Transaction } from '../../db/database.ts';
import { Refused } from '../errors.ts';
import type { CallWrite } from './input.ts';

/**
 * Writes the themes, modalities, criteria and exclusions of a call as the lists say. What entries name stays. Errors:
 * Refused('theme-in-use'), Refused('modality-in-use').
 */
export async function writeParts(tx: Transaction, callId: string, call: CallWrite, actor: string): Promise<void> {
  await writeThemes(tx, callId, call);
  await writeModalities(tx, callId, call);
  await writeCriteria(tx, callId, call);
  await writeExclusions(tx, callId, call, actor);
}

const keysOf = (list: readonly { key: string }[]) => list.map(({ key }) => key);
const rowsOf = (list: readonly object[]) => JSON.stringify(list.map((one, position) => ({ ...one, position })));

async function writeThemes(tx: Transaction, callId: string, { themes }: CallWrite): Promise<void> {
  const { rows } = await sql<{ key: string }>`
    select distinct theme as key from entries where call_id = ${callId} and theme is not null and theme <> all (${keysOf(themes)}) limit 1`.execute(
    tx,
  );
  if (rows[0]) throw new Refused('theme-in-use', { key: rows[0].key });
  await sql`delete from call_themes where call_id = ${callId} and key <> all (${keysOf(themes)})`.execute(tx);
  await sql`
    insert into call_themes (call_id, key, title, description, position)
    select ${callId}, key, title, description, position from jsonb_to_recordset(${rowsOf(themes)}::jsonb)
      as t (key text, title jsonb, description jsonb, position int)
    on conflict (call_id, key) do update set title = excluded.title, description = excluded.description, position = excluded.position`.execute(
    tx,
  );
}

async function writeModalities(tx: Transaction, callId: string, { modalities }: CallWrite): Promise<void> {
  const keys = keysOf(modalities);
  const { rows } = await sql<{ key: string }>`
    select coalesce(modality, assigned_modality) as key from entries where call_id = ${callId}
      and (modality <> all (${keys}) or assigned_modality <> all (${keys})) limit 1`.execute(tx);
  if (rows[0]) throw new Refused('modality-in-use', { key: rows[0].key });
  await sql`delete from call_modalities where call_id = ${callId} and key <> all (${keys})`.execute(tx);
  await sql`
    insert into call_modalities (call_id, key, title, description, quota, minutes, position)
    select ${callId}, key, title, description, quota, minutes, position from jsonb_to_recordset(${rowsOf(modalities)}::jsonb)
      as m (key text, title jsonb, description jsonb, quota int, minutes int, position int)
    on conflict (call_id, key) do update set title = excluded.title, description = excluded.description, quota = excluded.quota,
      minutes = excluded.minutes, position = excluded.position`.execute(tx);
}

// A criterion that was once there may carry scores: it is taken away, never deleted, and comes back under its key.
async function writeCriteria(tx: Transaction, callId: string, { criteria }: CallWrite): Promise<void> {
  await sql`
    update criteria set removed_at = now() where call_id = ${callId} and removed_at is null and key <> all (${keysOf(criteria)})`.execute(
    tx,
  );
  await sql`
    insert into criteria (call_id, key, name, description, guidance, scale_min, scale_max, scale_step, weight, required, themes, position)
    select ${callId}, key, name, description, guidance, "scaleMin", "scaleMax", "scaleStep", weight, required,
      coalesce((select array_agg(value) from jsonb_array_elements_text(themes)), '{}'), position
    from jsonb_to_recordset(${rowsOf(criteria)}::jsonb) as c (key text, name jsonb, description jsonb, guidance jsonb,
      "scaleMin" double precision, "scaleMax" double precision, "scaleStep" double precision, weight double precision, required boolean,
      themes jsonb, position int)
    on conflict (call_id, key) do update set name = excluded.name, description = excluded.description, guidance = excluded.guidance,
      scale_min = excluded.scale_min, scale_max = excluded.scale_max, scale_step = excluded.scale_step, weight = excluded.weight,
      required = excluded.required, themes = excluded.themes, position = excluded.position, removed_at = null`.execute(tx);
}

async function writeExclusions(tx: Transaction, callId: string, { exclusions }: CallWrite, actor: string): Promise<void> {
  const rows = json(exclusions);
  await sql`
    delete from call_exclusions x where x.call_id = ${callId} and not exists (
      select from jsonb_to_recordset(${rows}) as n ("organisationId" uuid, reason text)
      where n."organisationId" = x.organisation_id and n.reason = x.reason)`.execute(tx);
  await sql`
    insert into call_exclusions (call_id, organisation_id, reason, note, created_by)
    select distinct on ("organisationId", reason) ${callId}::uuid, "organisationId", reason, note, ${actor}::uuid
    from jsonb_to_recordset(${rows}) as n ("organisationId" uuid, reason text, note text)
    on conflict (call_id, organisation_id, reason) do update set note = excluded.note`.execute(tx);
}
