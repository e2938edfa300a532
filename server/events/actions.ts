import { randomBytes } from 'node:crypto';
import { record } from '../../db/changes.ts';
import { type Db, inTransaction, json, type Transaction } from '../../db/database.ts';
import { emit } from '../../db/outbox.ts';
import type { Viewer } from '../accounts/access.ts';
import { Invalid, NotAllowed, NotFound, Refused } from '../errors.ts';
import { createPool, setCapacity } from '../places/actions.ts';
import type { CategoryWrite, EventChange, EventWrite } from './input.ts';
import { eventBySlug } from './queries.ts';
import { instantOf, mayCreate, mayManage, missing, slugOf } from './rules.ts';

/** Makes an event, a draft, with its places and categories. Returns its slug. Errors: NotAllowed, Invalid. */
export async function createEvent(db: Db, viewer: Viewer, event: EventWrite, now: Temporal.Instant): Promise<string> {
  if (!mayCreate(viewer, event.networkId ?? null)) throw new NotAllowed();
  const language = event.languages[0];
  if (!language) throw new Invalid([{ path: 'languages', code: 'required' }]);
  const title = event.title[language];
  if (!title) throw new Invalid([{ path: `title.${language}`, code: 'required' }]);
  return inTransaction(db, async (tx) => {
    const slug = await freeSlug(tx, slugOf(title));
    const { id } = await tx
      .insertInto('events')
      .values({ ...columns(event), slug, default_language: language, created_by: viewer.personId } as never)
      .returning('id')
      .executeTakeFirstOrThrow();
    await createPool(tx, id, 'event', event.capacity);
    await writeCategories(tx, id, event.categories, now);
    await record(tx, { actor: viewer.personId, feature: 'events', row: id, event: id, action: 'created', after: { slug } });
    return slug;
  });
}

async function freeSlug(tx: Transaction, wanted: string): Promise<string> {
  const taken = await tx.selectFrom('events').select('id').where('slug', '=', wanted).executeTakeFirst();
  return taken ? `${wanted}-${randomBytes(3).toString('hex')}` : wanted;
}

// The columns of what is mentioned. Planned times go in three: local, zone, and the instant that follows from them.
function columns(event: EventChange, zone = event.zone ?? 'UTC'): Record<string, unknown> {
  const at = (local: Temporal.PlainDateTime | null | undefined) => local && instantOf(local, zone);
  const errors = [
    ...(event.starts && event.ends && Temporal.PlainDateTime.compare(event.ends, event.starts) <= 0
      ? [{ path: 'ends', code: 'endsBeforeStarts' }]
      : []),
    ...(event.registrationOpens &&
    event.registrationCloses &&
    Temporal.PlainDateTime.compare(event.registrationCloses, event.registrationOpens) <= 0
      ? [{ path: 'registrationCloses', code: 'endsBeforeStarts' }]
      : []),
  ];
  if (errors.length > 0) throw new Invalid(errors);
  const texts = (map: Record<string, string> | undefined) => map && json(map);
  const all = {
    kind: event.kind,
    edition: event.edition,
    network_id: event.networkId,
    host_organisation_id: event.hostOrganisationId,
    title: texts(event.title),
    summary: texts(event.summary),
    description: texts(event.description),
    languages: event.languages,
    zone: event.zone,
    starts_local: event.starts,
    ends_local: event.ends,
    starts_at: at(event.starts),
    ends_at: at(event.ends),
    attendance: event.attendance,
    venue: texts(event.venue),
    address: event.address,
    country: event.country,
    online_url: event.onlineUrl,
    registration_opens_local: event.registrationOpens,
    registration_opens_at: at(event.registrationOpens),
    registration_closes_local: event.registrationCloses,
    registration_closes_at: at(event.registrationCloses),
    changes_until_local: event.changesUntil,
    changes_until: at(event.changesUntil),
    approval: event.approval,
    waiting_list: event.waitingList,
    self_registration: event.selfRegistration,
    limit_member: event.limitMember,
    limit_non_member: event.limitNonMember,
    currency: event.currency,
    late_from_local: event.lateFrom,
    late_from: at(event.lateFrom),
    reduced_countries: event.reducedCountries,
    payment_details: texts(event.paymentDetails),
    form_id: event.formId,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

async function writeCategories(
  tx: Transaction,
  eventId: string,
  categories: readonly CategoryWrite[],
  now: Temporal.Instant,
): Promise<void> {
  const twice = categories.findIndex((category, index) => categories.findIndex((other) => other.key === category.key) !== index);
  if (twice >= 0) throw new Invalid([{ path: `categories.${twice}.key`, code: 'twice' }]);
  const known = await tx.selectFrom('categories').select(['id', 'key', 'pool_id']).where('event_id', '=', eventId).execute();
  const gone = known.filter((row) => !categories.some((category) => category.key === row.key)).map((row) => row.id);
  if (gone.length > 0) await tx.updateTable('categories').set({ removed_at: now }).where('id', 'in', gone).execute();
  for (const [position, category] of categories.entries()) {
    const before = known.find((row) => row.key === category.key);
    let poolId = before?.pool_id ?? null;
    if (poolId && category.capacity != null) await setCapacity(tx, poolId, category.capacity);
    else if (category.capacity != null) poolId = await createPool(tx, eventId, 'category', category.capacity);
    const values = {
      name: json(category.name),
      note: json(category.note),
      position,
      open_to: category.openTo,
      price_early: category.priceEarly,
      price_late: category.priceLate ?? null,
      price_reduced: category.priceReduced ?? null,
      pool_id: category.capacity == null ? null : poolId,
      removed_at: null,
    };
    if (before) await tx.updateTable('categories').set(values).where('id', '=', before.id).execute();
    else
      await tx
        .insertInto('categories')
        .values({ ...values, event_id: eventId, key: category.key })
        .execute();
  }
}

async function lockEvent(tx: Transaction, viewer: Viewer, slug: string) {
  const event = await tx.selectFrom('events').selectAll().where('slug', '=', slug).forNoKeyUpdate().executeTakeFirst();
  const scope = event && { id: event.id, networkId: event.network_id };
  if (!event || !scope) throw new NotFound();
  if (!mayManage(viewer, scope)) throw event.published_at ? new NotAllowed() : new NotFound();
  return event;
}

const MATERIAL = ['starts_at', 'ends_at', 'zone', 'venue', 'address', 'online_url'];

/** Changes what is mentioned. A new time or place of a published event is told to everybody who is registered. Errors: NotFound, NotAllowed, Invalid. */
export async function changeEvent(
  db: Db,
  viewer: Viewer,
  slug: string,
  change: EventChange,
  now: Temporal.Instant,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const before = await lockEvent(tx, viewer, slug);
    // A new zone moves every planned time with it: the local times stay, the instants follow.
    const planned: EventChange = change.zone
      ? {
          starts: before.starts_local,
          ends: before.ends_local,
          registrationOpens: before.registration_opens_local,
          registrationCloses: before.registration_closes_local,
          changesUntil: before.changes_until_local,
          lateFrom: before.late_from_local,
          ...change,
        }
      : change;
    const set = columns(planned, change.zone ?? before.zone);
    if (change.languages && !change.languages.includes(before.default_language))
      set.default_language = change.languages[0] ?? before.default_language;
    const old = before as unknown as Record<string, unknown>;
    const plain = (value: unknown) => JSON.stringify(value ?? null);
    const moved = MATERIAL.some(
      (name) =>
        name in set && !(name === 'venue' ? plain(change.venue) === plain(before.venue) : plain(set[name]) === plain(old[name])),
    );
    if (Object.keys(set).length > 0) {
      await tx
        .updateTable('events')
        .set({ ...set, updated_at: now, ...(moved ? { sequence: before.sequence + 1 } : {}) })
        .where('id', '=', before.id)
        .execute();
    }
    if (change.categories) await writeCategories(tx, before.id, change.categories, now);
    if (change.capacity !== undefined) {
      const pool = await tx
        .selectFrom('pools')
        .select('id')
        .where('event_id', '=', before.id)
        .where('kind', '=', 'event')
        .executeTakeFirstOrThrow();
      await setCapacity(tx, pool.id, change.capacity);
    }
    const said = Object.fromEntries(Object.entries(change).map(([name, value]) => [name, value ?? null]));
    await record(tx, {
      actor: viewer.personId,
      feature: 'events',
      row: before.id,
      event: before.id,
      action: 'changed',
      after: said,
    });
    if (moved && before.published_at) await emit(tx, 'events.changed', { event: before.id });
  });
}

/** Publishes an event. Errors: Refused('not-complete') with what is missing; NotFound, NotAllowed. */
export async function publishEvent(db: Db, viewer: Viewer, slug: string, now: Temporal.Instant): Promise<void> {
  await inTransaction(db, async (tx) => {
    const { id, published_at } = await lockEvent(tx, viewer, slug);
    if (published_at) return;
    const event = await eventBySlug(tx, slug);
    const lacks = event ? missing({ ...event, capacity: event.places.capacity }).filter((item) => item.blocks) : [];
    if (lacks.length > 0) throw new Refused('not-complete', { missing: [...new Set(lacks.map((item) => item.code))].join(', ') });
    await tx
      .updateTable('events')
      .set({ published_at: now, published_by: viewer.personId, updated_at: now })
      .where('id', '=', id)
      .execute();
    await record(tx, { actor: viewer.personId, feature: 'events', row: id, event: id, action: 'published' });
  });
}

/** Takes an event back to a draft. Errors: Refused('has-registrations'), NotFound, NotAllowed. */
export async function unpublishEvent(db: Db, viewer: Viewer, slug: string, now: Temporal.Instant): Promise<void> {
  await inTransaction(db, async (tx) => {
    const { id } = await lockEvent(tx, viewer, slug);
    const taken = await tx
      .selectFrom('registrations')
      .select('id')
      .where('event_id', '=', id)
      .where('state', 'in', ['pending', 'confirmed', 'waiting'])
      .limit(1)
      .executeTakeFirst();
    if (taken) throw new Refused('has-registrations');
    await tx
      .updateTable('events')
      .set({ published_at: null, published_by: null, updated_at: now })
      .where('id', '=', id)
      .execute();
    await record(tx, { actor: viewer.personId, feature: 'events', row: id, event: id, action: 'unpublished' });
  });
}

/** Cancels an event, with a reason in its languages, or takes that back. Errors: NotFound, NotAllowed. */
export async function cancelEvent(
  db: Db,
  viewer: Viewer,
  slug: string,
  cancellation: { reason: Record<string, string> } | null,
  now: Temporal.Instant,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const event = await lockEvent(tx, viewer, slug);
    if ((event.cancelled_at !== null) === (cancellation !== null)) return;
    await tx
      .updateTable('events')
      .set({
        cancelled_at: cancellation ? now : null,
        cancelled_by: cancellation ? viewer.personId : null,
        cancellation_reason: json(cancellation?.reason ?? {}),
        sequence: event.sequence + 1,
        updated_at: now,
      })
      .where('id', '=', event.id)
      .execute();
    await record(tx, {
      actor: viewer.personId,
      feature: 'events',
      row: event.id,
      event: event.id,
      action: cancellation ? 'cancelled' : 'reinstated',
      after: cancellation,
    });
    if (event.published_at) await emit(tx, 'events.changed', { event: event.id });
  });
}
