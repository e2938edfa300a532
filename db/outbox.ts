import { type Db, json, type Transaction } from './database.ts';

/** Says, in the transaction of the fact itself, that `topic` happened. A worker hears of it after the commit. */
export function emit(tx: Transaction | Db, topic: string, payload: Record<string, unknown>): Promise<void> {
  return emitAll(tx, topic, [payload]);
}

/** The same of many facts, in one statement. */
export async function emitAll(tx: Transaction | Db, topic: string, payloads: readonly Record<string, unknown>[]): Promise<void> {
  if (payloads.length === 0) return;
  const rows = payloads.map((payload) => ({ topic, payload: json(payload) }));
  await tx.insertInto('outbox').values(rows).execute();
}
