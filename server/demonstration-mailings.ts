import { sql } from 'kysely';
import type { Viewer } from './accounts/access.ts';
import { createMailing } from './mailings/actions.ts';
import { finishMailings } from './mailings/due.ts';
import { freezeAudience } from './mailings/freezing.ts';
import { MailingWrite, ScheduleWrite } from './mailings/input.ts';
import { answerInvitation } from './mailings/invitations.ts';
import { scheduleMailing } from './mailings/running.ts';
import type { System } from './system.ts';

/** A draft, an announcement that was sent, and an invitation of which some have answered. `event` is the slug of one to come. */
export async function loadMailings(system: System, viewer: Viewer, event: string): Promise<void> {
  const { db, clock, config } = system;
  const now = clock();
  const make = (fields: Record<string, unknown>) =>
    createMailing(db, viewer, MailingWrite.parse(fields), { now, defaultZone: config.defaultZone });
  await make({
    kind: 'reminder',
    name: 'Three days before',
    event,
    template: 'before-event',
    audience: { registration: 'confirmed' },
  });
  const news = await make({ kind: 'announcement', name: 'News of the season', template: 'announcement' });
  const invitation = await make({
    kind: 'invitation',
    name: 'Invitation of the cities',
    event,
    template: 'invitation',
    audience: { registration: 'not-registered' },
  });
  for (const id of [news, invitation]) {
    await scheduleMailing(db, viewer, id, ScheduleWrite.parse({ schedule: 'now' }), now);
    await freezeAudience(db, id, now);
    // They are taken for sent: the demonstration writes to nobody.
    await sql`update sends set state = 'accepted', accepted_at = ${now}, ended_at = ${now} where mailing_id = ${id}`.execute(db);
  }
  await finishMailings(db, now);
  const guests = await db
    .selectFrom('invitations')
    .select('id')
    .where('mailing_id', '=', invitation)
    .orderBy('id')
    .limit(12)
    .execute();
  for (const [n, guest] of guests.entries()) {
    if (n % 4 === 3) continue;
    const answer = (['accepted', 'declined', 'substitute'] as const)[n % 4] ?? 'accepted';
    const substitute =
      answer === 'substitute' ? { substituteName: 'A colleague', substituteAddress: `colleague-${n}@example.org` } : {};
    await answerInvitation(
      db,
      guest,
      { answer, note: '', substituteName: undefined, substituteAddress: undefined, ...substitute },
      { now },
    );
  }
}
