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
  const needs = poolIds.map((id) => ({
    id,
    wanted: entries.flatMap((entry) => entry.members).filter((member) => member.pools.includes(id)).length,
  }));
  const { rows } = await sql<{ poolId: string; no: number }>`
    select free.pool_id as "poolId", free.no
    from jsonb_to_recordset(${JSON.stringify(needs)}::jsonb) as need(id uuid, wanted int), lateral (
      select p.pool_id, p.no from places p
      where p.pool_id = need.id and p.registration_id is null and p.delegation_id is null
      order by p.no limit need.wanted for update) free
    order by free.pool_id, free.no`.execute(tx);
  return new Map(poolIds.map((id) => [id, rows.filter((row) => row.poolId === id).map((row) => row.no)]));
}
