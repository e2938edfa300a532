import type { Db } from '../../db/database.ts';
import { inTransaction } from '../../db/database.ts';
import { emit } from '../../db/outbox.ts';
import type { Viewer } from '../accounts/access.ts';
import { NotFound, Refused } from '../errors.ts';
import { endWaiting } from '../programme/waiting.ts';
import type { Problem } from './allocation.ts';
import { holdVisit, noted, opened, withdrawOffers } from './exchanges.ts';
import { putIn, takeOut } from './holding.ts';
import { holdings, problemOf } from './problem.ts';
import { choicesOf } from './queries.ts';
import { swapRefusal } from './rules.ts';
import { allowed } from './waiting.ts';

/** Offers a visit one has for another that one would rather have: whoever has that may accept. Returns its id. Errors: NotFound, Refused. */
export async function proposeSwap(
  db: Db,
  viewer: Viewer,
  registrationId: string,
  { gives, wants }: { gives: string; wants: string },
  now: Temporal.Instant,
): Promise<string> {
  return inTransaction(db, async (tx) => {
    const found = await opened(tx, viewer, registrationId, swapRefusal);
    await holdVisit(tx, found.event, wants);
    if (!found.visits.includes(gives)) throw new Refused('visits-not-held');
    if (found.visits.includes(wants)) throw new Refused('visits-held-already');
    const made = await tx
      .insertInto('visit_swaps')
      .values({ event_id: found.event, registration_id: registrationId, gives, wants, proposed_at: now })
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst();
    if (made) {
      await noted(tx, viewer, found, 'swapProposed', { gives, wants });
      return made.id;
    }
    const { id } = await tx
      .selectFrom('visit_swaps')
      .select('id')
      .where('registration_id', '=', registrationId)
      .where('gives', '=', gives)
      .where('wants', '=', wants)
      .where('accepted_at', 'is', null)
      .where('withdrawn_at', 'is', null)
      .executeTakeFirstOrThrow();
    return id;
  });
}

/** Takes a proposal back. Errors: NotFound. */
export async function withdrawSwap(
  db: Db,
  viewer: Viewer,
  registrationId: string,
  swapId: string,
  now: Temporal.Instant,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const found = await opened(tx, viewer, registrationId, swapRefusal);
    const done = await tx
      .updateTable('visit_swaps')
      .set({ withdrawn_at: now })
      .where('id', '=', swapId)
      .where('registration_id', '=', registrationId)
      .where('accepted_at', 'is', null)
      .where('withdrawn_at', 'is', null)
      .returning('id')
      .executeTakeFirst();
    if (done) await noted(tx, viewer, found, 'swapWithdrawn', { swap: swapId });
  });
}

/** Accepts a proposal: both change places at once, and both are told. Errors: NotFound, Refused. */
export async function acceptSwap(
  db: Db,
  viewer: Viewer,
  registrationId: string,
  swapId: string,
  now: Temporal.Instant,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const found = await opened(tx, viewer, registrationId, swapRefusal);
    const swap = await tx
      .selectFrom('visit_swaps')
      .selectAll()
      .where('id', '=', swapId)
      .where('event_id', '=', found.event)
      .executeTakeFirst();
    if (!swap) throw new NotFound();
    const given = await holdings(tx, found.event);
    const theirs = given[swap.registration_id] ?? [];
    const open =
      !swap.accepted_at && !swap.withdrawn_at && theirs.includes(swap.gives) && swap.registration_id !== registrationId;
    if (!open || !found.visits.includes(swap.wants)) throw new Refused('visits-swap-gone');
    const [mine, other] = [exchanged(found.visits, swap.wants, swap.gives), exchanged(theirs, swap.gives, swap.wants)];
    const choices = await choicesOf(tx, found.event);
    const problem = rulesOfSwap(await problemOf(tx, found.event, 0), choices?.mode === 'first-come');
    const away = { ...given, [registrationId]: found.visits.filter((visit) => visit !== swap.wants) };
    const between = { ...away, [swap.registration_id]: theirs.filter((visit) => visit !== swap.gives) };
    const both = { ...between, [swap.registration_id]: other };
    if (!allowed(problem, between, swap.registration_id, other) || !allowed(problem, both, registrationId, mine))
      throw new Refused('visits-swap-rules');
    await takeOut(tx, swap.wants, registrationId);
    await takeOut(tx, swap.gives, swap.registration_id);
    await putIn(tx, swap.gives, registrationId, now, true);
    await putIn(tx, swap.wants, swap.registration_id, now, true);
    await tx.updateTable('visit_swaps').set({ accepted_at: now, accepted_by: registrationId }).where('id', '=', swapId).execute();
    await withdrawOffers(tx, registrationId, swap.wants, now);
    await withdrawOffers(tx, swap.registration_id, swap.gives, now);
    await endWaiting(tx, swap.gives, registrationId, 'served', now);
    await endWaiting(tx, swap.wants, swap.registration_id, 'served', now);
    await noted(tx, viewer, found, 'swapAccepted', { swap: swapId });
    for (const registration of [registrationId, swap.registration_id])
      await emit(tx, 'study-visits.changed', { registration, why: 'swapped' });
  });
}

const exchanged = (visits: readonly string[], gone: string, come: string) =>
  [...visits.filter((visit) => visit !== gone), come].sort();

/** Where places are first come, first served people take what they like: only that nobody is at two places at once is held. Pure. */
function rulesOfSwap(problem: Problem, firstCome: boolean): Problem {
  if (!firstCome) return problem;
  const participants = problem.participants.map((one) => ({ ...one, languages: [] }));
  return { ...problem, participants, each: problem.visits.length, perCity: null };
}
