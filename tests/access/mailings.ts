import { sql } from 'kysely';
import type { Db } from '../../db/database.ts';
import { invitationToken } from '../../server/mailings/invitation-links.ts';
import type { Things } from './world.ts';

const TEXTS = JSON.stringify({ en: { subject: 'Come', body: 'Dear {{name}}' } });

/** A mailing to the people of an event, a template of its network, and an invitation whose guest proposes somebody else. */
export async function makeMailings(
  db: Db,
  secret: string,
  { event, network, guest, audience }: { event: string; network: string; guest: string; audience: string },
): Promise<Things> {
  const one = async (query: ReturnType<typeof sql<{ id: string }>>) => (await query.execute(db)).rows[0]?.id ?? '';
  const mailing = await one(sql`
    insert into mailings (kind, name, reach, event_id, zone) values ('invitation', 'Invitation', 'event', ${event}, 'UTC') returning id`);
  await sql`insert into mailing_texts (mailing_id, version, texts) values (${mailing}, 1, ${TEXTS}::jsonb)`.execute(db);
  const mailingTemplate = await one(sql`
    insert into mailing_templates (name, kind, network_id, default_language, texts) values ('Ours', 'announcement', ${network}, 'en', ${TEXTS}::jsonb) returning id`);
  const invitation = await one(sql`
    insert into invitations (event_id, person_id, mailing_id) values (${event}, ${guest}, ${mailing}) returning id`);
  await sql`insert into invitation_answers (invitation_id, answer, substitute_name, substitute_address)
    values (${invitation}, 'substitute', 'Another', 'another@example.org')`.execute(db);
  return { mailing, mailingTemplate, invitation, invitationToken: invitationToken(secret, invitation), mailingPerson: audience };
}
