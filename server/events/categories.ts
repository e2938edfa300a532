import { sql } from 'kysely';
import { type Db, json, type Transaction } from '../../db/database.ts';
import { Invalid, Refused } from '../errors.ts';
import { createPool, setCapacity } from '../places/actions.ts';
import type { CategoryWrite } from './input.ts';

interface Known {
  id: string;
  key: string;
  poolId: string | null;
  capacity: number | null;
  registered: number;
}

/** The categories that an event has or had, with how many people are in each. */
async function knownCategories(db: Db | Transaction, eventId: string): Promise<Known[]> {
  const { rows } = await sql<Known>`
    select c.id, c.key, c.pool_id as "poolId", p.capacity,
      (select count(*)::int from registrations r where r.event_id = c.event_id and r.category_id = c.id and r.state in ('pending', 'confirmed', 'waiting')) as registered
    from categories c left join pools p on p.id = c.pool_id where c.event_id = ${eventId}`.execute(db);
  return rows;
}

/**
 * Makes an event's categories these, in this order. One that is left out is offered no more; who registered in it stays. Errors:
 * Invalid for a key that stands twice, Refused('category-limit-in-use') where a limit would begin or end under people.
 */
export async function writeCategories(
  tx: Transaction,
  eventId: string,
  categories: readonly CategoryWrite[],
  now: Temporal.Instant,
): Promise<void> {
  const twice = categories.findIndex((category, index) => categories.findIndex((other) => other.key === category.key) !== index);
  if (twice >= 0) throw new Invalid([{ path: `categories.${twice}.key`, code: 'twice' }]);
  const known = await knownCategories(tx, eventId);
  const kept = new Set(categories.map((category) => category.key));
  const gone = known.filter((row) => !kept.has(row.key)).map((row) => row.id);
  if (gone.length > 0) {
    await tx.updateTable('categories').set({ removed_at: now }).where('id', 'in', gone).where('removed_at', 'is', null).execute();
  }
  const rows = [];
  for (const [position, category] of categories.entries()) {
    const before = known.find((row) => row.key === category.key);
    rows.push({ ...category, position, poolId: await poolFor(tx, eventId, category, before) });
  }
  await sql`
    insert into categories (event_id, key, name, note, position, open_to, price_early, price_late, price_reduced, pool_id)
    select ${eventId}, c.key, c.name, c.note, c.position, c."openTo", c."priceEarly", c."priceLate", c."priceReduced", c."poolId"
    from jsonb_to_recordset(${json(rows)}) as c(key text, name jsonb, note jsonb, position int, "openTo" text, "priceEarly" int,
      "priceLate" int, "priceReduced" int, "poolId" uuid)
    on conflict (event_id, key) do update set name = excluded.name, note = excluded.note, position = excluded.position,
      open_to = excluded.open_to, price_early = excluded.price_early, price_late = excluded.price_late,
      price_reduced = excluded.price_reduced, pool_id = excluded.pool_id, removed_at = null`.execute(tx);
}

// The pool of a limited category. Places are rows: people who registered before there was a limit would hold none.
async function poolFor(tx: Transaction, eventId: string, category: CategoryWrite, before?: Known): Promise<string | null> {
  const limit = category.capacity ?? null;
  const limited = before?.poolId != null;
  if (before && before.registered > 0 && limited !== (limit !== null)) {
    throw new Refused('category-limit-in-use', { category: category.name.en ?? Object.values(category.name)[0] ?? category.key });
  }
  if (limit === null) return null;
  if (!before?.poolId) return createPool(tx, eventId, 'category', limit);
  if (before.capacity !== limit) await setCapacity(tx, before.poolId, limit);
  return before.poolId;
}

/** Keeps what prices say when the currency's minor unit is another: 250.00 EUR become 250 JPY, not 25,000. */
export async function rescalePrices(tx: Transaction, eventId: string, digits: number): Promise<void> {
  if (digits === 0) return;
  const factor = 10 ** digits;
  await sql`
    update categories set price_early = round(price_early * ${factor}::numeric)::int, price_late = round(price_late * ${factor}::numeric)::int,
      price_reduced = round(price_reduced * ${factor}::numeric)::int where event_id = ${eventId}`.execute(tx);
}

/** How many people are registered in a category, or wait for it. */
export async function registeredIn(db: Db, eventId: string, key: string): Promise<number> {
  return (await knownCategories(db, eventId)).find((category) => category.key === key)?.registered ?? 0;
}
