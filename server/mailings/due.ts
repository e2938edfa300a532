import { sql } from 'kysely';
import { type Db, inTransaction } from '../../db/database.ts';
import { lockMailing } from './found.ts';
import { moveArrivals } from './freezing.ts';
import { beginning, offsetDate } from './rules.ts';
import { cancelMailing, step } from './running.ts';

/** What time alone demands: to begin, to freeze what began and was not frozen, to end what cancelled mailings have left. */
export interface DueMailing {
  id: string;
  what: 'start' | 'freeze' | 'end';
}

export async function dueMailings(db: Db, now: Temporal.Instant): Promise<DueMailing[]> {
  const { rows } = await sql<DueMailing>`
    select id, 'start' as what from mailings where state = 'scheduled' and starts_at <= ${now}
    union all select id, 'freeze' from mailings where state in ('running', 'paused') and frozen_at is null
    union all select id, 'end' from mailings m where state = 'cancelled' and started_at is not null and ended_at > ${now.subtract({ hours: 48 })}
      and exists (select from sends s where s.mailing_id = m.id and s.state in ('queued', 'deferred', 'uncertain'))`.execute(db);
  return rows;
}

/** Says of mailings with nothing left to send that they are done. Answers their ids. */
export async function finishMailings(db: Db, now: Temporal.Instant): Promise<string[]> {
  return inTransaction(db, async (tx) => {
    const { rows } = await sql<{ id: string; eventId: string | null }>`
      update mailings m set state = 'done', ended_at = ${now}, updated_at = ${now}
      where state = 'running' and frozen_at is not null and not exists (
        select from sends s where s.mailing_id = m.id and s.state in ('queued', 'sending', 'deferred', 'uncertain'))
      returning id, event_id as "eventId"`.execute(tx);
    for (const row of rows) await step(tx, { ...row, state: 'running' }, 'done', { by: null, now });
    return rows.map(({ id }) => id);
  });
}

/**
 * The event was moved or cancelled: what follows its days follows it, what calls to it is called off. Ids of the mailings that were
 * touched.
 */
export async function followEvent(db: Db, eventId: string, now: Temporal.Instant): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from mailings where event_id = ${eventId} and state in ('scheduled', 'running', 'paused') order by id`.execute(db);
  const touched: string[] = [];
  for (const { id } of rows) if (await followMailing(db, id, now)) touched.push(id);
  return touched;
}

/** One of them. Answers whether anything was changed. */
export async function followMailing(db: Db, id: string, now: Temporal.Instant): Promise<boolean> {
  const off = await inTransaction(db, async (tx) => {
    const mailing = await lockMailing(tx, null, id);
    const { event, kind } = mailing;
    if (!event) return false;
    if (event.cancelledAt) return kind === 'invitation' || kind === 'reminder' ? 'off' : false;
    const moved = { ...mailing };
    if (mailing.offsetDays !== null && mailing.offsetFrom !== null && mailing.planned && mailing.schedule) {
      moved.planned = offsetDate(event, {
        days: mailing.offsetDays,
        from: mailing.offsetFrom,
        time: mailing.planned.toPlainTime(),
      });
      moved.zone = event.zone;
      if (moved.planned.equals(mailing.planned) && moved.zone === mailing.zone && mailing.frozenAt === null) return false;
      const startsAt = beginning({ schedule: mailing.schedule, planned: moved.planned, zone: moved.zone });
      await tx
        .updateTable('mailings')
        .set({ planned_local: moved.planned, zone: moved.zone, starts_at: startsAt, updated_at: now })
        .where('id', '=', id)
        .execute();
      await step(tx, mailing, 'moved', { by: null, now, reason: moved.planned.toString() });
    }
    // Whoever has it, has it; the others get it by the new days, and never after the event.
    if (mailing.frozenAt) await moveArrivals(tx, moved, now);
    return true;
  });
  if (off === 'off') await cancelMailing(db, null, id, now, 'event-cancelled');
  return off !== false;
}
