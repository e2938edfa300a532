import { sql } from 'kysely';
import type { Db, Transaction } from '../../db/database.ts';
import { BEGINNING, canonical, type Link, linkHash } from './chain.ts';

/** Adds a step to a call's chain. The call's own terms come first. Call it in the transaction of what it proves, the call locked. */
export async function prove(
  tx: Transaction,
  callId: string,
  step: string,
  facts: Record<string, unknown>,
  now: Temporal.Instant,
): Promise<void> {
  const last = await tx
    .selectFrom('judging_chain')
    .select(['number', 'hash'])
    .where('call_id', '=', callId)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!last && step !== 'call') {
    await prove(tx, callId, 'call', await termsOf(tx, callId), now);
    return prove(tx, callId, step, facts, now);
  }
  const at = now.toString();
  const previous = last?.hash ?? BEGINNING;
  const content = canonical({ step, at, ...facts });
  await tx
    .insertInto('judging_chain')
    .values({
      call_id: callId,
      number: (last?.number ?? 0) + 1,
      step,
      at: now,
      content,
      previous,
      hash: linkHash(previous, content),
    })
    .execute();
}

async function termsOf(tx: Transaction, callId: string): Promise<Record<string, unknown>> {
  const { rows } = await sql<{ terms: Record<string, unknown> }>`
    select jsonb_build_object('slug', c.slug, 'title', c.title, 'guidelines', c.guidelines, 'closes', c.closes_local, 'zone', c.zone,
      'rules', c.rules, 'sameCountry', c.conflict_same_country, 'seeOthers', c.see_others, 'tieRule', c.tie_rule,
      'criteria', coalesce((select jsonb_agg(jsonb_build_object('key', k.key, 'name', k.name, 'weight', k.weight, 'least', k.scale_min,
        'most', k.scale_max, 'required', k.required, 'themes', k.themes) order by k.position) from criteria k
        where k.call_id = c.id and k.removed_at is null), '[]')) as terms
    from calls c where c.id = ${callId}`.execute(tx);
  return rows[0]?.terms ?? {};
}

/** The whole chain, the oldest step first. */
export async function chainOf(db: Db | Transaction, callId: string): Promise<Link[]> {
  const rows = await db
    .selectFrom('judging_chain')
    .select(['number', 'step', 'at', 'content', 'previous', 'hash'])
    .where('call_id', '=', callId)
    .orderBy('number')
    .execute();
  return rows.map((row) => ({ ...row, at: row.at.toString() }));
}

/** What each entry before the jury was when it was submitted: its code and the hash of its content. */
export async function entryHashes(tx: Transaction, callId: string): Promise<{ code: string; contentHash: string | null }[]> {
  return tx
    .selectFrom('entries')
    .select(['code', 'content_hash as contentHash'])
    .where('call_id', '=', callId)
    .where('submitted_at', 'is not', null)
    .orderBy('code')
    .execute();
}
