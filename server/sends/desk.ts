import { sql } from 'kysely';
import { record } from '../../db/changes.ts';
import { type Db, inTransaction } from '../../db/database.ts';
import { emit } from '../../db/outbox.ts';
import type { SendState, SuppressionReason } from '../../db/tables/sends.ts';
import { NotFound, Refused } from '../errors.ts';
import { decodeCursor, type Page, pageOf } from '../http/cursor.ts';

/** What goes on in the ledger, for whoever runs the installation. */
export interface MailFigures {
  /** What waits: due now, and later. */
  due: number;
  later: number;
  /** Of the last seven days. */
  week: Partial<Record<SendState, number>>;
  /** Where mail was refused in the last seven days, and what was said last: the most first. */
  refusals: { domain: string; n: number; said: string | null }[];
  domains: {
    domain: string;
    perMinute: number;
    ownPerMinute: number | null;
    closedUntil: Temporal.Instant | null;
    said: string | null;
  }[];
}

/** One query for each figure. */
export async function mailFigures(db: Db, now: Temporal.Instant): Promise<MailFigures> {
  const since = now.subtract({ hours: 24 * 7 });
  const [waiting, week, refusals, domains] = await Promise.all([
    sql<{ due: number; later: number }>`
      select (count(*) filter (where not_before <= ${now}))::int as due, (count(*) filter (where not_before > ${now}))::int as later
      from sends where state in ('queued', 'deferred', 'uncertain')`.execute(db),
    sql<{
      state: SendState;
      n: number;
    }>`select state, count(*)::int as n from sends where created_at > ${since} group by state`.execute(db),
    sql<MailFigures['refusals'][number]>`
      select domain_key as domain, count(*)::int as n, (array_agg(smtp_response order by created_at desc))[1] as said from sends
      where state in ('failed', 'bounced') and created_at > ${since} group by domain_key order by 2 desc, 1 limit 20`.execute(db),
    sql<MailFigures['domains'][number]>`
      select domain, per_minute as "perMinute", own_per_minute as "ownPerMinute", closed_until as "closedUntil", said from mail_domains
      where slowed_at > ${since} or own_per_minute is not null order by domain limit 100`.execute(db),
  ]);
  const { due = 0, later = 0 } = waiting.rows[0] ?? {};
  return {
    due,
    later,
    week: Object.fromEntries(week.rows.map(({ state, n }) => [state, n])),
    refusals: refusals.rows,
    domains: domains.rows,
  };
}

export interface Troubled {
  id: string;
  kind: string;
  address: string;
  state: SendState;
  attempts: number;
  said: string | null;
  createdAt: Temporal.Instant;
  nextAt: Temporal.Instant | null;
}

/** What was refused, came back or is not known to have arrived, the newest first. One query. */
export async function troubledSends(db: Db, page: { cursor?: string; limit: number }): Promise<Page<Troubled>> {
  const after = decodeCursor(page.cursor, 2);
  const { rows } = await sql<Troubled>`
    select id, kind, address, state, attempts, smtp_response as said, created_at as "createdAt",
      case when state in ('deferred', 'uncertain') then not_before end as "nextAt" from sends
    where state in ('failed', 'uncertain', 'bounced', 'deferred') ${after ? sql`and (created_at, id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``}
    order by created_at desc, id desc limit ${page.limit + 1}`.execute(db);
  return pageOf(rows, page.limit, (row) => [row.createdAt.toString(), row.id]);
}

/**
 * Sends a message again that was refused for good or put off: as another message, since the first may have arrived. Errors: NotFound;
 * Refused('send-expired') for what is of no use any more.
 */
export async function retrySend(db: Db, id: string, now: Temporal.Instant): Promise<void> {
  await inTransaction(db, async (tx) => {
    const send = await tx.selectFrom('sends').select(['state', 'expires_at']).where('id', '=', id).forUpdate().executeTakeFirst();
    if (!send || !['failed', 'deferred', 'uncertain'].includes(send.state)) throw new NotFound();
    if (send.expires_at && Temporal.Instant.compare(send.expires_at, now) <= 0) throw new Refused('send-expired');
    await tx
      .updateTable('sends')
      .set((eb) => ({
        state: 'queued',
        attempts: 0,
        ended_at: null,
        not_before: now,
        turn: null,
        version: send.state === 'failed' ? eb('version', '+', 1) : eb.ref('version'),
      }))
      .where('id', '=', id)
      .execute();
    await emit(tx, 'sends.kick', {});
  });
}

export interface Suppressed {
  address: string;
  reason: SuppressionReason;
  said: string | null;
  at: Temporal.Instant;
}

/** The addresses that nothing is sent to, by name. One query. */
export async function suppressedAddresses(
  db: Db,
  q: string | undefined,
  page: { cursor?: string; limit: number },
): Promise<Page<Suppressed>> {
  const after = decodeCursor(page.cursor, 1);
  const like = q && `%${q.replace(/[\\%_]/g, '\\$&')}%`;
  const { rows } = await sql<Suppressed>`
    select address, reason, said, at from suppressions
    where true ${like ? sql`and address::text ilike ${like}` : sql``} ${after ? sql`and address > ${after[0]}` : sql``} order by address limit ${page.limit + 1}`.execute(
    db,
  );
  return pageOf(rows, page.limit, (row) => [row.address]);
}

/** Sends nothing more to an address, by the operator's word. */
export async function suppress(db: Db, actor: string, address: string, now: Temporal.Instant): Promise<void> {
  await db
    .insertInto('suppressions')
    .values({ address, reason: 'operator', by: actor, at: now })
    .onConflict((conflict) => conflict.column('address').doNothing())
    .execute();
}

/** Lets mail go to an address again. Errors: NotFound. */
export async function liftSuppression(db: Db, actor: string, address: string): Promise<void> {
  await inTransaction(db, async (tx) => {
    const lifted = await tx
      .deleteFrom('suppressions')
      .where('address', '=', address)
      .returning(['reason', 'send_id'])
      .executeTakeFirst();
    if (!lifted) throw new NotFound();
    const send =
      lifted.send_id && (await tx.selectFrom('sends').select('person_id').where('id', '=', lifted.send_id).executeTakeFirst());
    const row = (send && send.person_id) || actor;
    await record(tx, { actor, feature: 'sends', row, action: 'suppressionLifted', before: { reason: lifted.reason } });
  });
}

/** How many a minute go to a domain; null: as many as to any. */
export async function setDomainRate(db: Db, domain: string, perMinute: number | null, now: Temporal.Instant): Promise<void> {
  await sql`
    insert into mail_domains (domain, own_per_minute, per_minute, next_at) values (${domain}, ${perMinute}, ${perMinute ?? 1}, ${now})
    on conflict (domain) do update set own_per_minute = ${perMinute}, slowed_at = null, closed_until = null, round = mail_domains.round + 1`.execute(
    db,
  );
}
