import { setTimeout } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import type { Database, Db } from '../db/database.ts';
import type { Log } from '../server/system.ts';
import type { Fact } from './queue.ts';

export const BATCH = 200;
const SOONEST = 20;
const LATEST = 250;
const AFTER_ERROR = 2000;

/**
 * Moves facts from the outbox to the queue, oldest first, and answers how many. The queue has them before the outbox forgets them:
 * killed in between, it hands them over again under the same ids. Several relays share the work.
 */
export async function relayOnce(db: Db | Kysely<Database>, add: (facts: Fact[]) => Promise<void>): Promise<number> {
  return db.transaction().execute(async (tx) => {
    const { rows } = await sql<Fact>`
      delete from outbox where id in (select id from outbox order by id limit ${BATCH} for update skip locked)
      returning id, topic, payload`.execute(tx);
    if (rows.length > 0) await add(rows.toSorted((a, b) => (a.id < b.id ? -1 : 1)));
    return rows.length;
  });
}

/**
 * Relays until the answer is called, which waits for the batch in hand. It asks every 20 ms while there is something and every
 * 250 ms at most when nothing happens: LISTEN and NOTIFY would make every commit take turns.
 */
export function startRelay(db: Db, add: (facts: Fact[]) => Promise<void>, log: Log): () => Promise<void> {
  const stop = new AbortController();
  const pause = (milliseconds: number) => setTimeout(milliseconds, undefined, { signal: stop.signal }).catch(() => {});
  const run = async () => {
    let interval = SOONEST;
    while (!stop.signal.aborted) {
      try {
        const moved = await relayOnce(db, add);
        interval = moved > 0 ? SOONEST : Math.min(LATEST, interval * 1.5);
        if (moved < BATCH) await pause(interval);
      } catch (error) {
        log.warn({ err: error }, 'relay');
        await pause(AFTER_ERROR);
      }
    }
  };
  const done = run();
  return async () => {
    stop.abort();
    await done;
  };
}
