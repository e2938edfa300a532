import { record } from '../../db/changes.ts';
import { type Db, inTransaction } from '../../db/database.ts';
import { emit } from '../../db/outbox.ts';
import type { Viewer } from '../accounts/access.ts';
import { findOrCreatePerson } from '../accounts/actions.ts';
import { personByAddress } from '../accounts/queries.ts';
import { judgesAlready } from '../accounts/roles.ts';
import { Invalid, NotAllowed, NotFound } from '../errors.ts';
import { lockEvent } from './actions.ts';
import { mayCreate } from './rules.ts';

/** Who organises an event, by name. */
export async function organisersOf(db: Db, eventId: string) {
  return db
    .selectFrom('roles')
    .innerJoin('people', 'people.id', 'roles.person_id')
    .select(['people.id', 'people.name', 'people.email', 'roles.granted_at as grantedAt'])
    .where('roles.scope_id', '=', eventId)
    .where('roles.role', '=', 'organiser')
    .where('roles.revoked_at', 'is', null)
    .orderBy('people.name')
    .orderBy('people.id')
    .limit(200)
    .execute();
}
export type Organiser = Awaited<ReturnType<typeof organisersOf>>[number];

/**
 * Lets somebody run this event, known by their address or new with a name. For whoever may create events of its network, not for
 * organisers themselves. Granting it twice changes nothing. Errors: NotFound, NotAllowed, Invalid (a name is
 * needed), Refused('juror-holds-office').
 */
export async function appointOrganiser(
  db: Db,
  viewer: Viewer,
  slug: string,
  person: { email: string; name: string },
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const event = await lockEvent(tx, viewer, slug);
    if (!mayCreate(viewer, event.networkId)) throw new NotAllowed();
    const known = await personByAddress(tx, person.email);
    if (!known && !person.name) throw new Invalid([{ path: 'name', code: 'nameOfNew' }]);
    const personId = await findOrCreatePerson(tx, person, viewer.personId);
    const granted = await tx
      .insertInto('roles')
      .values({ person_id: personId, role: 'organiser', scope_id: event.id, granted_by: viewer.personId })
      .onConflict((conflict) => conflict.columns(['person_id', 'role', 'scope_id']).where('revoked_at', 'is', null).doNothing())
      .returning('id')
      .executeTakeFirst()
      .catch(judgesAlready);
    if (!granted) return;
    await emit(tx, 'events.organiser-appointed', { event: event.id, person: personId });
    const change = { actor: viewer.personId, after: { role: 'organiser', scopeId: event.id } };
    await record(tx, { ...change, feature: 'accounts', row: personId, action: 'roleGranted' });
    await record(tx, {
      actor: viewer.personId,
      feature: 'events',
      row: event.id,
      event: event.id,
      action: 'organiserAppointed',
      after: { personId },
    });
  });
}

/** From the next request on they organise it no more. Errors: NotFound, NotAllowed. */
export async function dismissOrganiser(
  db: Db,
  viewer: Viewer,
  slug: string,
  personId: string,
  now: Temporal.Instant,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const event = await lockEvent(tx, viewer, slug);
    if (!mayCreate(viewer, event.networkId)) throw new NotAllowed();
    const revoked = await tx
      .updateTable('roles')
      .set({ revoked_at: now })
      .where('person_id', '=', personId)
      .where('role', '=', 'organiser')
      .where('scope_id', '=', event.id)
      .where('revoked_at', 'is', null)
      .returning('id')
      .executeTakeFirst();
    if (!revoked) throw new NotFound();
    const change = { actor: viewer.personId, before: { role: 'organiser', scopeId: event.id } };
    await record(tx, { ...change, feature: 'accounts', row: personId, action: 'roleRevoked' });
    await record(tx, {
      actor: viewer.personId,
      feature: 'events',
      row: event.id,
      event: event.id,
      action: 'organiserDismissed',
      before: { personId },
    });
  });
}
