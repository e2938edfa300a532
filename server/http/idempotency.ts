import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import { beforeCommit, type Db, json, type Transaction } from '../../db/database.ts';
import { Invalid, Refused } from '../errors.ts';

const ABANDONED_SECONDS = 60;

interface Claim {
  actor: string;
  key: string;
  /** Of the request. */
  fingerprint: string;
  now: Temporal.Instant;
}

/**
 * Does a creation once for each `Idempotency-Key` of a person: the same request again gets the same answer, another request under the
 * same key is refused. That it has happened is written in its own transaction, so a process that dies before it has answered leads to
 * no second one: whoever asks again is told that the answer was lost. Without the header nothing is kept. `work` returns what is
 * answered with 201. Errors: Invalid, Refused('idempotency' | 'inProgress' | 'answerLost').
 */
export async function once(request: FastifyRequest, reply: FastifyReply, work: () => Promise<unknown>): Promise<FastifyReply> {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return reply.code(201).send(await work());
  if (typeof key !== 'string' || key.length < 1 || key.length > 200)
    throw new Invalid([{ path: 'Idempotency-Key', code: 'format' }]);
  const { db, clock } = request.server.system;
  const fingerprint = createHash('sha256')
    .update(JSON.stringify([request.method, request.url, request.body]))
    .digest('base64url');
  const claim = { key, actor: request.viewer?.personId ?? `address:${request.ip}`, fingerprint, now: clock() };
  const answered = await claimed(db, claim);
  if (answered) return reply.code(answered.status).header('idempotency-replayed', 'true').send(answered.response);
  try {
    const response = JSON.parse(JSON.stringify(await beforeCommit.run((tx) => done(tx, claim), work))) as unknown;
    await ofClaim(db, claim)
      .set({ status: 201, response: json(response) })
      .execute();
    return await reply.code(201).send(response);
  } catch (error) {
    await db
      .deleteFrom('idempotency_keys')
      .where('actor', '=', claim.actor)
      .where('key', '=', key)
      .where('done_at', 'is', null)
      .execute();
    throw error;
  }
}

/** Takes the key for this request; what was answered where it was taken before. */
async function claimed(db: Db, { actor, key, fingerprint, now }: Claim): Promise<{ status: number; response: unknown } | null> {
  const abandoned = now.subtract({ seconds: ABANDONED_SECONDS });
  await db
    .deleteFrom('idempotency_keys')
    .where('actor', '=', actor)
    .where('key', '=', key)
    .where('status', 'is', null)
    .where('done_at', 'is', null)
    .where('created_at', '<', abandoned)
    .execute();
  const own = await db
    .insertInto('idempotency_keys')
    .values({ key, actor, request: fingerprint, status: null, done_at: null, response: json(null), created_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .returning('key')
    .executeTakeFirst();
  if (own) return null;
  const row = await db
    .selectFrom('idempotency_keys')
    .selectAll()
    .where('actor', '=', actor)
    .where('key', '=', key)
    .executeTakeFirst();
  if (row && row.request !== fingerprint) throw new Refused('idempotency');
  if (row?.status) return { status: row.status, response: row.response };
  const lost = row?.done_at && Temporal.Instant.compare(row.created_at, abandoned) < 0;
  throw new Refused(lost ? 'answerLost' : 'inProgress');
}

const ofClaim = (db: Db | Transaction, { actor, key }: Claim) =>
  db.updateTable('idempotency_keys').where('actor', '=', actor).where('key', '=', key);

// A transaction that has only read has done nothing yet.
const done = (tx: Transaction, claim: Claim) =>
  ofClaim(tx, claim).set({ done_at: claim.now }).where(sql<boolean>`pg_current_xact_id_if_assigned() is not null`).execute();
