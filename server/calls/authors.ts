import { record } from '../../db/changes.ts';
import { type Db, inTransaction, type Transaction } from '../../db/database.ts';
import type { Viewer } from '../accounts/access.ts';
import { Invalid, NotAllowed } from '../errors.ts';
import { maySignFor } from './access.ts';
import { lockEntry, mustBeWritable } from './entries.ts';
import type { EntryDetails } from './entry-queries.ts';

/** Names somebody of the city's own people as an author: they may write the entry too. Errors: NotFound, NotAllowed, Invalid. */
export async function addAuthor(
  db: Db,
  viewer: Viewer,
  id: string,
  author: { personId: string; title: string },
  now: Temporal.Instant,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const entry = await lockSigned(tx, viewer, id);
    const belongs = await tx
      .selectFrom('affiliations')
      .select('id')
      .where('person_id', '=', author.personId)
      .where('organisation_id', '=', entry.organisationId)
      .where('ended_at', 'is', null)
      .executeTakeFirst();
    if (!belongs) throw new Invalid([{ path: 'personId', code: 'choice' }]);
    await tx
      .insertInto('entry_authors')
      .values({ entry_id: id, person_id: author.personId, title: author.title, added_by: viewer.personId, added_at: now })
      .onConflict((conflict) => conflict.columns(['entry_id', 'person_id']).doUpdateSet({ title: author.title }))
      .execute();
    await record(tx, {
      actor: viewer.personId,
      feature: 'entries',
      row: id,
      action: 'authorAdded',
      after: { personId: author.personId },
    });
  });
}

/** Takes an author's name off, and with it their way in. Errors: NotFound, NotAllowed. */
export async function removeAuthor(db: Db, viewer: Viewer, id: string, personId: string): Promise<void> {
  await inTransaction(db, async (tx) => {
    await lockSigned(tx, viewer, id);
    await tx.deleteFrom('entry_authors').where('entry_id', '=', id).where('person_id', '=', personId).execute();
    await record(tx, { actor: viewer.personId, feature: 'entries', row: id, action: 'authorRemoved', before: { personId } });
  });
}

/** Signs for the city, in an office: "Mayor", "Councillor for education"; or takes the signature back with null. */
export async function endorse(db: Db, viewer: Viewer, id: string, as: string | null, now: Temporal.Instant): Promise<void> {
  await inTransaction(db, async (tx) => {
    const { entry, call } = await lockEntry(tx, viewer, id);
    if (!maySignFor(viewer, entry.organisationId)) throw new NotAllowed();
    await mustBeWritable(tx, call, entry, now);
    await tx
      .updateTable('entries')
      .set(
        as === null
          ? { endorsed_at: null, endorsed_by: null, endorsed_as: '' }
          : { endorsed_at: now, endorsed_by: viewer.personId, endorsed_as: as },
      )
      .where('id', '=', id)
      .execute();
    await record(tx, {
      actor: viewer.personId,
      feature: 'entries',
      row: id,
      action: as === null ? 'endorsementRemoved' : 'endorsed',
      after: { as },
    });
  });
}

async function lockSigned(tx: Transaction, viewer: Viewer, id: string): Promise<EntryDetails> {
  const { entry } = await lockEntry(tx, viewer, id);
  if (!maySignFor(viewer, entry.organisationId)) throw new NotAllowed();
  return entry;
}

/** The people of a city, to name authors from. */
export async function peopleToName(db: Db, organisationId: string) {
  return db
    .selectFrom('affiliations as a')
    .innerJoin('people as p', 'p.id', 'a.person_id')
    .select(['p.id', 'p.name', 'a.title', 'a.known_as as knownAs'])
    .where('a.organisation_id', '=', organisationId)
    .where('a.ended_at', 'is', null)
    .where('p.erased_at', 'is', null)
    .orderBy('p.name')
    .limit(500)
    .execute();
}
