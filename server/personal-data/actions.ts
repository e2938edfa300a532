import { sql } from 'kysely';
import { record } from '../../db/changes.ts';
import { type Db, inTransaction } from '../../db/database.ts';
import type { Viewer } from '../accounts/access.ts';
import { NotAllowed, NotFound, Refused } from '../errors.ts';
import type { Storage } from '../storage.ts';
import { HOLDINGS, MENTIONS, ownFiles } from './holdings.ts';
import { subjectOf, tiesOf } from './queries.ts';
import { erasureRefusal, mayErase } from './rules.ts';

/**
 * Erases somebody for good: what names them goes or is emptied, what they took part in stays as somebody's without a name. Errors:
 * NotFound, NotAllowed, Refused (`last-admin`, `erasure-registered`, `erasure-jury`).
 */
export async function erasePerson(
  db: Db,
  storage: Storage,
  viewer: Viewer,
  personId: string,
  now: Temporal.Instant,
): Promise<void> {
  const keys = await inTransaction(db, async (tx) => {
    // Administrators are erased one after another: two of them at once must not leave none.
    await sql`select id from roles where role = 'admin' and revoked_at is null order by id for update`.execute(tx);
    await sql`select id from people where id = ${personId} for update`.execute(tx);
    const subject = await subjectOf(tx, personId);
    if (!subject) throw new NotFound();
    if (!mayErase(viewer, personId)) throw new NotAllowed();
    const refusal = erasureRefusal(await tiesOf(tx, subject, now));
    if (refusal) throw new Refused(refusal);
    const { rows } = await sql<{ key: string }>`
      select key from files h where h.removed_at is null and ${ownFiles(subject)}`.execute(tx);
    for (const { table, rows: theirs, erased } of [...HOLDINGS, ...MENTIONS]) {
      if (erased === 'deleted') await sql`delete from ${sql.table(table)} h where ${theirs(subject)}`.execute(tx);
      else if (erased) await sql`update ${sql.table(table)} h set ${erased(now)} where ${theirs(subject)}`.execute(tx);
    }
    await record(tx, { actor: viewer.personId, feature: 'accounts', row: personId, action: 'erased' });
    return rows.map(({ key }) => key);
  });
  await Promise.all(keys.map((key) => storage.remove(key)));
}
