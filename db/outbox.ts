import { type Db, json, type Transaction } from './database.ts';

/** Says, in the transaction of the fact itself, that `topic` happened. A worker hears of it after the commit. */
export async function emit(tx: Transaction | Db, topic: string, payload: Record<string, unknown>): Promise<void> {
  await tx
    .insertInto('outbox')
    .values({ topic, payload: json(payload) })
    .execute();
}
