import { sql } from 'kysely';
import { record } from '../../db/changes.ts';
import { type Db, inTransaction, type Transaction } from '../../db/database.ts';
import { emit } from '../../db/outbox.ts';
import { minorDigits } from '../../web/locales/format.ts';
import type { Viewer } from '../accounts/access.ts';
import { type FieldError, Invalid, NotAllowed, NotFound } from '../errors.ts';
import { keepOldSlug, slugFor } from '../organisations/networks.ts';
import { slugOf } from '../organisations/rules.ts';
import { createPool, setCapacity } from '../places/actions.ts';
import { rescalePrices, writeCategories } from './categories.ts';
import { columnsOf } from './columns.ts';
import type { CategoryWrite, EventChange, EventWrite } from './input.ts';
import { type EventDetails, eventBySlug } from './queries.ts';
import { holdReferences } from './references.ts';
import { mayCreate, mayManage } from './rules.ts';
import { timetableErrors } from './timetable.ts';
import { writtenOf } from './written.ts';

/** Makes an event, a draft, with its places and categories. Returns its slug. Errors: NotAllowed, Invalid. */
export async function createEvent(db: Db, viewer: Viewer, event: EventWrite, now: Temporal.Instant): Promise<string> {
  return inTransaction(db, async (tx) => (await insertEvent(tx, viewer, event, 'created', now)).slug);
}

/** The same within a transaction; `action` is what the audit trail calls it. */
export async function insertEvent(
  tx: Transaction,
  viewer: Viewer,
  event: EventWrite,
  action: 'created' | 'copied',
  now: Temporal.Instant,
  from?: string,
): Promise<{ id: string; slug: string }> {
  if (!mayCreate(viewer, event.networkId ?? null)) throw new NotAllowed();
  holdEvent(event);
  await holdReferences(tx, viewer, event, null);
  await oneAtATime(tx);
  const title = event.title[event.languages[0] ?? ''] ?? '';
  const slug = await slugFor(tx, 'event', slugOf(title) ? title : event.kind, String(event.starts.year), null);
  const { id } = await tx
    .insertInto('events')
    .values({ ...columnsOf(event), slug, created_by: viewer.personId, created_at: now, updated_at: now } as never)
    .returning('id')
    .executeTakeFirstOrThrow();
  await createPool(tx, id, 'event', event.capacity);
  await writeCategories(tx, id, event.categories, now);
  await record(tx, {
    actor: viewer.personId,
    feature: 'events',
    row: id,
    event: id,
    action,
    after: { slug, title: event.title, ...(from ? { from } : {}) },
  });
  return { id, slug };
}

// Two who need the same address at the same moment take turns, and the second gets another.
const oneAtATime = (tx: Transaction) => sql`select pg_advisory_xact_lock(hashtext('event slugs'))`.execute(tx);

/** What must hold of every event as a whole, whichever part of it was sent. Errors: Invalid. */
export function holdEvent(event: EventWrite): void {
  const [language] = event.languages;
  const errors: FieldError[] = [
    ...(language === undefined ? [{ path: 'languages', code: 'required' }] : []),
    ...(language !== undefined && !event.title[language] ? [{ path: `title.${language}`, code: 'required' }] : []),
    ...timetableErrors(event),
  ];
  if (errors.length > 0) throw new Invalid(errors);
}

/** The event, locked against others who change it. Errors: NotFound for one that this viewer may not know of, NotAllowed. */
export async function lockEvent(tx: Transaction, viewer: Viewer, slug: string): Promise<EventDetails> {
  const row = await tx.selectFrom('events').select('id').where('slug', '=', slug).forNoKeyUpdate().executeTakeFirst();
  const event = row && (await eventBySlug(tx, slug));
  if (!event) throw new NotFound();
  if (!mayManage(viewer, event)) throw event.publishedAt ? new NotAllowed() : new NotFound();
  return event;
}

/** What is told to everybody who is registered: a new time or place. */
const MATERIAL = ['starts_at', 'ends_at', 'zone', 'venue', 'address', 'online_url'] as const;

const plain = (value: unknown) => JSON.stringify(value ?? null);

/** Whether a change of an event is one that everybody who is registered hears of. */
export function isMove(before: EventWrite, after: EventWrite): boolean {
  const texts = (event: EventWrite): Record<string, unknown> => ({ ...columnsOf(event), venue: event.venue });
  const [old, next] = [texts(before), texts(after)];
  return MATERIAL.some((name) => plain(old[name]) !== plain(next[name]));
}

/**
 * Changes what is mentioned and answers with the slug, new when that was changed. A new time or place of a published event is told
 * to everybody who is registered. Errors: NotFound, NotAllowed, Invalid, Refused('category-limit-in-use').
 */
export async function changeEvent(
  db: Db,
  viewer: Viewer,
  slug: string,
  change: EventChange,
  now: Temporal.Instant,
): Promise<string> {
  return inTransaction(db, async (tx) => {
    const event = await lockEvent(tx, viewer, slug);
    return applyChange(tx, viewer, event, change, now);
  });
}

/** Changes the list of categories by what it is when nobody else changes it. Errors: as `changeEvent`. */
export async function changeCategories(
  db: Db,
  viewer: Viewer,
  slug: string,
  change: (categories: CategoryWrite[]) => CategoryWrite[],
  now: Temporal.Instant,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const event = await lockEvent(tx, viewer, slug);
    await applyChange(tx, viewer, event, { categories: change(writtenOf(event).categories) }, now);
  });
}

async function applyChange(
  tx: Transaction,
  viewer: Viewer,
  event: EventDetails,
  change: EventChange,
  now: Temporal.Instant,
): Promise<string> {
  const before = writtenOf(event);
  const { slug = event.slug, ...mentioned } = change;
  const after: EventWrite = { ...before, ...withoutUndefined(mentioned) };
  holdEvent(after);
  await holdReferences(tx, viewer, after, { ...before, id: event.id });
  if (slug !== event.slug) await moveSlug(tx, event, slug);
  const moved = isMove(before, after);
  await tx
    .updateTable('events')
    .set({ ...columnsOf(after), slug, updated_at: now, ...(moved ? { sequence: event.sequence + 1 } : {}) } as never)
    .where('id', '=', event.id)
    .execute();
  if (change.categories) await writeCategories(tx, event.id, after.categories, now);
  else await rescalePrices(tx, event.id, minorDigits(after.currency) - minorDigits(before.currency));
  if (after.capacity !== before.capacity) await setEventCapacity(tx, event.id, after.capacity);
  await record(tx, {
    actor: viewer.personId,
    feature: 'events',
    row: event.id,
    event: event.id,
    action: 'changed',
    before: { ...before, slug: event.slug },
    after: { ...after, slug },
  });
  if (moved && event.publishedAt) await emit(tx, 'events.changed', { event: event.id });
  return slug;
}

const withoutUndefined = (change: EventChange) =>
  Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as Partial<EventWrite>;

async function moveSlug(tx: Transaction, event: EventDetails, slug: string): Promise<void> {
  await oneAtATime(tx);
  const { rows } = await sql<{ taken: boolean }>`
    select exists (select from events where slug = ${slug} and id <> ${event.id}) or exists (
      select from old_slugs where kind = 'event' and slug = ${slug} and row_id <> ${event.id}) as taken`.execute(tx);
  if (rows[0]?.taken) throw new Invalid([{ path: 'slug', code: 'slugTaken' }]);
  await keepOldSlug(tx, 'event', event.id, event.slug, slug);
}

async function setEventCapacity(tx: Transaction, eventId: string, capacity: number): Promise<void> {
  const pool = await tx
    .selectFrom('pools')
    .select('id')
    .where('event_id', '=', eventId)
    .where('kind', '=', 'event')
    .executeTakeFirstOrThrow();
  await setCapacity(tx, pool.id, capacity);
}
