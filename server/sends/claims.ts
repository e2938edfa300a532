import { sql } from 'kysely';
import { type Db, inTransaction, type Transaction } from '../../db/database.ts';
import { type Limits, type Pace, pace, slowed } from './pacing.ts';

/** A message that a worker holds for as long as its lease. */
export interface Claimed {
  id: string;
  kind: string;
  personId: string | null;
  address: string;
  language: string;
  payload: Record<string, unknown>;
  version: number;
  /** This try is the n-th. */
  attempts: number;
  domain: string;
  mailingId: string | null;
  topic: string | null;
}

export interface Claim {
  limit: number;
  now: Temporal.Instant;
  leaseMs: number;
  /** How many a minute go to a domain that nothing else is said of. */
  perMinute: number;
  /** How many to one domain are on their way at the same time. */
  together: number;
}

export interface Claiming {
  claimed: Claimed[];
  /** When the next message that is not due yet will be. Null: none is waiting, or there is more to claim now. */
  nextAt: Temporal.Instant | null;
}

interface DueRow {
  id: string;
  domain: string;
  bulk: boolean;
  turn: number | null;
  fate: 'cancelled' | 'suppressed' | 'sending';
}

const WAITING = sql`state in ('queued', 'deferred', 'uncertain')`;

/**
 * Takes up to `limit` messages that are due and whose turn it is: those that somebody has just caused, then those of mailings that
 * run. Workers never wait for each other. What has expired, goes to a suppressed address or is of a topic that its recipient has
 * enough of ends here: nothing is decided when the message is put in that may be otherwise when it is sent.
 */
export async function claimSends(db: Db, claim: Claim): Promise<Claiming> {
  for (;;) {
    const { found, claimed } = await inTransaction(db, async (tx) => {
      const due = await dueRows(tx, claim);
      return { found: due.length, claimed: due.length === 0 ? [] : await take(tx, due, claim) };
    });
    if (claimed.length > 0) return { claimed, nextAt: null };
    if (found < claim.limit) return { claimed, nextAt: await nextDue(db, claim.now) };
  }
}

async function dueRows(tx: Transaction, { limit, now }: Claim): Promise<DueRow[]> {
  const columns = (topic: ReturnType<typeof sql>) => sql`
    s.id, s.domain_key as domain, s.mailing_id is not null as bulk, s.turn, s.not_before, case
      when s.expires_at <= ${now} then 'cancelled'
      when exists (select from suppressions x where x.address = s.address::citext) then 'suppressed'
      when exists (select from unsubscriptions u where u.address = s.address::citext and u.topic = ${topic}) then 'suppressed'
      else 'sending' end as fate`;
  const { rows: direct } = await sql<DueRow>`
    select ${columns(sql`s.topic`)} from sends s where s.mailing_id is null and ${WAITING} and s.not_before <= ${now}
    order by s.not_before limit ${limit} for update of s skip locked`.execute(tx);
  if (direct.length === limit) return direct;
  const { rows: bulk } = await sql<DueRow>`
    select x.* from mailings m cross join lateral (
      select ${columns(sql`coalesce(s.topic, m.topic)`)} from sends s where s.mailing_id = m.id and ${WAITING} and s.not_before <= ${now}
      order by s.not_before limit ${limit - direct.length} for update of s skip locked) x
    where m.state = 'running' order by x.not_before limit ${limit - direct.length}`.execute(tx);
  return [...direct, ...bulk];
}

async function take(tx: Transaction, due: readonly DueRow[], { now, leaseMs, perMinute, together }: Claim): Promise<Claimed[]> {
  const wanted = due.filter(({ fate }) => fate === 'sending');
  const domains = [...new Set(wanted.map(({ domain }) => domain))].sort();
  const [known, own, underWay] = await domainsOf(tx, domains, { now, perMinute });
  const limits: Limits = {
    burst: Math.max(1, Math.round(perMinute / 10)),
    together,
    usual: (domain) => own.get(domain) ?? perMinute,
  };
  const paced = pace(wanted, known, underWay, limits, now.epochMilliseconds);
  await keepPaces(tx, paced.paces);
  const going = new Set(paced.now);
  const rows = [
    ...due.filter(({ fate }) => fate !== 'sending').map(({ id, fate }) => ({ id, fate })),
    ...paced.now.map((id) => ({ id, fate: 'sending' })),
    ...paced.later.map(({ id, at, turn }) => ({
      id,
      fate: null,
      at: Temporal.Instant.fromEpochMilliseconds(at).toString(),
      turn,
    })),
  ];
  const { rows: changed } = await sql<Claimed>`
    update sends s set state = coalesce(f.fate, s.state), turn = case when f.fate is null then f.turn end, not_before = coalesce(f.at, s.not_before),
      attempts = s.attempts + (f.fate is not distinct from 'sending')::int,
      lease_until = case when f.fate = 'sending' then ${now.add({ milliseconds: leaseMs })}::timestamptz end,
      ended_at = case when f.fate in ('cancelled', 'suppressed') then ${now}::timestamptz end
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as f (id uuid, fate text, at timestamptz, turn int)
    where s.id = f.id
    returning s.id, s.kind, s.person_id as "personId", s.address, s.language, s.payload, s.version, s.attempts, s.domain_key as domain,
      s.mailing_id as "mailingId", coalesce(s.topic, (select m.topic from mailings m where m.id = s.mailing_id)) as topic`.execute(
    tx,
  );
  return changed.filter(({ id }) => going.has(id));
}

interface DomainRow {
  domain: string;
  own: number | null;
  perMinute: number;
  nextAt: Temporal.Instant;
  closedUntil: Temporal.Instant | null;
  round: number;
  slowedAt: Temporal.Instant | null;
  underWay: number;
}

// The rows are locked in the order of their names, so that two workers that claim for the same domains do not wait in a ring.
async function domainsOf(
  tx: Transaction,
  domains: readonly string[],
  { now, perMinute }: { now: Temporal.Instant; perMinute: number },
): Promise<[Map<string, Pace>, Map<string, number>, Map<string, number>]> {
  if (domains.length === 0) return [new Map(), new Map(), new Map()];
  await sql`
    insert into mail_domains (domain, per_minute, next_at) select d, ${perMinute}, ${now} from unnest(${domains}::text[]) d
    order by 1 on conflict (domain) do nothing`.execute(tx);
  const { rows } = await sql<DomainRow>`
    select d.domain, d.own_per_minute as own, d.per_minute as "perMinute", d.next_at as "nextAt", d.closed_until as "closedUntil", d.round,
      d.slowed_at as "slowedAt", (select count(*)::int from sends s where s.state = 'sending' and s.domain_key = d.domain) as "underWay"
    from mail_domains d where d.domain = any (${domains}::text[]) order by d.domain for update of d`.execute(tx);
  return [
    new Map(rows.map((row) => [row.domain, paceOf(row)])),
    new Map(rows.flatMap(({ domain, own }) => (own === null ? [] : [[domain, own] as const]))),
    new Map(rows.map(({ domain, underWay }) => [domain, underWay])),
  ];
}

const paceOf = ({ perMinute, nextAt, closedUntil, round, slowedAt }: Omit<DomainRow, 'domain' | 'own' | 'underWay'>): Pace => ({
  perMinute,
  nextAt: nextAt.epochMilliseconds,
  closedUntil: closedUntil?.epochMilliseconds ?? null,
  round,
  slowedAt: slowedAt?.epochMilliseconds ?? null,
});

const instant = (milliseconds: number | null) =>
  milliseconds === null ? null : Temporal.Instant.fromEpochMilliseconds(Math.round(milliseconds)).toString();

async function keepPaces(tx: Transaction, paces: ReadonlyMap<string, Pace>): Promise<void> {
  if (paces.size === 0) return;
  const rows = [...paces].map(([domain, one]) => ({ domain, next: instant(one.nextAt) }));
  await sql`
    update mail_domains d set next_at = p.next from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as p (domain text, next timestamptz)
    where d.domain = p.domain`.execute(tx);
}

/** The domain's server asks for less: half the rate, and a pause. Turns that were given out are given out anew. */
export async function slowDown(
  db: Db,
  domain: string,
  { now, perMinute, said }: { now: Temporal.Instant; perMinute: number; said: string },
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const [known, own] = await domainsOf(tx, [domain], { now, perMinute });
    const before = known.get(domain);
    if (!before) return;
    // Several that were on their way together hear the same: it counts once.
    if (before.closedUntil !== null && before.closedUntil > now.epochMilliseconds) return;
    const after = slowed(before, own.get(domain) ?? perMinute, now.epochMilliseconds);
    await sql`
      update mail_domains set per_minute = ${after.perMinute}, next_at = ${instant(after.nextAt)}, closed_until = ${instant(after.closedUntil)},
        round = ${after.round}, slowed_at = ${now}, said = ${said.slice(0, 500)} where domain = ${domain}`.execute(tx);
  });
}

async function nextDue(db: Db, now: Temporal.Instant): Promise<Temporal.Instant | null> {
  const { rows } = await sql<{ at: Temporal.Instant | null }>`
    select least(
      (select min(not_before) from sends where mailing_id is null and ${WAITING} and not_before > ${now}),
      (select min(x.at) from mailings m cross join lateral (
        select min(s.not_before) as at from sends s where s.mailing_id = m.id and ${WAITING} and s.not_before > ${now}) x where m.state = 'running')) as at`.execute(
    db,
  );
  return rows[0]?.at ?? null;
}
