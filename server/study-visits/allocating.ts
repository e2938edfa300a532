import { randomInt } from 'node:crypto';
import { sql } from 'kysely';
import { record } from '../../db/changes.ts';
import { type Db, inTransaction } from '../../db/database.ts';
import { emit } from '../../db/outbox.ts';
import type { Viewer } from '../accounts/access.ts';
import { Refused } from '../errors.ts';
import { lockEvent } from '../events/actions.ts';
import { figuresOf } from './allocation.ts';
import { computeAllocation } from './computing.ts';
import { holdings, problemOf } from './problem.ts';
import { choicesOf } from './queries.ts';
import { reasonsOf } from './reasons.ts';
import { workRefusal } from './rules.ts';
import { serialDictatorship } from './serial-dictatorship.ts';

/** How many steps the work has, for whoever watches it. */
export const STEPS = 4;

/**
 * Orders that the visits of an event be given out by what is wished now: a worker computes a proposal, which changes nothing for
 * anybody until it is released. The same order while one is being computed is that one. Errors: NotFound, NotAllowed, Refused.
 */
export async function orderAllocation(
  db: Db,
  viewer: Viewer,
  slug: string,
  { seed = randomInt(1_000_000) }: { seed?: number | undefined },
  now: Temporal.Instant,
): Promise<string> {
  return inTransaction(db, async (tx) => {
    const event = await lockEvent(tx, viewer, slug);
    const why = workRefusal(await choicesOf(tx, event.id));
    if (why) throw new Refused(why);
    const running = await tx
      .selectFrom('allocations')
      .select('id')
      .where('event_id', '=', event.id)
      .where('ended_at', 'is', null)
      .executeTakeFirst();
    if (running) return running.id;
    const { rows } =
      await sql`select from visits v join sessions s on s.id = v.session_id where v.event_id = ${event.id} and s.removed_at is null limit 1`.execute(
        tx,
      );
    if (rows.length === 0) throw new Refused('visits-none');
    const { id } = await tx
      .insertInto('allocations')
      .values({ event_id: event.id, seed, ordered_by: viewer.personId, ordered_at: now } as never)
      .returning('id')
      .executeTakeFirstOrThrow();
    await emit(tx, 'study-visits.allocate', { allocation: id });
    await record(tx, {
      actor: viewer.personId,
      feature: 'study-visits',
      row: event.id,
      event: event.id,
      action: 'allocationOrdered',
      after: { seed },
    });
    return id;
  });
}

/** Computes what was ordered. Done again after a crash, it comes to the same. */
export async function runAllocation(db: Db, id: string, now: () => Temporal.Instant): Promise<void> {
  const order = await db
    .selectFrom('allocations')
    .select(['event_id', 'seed'])
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  if (!order) return;
  const reached = (step: number) => db.updateTable('allocations').set({ step }).where('id', '=', id).execute();
  const given = await holdings(db, order.event_id);
  const problem = await problemOf(db, order.event_id, order.seed);
  await reached(1);
  const found = await computeAllocation(problem).catch(() => null);
  if (!found) {
    await db.updateTable('allocations').set({ ended_at: now(), failed: true }).where('id', '=', id).execute();
    return;
  }
  await reached(2);
  const chosen = figuresOf(problem, serialDictatorship(problem));
  const reasons = reasonsOf(problem, found.given);
  await reached(3);
  const people = problem.participants.map((one) => ({
    registration: one.id,
    before: given[one.id] ?? [],
    visits: found.given[one.id] ?? [],
    reasons: reasons.get(one.id) ?? [],
  }));
  await inTransaction(db, async (tx) => {
    await sql`insert into allocation_people (allocation_id, registration_id, visits, reasons, before)
      select ${id}, registration, array(select jsonb_array_elements_text(visits)::uuid), reasons,
        array(select jsonb_array_elements_text(before)::uuid)
      from jsonb_to_recordset(${JSON.stringify(people)}::jsonb) as p(registration uuid, visits jsonb, reasons jsonb, before jsonb)
      on conflict do nothing`.execute(tx);
    await tx
      .updateTable('allocations')
      .set({
        step: STEPS,
        ended_at: now(),
        people: problem.participants.filter(({ wishes }) => wishes.length > 0).length,
        assigned: found.assigned,
        cost: found.cost,
        moved: found.moved,
        gap: found.gap,
        chosen_assigned: chosen.assigned,
        chosen_cost: chosen.cost,
        takes_place: found.takesPlace,
      })
      .where('id', '=', id)
      .execute();
  });
}
