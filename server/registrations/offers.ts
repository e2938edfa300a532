import { sql } from 'kysely';
import { type Db, inTransaction, type Transaction } from '../../db/database.ts';
import type { Viewer } from '../accounts/access.ts';
import { NotFound, Refused } from '../errors.ts';
import { endOffer, endWaiting, lockPools, passOn } from '../places/actions.ts';
import { mayChange } from './access.ts';
import { tell } from './actions.ts';
import { recordChange } from './admission.ts';
import { eventContextById } from './context.ts';
import { end, type Locked } from './ending.ts';

/**
 * Takes the places offered to the party of this registration: all its members are confirmed. Accepting late succeeds while the
 * places are still theirs. `viewer` null: by the link of the mail, which the caller has checked. Errors: NotFound, Refused('no-offer').
 */
export async function acceptOffer(db: Db, viewer: Viewer | null, registrationId: string, now: Temporal.Instant): Promise<void> {
  await inTransaction(db, async (tx) => {
    const { waitingId, members } = await lockOffer(tx, viewer, registrationId);
    await endOffer(tx, waitingId, 'accepted', now);
    const ids = members.map((member) => member.id);
    await tx.updateTable('places').set({ held_until: null }).where('registration_id', 'in', ids).execute();
    await tx.updateTable('registrations').set({ state: 'confirmed', confirmed_at: now }).where('id', 'in', ids).execute();
    await endWaiting(tx, waitingId, 'accepted', now);
    for (const member of members) {
      await recordChange(tx, member, {
        actor: viewer?.personId ?? member.person_id,
        action: 'offerAccepted',
        before: { state: 'waiting' },
        after: { state: 'confirmed' },
      });
    }
    await tell(tx, 'registered', {
      event: members[0]?.event_id,
      delegation: members[0]?.delegation_id ?? null,
      confirmed: ids,
      waiting: [],
    });
  });
}

/** Gives an offer back; the places pass on to the next at once, and the party's registrations end. Errors as `acceptOffer`. */
export async function declineOffer(db: Db, viewer: Viewer | null, registrationId: string, now: Temporal.Instant): Promise<void> {
  await inTransaction(db, async (tx) => {
    const { waitingId, members } = await lockOffer(tx, viewer, registrationId);
    await endOffer(tx, waitingId, 'declined', now);
    await endParty(tx, waitingId, members, 'declined', 'offer-declined', viewer?.personId ?? null, now);
  });
}

async function lockOffer(
  tx: Transaction,
  viewer: Viewer | null,
  registrationId: string,
): Promise<{ waitingId: string; members: Locked[] }> {
  const seen = await tx
    .selectFrom('registrations')
    .select(['event_id', 'waiting_id', 'person_id', 'organisation_id', 'state'])
    .where('id', '=', registrationId)
    .executeTakeFirst();
  if (!seen) throw new NotFound();
  if (viewer) {
    const event = await eventContextById(tx, seen.event_id);
    const scope = {
      eventId: event.eventId,
      networkId: event.networkId,
      personId: seen.person_id,
      organisationId: seen.organisation_id,
    };
    if (!mayChange(viewer, scope)) throw new NotFound();
  }
  if (!seen.waiting_id) throw new Refused('no-offer');
  await lockPools(tx, seen.event_id);
  const open = await openOffer(tx, seen.waiting_id);
  if (!open) throw new Refused('no-offer');
  return { waitingId: seen.waiting_id, members: await partyOf(tx, seen.waiting_id) };
}

function openOffer(tx: Transaction, waitingId: string) {
  return tx
    .selectFrom('offers')
    .select(['id', 'expires_at'])
    .where('waiting_id', '=', waitingId)
    .where('accepted_at', 'is', null)
    .where('declined_at', 'is', null)
    .where('expired_at', 'is', null)
    .forNoKeyUpdate()
    .executeTakeFirst();
}

function partyOf(tx: Transaction, waitingId: string): Promise<Locked[]> {
  return tx
    .selectFrom('registrations')
    .selectAll()
    .where('waiting_id', '=', waitingId)
    .where('state', '=', 'waiting')
    .orderBy('id')
    .forNoKeyUpdate()
    .execute();
}

async function endParty(
  tx: Transaction,
  waitingId: string,
  members: Locked[],
  by: 'declined' | 'expired',
  code: string,
  actor: string | null,
  now: Temporal.Instant,
): Promise<void> {
  await endWaiting(tx, waitingId, by, now);
  for (const member of members) await end(tx, { ...member, waiting_id: null }, { state: 'cancelled', code, actor }, now);
  const eventId = members[0]?.event_id;
  if (eventId) await passOn(tx, eventId, now);
}

/**
 * What time does to places: offers that nobody took expire and pass on, parties that gathered too long let go, self-registrations
 * whose link was not used end, and whatever is free goes to who waits. Every minute; each event in a transaction of its own.
 */
export async function sweepPlaces(db: Db, now: Temporal.Instant): Promise<{ expired: number; ended: number }> {
  const due = await sql<{ event_id: string }>`
    select distinct w.event_id from offers o join waitings w on w.id = o.waiting_id
      where o.expires_at <= ${now} and num_nonnulls(o.accepted_at, o.declined_at, o.expired_at) = 0
    union select distinct po.event_id from places p join pools po on po.id = p.pool_id where p.held_until <= ${now}
    union select distinct po.event_id from pools po where po.queue_open`.execute(db);
  let expired = 0;
  let ended = 0;
  for (const { event_id } of due.rows) {
    await inTransaction(db, async (tx) => {
      await lockPools(tx, event_id);
      expired += await expireOffers(tx, event_id, now);
      ended += await endDrafts(tx, event_id, now);
      await endGatherings(tx, event_id, now);
      await passOn(tx, event_id, now);
    });
  }
  return { expired, ended };
}

async function expireOffers(tx: Transaction, eventId: string, now: Temporal.Instant): Promise<number> {
  const { rows } = await sql<{ id: string; waiting_id: string }>`
    select o.id, o.waiting_id from offers o join waitings w on w.id = o.waiting_id
    where w.event_id = ${eventId} and o.expires_at <= ${now} and num_nonnulls(o.accepted_at, o.declined_at, o.expired_at) = 0
    order by o.id for no key update of o`.execute(tx);
  for (const { id, waiting_id } of rows) {
    await tx.updateTable('offers').set({ expired_at: now }).where('id', '=', id).execute();
    await endWaiting(tx, waiting_id, 'expired', now);
    for (const member of await partyOf(tx, waiting_id)) {
      await end(tx, { ...member, waiting_id: null }, { state: 'cancelled', code: 'offer-expired', actor: null }, now);
    }
  }
  return rows.length;
}

async function endDrafts(tx: Transaction, eventId: string, now: Temporal.Instant): Promise<number> {
  const { rows } = await sql<Locked>`
    select r.* from registrations r
    where r.event_id = ${eventId} and r.state = 'draft' and exists (select from places p where p.registration_id = r.id and p.held_until <= ${now})
    order by r.id for no key update`.execute(tx);
  for (const draft of rows) await end(tx, draft, { state: 'cancelled', code: 'not-confirmed', actor: null }, now);
  return rows.length;
}

async function endGatherings(tx: Transaction, eventId: string, now: Temporal.Instant): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    update waitings w set gathering_ended_at = ${now}
    where w.event_id = ${eventId} and w.ended_at is null and w.gathering_since is not null and w.gathering_ended_at is null
      and not exists (select from offers o where o.waiting_id = w.id and num_nonnulls(o.accepted_at, o.declined_at, o.expired_at) = 0)
      and exists (select from registrations r join places p on p.registration_id = r.id where r.waiting_id = w.id and p.held_until <= ${now})
    returning w.id`.execute(tx);
  if (rows.length === 0) return;
  await sql`
    update places p set registration_id = null, held_until = null from registrations r
    where r.id = p.registration_id and r.waiting_id = any (${rows.map((row) => row.id)}::uuid[])`.execute(tx);
}
