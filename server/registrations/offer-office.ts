import { sql } from 'kysely';
import { record } from '../../db/changes.ts';
import { type Db, inTransaction } from '../../db/database.ts';
import type { Viewer } from '../accounts/access.ts';
import { NotFound, Refused } from '../errors.ts';
import { lockPools } from '../places/actions.ts';

/**
 * Lets an offer stand 24 hours longer, never past the event's start. That, and removing somebody, is all an organiser can do about
 * the order of a waiting list: nobody is moved up. Errors: NotFound, Refused('no-offer').
 */
export async function extendOffer(db: Db, viewer: Viewer, eventId: string, waitingId: string): Promise<void> {
  await inTransaction(db, async (tx) => {
    await lockPools(tx, eventId);
    const { rows } = await sql<{ id: string | null; expires: Temporal.Instant; starts: Temporal.Instant; registration: string }>`
      select o.id, o.expires_at as expires, e.starts_at as starts, (select r.id from registrations r where r.waiting_id = w.id order by r.id limit 1) as registration
      from waitings w join events e on e.id = w.event_id
        left join offers o on o.waiting_id = w.id and num_nonnulls(o.accepted_at, o.declined_at, o.expired_at) = 0
      where w.id = ${waitingId} and w.event_id = ${eventId} for no key update of w`.execute(tx);
    const row = rows[0];
    if (!row) throw new NotFound();
    if (row.id === null) throw new Refused('no-offer');
    const longer = row.expires.add({ hours: 24 });
    const until = Temporal.Instant.compare(longer, row.starts) < 0 ? longer : row.starts;
    await tx.updateTable('offers').set({ expires_at: until }).where('id', '=', row.id).execute();
    await sql`
      update places p set held_until = ${until} from registrations r where r.id = p.registration_id and r.waiting_id = ${waitingId}`.execute(
      tx,
    );
    await record(tx, {
      actor: viewer.personId,
      feature: 'registrations',
      row: row.registration,
      event: eventId,
      action: 'offerExtended',
      before: { until: row.expires.toString() },
      after: { until: until.toString() },
    });
  });
}
