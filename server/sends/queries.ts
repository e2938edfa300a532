import type { Db } from '../../db/database.ts';
import type { SendState } from '../../db/tables/sends.ts';

/** How many messages are in each state; of one mailing when it is given. Exact: the ledger is the truth. */
export async function sendCounts(db: Db, mailingId?: string): Promise<Partial<Record<SendState, number>>> {
  const rows = await db
    .selectFrom('sends')
    .select(['state', (select) => select.fn.countAll<number>().as('count')])
    .$if(mailingId !== undefined, (query) => query.where('mailing_id', '=', mailingId ?? null))
    .groupBy('state')
    .execute();
  return Object.fromEntries(rows.map(({ state, count }) => [state, Number(count)]));
}

export interface SentToPerson {
  id: string;
  kind: string;
  address: string;
  language: string;
  state: SendState;
  attempts: number;
  /** What the mail server said last. */
  response: string | null;
  createdAt: Temporal.Instant;
  acceptedAt: Temporal.Instant | null;
}

/** What was sent to a person or is on its way, the newest first. */
export function sendsOfPerson(db: Db, personId: string, limit = 50): Promise<SentToPerson[]> {
  return db
    .selectFrom('sends')
    .select(['id', 'kind', 'address', 'language', 'state', 'attempts'])
    .select(['smtp_response as response', 'created_at as createdAt', 'accepted_at as acceptedAt'])
    .where('person_id', '=', personId)
    .orderBy('created_at', 'desc')
    .limit(limit)
    .execute();
}
