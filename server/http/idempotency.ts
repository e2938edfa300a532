import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { json } from '../../db/database.ts';
import { Invalid, Refused } from '../errors.ts';

const ABANDONED_SECONDS = 60;

/**
 * Answers a creation once for each `Idempotency-Key` of a person: the same request again gets the same answer, another request
 * under the same key is refused. Without the header nothing is kept. `work` returns what is answered with 201.
 */
export async function once(request: FastifyRequest, reply: FastifyReply, work: () => Promise<unknown>): Promise<FastifyReply> {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return reply.code(201).send(await work());
  if (typeof key !== 'string' || key.length < 1 || key.length > 200)
    throw new Invalid([{ path: 'Idempotency-Key', code: 'format' }]);
  const { db, clock } = request.server.system;
  const actor = request.viewer?.personId ?? `address:${request.ip}`;
  const fingerprint = createHash('sha256')
    .update(JSON.stringify([request.method, request.url, request.body]))
    .digest('base64url');
  const now = clock();
  await db
    .deleteFrom('idempotency_keys')
    .where('actor', '=', actor)
    .where('key', '=', key)
    .where('status', 'is', null)
    .where('created_at', '<', now.subtract({ seconds: ABANDONED_SECONDS }))
    .execute();
  const claimed = await db
    .insertInto('idempotency_keys')
    .values({ key, actor, request: fingerprint, status: null, response: json(null), created_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .returning('key')
    .executeTakeFirst();
  if (!claimed) {
    const row = await db
      .selectFrom('idempotency_keys')
      .selectAll()
      .where('actor', '=', actor)
      .where('key', '=', key)
      .executeTakeFirst();
    if (row && row.request !== fingerprint) throw new Refused('idempotency');
    if (!row?.status) throw new Refused('inProgress');
    return reply.code(row.status).header('idempotency-replayed', 'true').send(row.response);
  }
  try {
    const response = JSON.parse(JSON.stringify(await work())) as unknown;
    await db
      .updateTable('idempotency_keys')
      .set({ status: 201, response: json(response) })
      .where('actor', '=', actor)
      .where('key', '=', key)
      .execute();
    return await reply.code(201).send(response);
  } catch (error) {
    await db.deleteFrom('idempotency_keys').where('actor', '=', actor).where('key', '=', key).execute();
    throw error;
  }
}
