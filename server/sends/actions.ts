import { sql } from 'kysely';
import type { Db, Transaction } from '../../db/database.ts';
import { emit } from '../../db/outbox.ts';
import { together } from '../../db/together.ts';
import type { Claimed } from './claims.ts';
import { backoffSeconds, domainOf, type Outcome } from './rules.ts';
import type { Topic } from './topics.ts';

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
  /** What its recipient may have enough of: see `topics.ts`. */
  topic?: Topic;
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
    insert into sends (cause, kind, person_id, address, language, payload, not_before, expires_at, mailing_id, topic, domain_key, created_at)
    select cause, kind, "personId", address, language, payload, coalesce("notBefore", ${now}), "expiresAt", "mailingId", topic, domain, ${now}
    from jsonb_to_recordset(${rows}::jsonb) as new (cause text, kind text, "personId" uuid, address text, language text, payload jsonb,
      "notBefore" timestamptz, "expiresAt" timestamptz, "mailingId" uuid, topic text, domain text)
    on conflict (cause) do nothing returning id`.execute(tx);
  if (made.length > 0) await emit(tx, 'sends.kick', {});
  return made.length;
}

/** What became of a try of a message; `chance` in 0..1 spreads the next one. */
export interface Tried {
  send: Pick<Claimed, 'id' | 'attempts'>;
  outcome: Outcome & { messageId?: string };
  now: Temporal.Instant;
  chance: number;
}

/**
 * Writes down what became of tries, in one statement, and answers for each whether it counts: it does not when somebody else has the
 * message by now, because the lease had run out.
 */
export async function markOutcomes(db: Db, tries: readonly Tried[]): Promise<boolean[]> {
  const rows = tries.map(({ send, outcome, now, chance }) => {
    const tryAgain = outcome.state === 'deferred' || outcome.state === 'uncertain';
    const wait = tryAgain ? backoffSeconds(send.attempts, chance) : undefined;
    const state = tryAgain && wait === undefined ? 'failed' : outcome.state;
    return {
      id: send.id,
      attempts: send.attempts,
      state,
      response: outcome.response.replaceAll('\0', ''),
      messageId: outcome.messageId,
      notBefore: wait === undefined ? undefined : now.add({ seconds: wait }),
      endedAt: wait === undefined ? now : undefined,
      acceptedAt: state === 'accepted' ? now : undefined,
    };
  });
  const { rows: marked } = await sql<{ id: string; attempts: number }>`
    update sends s set state = t.state, lease_until = null, smtp_response = t.response, message_id = coalesce(t."messageId", s.message_id),
      not_before = coalesce(t."notBefore", s.not_before), ended_at = coalesce(t."endedAt", s.ended_at),
      accepted_at = coalesce(t."acceptedAt", s.accepted_at)
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t (id uuid, attempts int, state text, response text, "messageId" text,
      "notBefore" timestamptz, "endedAt" timestamptz, "acceptedAt" timestamptz)
    where s.id = t.id and s.state = 'sending' and s.attempts = t.attempts returning s.id, s.attempts`.execute(db);
  const counts = new Set(marked.map(({ id, attempts }) => `${id} ${attempts}`));
  return tries.map(({ send }) => counts.has(`${send.id} ${send.attempts}`));
}

/** Writes down what became of one try, together with those that end meanwhile. See `markOutcomes`. */
export const markOutcome = together(markOutcomes, { inTurn: true });

/** Ends a message that is no longer true: the link was used, the registration is gone. */
export async function cancelSend(db: Db, send: Pick<Claimed, 'id' | 'attempts'>, now: Temporal.Instant): Promise<void> {
  await held(db, send).set({ state: 'cancelled', lease_until: null, ended_at: now }).execute();
}

/** It did not leave after all: as if it had not been claimed. */
export async function putBack(db: Db, send: Pick<Claimed, 'id' | 'attempts'>): Promise<void> {
  await held(db, send)
    .set({ state: 'queued', lease_until: null, attempts: send.attempts - 1 })
    .execute();
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
