import { sql } from 'kysely';
import { type Db, json, type Transaction } from '../../db/database.ts';
import { backoffSeconds, domainOf, type Outcome } from './rules.ts';

export interface NewSend {
  /** Names what caused it: a second send of the same cause is not made. */
  cause: string;
  kind: string;
  personId: string | null;
  address: string;
  language: string;
  payload: Record<string, unknown>;
  expiresAt?: Temporal.Instant | null;
}

/** Puts messages into the ledger, those of a cause that is there already left out. */
export async function enqueueSends(db: Db | Transaction, sends: readonly NewSend[], now: Temporal.Instant): Promise<void> {
  if (sends.length === 0) return;
  await db
    .insertInto('sends')
    .values(
      sends.map((send) => ({
        cause: send.cause,
        kind: send.kind,
        person_id: send.personId,
        address: send.address,
        language: send.language,
        payload: json(send.payload),
        not_before: now,
        expires_at: send.expiresAt ?? null,
        lease_until: null,
        domain_key: domainOf(send.address),
        message_id: null,
        smtp_response: null,
        mailing_id: null,
        ended_at: null,
      })),
    )
    .onConflict((conflict) => conflict.column('cause').doNothing())
    .execute();
}

export interface Claimed {
  id: string;
  kind: string;
  address: string;
  language: string;
  payload: Record<string, unknown>;
  version: number;
  attempts: number;
}

/** Takes up to `limit` messages that are due, for `leaseSeconds`. Workers never wait for each other. */
export async function claimSends(db: Db, limit: number, leaseSeconds: number, now: Temporal.Instant): Promise<Claimed[]> {
  await sql`
    update sends set state = case when expires_at <= ${now} then 'cancelled' else 'suppressed' end, ended_at = ${now}
    where id in (select s.id from sends s where s.state in ('queued', 'deferred', 'uncertain') and s.not_before <= ${now}
      and (s.expires_at <= ${now} or exists (select from suppressions x where x.address = s.address::citext))
      limit 500 for update skip locked)`.execute(db);
  const { rows } = await sql<Claimed>`
    update sends set state = 'sending', attempts = attempts + 1, lease_until = ${now.add({ seconds: leaseSeconds })}
    where id in (select s.id from sends s where s.state in ('queued', 'deferred', 'uncertain') and s.not_before <= ${now}
      order by s.not_before limit ${limit} for update skip locked)
    returning id, kind, address, language, payload, version, attempts`.execute(db);
  return rows;
}

/** Writes down what became of a message. */
export async function markOutcome(
  db: Db,
  send: Claimed,
  outcome: Outcome,
  messageId: string,
  now: Temporal.Instant,
): Promise<void> {
  const wait =
    outcome.state === 'deferred' || outcome.state === 'uncertain' ? backoffSeconds(send.attempts, Math.random()) : undefined;
  const state = outcome.state !== 'accepted' && wait === undefined ? 'failed' : outcome.state;
  await db
    .updateTable('sends')
    .set({
      state,
      lease_until: null,
      message_id: messageId,
      smtp_response: outcome.response,
      not_before: wait === undefined ? now : now.add({ seconds: wait }),
      ended_at: wait === undefined ? now : null,
    })
    .where('id', '=', send.id)
    .where('state', '=', 'sending')
    .execute();
}

/** Ends a message that is no longer true: the link was used, the registration is gone. */
export async function cancelSend(db: Db, sendId: string, now: Temporal.Instant): Promise<void> {
  await db.updateTable('sends').set({ state: 'cancelled', lease_until: null, ended_at: now }).where('id', '=', sendId).execute();
}

/** Messages whose worker died: whether they went out is not known, so they are tried again under the same Message-ID. */
export async function releaseExpiredLeases(db: Db, now: Temporal.Instant): Promise<number> {
  const result = await db
    .updateTable('sends')
    .set({ state: 'uncertain', lease_until: null, not_before: now })
    .where('state', '=', 'sending')
    .where('lease_until', '<=', now)
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}
