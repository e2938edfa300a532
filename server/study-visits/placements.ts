import { sql } from 'kysely';
import { record } from '../../db/changes.ts';
import { type Db, inTransaction, json, type Transaction } from '../../db/database.ts';
import { emit } from '../../db/outbox.ts';
import type { Viewer } from '../accounts/access.ts';
import { Invalid, NotFound, Refused } from '../errors.ts';
import { lockEvent } from '../events/actions.ts';
import { lockPools } from '../places/actions.ts';
import { figuresOf, type Problem } from './allocation.ts';
import { putIn, takeOut } from './holding.ts';
import type { PlacementWrite } from './input.ts';
import { costOfMove, type MoveCost } from './move.ts';
import { holdings, problemOf } from './problem.ts';
import { choicesOf, lastAllocation } from './queries.ts';
import { reasonsOf } from './reasons.ts';
import { workRefusal } from './rules.ts';

type Given = Record<string, string[]>;

/** What stands now: the proposal that was computed last, or what came of the one that was released. */
export async function standing(
  db: Db | Transaction,
  eventId: string,
): Promise<{ problem: Problem; given: Given; proposal: string | null }> {
  const last = await lastAllocation(db, eventId);
  const problem = await problemOf(db, eventId, last?.seed ?? 0);
  if (!last?.endedAt || last.failed || last.releasedAt) return { problem, given: await holdings(db, eventId), proposal: null };
  const { rows } = await sql<{ id: string; visits: string[] }>`select registration_id as id, visits::text[] as visits
    from allocation_people where allocation_id = ${last.id} and visits <> '{}'`.execute(db);
  return { problem, given: Object.fromEntries(rows.map(({ id, visits }) => [id, visits])), proposal: last.id };
}

/** What putting somebody elsewhere would cost. Errors: NotFound. */
export async function placementCost(
  db: Db,
  eventId: string,
  registrationId: string,
  visits: readonly string[],
): Promise<MoveCost> {
  const { problem, given } = await standing(db, eventId);
  held(problem, registrationId, visits);
  return costOfMove(problem, given, registrationId, visits);
}

/**
 * Puts somebody into these visits and no others, whatever it breaks: in the proposal, or, once that is released, for good, of which
 * they are told. Errors: NotFound, NotAllowed, Invalid, Refused.
 */
export async function placeByHand(
  db: Db,
  viewer: Viewer,
  slug: string,
  registrationId: string,
  { visits, pinned }: PlacementWrite,
  now: Temporal.Instant,
): Promise<MoveCost> {
  return inTransaction(db, async (tx) => {
    const event = await lockEvent(tx, viewer, slug);
    const choices = await choicesOf(tx, event.id);
    const why = workRefusal(choices);
    if (why) throw new Refused(why);
    await lockPools(tx, event.id);
    const { problem, given, proposal } = await standing(tx, event.id);
    held(problem, registrationId, visits);
    if (!proposal && !choices?.releasedAt) throw new Refused('visits-no-proposal');
    const cost = costOfMove(problem, given, registrationId, visits);
    await tx.deleteFrom('visit_pins').where('registration_id', '=', registrationId).execute();
    if (pinned && visits.length > 0) {
      await tx
        .insertInto('visit_pins')
        .values(
          visits.map((visit) => ({
            registration_id: registrationId,
            session_id: visit,
            event_id: event.id,
            pinned_by: viewer.personId,
            pinned_at: now,
          })),
        )
        .execute();
    }
    if (proposal) await inProposal(tx, proposal, problem, given, registrationId, visits);
    else await forGood(tx, given[registrationId] ?? [], registrationId, visits, now);
    await record(tx, {
      actor: viewer.personId,
      feature: 'study-visits',
      row: registrationId,
      event: event.id,
      action: 'placedByHand',
      before: { visits: given[registrationId] ?? [] },
      after: { visits },
    });
    return cost;
  });
}

function held(problem: Problem, registrationId: string, visits: readonly string[]): void {
  if (!problem.participants.some(({ id }) => id === registrationId)) throw new NotFound();
  if (visits.some((visit) => !problem.visits.some(({ id }) => id === visit)) || new Set(visits).size !== visits.length)
    throw new Invalid([{ path: 'visits', code: 'choice' }]);
}

async function inProposal(
  tx: Transaction,
  id: string,
  problem: Problem,
  given: Given,
  registration: string,
  visits: readonly string[],
): Promise<void> {
  const after: Given = { ...given, [registration]: [...visits] };
  const placed: Problem = {
    ...problem,
    participants: problem.participants.map((one) => (one.id === registration ? { ...one, fixed: visits } : one)),
  };
  const reasons = reasonsOf(placed, after).get(registration) ?? [];
  // Who was confirmed after it was computed comes to be in it.
  const columns = { visits: [...visits], reasons: json(reasons) };
  await tx
    .insertInto('allocation_people')
    .values({ allocation_id: id, registration_id: registration, before: [], ...columns })
    .onConflict((conflict) => conflict.columns(['allocation_id', 'registration_id']).doUpdateSet(columns))
    .execute();
  const { assigned, cost, moved } = figuresOf(problem, after);
  const takes = [...new Set(Object.values(after).flat())].sort();
  await tx.updateTable('allocations').set({ assigned, cost, moved, takes_place: takes }).where('id', '=', id).execute();
}

async function forGood(
  tx: Transaction,
  has: readonly string[],
  registration: string,
  visits: readonly string[],
  now: Temporal.Instant,
): Promise<void> {
  for (const visit of has) if (!visits.includes(visit)) await takeOut(tx, visit, registration);
  for (const visit of visits) if (!has.includes(visit)) await putIn(tx, visit, registration, now, true);
  if ([...has].sort().join() !== [...visits].sort().join())
    await emit(tx, 'study-visits.changed', { registration, why: 'placed' });
}
