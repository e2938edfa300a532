import { sql } from 'kysely';
import type { Db, Transaction } from '../../db/database.ts';
import { type Entry, mayGather } from './rules.ts';

/** Who waits for places of an event, in order of joining, without those who hold an open offer. */
export async function waitingEntries(db: Db | Transaction, eventId: string, now: Temporal.Instant) {
  const { rows } = await sql<{
    waiting_id: string;
    gathering_since: Temporal.Instant | null;
    gathering_ended_at: Temporal.Instant | null;
    starts_at: Temporal.Instant;
    event_zone: string;
    zone: string | null;
    country: string | null;
    members: { id: string; pools: string[]; held: string[] }[];
  }>`
    select w.id as waiting_id, w.gathering_since, w.gathering_ended_at, e.starts_at, e.zone as event_zone, o.zone, o.country,
      (select jsonb_agg(jsonb_build_object('id', r.id, 'pools', r.pool_ids,
          'held', coalesce((select jsonb_agg(p.pool_id) from places p where p.registration_id = r.id), '[]')) order by r.id)
        from registrations r where r.waiting_id = w.id and r.state = 'waiting') as members
    from waitings w join events e on e.id = w.event_id left join organisations o on o.id = w.organisation_id
    where w.event_id = ${eventId} and w.ended_at is null
      and not exists (select from offers f where f.waiting_id = w.id and num_nonnulls(f.accepted_at, f.declined_at, f.expired_at) = 0)
    order by w.rank`.execute(db);
  const entries: Entry[] = rows
    .filter((row) => row.members !== null)
    .map((row) => ({
      waitingId: row.waiting_id,
      members: row.members.map(({ id, pools, held }) => ({ registrationId: id, pools, held })),
      mayGather: mayGather({ since: row.gathering_since, endedAt: row.gathering_ended_at }, row.starts_at, now),
    }));
  const facts = new Map(
    rows.map((row) => [
      row.waiting_id,
      { zone: row.zone ?? row.event_zone, country: row.country, gatheringSince: row.gathering_since },
    ]),
  );
  return { entries, facts, eventStarts: rows[0]?.starts_at ?? now };
}

/**
 * The numbers of the free places of each pool, locked: a plain FOR UPDATE waits for whoever is taking one on the fast path and
 * then sees the truth. No more than the entries could use.
 */
export async function freePlaces(
  tx: Transaction,
  poolIds: readonly string[],
  entries: readonly Entry[],
): Promise<Map<string, number[]>> {
  const free = new Map<string, number[]>();
  for (const poolId of poolIds) {
    const wanted = entries.reduce(
      (sum, entry) => sum + entry.members.filter((member) => member.pools.includes(poolId)).length,
      0,
    );
    if (wanted === 0) continue;
    const { rows } = await sql<{ no: number }>`
      select no from places where pool_id = ${poolId} and registration_id is null and delegation_id is null
      order by no limit ${wanted} for update`.execute(tx);
    free.set(
      poolId,
      rows.map((row) => row.no),
    );
  }
  return free;
}

/** What is left of each pool of an event: counted, not kept. */
export async function poolCounts(db: Db | Transaction, eventId: string) {
  const { rows } = await sql<{ id: string; kind: string; capacity: number; free: number; queueOpen: boolean }>`
    select p.id, p.kind, p.capacity, p.queue_open as "queueOpen",
      (select count(*)::int from places s where s.pool_id = p.id and s.registration_id is null and s.delegation_id is null) as free
    from pools p where p.event_id = ${eventId}`.execute(db);
  return rows;
}
