import { record } from '../../db/changes.ts';
import { type Db, inTransaction } from '../../db/database.ts';
import { newId } from '../../db/ids.ts';
import type { FeedKind } from '../../db/tables/calendars.ts';
import { NotFound, Refused } from '../errors.ts';
import { hashToken, linkToken } from '../tokens.ts';

// More than one person has programs; each is read again and again by machines.
const MOST = 20;

/** The secret part of a feed's address: derived, so that its owner can see it again, while the database holds its hash alone. */
export const feedToken = (secret: string, feedId: string): string => linkToken(secret, 'feed', feedId);

/** Makes a feed for a person and answers its id. Errors: Refused('too-many-feeds'). */
export async function makeFeed(
  db: Db,
  secret: string,
  personId: string,
  { kind, name }: { kind: FeedKind; name: string },
  now: Temporal.Instant,
): Promise<string> {
  const id = newId();
  await inTransaction(db, async (tx) => {
    await tx.selectFrom('people').select('id').where('id', '=', personId).forUpdate().executeTakeFirstOrThrow();
    const held = await tx
      .selectFrom('calendar_feeds')
      .select('id')
      .where('person_id', '=', personId)
      .where('revoked_at', 'is', null)
      .execute();
    if (held.length >= MOST) throw new Refused('too-many-feeds');
    await tx
      .insertInto('calendar_feeds')
      .values({
        id,
        person_id: personId,
        kind,
        name,
        token_hash: hashToken(feedToken(secret, id)),
        created_at: now,
        last_read_on: null,
        revoked_at: null,
      })
      .execute();
    await record(tx, { actor: personId, feature: 'calendars', row: id, action: 'feedMade', after: { kind, name } });
  });
  return id;
}

/** Makes the address of a feed lead nowhere. Errors: NotFound where it is not theirs, or was revoked before. */
export async function revokeFeed(db: Db, personId: string, id: string, now: Temporal.Instant): Promise<void> {
  await inTransaction(db, async (tx) => {
    const found = await tx
      .updateTable('calendar_feeds')
      .set({ revoked_at: now })
      .where('id', '=', id)
      .where('person_id', '=', personId)
      .where('revoked_at', 'is', null)
      .returning('name')
      .executeTakeFirst();
    if (!found) throw new NotFound();
    await record(tx, { actor: personId, feature: 'calendars', row: id, action: 'feedRevoked', after: { name: found.name } });
  });
}

/** Notes, once a day, that a feed is read: so that its owner knows which may go. */
export async function noteFeedRead(
  db: Db,
  feed: { id: string; lastReadOn: Temporal.PlainDate | null },
  now: Temporal.Instant,
): Promise<void> {
  const today = now.toZonedDateTimeISO('UTC').toPlainDate();
  if (feed.lastReadOn && Temporal.PlainDate.compare(feed.lastReadOn, today) >= 0) return;
  await db.updateTable('calendar_feeds').set({ last_read_on: today }).where('id', '=', feed.id).execute();
}
