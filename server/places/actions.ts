import { sql } from 'kysely';
import type { Transaction } from '../../db/database.ts';
import { emit } from '../../db/outbox.ts';
import type { PoolKind } from '../../db/tables/places.ts';
import { freePlaces, waitingEntries } from './queries.ts';
import { gatheringEnds, offerDeadline, type Serving, serve } from './rules.ts';

/** A new pool with its places. Returns its id. */
export async function createPool(tx: Transaction, eventId: string, kind: PoolKind, capacity: number): Promise<string> {
  const { id } = await tx
    .insertInto('pools')
    .values({ event_id: eventId, kind, capacity: 0 })
    .returning('id')
    .executeTakeFirstOrThrow();
  await setCapacity(tx, id, capacity);
  return id;
}

/**
 * Sets how many places a pool is meant to have. More: rows are added, and the waiting list hears of it through the outbox. Fewer:
 * free rows go at once; held ones stay until they are given back, since nobody is evicted.
 */
export async function setCapacity(tx: Transaction, poolId: string, capacity: number): Promise<void> {
  const pool = await tx
    .selectFrom('pools')
    .select(['id', 'event_id'])
    .where('id', '=', poolId)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow();
  await tx.updateTable('pools').set({ capacity }).where('id', '=', poolId).execute();
  await sql`
    insert into places (pool_id, no)
    select ${poolId}, has.last + added
    from (select coalesce(max(no), 0) as last, count(*) as places from places where pool_id = ${poolId}) has,
      generate_series(1, ${capacity}::int - has.places) added`.execute(tx);
  await trim(tx, poolId);
  await emit(tx, 'places.freed', { event: pool.event_id });
}

// Free places above the target go, the highest numbers first.
async function trim(tx: Transaction, poolId: string): Promise<void> {
  await sql`
    delete from places where (pool_id, no) in (
      select p.pool_id, p.no from places p
      where p.pool_id = ${poolId} and p.registration_id is null and p.delegation_id is null
      order by p.no desc
      limit greatest(0, (select count(*) from places c where c.pool_id = ${poolId}) - (select capacity from pools where id = ${poolId}))
      for update)`.execute(tx);
}

/** Locks the pools of an event in id order. Everything that frees places does this first; see docs/decisions/002. */
export async function lockPools(tx: Transaction, eventId: string): Promise<string[]> {
  const pools = await tx
    .selectFrom('pools')
    .select('id')
    .where('event_id', '=', eventId)
    .orderBy('id')
    .forNoKeyUpdate()
    .execute();
  return pools.map((pool) => pool.id);
}

/** Gives back every place these registrations hold. A place above its pool's target is deleted. The pools' locks are held. */
export async function releasePlaces(tx: Transaction, registrationIds: readonly string[]): Promise<void> {
  if (registrationIds.length === 0) return;
  const freed = await tx
    .updateTable('places')
    .set({ registration_id: null, held_until: null })
    .where('registration_id', 'in', registrationIds)
    .returning('pool_id')
    .execute();
  for (const poolId of new Set(freed.map((place) => place.pool_id))) await trim(tx, poolId);
}

/** Takes and gives the difference when a registration comes to need other pools. False: a new pool has no free place. */
export async function exchangePlaces(
  tx: Transaction,
  registrationId: string,
  gives: readonly string[],
  takes: readonly string[],
): Promise<boolean> {
  for (const poolId of takes) {
    const { rows } = await sql<{ taken: boolean }>`
      select grab_places(${registrationId}, array[${poolId}]::uuid[], null, null, true) as taken from pools
      where id = ${poolId} and not queue_open`.execute(tx);
    if (!rows[0]?.taken) return false;
  }
  if (gives.length > 0) {
    await tx
      .updateTable('places')
      .set({ registration_id: null, held_until: null })
      .where('registration_id', '=', registrationId)
      .where('pool_id', 'in', gives)
      .execute();
    for (const poolId of gives) await trim(tx, poolId);
  }
  return true;
}

export interface Offered {
  waitingId: string;
  offerId: string;
  expiresAt: Temporal.Instant;
}

/**
 * Passes free places of an event on to who waits: first in order of joining whose every lacking pool can serve it. Locks the
 * pools itself, so call it before any other lock on places. Offers are made with a deadline in the recipient's waking hours;
 * each goes out as an outbox row `registrations.offered`. Returns the offers made.
 */
export async function passOn(tx: Transaction, eventId: string, now: Temporal.Instant): Promise<Offered[]> {
  const poolIds = await lockPools(tx, eventId);
  const { entries, facts, eventStarts } = await waitingEntries(tx, eventId, now);
  const offers: Offered[] = [];
  if (entries.length > 0) {
    const free = await freePlaces(tx, poolIds, entries);
    const servings = serve(entries, new Map([...free].map(([poolId, numbers]) => [poolId, numbers.length])));
    for (const serving of servings) {
      const fact = facts.get(serving.waitingId);
      if (!fact) continue;
      const deadline = offerDeadline({ now, zone: fact.zone, country: fact.country, eventStarts });
      const until = serving.complete ? deadline : gatheringEnds(fact.gatheringSince ?? now, eventStarts);
      await hold(tx, serving, free, until);
      if (serving.complete) offers.push(await offer(tx, serving.waitingId, now, deadline));
      else if (!fact.gatheringSince)
        await tx.updateTable('waitings').set({ gathering_since: now }).where('id', '=', serving.waitingId).execute();
    }
  }
  await closeQueues(tx, eventId);
  return offers;
}

async function hold(tx: Transaction, serving: Serving, free: Map<string, number[]>, until: Temporal.Instant): Promise<void> {
  const takes = serving.takes.map(({ registrationId, poolId }) => ({
    registration: registrationId,
    pool: poolId,
    no: free.get(poolId)?.shift() ?? 0,
  }));
  await sql`
    update places p set registration_id = t.registration
    from jsonb_to_recordset(${JSON.stringify(takes)}::jsonb) as t(registration uuid, pool uuid, no int)
    where p.pool_id = t.pool and p.no = t.no`.execute(tx);
  await sql`
    update places p set held_until = ${until}
    where p.registration_id in (select r.id from registrations r where r.waiting_id = ${serving.waitingId})`.execute(tx);
}

async function offer(tx: Transaction, waitingId: string, now: Temporal.Instant, expiresAt: Temporal.Instant): Promise<Offered> {
  const { id } = await tx
    .insertInto('offers')
    .values({ waiting_id: waitingId, offered_at: now, expires_at: expiresAt })
    .returning('id')
    .executeTakeFirstOrThrow();
  await emit(tx, 'registrations.offered', { waiting: waitingId, offer: id });
  return { waitingId, offerId: id, expiresAt };
}

// A pool's queue is open while somebody lacks a place of it; afterwards the fast path is free again.
async function closeQueues(tx: Transaction, eventId: string): Promise<void> {
  await sql`
    update pools p set queue_open = false
    where p.event_id = ${eventId} and p.queue_open and not exists (
      select from waitings w where w.event_id = ${eventId} and w.ended_at is null and p.id = any (w.pool_ids)
        and not exists (select from offers o where o.waiting_id = w.id and num_nonnulls(o.accepted_at, o.declined_at, o.expired_at) = 0))`.execute(
    tx,
  );
}

/** Ends a party's waiting, and with it its claim to be served. */
export async function endWaiting(
  tx: Transaction,
  waitingId: string,
  by: 'accepted' | 'declined' | 'expired' | 'withdrawn' | 'removed' | 'served',
  now: Temporal.Instant,
): Promise<void> {
  await tx
    .updateTable('waitings')
    .set({ ended_at: now, ended_by: by })
    .where('id', '=', waitingId)
    .where('ended_at', 'is', null)
    .execute();
}

/** Ends a party's open offer, if there is one. */
export async function endOffer(
  tx: Transaction,
  waitingId: string,
  how: 'accepted' | 'declined' | 'expired',
  now: Temporal.Instant,
): Promise<void> {
  await tx
    .updateTable('offers')
    .set({ [`${how}_at`]: now })
    .where('waiting_id', '=', waitingId)
    .where((eb) => eb.and([eb('accepted_at', 'is', null), eb('declined_at', 'is', null), eb('expired_at', 'is', null)]))
    .execute();
}
