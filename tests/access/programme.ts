import { Readable } from 'node:stream';
import { sql } from 'kysely';
import type { Db } from '../../db/database.ts';
import { draftProgramme } from '../../server/programme/queries.ts';
import type { Storage } from '../../server/storage.ts';
import type { Things } from './world.ts';

/** A programme of one session in a room, released, with a room and a track that nothing uses. */
export async function makeProgramme(db: Db, storage: Storage, event: string): Promise<Things> {
  const one = async (query: ReturnType<typeof sql<{ id: string }>>) => (await query.execute(db)).rows[0]?.id ?? '';
  const hall = await one(sql`insert into rooms (event_id, name, position) values (${event}, '{"en":"Hall"}', 1) returning id`);
  const room = await one(sql`insert into rooms (event_id, name, position) values (${event}, '{"en":"Room"}', 2) returning id`);
  const track = await one(sql`insert into tracks (event_id, name, position) values (${event}, '{"en":"Axis"}', 1) returning id`);
  const session = await one(sql`
    insert into sessions (event_id, kind, title, starts_local, ends_local, starts_at, ends_at, room_id)
    values (${event}, 'plenary', '{"en":"Opening"}', '2090-05-26 10:00', '2090-05-26 11:00', '2090-05-26T10:00Z', '2090-05-26T11:00Z', ${hall})
    returning id`);
  const materialFile = await one(sql`
    insert into files (owner_kind, owner_id, item_key, name, media_type, bytes, sha256) values ('session', ${session}, 'programme-material',
      'slides.pdf', 'application/pdf', 3, sha256('pdf')) returning id`);
  await sql`insert into session_materials (session_id, title, file_id, position) values (${session}, 'Slides', ${materialFile}, 0)`.execute(
    db,
  );
  const { rows } = await sql<{ key: string }>`select key from files where id = ${materialFile}`.execute(db);
  await storage.put(rows[0]?.key ?? '', Readable.from(['pdf']));
  const draft = await draftProgramme(db, event);
  await sql`insert into programme_releases (event_id, no, snapshot) values (${event}, 1, ${JSON.stringify(draft)}::jsonb)`.execute(
    db,
  );
  await sql`update sessions set title = '{"en":"The opening"}' where id = ${session}`.execute(db);
  return { room, track, session, materialFile };
}

/** An assembly in which the city votes through `delegate`, who has come: an item with a document, a motion to come and one being voted on. */
export async function makeAssembly(
  db: Db,
  storage: Storage,
  { event, city, delegate }: { event: string; city: string; delegate: string },
): Promise<Things> {
  const one = async (query: ReturnType<typeof sql<{ id: string }>>) => (await query.execute(db)).rows[0]?.id ?? '';
  await sql`insert into assemblies (event_id) values (${event})`.execute(db);
  await sql`insert into assembly_voters (event_id, organisation_id, delegate_id, arrived_at) values (${event}, ${city}, ${delegate}, now())`.execute(
    db,
  );
  const agendaItem = await one(
    sql`insert into agenda_items (event_id, position, title) values (${event}, 1, '{"en":"Accounts"}') returning id`,
  );
  const agendaFile = await one(sql`
    insert into files (owner_kind, owner_id, item_key, name, media_type, bytes, sha256) values ('agenda', ${agendaItem}, 'programme-material',
      'accounts.pdf', 'application/pdf', 3, sha256('pdf')) returning id`);
  await sql`insert into agenda_documents (item_id, title, file_id, position) values (${agendaItem}, 'Accounts', ${agendaFile}, 0)`.execute(
    db,
  );
  const { rows } = await sql<{ key: string }>`select key from files where id = ${agendaFile}`.execute(db);
  await storage.put(rows[0]?.key ?? '', Readable.from(['pdf']));
  const motion = await one(sql`
    insert into motions (event_id, item_id, position, title, ballot) values (${event}, ${agendaItem}, 1, '{"en":"Approve"}', 'open') returning id`);
  const openMotion = await one(sql`
    insert into motions (event_id, position, title, ballot, opened_at) values (${event}, 2, '{"en":"Elect"}', 'open', now()) returning id`);
  await sql`insert into minutes (event_id, version, language, text) values (${event}, 1, 'en', 'What was said')`.execute(db);
  return { agendaItem, agendaFile, motion, openMotion, minutesVersion: '1' };
}
