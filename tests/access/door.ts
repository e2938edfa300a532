import { sql } from 'kysely';
import type { Db } from '../../db/database.ts';
import { passToken } from '../../server/door/pass.ts';
import { hashToken } from '../../server/tokens.ts';
import type { Things } from './world.ts';

/** A door that volunteers keep, and the pass of somebody who takes part. */
export async function makeDoor(
  db: Db,
  secret: string,
  { event, registration, guest, by }: Record<'event' | 'registration' | 'guest' | 'by', string>,
): Promise<Things> {
  const link = 'd'.repeat(43);
  const { rows } = await sql<{ id: string }>`insert into doors (event_id, name, token_hash, created_by, created_at)
    values (${event}, 'Main entrance', ${hashToken(link)}, ${by}, now()) returning id`.execute(db);
  return { door: rows[0]?.id ?? '', doorLink: link, pass: passToken(secret, { registrationId: registration, personId: guest }) };
}
