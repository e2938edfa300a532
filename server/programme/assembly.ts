import { sql } from 'kysely';
import { record } from '../../db/changes.ts';
import { type Db, inTransaction, type Transaction } from '../../db/database.ts';
import type { Viewer } from '../accounts/access.ts';
import { findOrCreatePerson } from '../accounts/actions.ts';
import { Invalid, NotFound, Refused } from '../errors.ts';
import { lockEvent } from '../events/actions.ts';
import type { AssemblyWrite, VoterWrite } from './assembly-input.ts';
import { assemblyOf, votersOf } from './assembly-queries.ts';
import { proxyRefusal } from './voting.ts';

/** Holds an assembly in an event, or changes how it is held. Errors: NotFound, NotAllowed, Refused (proxies that are above the limit). */
export async function holdAssembly(db: Db, viewer: Viewer, slug: string, written: AssemblyWrite): Promise<void> {
  await inTransaction(db, async (tx) => {
    const event = await lockEvent(tx, viewer, slug);
    const before = await assemblyOf(tx, event.id);
    const carried = new Map<string, number>();
    for (const { proxyTo } of await votersOf(tx, event.id)) if (proxyTo) carried.set(proxyTo, (carried.get(proxyTo) ?? 0) + 1);
    if (Math.max(0, ...carried.values()) > written.proxyLimit) throw new Refused('proxy-limit');
    const columns = { quorum_percent: written.quorumPercent, proxy_limit: written.proxyLimit };
    await tx
      .insertInto('assemblies')
      .values({ event_id: event.id, ...columns })
      .onConflict((conflict) => conflict.column('event_id').doUpdateSet(columns))
      .execute();
    await record(tx, {
      ...about(viewer, event.id),
      action: 'assemblyHeld',
      before: before ? { quorumPercent: before.quorumPercent, proxyLimit: before.proxyLimit } : null,
      after: { ...written },
    });
  });
}

/** Lets every member of the event's network vote (of all, where it has none). Who is on the list stays. Errors: NotFound, NotAllowed. */
export async function addMembers(db: Db, viewer: Viewer, slug: string): Promise<void> {
  await inTransaction(db, async (tx) => {
    const event = await lockAssembly(tx, viewer, slug);
    await sql`
      insert into assembly_voters (event_id, organisation_id)
      select ${event.id}, o.id from organisations o where o.membership = 'member' and (${event.networkId}::uuid is null
        or exists (select from organisation_networks n where n.organisation_id = o.id and n.network_id = ${event.networkId}))
      on conflict do nothing`.execute(tx);
    await record(tx, { ...about(viewer, event.id), action: 'votersAdded' });
  });
}

/**
 * Says who votes for a city, which may vote from then on: its delegate, or the city that carries its vote. Errors: NotFound,
 * NotAllowed, Invalid, Refused.
 */
export async function setVoter(db: Db, viewer: Viewer, slug: string, organisationId: string, written: VoterWrite): Promise<void> {
  await inTransaction(db, async (tx) => {
    const event = await lockAssembly(tx, viewer, slug);
    await refuseWhileOpen(tx, event.id);
    const known = await tx.selectFrom('organisations').select('id').where('id', '=', organisationId).executeTakeFirst();
    if (!known) throw new NotFound();
    const assembly = await assemblyOf(tx, event.id);
    const voters = await votersOf(tx, event.id);
    const why = written.proxyTo ? proxyRefusal(voters, organisationId, written.proxyTo, assembly?.proxyLimit ?? 0) : null;
    if (why) throw new Refused(why);
    const delegate = await delegateOf(tx, viewer, written);
    const taken = voters.find((voter) => voter.delegateId === delegate && voter.organisationId !== organisationId);
    if (delegate && taken) throw new Refused('delegate-of-another', { city: taken.name });
    const columns = { delegate_id: delegate, proxy_to: written.proxyTo ?? null, arrived_at: null };
    await tx
      .insertInto('assembly_voters')
      .values({ event_id: event.id, organisation_id: organisationId, ...columns })
      .onConflict((conflict) => conflict.columns(['event_id', 'organisation_id']).doUpdateSet(columns))
      .execute();
    await record(tx, {
      ...about(viewer, event.id),
      row: organisationId,
      action: 'voterSet',
      after: { delegate, proxyTo: columns.proxy_to },
    });
  });
}

async function delegateOf(tx: Transaction, viewer: Viewer, { delegate, email, name }: VoterWrite): Promise<string | null> {
  if (delegate) {
    const known = await tx.selectFrom('people').select('id').where('id', '=', delegate).executeTakeFirst();
    if (!known) throw new Invalid([{ path: 'delegate', code: 'choice' }]);
    return delegate;
  }
  if (!email) return null;
  return findOrCreatePerson(tx, { email, name: name || email }, viewer.personId);
}

/** A city does not vote here. Errors: NotFound, NotAllowed, Refused. */
export async function removeVoter(db: Db, viewer: Viewer, slug: string, organisationId: string): Promise<void> {
  await inTransaction(db, async (tx) => {
    const event = await lockAssembly(tx, viewer, slug);
    await refuseWhileOpen(tx, event.id);
    const voters = await votersOf(tx, event.id);
    if (voters.some(({ proxyTo }) => proxyTo === organisationId)) throw new Refused('proxy-carries');
    const gone = await tx
      .deleteFrom('assembly_voters')
      .where('event_id', '=', event.id)
      .where('organisation_id', '=', organisationId)
      .returning('organisation_id')
      .executeTakeFirst();
    if (!gone) throw new NotFound();
    await record(tx, { ...about(viewer, event.id), row: organisationId, action: 'voterRemoved' });
  });
}

/** The delegate of a city has come, or (false) has not or has left. Errors: NotFound, NotAllowed, Refused. */
export async function noteArrival(
  db: Db,
  viewer: Viewer,
  slug: string,
  organisationId: string,
  here: boolean,
  now: Temporal.Instant,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const event = await lockAssembly(tx, viewer, slug);
    const voter = (await votersOf(tx, event.id)).find((one) => one.organisationId === organisationId);
    if (!voter) throw new NotFound();
    if (here && (voter.delegateId === null || voter.proxyTo !== null)) throw new Refused('voter-without-delegate');
    await tx
      .updateTable('assembly_voters')
      .set({ arrived_at: here ? now : null })
      .where('event_id', '=', event.id)
      .where('organisation_id', '=', organisationId)
      .execute();
    await record(tx, { ...about(viewer, event.id), row: organisationId, action: here ? 'delegateArrived' : 'delegateLeft' });
  });
}

/** The event, locked, in which an assembly is held. Errors: NotFound, NotAllowed, Refused. */
export async function lockAssembly(tx: Transaction, viewer: Viewer, slug: string) {
  const event = await lockEvent(tx, viewer, slug);
  const held = await tx
    .selectFrom('assemblies')
    .select('event_id')
    .where('event_id', '=', event.id)
    .forUpdate()
    .executeTakeFirst();
  if (!held) throw new Refused('no-assembly');
  return event;
}

// Who votes for whom does not change while it is being voted.
async function refuseWhileOpen(tx: Transaction, eventId: string): Promise<void> {
  const open = await tx
    .selectFrom('motions')
    .select('id')
    .where('event_id', '=', eventId)
    .where('opened_at', 'is not', null)
    .where('closed_at', 'is', null)
    .limit(1)
    .executeTakeFirst();
  if (open) throw new Refused('ballot-is-open');
}

export const about = (viewer: Viewer, eventId: string) => ({
  actor: viewer.personId,
  feature: 'programme',
  row: eventId,
  event: eventId,
});
