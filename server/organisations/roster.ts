import { sql } from 'kysely';
import { record } from '../../db/changes.ts';
import { type Db, inTransaction, type Transaction } from '../../db/database.ts';
import { isSecretariat, type Viewer } from '../accounts/access.ts';
import { findOrCreatePerson } from '../accounts/actions.ts';
import { personByAddress } from '../accounts/queries.ts';
import { NotAllowed, NotFound } from '../errors.ts';
import { mayChangePerson } from './access.ts';
import { given, lockOrganisation } from './actions.ts';
import type { AffiliationChange, AffiliationWrite, PersonChange } from './input.ts';
import { personById, rolesOf } from './people.ts';

/**
 * Puts somebody on an organisation's roster. A known address joins as who it is: nothing of their profile is changed, and this
 * roster shows the name that was typed. Somebody who is on it stays as they are. Returns the ids; `affiliationId` is theirs.
 */
export async function addToRoster(tx: Transaction, actor: string | null, organisationId: string, input: AffiliationWrite) {
  const address = input.sharedEmail ? null : (input.email ?? null);
  const known = address ? await personByAddress(tx, address) : undefined;
  const personId =
    known?.id ??
    (await findOrCreatePerson(tx, { name: input.name, email: address, language: input.language, zone: input.zone }, actor));
  if (input.sharedEmail && input.email)
    await tx.updateTable('people').set({ email: input.email }).where('id', '=', personId).execute();
  const row = await tx
    .insertInto('affiliations')
    .values({
      person_id: personId,
      organisation_id: organisationId,
      title: input.title,
      is_contact: input.isContact ?? false,
      known_as: known ? input.name : null,
    })
    .onConflict((conflict) => conflict.columns(['person_id', 'organisation_id']).where('ended_at', 'is', null).doNothing())
    .returning('id')
    .executeTakeFirst();
  if (row) {
    const after = { name: input.name, title: input.title, isContact: input.isContact ?? false };
    await record(tx, { actor, feature: 'organisations', row: organisationId, action: 'personAdded', after });
  }
  const affiliationId =
    row?.id ??
    (
      await tx
        .selectFrom('affiliations')
        .select('id')
        .where('person_id', '=', personId)
        .where('organisation_id', '=', organisationId)
        .where('ended_at', 'is', null)
        .executeTakeFirstOrThrow()
    ).id;
  return { personId, affiliationId };
}

/** Puts somebody on the roster of an organisation that the viewer manages. Errors: NotFound, NotAllowed. */
export async function addPerson(db: Db, viewer: Viewer, slug: string, input: AffiliationWrite) {
  return inTransaction(db, async (tx) => {
    const organisation = await lockOrganisation(tx, viewer, slug);
    return addToRoster(tx, viewer.personId, organisation.id, {
      ...input,
      zone: input.zone ?? organisation.zone,
      language: input.language ?? spoken(organisation.languages),
    });
  });
}

export const spoken = (languages: readonly string[]) =>
  (['en', 'fr', 'es', 'pt'] as const).find((language) => language === languages[0]?.split('-')[0]);

/** A person of no organisation: for the secretariat alone. Errors: NotAllowed. */
export async function createPerson(db: Db, viewer: Viewer, input: AffiliationWrite): Promise<string> {
  if (!isSecretariat(viewer)) throw new NotAllowed();
  return inTransaction(db, async (tx) => {
    const address = input.sharedEmail ? null : (input.email ?? null);
    const id = await findOrCreatePerson(
      tx,
      { name: input.name, email: address, language: input.language, zone: input.zone },
      viewer.personId,
    );
    if (input.sharedEmail && input.email)
      await tx.updateTable('people').set({ email: input.email }).where('id', '=', id).execute();
    return id;
  });
}

/** Changes the title, or makes somebody the contact or no longer. Errors: NotFound, NotAllowed. */
export async function changeAffiliation(
  db: Db,
  viewer: Viewer,
  slug: string,
  affiliationId: string,
  change: AffiliationChange,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const { organisationId, before } = await lockAffiliation(tx, viewer, slug, affiliationId);
    const after = { ...before, title: change.title ?? before.title, isContact: change.isContact ?? before.isContact };
    await tx
      .updateTable('affiliations')
      .set({ title: after.title, is_contact: after.isContact })
      .where('id', '=', affiliationId)
      .execute();
    const action = after.isContact === before.isContact ? 'personChanged' : after.isContact ? 'contactMade' : 'contactEnded';
    await record(tx, { actor: viewer.personId, feature: 'organisations', row: organisationId, action, after });
  });
}

/** Ends an affiliation: the person leaves the roster, what they did stays. Errors: NotFound, NotAllowed. */
export async function endAffiliation(
  db: Db,
  viewer: Viewer,
  slug: string,
  affiliationId: string,
  now: Temporal.Instant,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const { organisationId, before } = await lockAffiliation(tx, viewer, slug, affiliationId);
    await tx.updateTable('affiliations').set({ ended_at: now }).where('id', '=', affiliationId).execute();
    await record(tx, { actor: viewer.personId, feature: 'organisations', row: organisationId, action: 'personEnded', before });
  });
}

async function lockAffiliation(tx: Transaction, viewer: Viewer, slug: string, affiliationId: string) {
  const organisation = await lockOrganisation(tx, viewer, slug);
  const row = await tx
    .selectFrom('affiliations')
    .innerJoin('people', 'people.id', 'affiliations.person_id')
    .select(['affiliations.title', 'affiliations.is_contact', 'affiliations.known_as', 'people.name'])
    .where('affiliations.id', '=', affiliationId)
    .where('affiliations.organisation_id', '=', organisation.id)
    .where('affiliations.ended_at', 'is', null)
    .executeTakeFirst();
  if (!row) throw new NotFound();
  return {
    organisationId: organisation.id,
    before: { name: row.known_as ?? row.name, title: row.title, isContact: row.is_contact },
  };
}

/** What a viewer may know of a person and whether they may change it. Errors: NotFound. */
export async function personFor(db: Db | Transaction, viewer: Viewer, personId: string) {
  const person = await personById(db, viewer, personId);
  if (!person) throw new NotFound();
  const roles = await rolesOf(db, personId);
  const mayChange = mayChangePerson(viewer, {
    confirmed: person.confirmed,
    ownRoster: !person.joined,
    roles: roles.map((role) => role.role),
  });
  return { person, mayChange, roles: isSecretariat(viewer) ? roles : [] };
}

/** Changes what is given of somebody's profile. Errors: NotFound, NotAllowed. */
export async function changePerson(db: Db, viewer: Viewer, personId: string, change: PersonChange): Promise<void> {
  await inTransaction(db, async (tx) => {
    await tx.selectFrom('people').select('id').where('id', '=', personId).forUpdate().execute();
    const { mayChange } = await personFor(tx, viewer, personId);
    if (!mayChange) throw new NotAllowed();
    const before = await tx
      .selectFrom('people')
      .select(['name', 'email', 'language', 'zone'])
      .where('id', '=', personId)
      .executeTakeFirstOrThrow();
    const set = given({ name: change.name, email: change.email, language: change.language, zone: change.zone });
    if (Object.keys(set).length > 0) await tx.updateTable('people').set(set).where('id', '=', personId).execute();
    if (set.email !== undefined && set.email !== before.email)
      await moveAddress(tx, personId, set.email, change.sharedEmail ?? false);
    if (Object.keys(set).length === 0) return;
    const after = { ...before, ...set };
    await record(tx, { actor: viewer.personId, feature: 'accounts', row: personId, action: 'profileChanged', before, after });
  });
}

// An address that somebody else signs in with stays theirs, and nobody is told so.
async function moveAddress(tx: Transaction, personId: string, email: string | null, shared: boolean): Promise<void> {
  await tx.deleteFrom('sign_in_addresses').where('person_id', '=', personId).where('confirmed_at', 'is', null).execute();
  if (email === null || shared) return;
  await sql`insert into sign_in_addresses (address, person_id) values (${email}, ${personId}) on conflict do nothing`.execute(tx);
}
