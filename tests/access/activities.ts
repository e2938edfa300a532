import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { sql } from 'kysely';
import type { System } from '../../server/system.ts';
import type { Things } from './world.ts';

/** An activity of a city that everybody reads, and one that waits; each with a picture. */
export async function makeActivities({ db, storage }: System, { city, by }: { city: string; by: string }): Promise<Things> {
  const make = async (state: 'published' | 'pending') => {
    const key = randomUUID();
    await storage.put(key, Readable.from(['GIF89a']));
    const { rows } = await sql<{ id: string }>`
      with a as (insert into activities (organisation_id, created_by) values (${city}, ${by}) returning id),
        f as (insert into files (key, owner_kind, owner_id, item_key, name, media_type, bytes, sha256)
          select ${key}, 'activity', a.id, 'picture', 'picture.gif', 'image/gif', 6, sha256('GIF89a'::bytea) from a returning id)
      insert into activity_versions (activity_id, no, title, description, zone, starts_local, ends_local, starts_at, ends_at, picture_id,
        state, written_by, written_at, decided_by, decided_at)
      select a.id, 1, '{"en":"A parade"}', '{"en":"Children walk."}', 'UTC', '2090-11-30 10:00', '2090-11-30 12:00',
        '2090-11-30 10:00Z', '2090-11-30 12:00Z', f.id, ${state}, ${by}, now(),
        ${state === 'published' ? by : null}, ${state === 'published' ? '2026-01-01T00:00:00Z' : null}
      from a, f returning activity_id as id`.execute(db);
    return rows[0]?.id ?? '';
  };
  return { activity: await make('published'), proposal: await make('pending') };
}
