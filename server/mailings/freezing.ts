import { sql } from 'kysely';
import { type Db, inTransaction, type Transaction } from '../../db/database.ts';
import { emit } from '../../db/outbox.ts';
import { audienceSql } from './audience.ts';
import { type Mailing, mailingById } from './queries.ts';
import { arrival, expiryOf } from './rules.ts';
import { step } from './running.ts';

/**
 * Writes the audience of a mailing that has begun into the ledger, once and for all: one row a recipient, due in each one's own
 * time. One statement; the mailing's own row is not locked while it runs, so that it can be paused or cancelled meanwhile. To do it
 * twice, or by two at once, changes nothing. Answers how many.
 */
export async function freezeAudience(db: Db, id: string, now: Temporal.Instant): Promise<number> {
  try {
    return await inTransaction(db, async (tx) => {
      await sql`select pg_advisory_xact_lock(hashtextextended(${`mailing ${id}`}, 0))`.execute(tx);
      const mailing = await mailingById(tx, id);
      if (mailing.frozenAt || (mailing.state !== 'running' && mailing.state !== 'paused')) return 0;
      const size = await insertSends(tx, mailing, now);
      // Cancelled meanwhile: then nothing of it stays.
      const done = await tx
        .updateTable('mailings')
        .set({ frozen_at: now, audience_size: size })
        .where('id', '=', id)
        .where('state', 'in', ['running', 'paused'])
        .executeTakeFirst();
      if (done.numUpdatedRows === 0n) throw new Cancelled();
      await step(tx, mailing, 'frozen', { by: null, now, reason: String(size) });
      await emit(tx, 'sends.kick', {});
      return size;
    });
  } catch (error) {
    if (error instanceof Cancelled) return 0;
    throw error;
  }
}

class Cancelled extends Error {}

async function insertSends(tx: Transaction, mailing: Mailing, now: Temporal.Instant): Promise<number> {
  const expires = expiryOf(mailing.kind, mailing.event, mailing.closesAt);
  const invites = mailing.kind === 'invitation';
  const { numAffectedRows } = await sql`
    with audience as ${invites ? sql`materialized` : sql``} (select * from (${audienceSql(mailing)}) a where a.address is not null),
      ${
        invites
          ? sql`invited as (insert into invitations (event_id, person_id, organisation_id, mailing_id, created_by, created_at)
        select ${mailing.eventId}, person_id, organisation_id, ${mailing.id}::uuid, ${mailing.ownerId}::uuid, ${now}::timestamptz from audience
        on conflict (event_id, person_id) do nothing),`
          : sql``
      }
      arrivals as (select * from jsonb_to_recordset(${await arrivals(tx, mailing, { now, expires })}::jsonb) as z (zone text, at timestamptz))
    insert into sends (cause, kind, person_id, address, language, payload, version, not_before, expires_at, mailing_id, domain_key, created_at)
    select 'mailing:' || ${mailing.id}::text || ':' || a.person_id || ':' || ${mailing.version}::text, 'mailings.letter', a.person_id, a.address, a.language,
      jsonb_build_object('mailing', ${mailing.id}::text, 'organisation', a.organisation_id), ${mailing.version}::int, coalesce(z.at, ${now}::timestamptz),
      ${expires}::timestamptz, ${mailing.id}::uuid, lower(substring(a.address from '[^@]*$')), ${now}::timestamptz
    from audience a left join arrivals z on z.zone = a.zone`.execute(tx);
  return Number(numAffectedRows ?? 0n);
}

/** When it comes in each zone that anybody lives in, as JSON. Local times are never computed by the database. */
async function arrivals(
  tx: Transaction,
  mailing: Mailing,
  { now, expires }: { now: Temporal.Instant; expires: Temporal.Instant | null },
): Promise<string> {
  const { schedule, planned, zone, quietHours } = mailing;
  if (!schedule || !planned) return '[]';
  const { rows } = await sql<{ zone: string }>`select zone from people union select zone from organisations`.execute(tx);
  const plan = { schedule, planned, zone, quietHours };
  return JSON.stringify(
    rows.flatMap((row) => {
      try {
        return [{ zone: row.zone, at: arrival(plan, row.zone, { now, expires }).toString() }];
      } catch {
        // A zone that this version of the rules does not know: they get it at once.
        return [];
      }
    }),
  );
}

/** Gives those who have not got it yet the arrival of its new plan. Answers how many were moved. */
export async function moveArrivals(tx: Transaction, mailing: Mailing, now: Temporal.Instant): Promise<void> {
  const expires = expiryOf(mailing.kind, mailing.event, mailing.closesAt);
  await sql`
    update sends s set not_before = coalesce(z.at, s.not_before), expires_at = ${expires}::timestamptz
    from people p left join lateral (select o.zone from organisations o where p.zone = 'UTC' and o.id = (
        select a.organisation_id from affiliations a where a.person_id = p.id and a.ended_at is null order by a.is_contact desc, a.created_at, a.id limit 1)) o on true
      left join jsonb_to_recordset(${await arrivals(tx, mailing, { now, expires })}::jsonb) as z (zone text, at timestamptz) on z.zone = coalesce(o.zone, p.zone)
    where s.mailing_id = ${mailing.id} and s.person_id = p.id and s.state = 'queued' and s.attempts = 0`.execute(tx);
}

/** Ends a batch of what a cancelled mailing has not sent. Answers how many: none left when 0. */
export async function endUnsent(db: Db, id: string, now: Temporal.Instant, batch = 20_000): Promise<number> {
  const { numAffectedRows } = await sql`
    update sends set state = 'cancelled', ended_at = ${now} where id in (
      select id from sends where mailing_id = ${id} and state in ('queued', 'deferred', 'uncertain') limit ${batch} for update skip locked)`.execute(
    db,
  );
  return Number(numAffectedRows ?? 0n);
}
