import { sql } from 'kysely';
import { record } from '../../db/changes.ts';
import { type Db, inTransaction, type Transaction, violated } from '../../db/database.ts';
import type { Viewer } from '../accounts/access.ts';
import { Invalid, NotAllowed, NotFound } from '../errors.ts';
import { mayManage, mayRunMembership } from './access.ts';
import { type BulkWrite, type OrganisationChange, type OrganisationWrite, STANDING } from './input.ts';
import { keepOldSlug, slugFor } from './networks.ts';
import { chosenOrganisations, organisationBySlug } from './queries.ts';

/** Creates an organisation. Errors: NotAllowed, Invalid (`name: taken`, `networkIds: choice`). Returns its slug. */
export async function createOrganisation(db: Db, viewer: Viewer, input: OrganisationWrite): Promise<string> {
  if (!mayRunMembership(viewer)) throw new NotAllowed();
  return orTaken(() =>
    inTransaction(db, async (tx) => {
      const slug = await slugFor(tx, 'organisation', input.name, input.country, null);
      const row = await tx
        .insertInto('organisations')
        .values({ slug, ...profileRow(input), name: input.name, country: input.country, zone: input.zone })
        .returning('id')
        .executeTakeFirstOrThrow();
      await placeInNetworks(tx, row.id, input.networkIds);
      await record(tx, { actor: viewer.personId, feature: 'organisations', row: row.id, action: 'created', after: { ...input } });
      return slug;
    }),
  );
}

/**
 * Changes what is given. Whoever manages an organisation changes its profile; its standing in the network is the secretariat's.
 * Errors: NotFound, NotAllowed, Invalid. Returns the slug, new when the name is.
 */
export async function changeOrganisation(db: Db, viewer: Viewer, slug: string, change: OrganisationChange): Promise<string> {
  return orTaken(() =>
    inTransaction(db, async (tx) => {
      const before = await lockOrganisation(tx, viewer, slug);
      if (!mayRunMembership(viewer) && STANDING.some((field) => change[field] !== undefined)) throw new NotAllowed();
      const name = change.name ?? before.name;
      const next =
        name === before.name ? before.slug : await slugFor(tx, 'organisation', name, change.country ?? before.country, before.id);
      await keepOldSlug(tx, 'organisation', before.id, before.slug, next);
      const set = profileRow(change);
      if (Object.keys(set).length > 0)
        await tx
          .updateTable('organisations')
          .set({ ...set, slug: next })
          .where('id', '=', before.id)
          .execute();
      if (change.networkIds) await placeInNetworks(tx, before.id, change.networkIds);
      const { networks, ...known } = before;
      const old = { ...known, networkIds: networks.map((network) => network.id).sort() };
      const after = { ...old, ...given(change), ...(change.networkIds && { networkIds: [...change.networkIds].sort() }) };
      if (JSON.stringify(after) !== JSON.stringify(old)) {
        await record(tx, {
          actor: viewer.personId,
          feature: 'organisations',
          row: before.id,
          action: 'changed',
          before: old,
          after,
        });
      }
      return next;
    }),
  );
}

/** The organisation as this person may see it, its row locked. Errors: NotFound, NotAllowed. */
export async function lockOrganisation(tx: Transaction, viewer: Viewer, slug: string) {
  await tx.selectFrom('organisations').select('id').where('slug', '=', slug).forUpdate().execute();
  const organisation = await organisationBySlug(tx, viewer, slug);
  if (!organisation) throw new NotFound();
  if (!mayManage(viewer, { id: organisation.id, networkIds: organisation.networks.map((network) => network.id) }))
    throw new NotAllowed();
  return organisation;
}

async function placeInNetworks(tx: Transaction, organisationId: string, networkIds: readonly string[]): Promise<void> {
  const wanted = [...new Set(networkIds)];
  await sql`delete from organisation_networks where organisation_id = ${organisationId} and network_id <> all (${wanted}::uuid[])`.execute(
    tx,
  );
  const { rows } = await sql`
    with known as (select id from networks where id = any (${wanted}::uuid[])),
      placed as (insert into organisation_networks (organisation_id, network_id) select ${organisationId}::uuid, id from known on conflict do nothing)
    select id from known`.execute(tx);
  if (rows.length !== wanted.length) throw new Invalid([{ path: 'networkIds', code: 'choice' }]);
}

function profileRow(input: OrganisationChange) {
  return given({
    kind: input.kind,
    name: input.name,
    country: input.country,
    languages: input.languages,
    zone: input.zone,
    latitude: input.latitude,
    longitude: input.longitude,
    population: input.population,
    membership: input.membership,
    member_since: input.memberSince,
  });
}

/** The fields that were given: undefined means "not mentioned". */
export function given<Fields extends object>(fields: Fields): Partial<Fields> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<Fields>;
}

async function orTaken<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (violated(error) === 'organisations_name_country') throw new Invalid([{ path: 'name', code: 'organisationTaken' }]);
    throw error;
  }
}

/** Records that the fee of a year is paid; again changes the day alone. Errors: NotAllowed, NotFound. */
export async function recordFee(db: Db, viewer: Viewer, slug: string, year: number, paidOn: Temporal.PlainDate): Promise<void> {
  await inTransaction(db, async (tx) => {
    const organisation = await lockOrganisation(tx, viewer, slug);
    if (!mayRunMembership(viewer)) throw new NotAllowed();
    await recordFees(tx, viewer, [organisation.id], year, paidOn);
  });
}

async function recordFees(
  tx: Transaction,
  viewer: Viewer,
  organisationIds: readonly string[],
  year: number,
  paidOn: Temporal.PlainDate,
): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    with paid as (
      insert into fees (organisation_id, year, paid_on, recorded_by)
      select id, ${year}, ${paidOn}::date, ${viewer.personId}::uuid from unnest(${organisationIds}::uuid[]) id
      on conflict (organisation_id, year) do update set paid_on = excluded.paid_on, recorded_by = excluded.recorded_by, recorded_at = now()
        where fees.paid_on <> excluded.paid_on
      returning organisation_id)
    insert into changes (actor_id, feature, row_id, action, after)
    select ${viewer.personId}::uuid, 'organisations', organisation_id, 'feeRecorded', jsonb_build_object('year', ${year}::int, 'paidOn', ${paidOn}::date) from paid
    returning row_id as id`.execute(tx);
  return rows.length;
}

/** Takes a recorded fee back. Errors: NotAllowed, NotFound. */
export async function removeFee(db: Db, viewer: Viewer, slug: string, year: number): Promise<void> {
  await inTransaction(db, async (tx) => {
    const organisation = await lockOrganisation(tx, viewer, slug);
    if (!mayRunMembership(viewer)) throw new NotAllowed();
    const removed = await tx
      .deleteFrom('fees')
      .where('organisation_id', '=', organisation.id)
      .where('year', '=', year)
      .returning('paid_on')
      .executeTakeFirst();
    if (!removed) throw new NotFound();
    await record(tx, {
      actor: viewer.personId,
      feature: 'organisations',
      row: organisation.id,
      action: 'feeRemoved',
      before: { year, paidOn: removed.paid_on },
    });
  });
}

/** The same for many, all or none. Fees already recorded stay as they are. Errors: NotAllowed, NotFound. Returns how many changed. */
export async function changeMany(db: Db, viewer: Viewer, input: BulkWrite, today: Temporal.PlainDate): Promise<number> {
  if (!mayRunMembership(viewer)) throw new NotAllowed();
  return inTransaction(db, async (tx) => {
    const chosen = await chosenOrganisations(tx, viewer, input.organisationIds, true);
    if (chosen.length !== new Set(input.organisationIds).size) throw new NotFound();
    if (input.action === 'fee') {
      const unpaid = chosen
        .filter((organisation) => !organisation.feeYears.includes(input.year))
        .map((organisation) => organisation.id);
      return recordFees(tx, viewer, unpaid, input.year, today);
    }
    const { rows } = await sql<{ id: string }>`
      with old as (select id, membership from organisations where id = any (${chosen.map((organisation) => organisation.id)}::uuid[]) and membership <> ${input.membership}),
        moved as (update organisations o set membership = ${input.membership} from old where o.id = old.id)
      insert into changes (actor_id, feature, row_id, action, before, after)
      select ${viewer.personId}::uuid, 'organisations', id, 'changed', jsonb_build_object('membership', membership), jsonb_build_object('membership', ${input.membership}::text)
      from old returning row_id as id`.execute(tx);
    return rows.length;
  });
}
