import { sql } from 'kysely';
import type { Db } from '../../db/database.ts';
import { hashToken } from '../tokens.ts';
import { homeOf, SealedOtherwise, sealingKey, unsealAny } from './anonymity.ts';
import { askingToken } from './askings.ts';

export interface Secrets {
  secret: string;
  formerSecrets: readonly string[];
}

/** The key that seals, and those that only open. */
export const sealingKeys = ({ secret, formerSecrets }: Secrets) => ({
  key: sealingKey(secret),
  former: formerSecrets.map(sealingKey),
});

const TRIED = 20;

/**
 * Looks, before anything starts, whether the answers that wait sealed can be opened: some of each questionnaire are tried, the ones
 * with the least and the greatest hashes. Errors: SealedOtherwise, so that the process does not start while nothing is lost yet.
 */
export async function mustOpenInbox(db: Db, secrets: Secrets): Promise<void> {
  const { key, former } = sealingKeys(secrets);
  const { rows } = await sql<{ id: string; hash: Buffer; sealed: Buffer }>`
    select q.id, i.token_hash as hash, i.sealed from questionnaires q cross join lateral (
      (select token_hash, sealed from answer_inbox where questionnaire_id = q.id order by token_hash limit ${TRIED}) union
      (select token_hash, sealed from answer_inbox where questionnaire_id = q.id order by token_hash desc limit ${TRIED})) i
    where q.settled_at is null and q.opened_at is not null and q.privacy = 'anonymous'`.execute(db);
  for (const { id, hash, sealed } of rows) unsealAny([key, ...former], sealed, homeOf(id, hash));
}

/** The token that was mailed for an asking, whichever secret it was made with. Errors: SealedOtherwise for one that is not at hand. */
export function mailedToken({ secret, formerSecrets }: Secrets, asking: { id: string; tokenHash: Buffer }): string {
  const token = [secret, ...formerSecrets]
    .map((one) => askingToken(one, asking.id))
    .find((one) => hashToken(one).equals(asking.tokenHash));
  if (token === undefined) throw new SealedOtherwise();
  return token;
}
