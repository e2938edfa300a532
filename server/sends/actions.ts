import { sql } from 'kysely';
import type { Db, Transaction } from '../../db/database.ts';
import { emit } from '../../db/outbox.ts';
import type { SendState } from '../../db/tables/sends.ts';
import { backoffSeconds, domainOf, type Outcome } from './rules.ts';

export interface NewSend {
  /** Names what caused it: a second send of the same cause is not made. */
  cause: string;
  /** Which mail it is, as `registrations.confirmed`: `workers/mails.ts` says who makes it. */
  kind: string;
  personId: string | null;
  address: string;
  language: string;
  /** Ids only: the message is made from what is true when it is sent. */
  payload: Record<string, unknown>;
  /** Not earlier than this; at once when left out. */
  notBefore?: Temporal.Instant;
  /** From then on it is of no use and is not sent. */
  expiresAt?: Temporal.Instant | null;
  mailingId?: string;
}

/** Puts one message into the ledger. See `enqueueSends`. */
export function enqueueSend(tx: Db | Transaction, send: NewSend, now: Temporal.Instant): Promise<number> {
  return enqueueSends(tx, [send], now);
}

/**
 * Puts messages into the ledger, those of a cause that is there already left out, and wakes the workers once `tx` is committed.
 * In the transaction of what it tells of it is told if and only if that happened. Answers how many are new.
 */
export async function enqueueSends(tx: Db | Transaction, sends: readonly NewSend[], now: Temporal.Instant): Promise<number> {
  if (sends.length === 0) return 0;
  const rows = JSON.stringify(
    sends.map((send) => ({ ...send, address: send.address.trim(), domain: domainOf(send.address.trim()) })),
  );
  const { rows: made } = await sql<{ id: string }>`
    insert into sends (cause, kind, person_id, address, language, payload, not_before, expires_at, mailing_id, domain_key, created_at)
    select cause, kind, "personId", address, language, payload, coalesce("notBefore", ${now}), "expiresAt", "mailingId", domain, ${now}
    from jsonb_to_recordset(${rows}::jsonb) as new (cause text, kind text, "personId" uuid, address text, language text, payload jsonb,
      "notBefore" timestamptz, "expiresAt" timestamptz, "mailingId" uuid, domain text)
    on conflict (cause) do nothing returning id`.execute(tx);
  if (made.length > 0) await emit(tx, 'sends.kick', {});
  return made.length;
}

/** A message that a worker holds for as long as its lease. */
export interface Claimed {
  id: string;
  kind: string;
  personId: string | null;
  address: string;
  language: string;
  payload: Record<string, unknown>;
  version: number;
  /** This try is the n-th. */
  attempts: number;
}

/**
 * Takes up to `limit` messages that are due. Workers never wait for each other. What has expired or goes to a suppressed address
 * ends here: nothing is decided when the message is put in that may be otherwise when it is sent.
 */
export async function claimSends(
  db: Db,
  { limit, now, leaseMs }: { limit: number; now: Temporal.Instant; leaseMs: number },
): Promise<Claimed[]> {
  for (;;) {
    const { rows } = await sql<Claimed & { state: SendState }>`
      with due as (
        select s.id, case
            when s.expires_at <= ${now} then 'cancelled'
            when exists (select from suppressions x where x.address = s.address::citext) then 'suppressed'
            else 'sending' end as fate
        from sends s where s.state in ('queued', 'deferred', 'uncertain') and s.not_before <= ${now}
        order by (s.mailing_id is not null), s.not_before limit ${limit} for update of s skip locked)
      update sends s set state = fate,
        attempts = attempts + (fate = 'sending')::int,
        lease_until = case when fate = 'sending' then ${now.add({ milliseconds: leaseMs })}::timestamptz end,
        ended_at = case when fate <> 'sending' then ${now}::timestamptz end
      from due where s.id = due.id
      returning s.id, s.kind, s.person_id as "personId", s.address, s.language, s.payload, s.version, s.attempts, s.state`.execute(
      db,
    );
    const claimed = rows.filter((row) => row.state === 'sending');
    if (claimed.length > 0 || rows.length < limit) return claimed;
  }
}

/**
 * Writes down what became of a try; `chance` in 0..1 spreads the next one. False when somebody else has the message by now, because
 * the lease had run out.
 */
export async function markOutcome(
  db: Db,
  send: Pick<Claimed, 'id' | 'attempts'>,
  outcome: Outcome & { messageId?: string },
  { now, chance }: { now: Temporal.Instant; chance: number },
): Promise<boolean> {
  const tryAgain = outcome.state === 'deferred' || outcome.state === 'uncertain';
  const wait = tryAgain ? backoffSeconds(send.attempts, chance) : undefined;
  const state = tryAgain && wait === undefined ? 'failed' : outcome.state;
  const result = await held(db, send)
    .set({
      state,
      lease_until: null,
      smtp_response: outcome.response.replaceAll('\0', ''),
      ...(outcome.messageId ? { message_id: outcome.messageId } : {}),
      ...(wait === undefined ? { ended_at: now } : { not_before: now.add({ seconds: wait }) }),
      ...(state === 'accepted' ? { accepted_at: now } : {}),
    })
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Ends a message that is no longer true: the link was used, the registration is gone. */
export async function cancelSend(db: Db, send: Pick<Claimed, 'id' | 'attempts'>, now: Temporal.Instant): Promise<void> {
  await held(db, send).set({ state: 'cancelled', lease_until: null, ended_at: now }).execute();
}

// The number of the try tells the worker that holds the message from one that held it before.
const held = (db: Db, send: Pick<Claimed, 'id' | 'attempts'>) =>
  db.updateTable('sends').where('id', '=', send.id).where('state', '=', 'sending').where('attempts', '=', send.attempts);

/**
 * Messages whose worker died: whether they went out is not known, so they are tried again under the same Message-ID, as often as
 * any other. Answers how many.
 */
export async function releaseExpiredLeases(db: Db, now: Temporal.Instant): Promise<number> {
  const { rows } = await sql<{ attempts: number }>`
    update sends set lease_until = null, not_before = ${now},
      state = case when attempts >= ${LAST_ATTEMPT} then 'failed' else 'uncertain' end,
      ended_at = case when attempts >= ${LAST_ATTEMPT} then ${now}::timestamptz end,
      smtp_response = coalesce(smtp_response, 'no reply: the worker ended')
    where state = 'sending' and lease_until <= ${now} returning attempts`.execute(db);
  return rows.length;
}

const LAST_ATTEMPT = Array.from({ length: 50 }, (_, n) => n + 1).find((n) => backoffSeconds(n, 0) === undefined) ?? 50;
