import { sql } from 'kysely';
import { record } from '../../db/changes.ts';
import { type Db, inTransaction, type Transaction } from '../../db/database.ts';
import { emit } from '../../db/outbox.ts';
import { instantOf } from '../events/rules.ts';

/** What a local time in a zone comes to: by the rules that this process has. */
export type Clockwork = (local: Temporal.PlainDateTime, zone: string) => Temporal.Instant;

interface Planned {
  id: string;
  zone: string;
  locals: Record<string, Temporal.PlainDateTime | null>;
  instants: Record<string, Temporal.Instant | null>;
}

/** Where something is planned in a zone of its own: each column `<name>_local`, and the instant that is derived from it. */
const PLANS = {
  events: {
    starts: 'starts_at',
    ends: 'ends_at',
    registration_opens: 'registration_opens_at',
    registration_closes: 'registration_closes_at',
    changes_until: 'changes_until',
    late_from: 'late_from',
  },
  calls: { opens: 'opens_at', closes: 'closes_at', scoring_ends: 'scoring_ends_at' },
  questionnaires: { closes: 'closes_at' },
} as const;
type Plan = keyof typeof PLANS;

/**
 * Brings every instant to come in line with its local time and zone, after the rules of a zone have changed: nine o'clock stays nine
 * o'clock. What has been stays as it was. An event that thereby begins or ends at another instant has moved for every calendar: its
 * SEQUENCE rises, and whoever takes part is told. Answers how many rows were changed; done again it changes none.
 */
export async function recomputeInstants(db: Db, now: Temporal.Instant, clockwork: Clockwork = instantOf): Promise<number> {
  let changed = 0;
  for (const plan of Object.keys(PLANS) as Plan[]) {
    for (const id of await stale(db, plan, now, clockwork)) {
      if (await inTransaction(db, (tx) => recompute(tx, plan, id, now, clockwork))) changed++;
    }
  }
  return changed;
}

// Which rows are wrong is found without a lock: there are none on nearly every day.
async function stale(db: Db, plan: Plan, now: Temporal.Instant, clockwork: Clockwork): Promise<string[]> {
  const found: string[] = [];
  for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
    const rows = await planned(db, plan, sql`t.id > ${after}::uuid and ${ahead(plan)} > ${now}`, sql`limit 500`);
    found.push(...rows.filter((row) => differing(plan, row, clockwork).length > 0).map(({ id }) => id));
    const last = rows.at(-1);
    if (!last || rows.length < 500) return found;
    after = last.id;
  }
}

const ahead = (plan: Plan) => sql`greatest(${sql.join(Object.values(PLANS[plan]).map((name) => sql.ref(`t.${name}`)))})`;

async function planned(
  db: Db | Transaction,
  plan: Plan,
  where: ReturnType<typeof sql>,
  tail: ReturnType<typeof sql>,
): Promise<Planned[]> {
  const columns = Object.entries(PLANS[plan]).flatMap(([name, instant]) => [`${name}_local`, instant]);
  const { rows } = await sql<Record<string, never>>`
    select t.id, t.zone, ${sql.join(columns.map((name) => sql.ref(`t.${name}`)))} from ${sql.table(plan)} t
    where ${where} order by t.id ${tail}`.execute(db);
  return rows.map((row) => ({
    id: String(row.id),
    zone: String(row.zone),
    locals: Object.fromEntries(Object.keys(PLANS[plan]).map((name) => [name, row[`${name}_local`] ?? null])),
    instants: Object.fromEntries(Object.entries(PLANS[plan]).map(([name, column]) => [name, row[column] ?? null])),
  }));
}

function differing(plan: Plan, row: Planned, clockwork: Clockwork) {
  return Object.entries(PLANS[plan]).flatMap(([name, column]) => {
    const local = row.locals[name];
    const before = row.instants[name];
    if (!local || !before) return [];
    const after = clockwork(local, row.zone);
    return after.equals(before) ? [] : [{ name, column, before, after }];
  });
}

async function recompute(tx: Transaction, plan: Plan, id: string, now: Temporal.Instant, clockwork: Clockwork): Promise<boolean> {
  const [row] = await planned(tx, plan, sql`t.id = ${id}`, sql`for update`);
  const wrong = row ? differing(plan, row, clockwork) : [];
  if (!row || wrong.length === 0) return false;
  const moved = plan === 'events' && wrong.some(({ name }) => name === 'starts' || name === 'ends');
  const set = wrong.map(({ column, after }) => sql`${sql.ref(column)} = ${after}`);
  if (moved) set.push(sql`sequence = sequence + 1`, sql`updated_at = ${now}`);
  await sql`update ${sql.table(plan)} set ${sql.join(set)} where id = ${id}`.execute(tx);
  await record(tx, {
    actor: null,
    feature: plan,
    row: id,
    event: plan === 'events' ? id : null,
    action: 'recomputed',
    before: Object.fromEntries(wrong.map(({ column, before }) => [column, before.toString()])),
    after: Object.fromEntries(wrong.map(({ column, after }) => [column, after.toString()])),
  });
  if (plan === 'events') await recomputeProgramme(tx, id, row.zone, now, clockwork);
  if (moved) {
    const event = await tx.selectFrom('events').select('published_at').where('id', '=', id).executeTakeFirst();
    if (event?.published_at) await emit(tx, 'events.changed', { event: id });
  }
  return true;
}

// The sessions are planned in the zone of their event: those that are drafted, and those of the release that everybody sees.
async function recomputeProgramme(tx: Transaction, eventId: string, zone: string, now: Temporal.Instant, clockwork: Clockwork) {
  const sessions = await tx
    .selectFrom('sessions')
    .select(['id', 'starts_local', 'ends_local', 'starts_at', 'ends_at'])
    .where('event_id', '=', eventId)
    .orderBy('id')
    .forUpdate()
    .execute();
  const wrong = sessions
    .map(({ id, starts_local, ends_local, starts_at, ends_at }) => ({
      id,
      starts: clockwork(starts_local, zone),
      ends: clockwork(ends_local, zone),
      starts_at,
      ends_at,
    }))
    .filter(({ starts, ends, starts_at, ends_at }) => !starts.equals(starts_at) || !ends.equals(ends_at))
    .map(({ id, starts, ends }) => ({ id, starts: starts.toString(), ends: ends.toString() }));
  if (wrong.length === 0) return;
  await sql`update sessions s set starts_at = n.starts, ends_at = n.ends, sequence = s.sequence + 1, updated_at = ${now}
    from jsonb_to_recordset(${JSON.stringify(wrong)}::jsonb) as n (id uuid, starts timestamptz, ends timestamptz) where s.id = n.id`.execute(
    tx,
  );
  // A release never changes, so there is another, in which only what is derived differs: the local times that were promised stand.
  await sql`insert into programme_releases (event_id, no, snapshot, released_by, released_at)
    select r.event_id, r.no + 1, jsonb_set(r.snapshot, '{sessions}', (
      select coalesce(jsonb_agg(case when n.id is null then s else s || jsonb_build_object('startsAt', n.starts, 'endsAt', n.ends,
        'sequence', (s->>'sequence')::int + 1, 'updatedAt', ${now.toString()}::text) end order by place), '[]')
      from jsonb_array_elements(r.snapshot->'sessions') with ordinality e (s, place)
      left join jsonb_to_recordset(${JSON.stringify(wrong)}::jsonb) as n (id text, starts text, ends text) on n.id = s->>'id')), null, ${now}
    from programme_releases r where r.event_id = ${eventId} order by r.no desc limit 1`.execute(tx);
}
