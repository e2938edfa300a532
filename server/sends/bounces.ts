import { sql } from 'kysely';
import { type Db, inTransaction } from '../../db/database.ts';
import type { SuppressionReason } from '../../db/tables/sends.ts';
import type { Report } from './reports.ts';
import { isTopic } from './topics.ts';
import { unsubscribe } from './unsubscribing.ts';

// A mailbox that is full for a week is one that nobody reads.
const SOFT_BOUNCES = 5;
const SOFT_DAYS = 7;

/**
 * Takes down what came back, once however often it comes: a message of ours to an address that does not exist, or a complaint, and
 * nothing more goes there; a mailbox that only cannot take it now is given five times over seven days. `sendId` is proven by the
 * address it came back to; without it the Message-ID that it names counts. Answers whether it was new.
 */
export async function takeReport(db: Db, report: Report, sendId: string | undefined, now: Temporal.Instant): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    const { rows } = await sql<{ id: string; address: string; topic: string | null }>`
      select s.id, s.address, coalesce(s.topic, m.topic) as topic from sends s left join mailings m on m.id = s.mailing_id
      where ${sendId ? sql`s.id = ${sendId}` : sql`s.message_id = ${report.about ?? ''}`} limit 1`.execute(tx);
    const send = rows[0];
    // Whoever reports something that we never sent may say what they like of anybody.
    const address = send?.address ?? null;
    const made = await tx
      .insertInto('bounces')
      .values({
        message_id: report.messageId,
        send_id: send?.id ?? null,
        address,
        verdict: report.verdict,
        status: report.status,
        said: report.said?.replaceAll('\0', '') ?? null,
        at: now,
      })
      .onConflict((conflict) => conflict.column('message_id').doNothing())
      .returning('id')
      .executeTakeFirst();
    if (!made || !send || !address) return made !== undefined;
    if (report.verdict !== 'complaint')
      await sql`
        update sends set state = 'bounced', smtp_response = coalesce(${report.said?.replaceAll('\0', '') ?? null}, smtp_response)
        where id = ${send.id} and state = 'accepted'`.execute(tx);
    const suppress = (reason: SuppressionReason) =>
      sql`insert into suppressions (address, reason, at, send_id, said) values (${address}, ${reason}, ${now}, ${send.id}, ${report.said})
        on conflict (address) do nothing`.execute(tx);
    if (report.verdict === 'hard') await suppress('hard');
    if (report.verdict === 'complaint') {
      await suppress('complaint');
      if (isTopic(send.topic)) await unsubscribe(tx, { address, topic: send.topic }, 'complaint', now);
    }
    if (report.verdict === 'soft') {
      const since = now.subtract({ hours: 24 * 60 });
      const { rows: counted } = await sql<{ n: number; first: Temporal.Instant | null }>`
        select count(*)::int as n, min(at) as first from bounces where address = ${address} and verdict = 'soft' and at > ${since}`.execute(
        tx,
      );
      const { n = 0, first = null } = counted[0] ?? {};
      const long = first !== null && Temporal.Instant.compare(first.add({ hours: 24 * SOFT_DAYS }), now) <= 0;
      if (n >= SOFT_BOUNCES && long) await suppress('soft');
    }
    return true;
  });
}
