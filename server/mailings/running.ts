import { record } from '../../db/changes.ts';
import { type Db, inTransaction, type Transaction } from '../../db/database.ts';
import { emit } from '../../db/outbox.ts';
import type { MailingState, MailingStep } from '../../db/tables/mailings.ts';
import type { Viewer } from '../accounts/access.ts';
import { Invalid, Refused } from '../errors.ts';
import { lockMailing, runMailing } from './found.ts';
import type { ScheduleWrite } from './input.ts';
import type { Mailing } from './queries.ts';
import { readinessOf } from './readiness.ts';
import { beginning, type Deed, offsetDate, possible } from './rules.ts';

const NINE = Temporal.PlainTime.from('09:00');

/**
 * Says when it goes out; `now` begins at once. Everything that a recipient would miss is refused here, before anybody is written to.
 * Errors: NotFound, Invalid, Refused('mailing-not-possible' | 'mailing-without-text' | 'mailing-to-nobody' | 'mailing-fields-missing' | 'mailing-expired').
 */
export async function scheduleMailing(
  db: Db,
  viewer: Viewer,
  id: string,
  input: ScheduleWrite,
  now: Temporal.Instant,
): Promise<void> {
  // What takes long is asked before the row is locked.
  const ready = await readinessOf(db, await runMailing(db, viewer, id), now);
  await inTransaction(db, async (tx) => {
    const mailing = await lockMailing(tx, viewer, id);
    mustBe('schedule', mailing);
    if (ready.problems.includes('no-text')) throw new Refused('mailing-without-text');
    if (ready.problems.includes('event-cancelled')) throw new Refused('cancelled');
    if (ready.problems.includes('expired')) throw new Refused('mailing-expired');
    // Later there may be somebody; now there would be nobody.
    if (input.schedule === 'now' && ready.problems.includes('nobody')) throw new Refused('mailing-to-nobody');
    const [broken] = ready.missing.filter(({ fallback }) => !fallback);
    if (broken) throw new Refused('mailing-fields-missing', { field: broken.field, n: broken.people });
    const plan = planOf(mailing, input, now);
    await tx
      .updateTable('mailings')
      .set({
        state: 'scheduled',
        schedule: plan.schedule,
        planned_local: plan.planned,
        zone: plan.zone,
        offset_days: plan.offsetDays,
        offset_from: plan.offsetFrom,
        quiet_hours: input.quietHours ?? input.schedule !== 'now',
        starts_at: plan.startsAt,
        updated_at: now,
      })
      .where('id', '=', id)
      .execute();
    await step(tx, mailing, 'scheduled', { by: viewer.personId, now });
    if (Temporal.Instant.compare(plan.startsAt, now) <= 0) await begin(tx, mailing, { by: viewer.personId, now });
  });
}

function planOf(mailing: Mailing, input: ScheduleWrite, now: Temporal.Instant) {
  const zone = input.zone ?? mailing.event?.zone ?? mailing.zone;
  const schedule = input.schedule === 'now' ? ('moment' as const) : input.schedule;
  const none = { offsetDays: null, offsetFrom: null };
  if (input.schedule === 'now') {
    const planned = now.toZonedDateTimeISO(zone).toPlainDateTime();
    return { schedule, zone, planned, startsAt: now, ...none };
  }
  if (input.offsetDays !== undefined) {
    if (!mailing.event) throw new Invalid([{ path: 'offsetDays', code: 'needsEvent' }]);
    const from = input.offsetFrom ?? 'start';
    const planned = offsetDate(mailing.event, { days: input.offsetDays, from, time: input.time ?? NINE });
    return inTime({ schedule, zone, planned, offsetDays: input.offsetDays, offsetFrom: from }, 'offsetDays', now);
  }
  if (!input.planned) throw new Invalid([{ path: 'planned', code: 'required' }]);
  return inTime({ schedule, zone, planned: input.planned, ...none }, 'planned', now);
}

// The morning of the first zone may be over where those who are meant have theirs still before them: a day of the last one counts.
function inTime<Plan extends { schedule: 'moment' | 'morning'; zone: string; planned: Temporal.PlainDateTime }>(
  plan: Plan,
  path: string,
  now: Temporal.Instant,
): Plan & { startsAt: Temporal.Instant } {
  const startsAt = beginning(plan);
  const last = plan.schedule === 'morning' ? startsAt.add({ hours: 26 }) : startsAt;
  if (Temporal.Instant.compare(last, now) <= 0) throw new Invalid([{ path, code: 'past' }]);
  return { ...plan, startsAt };
}

/** Takes the date away: it is a draft again. Errors: NotFound, Refused('mailing-not-possible'). */
export const unscheduleMailing = (db: Db, viewer: Viewer, id: string, now: Temporal.Instant): Promise<void> =>
  inTransaction(db, async (tx) => {
    const mailing = await lockMailing(tx, viewer, id);
    if (mailing.state === 'draft') return;
    mustBe('unschedule', mailing);
    const nothing = { schedule: null, planned_local: null, offset_days: null, offset_from: null, starts_at: null };
    await tx
      .updateTable('mailings')
      .set({ state: 'draft', ...nothing, updated_at: now })
      .where('id', '=', id)
      .execute();
    await step(tx, mailing, 'unscheduled', { by: viewer.personId, now });
  });

/** Begins what is due. Two that begin at once begin it once. Answers whether it was this one. */
export const startMailing = (db: Db, id: string, now: Temporal.Instant): Promise<boolean> =>
  inTransaction(db, async (tx) => {
    const mailing = await lockMailing(tx, null, id);
    const { state, startsAt } = mailing;
    if (state !== 'scheduled' || !startsAt || Temporal.Instant.compare(startsAt, now) > 0) return false;
    await begin(tx, mailing, { by: null, now });
    return true;
  });

async function begin(
  tx: Transaction,
  mailing: Mailing,
  { by, now }: { by: string | null; now: Temporal.Instant },
): Promise<void> {
  await tx
    .updateTable('mailings')
    .set({ state: 'running', started_at: now, updated_at: now })
    .where('id', '=', mailing.id)
    .execute();
  await step(tx, mailing, 'started', { by, now });
  await emit(tx, 'mailings.started', { mailing: mailing.id });
}

/** Stops it: what is on its way goes out, nothing more is claimed. At any moment, also while its audience is being frozen. */
export const pauseMailing = (db: Db, viewer: Viewer, id: string, now: Temporal.Instant): Promise<void> =>
  turn(db, viewer, id, { deed: 'pause', to: 'paused', step: 'paused', now });

/** Goes on where it stopped. */
export const resumeMailing = (db: Db, viewer: Viewer, id: string, now: Temporal.Instant): Promise<void> =>
  turn(db, viewer, id, { deed: 'resume', to: 'running', step: 'resumed', now, topic: 'mailings.resumed' });

/** Ends it for good: whoever has not got it gets nothing. */
export const cancelMailing = (
  db: Db,
  viewer: Viewer | null,
  id: string,
  now: Temporal.Instant,
  reason: string | null = null,
): Promise<void> =>
  turn(db, viewer, id, { deed: 'cancel', to: 'cancelled', step: 'cancelled', now, reason, topic: 'mailings.cancelled' });

/** Tries again what the mail servers of the recipients refused. Answers how many. Errors: NotFound, Refused. */
export const retryFailed = (db: Db, viewer: Viewer, id: string, now: Temporal.Instant): Promise<number> =>
  inTransaction(db, async (tx) => {
    const mailing = await lockMailing(tx, viewer, id);
    mustBe('retry', mailing);
    const result = await tx
      .updateTable('sends')
      .set({ state: 'queued', attempts: 0, not_before: now, ended_at: null })
      .where('mailing_id', '=', id)
      .where('state', '=', 'failed')
      .executeTakeFirst();
    const count = Number(result.numUpdatedRows);
    if (count === 0) return 0;
    if (mailing.state === 'done')
      await tx.updateTable('mailings').set({ state: 'running', ended_at: null, updated_at: now }).where('id', '=', id).execute();
    await step(tx, mailing, 'retried', { by: viewer.personId, now, reason: String(count) });
    await emit(tx, 'sends.kick', {});
    return count;
  });

interface Turn {
  deed: Deed;
  to: MailingState;
  step: MailingStep;
  now: Temporal.Instant;
  topic?: string;
  reason?: string | null;
}

// Pressed twice it happens once; pressed too late it is refused.
const turn = (db: Db, viewer: Viewer | null, id: string, { deed, to, now, topic, reason = null, ...how }: Turn): Promise<void> =>
  inTransaction(db, async (tx) => {
    const mailing = await lockMailing(tx, viewer, id);
    if (mailing.state === to) return;
    mustBe(deed, mailing);
    await tx
      .updateTable('mailings')
      .set({
        state: to,
        updated_at: now,
        paused_reason: to === 'paused' ? reason : null,
        ...(to === 'cancelled' ? { ended_at: now } : {}),
      })
      .where('id', '=', id)
      .execute();
    await step(tx, mailing, how.step, { by: viewer?.personId ?? null, now, reason });
    if (topic) await emit(tx, topic, { mailing: id });
  });

function mustBe(deed: Deed, { state }: Mailing): void {
  if (!possible(deed, state)) throw new Refused('mailing-not-possible', { state });
}

/** Writes down what was done with a mailing, for its page and for the audit trail. */
export async function step(
  tx: Transaction,
  { id, eventId, state }: Pick<Mailing, 'id' | 'eventId' | 'state'>,
  done: MailingStep,
  { by, now, reason = null }: { by: string | null; now: Temporal.Instant; reason?: string | null },
): Promise<void> {
  await tx.insertInto('mailing_steps').values({ mailing_id: id, step: done, by, at: now, reason }).execute();
  await record(tx, {
    actor: by,
    feature: 'mailings',
    row: id,
    action: done,
    event: eventId,
    before: { state },
    after: { step: done, reason },
  });
}
