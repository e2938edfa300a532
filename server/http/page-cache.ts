import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { type Db, SHARED } from '../../db/database.ts';

export interface CachedPage {
  /** As it is sent: encoding a page each time costs more than all else that happens to a kept one. */
  body: Buffer;
  etag: string;
  snapshot: string;
  /** When time alone makes the page another one: the next opening, closing or price change. */
  until: Temporal.Instant | null;
}

/**
 * Pages that are the same for everybody who is not signed in, kept until anything in the database has changed.
 *
 * What is compared is PostgreSQL's snapshot (`pg_current_snapshot()`): two equal ones see the same committed rows. So there is
 * nothing to invalidate and no byte is ever stale, whichever process wrote. Requests that arrive while a check is on its way
 * share the next one: each is answered by a check that began after it came. See docs/decisions/003-page-cache.md.
 */
export function pageCache(db: Db, clock: () => Temporal.Instant, most = 500) {
  const pages = new Map<string, CachedPage>();
  let running: Promise<string> | null = null;
  let queued: Promise<string> | null = null;

  const ask = async () => {
    const { rows } = await sql<{ snapshot: string }>`${SHARED} select pg_current_snapshot()::text as snapshot`.execute(db);
    return rows[0]?.snapshot ?? '';
  };
  const start = (): Promise<string> => {
    const asked = ask().finally(() => {
      if (running === asked) running = null;
    });
    running = asked;
    return asked;
  };
  /** The snapshot as of now or later. */
  const snapshot = (): Promise<string> => {
    if (!running) return start();
    queued ??= running
      .catch(() => '')
      .then(() => {
        queued = null;
        return start();
      });
    return queued;
  };

  return async function cached(
    key: string,
    render: () => Promise<{ body: string; until: Temporal.Instant | null }>,
  ): Promise<CachedPage> {
    const current = await snapshot();
    const known = pages.get(key);
    if (known && known.snapshot === current && (!known.until || Temporal.Instant.compare(clock(), known.until) < 0)) return known;
    // The snapshot was taken before the page is read, so a change in between only makes the next check fail.
    const made = await render();
    const { until } = made;
    const body = Buffer.from(made.body);
    const page = {
      body,
      until,
      snapshot: current,
      etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
    };
    if (pages.size >= most) pages.delete(pages.keys().next().value ?? '');
    pages.set(key, page);
    return page;
  };
}
export type PageCache = ReturnType<typeof pageCache>;
