import { type Db, json, type Transaction } from './database.ts';

export interface Change {
  /** The person who did it; null for the system itself. */
  actor: string | null;
  feature: string;
  row: string;
  /** What was done, as a catalogue key's last segment: `created`, `published`, `replaced` … */
  action: string;
  event?: string | null;
  before?: Record<string, unknown> | null;
  after?: Record<string, unknown> | null;
}

/** Writes one line of the audit trail. Call it in the transaction of the change. Only what differs is kept. */
export function record(tx: Transaction | Db, change: Change): Promise<void> {
  return recordAll(tx, [change]);
}

/** The same of many changes, in one statement. */
export async function recordAll(tx: Transaction | Db, changes: readonly Change[]): Promise<void> {
  if (changes.length > 0) await tx.insertInto('changes').values(changes.map(rowOf)).execute();
}

function rowOf(change: Change) {
  const [before, after] = differing(change.before ?? null, change.after ?? null);
  return {
    actor_id: change.actor,
    feature: change.feature,
    row_id: change.row,
    event_id: change.event ?? null,
    action: change.action,
    before: before && json(before),
    after: after && json(after),
  };
}

type Fields = Record<string, unknown> | null;

function differing(before: Fields, after: Fields): [Fields, Fields] {
  if (!before || !after) return [before, after];
  const keys = Object.keys(after).filter((key) => JSON.stringify(before[key] ?? null) !== JSON.stringify(after[key] ?? null));
  const only = (fields: Record<string, unknown>) => Object.fromEntries(keys.map((key) => [key, fields[key] ?? null]));
  return [only(before), only(after)];
}
