import { sql } from 'kysely';
import type { Transaction } from '../../db/database.ts';
import type { Viewer } from '../accounts/access.ts';
import { findOrCreatePerson } from '../accounts/actions.ts';
import type { SessionWrite } from './input.ts';

/**
 * Makes `speakers` all who speak in a session, in that order. One with the id of somebody who is there stays the person they are;
 * an address makes a name a person, whose own profile is neither shown nor changed.
 */
export async function writeSpeakers(
  tx: Transaction,
  viewer: Viewer,
  sessionId: string,
  speakers: SessionWrite['speakers'],
): Promise<void> {
  const there = await tx.selectFrom('session_speakers').select(['id', 'person_id']).where('session_id', '=', sessionId).execute();
  const known = new Map(there.map((row) => [row.id, row.person_id]));
  const people = new Map<string, string>();
  for (const { email, name } of speakers)
    if (email && !people.has(email)) people.set(email, await findOrCreatePerson(tx, { email, name }, viewer.personId));
  const rows = speakers.map(({ id, email, name, organisation, role }, position) => ({
    id: id && known.has(id) ? id : null,
    person: email ? people.get(email) : id ? (known.get(id) ?? null) : null,
    name,
    organisation,
    role,
    position,
  }));
  await tx.deleteFrom('session_speakers').where('session_id', '=', sessionId).execute();
  if (rows.length === 0) return;
  await sql`
    insert into session_speakers (id, session_id, person_id, name, organisation, role, position)
    select coalesce(r.id, uuid_v7()), ${sessionId}, r.person, r.name, r.organisation, r.role, r.position
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, person uuid, name text, organisation text, role text, position int)`.execute(
    tx,
  );
}

/** Speakers who are people already, of new sessions that have none: in one statement for all of them. */
export async function nameSpeakers(
  tx: Transaction,
  sessions: readonly { id: string; speakers: readonly { personId: string; name: string; organisation: string }[] }[],
): Promise<void> {
  const rows = sessions.flatMap(({ id, speakers }) =>
    speakers.map((one, position) => ({
      session_id: id,
      person_id: one.personId,
      name: one.name,
      organisation: one.organisation,
      role: 'speaker' as const,
      position,
    })),
  );
  if (rows.length > 0) await tx.insertInto('session_speakers').values(rows).execute();
}
