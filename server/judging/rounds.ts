import { sql } from 'kysely';
import { record } from '../../db/changes.ts';
import { type Db, inTransaction, type Transaction } from '../../db/database.ts';
import type { Viewer } from '../accounts/access.ts';
import { Refused } from '../errors.ts';
import { instantOf } from '../events/rules.ts';
import { enqueueSends } from '../sends/actions.ts';
import { canonical, sha256 } from './chain.ts';
import { chairedCall } from './found.ts';
import { prove } from './proof.ts';
import { JUDGED } from './visible.ts';

/** The number of the long list's round; the final's is two. */
export const LONG_LIST = 1;

/** How long before the end whoever has reviews left is reminded by itself. */
const REMINDED_BEFORE = { hours: 3 * 24 };

/** Begins the scoring, and ends the asking for wishes. Call it where assignments are published, the call locked. */
export async function openScoring(tx: Transaction, viewer: Viewer, callId: string, now: Temporal.Instant): Promise<void> {
  await sql`insert into rounds (call_id, number, kind, opened_at, opened_by) values (${callId}, ${LONG_LIST}, 'long-list', ${now}, ${viewer.personId})
    on conflict (call_id, number) do update set wishes_closed_at = case when rounds.wishes_opened_at is not null
      then coalesce(rounds.wishes_closed_at, ${now}) end`.execute(tx);
}

/** Lets nobody close the scoring before this transaction is over. Errors: Refused('scoring-closed'). */
export async function holdScoring(tx: Transaction, callId: string): Promise<void> {
  const round = await tx
    .selectFrom('rounds')
    .select('closed_at')
    .where('call_id', '=', callId)
    .where('number', '=', LONG_LIST)
    .forShare()
    .executeTakeFirst();
  if (round?.closed_at) throw new Refused('scoring-closed');
}

/**
 * Says until when jurors are asked to score (null: until they are told), a local time of the call's zone. Who was at it hears of a
 * new time. It closes nothing by itself: no juror loses a night's work to a clock. Errors: NotFound, NotAllowed, Refused('call-decided').
 */
export async function setScoringEnd(
  db: Db,
  viewer: Viewer,
  slug: string,
  ends: Temporal.PlainDateTime | null,
  now: Temporal.Instant,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const call = await chairedCall(tx, viewer, slug, true);
    if (call.resultsPublishedAt) throw new Refused('call-decided');
    if (ends?.toString() === call.scoring.endsLocal?.toString()) return;
    const endsAt = ends && instantOf(ends, call.zone);
    await sql`update calls set scoring_ends_local = ${ends}, scoring_ends_at = ${endsAt}, updated_at = ${now} where id = ${call.id}`.execute(
      tx,
    );
    await sql`update rounds set reminded_at = null where call_id = ${call.id} and number = ${LONG_LIST}`.execute(tx);
    const [before, after] = [{ ends: call.scoring.endsLocal?.toString() ?? null }, { ends: ends?.toString() ?? null }];
    await record(tx, { actor: viewer.personId, feature: 'judging', row: call.id, action: 'scoringEndSet', before, after });
    if (endsAt && Temporal.Instant.compare(endsAt, now) > 0 && !call.scoring.closedAt)
      await tellJurors(tx, 'judging.reminded', await unfinished(tx, [call.id]), now);
  });
}

/**
 * Closes the scoring: no review changes any more, and what was handed in goes into the chain; or opens it again until the results are
 * public. Done again it changes nothing. Errors: NotFound, NotAllowed, Refused('call-decided'), Refused('no-run') before it has begun.
 */
export async function setScoringClosed(
  db: Db,
  viewer: Viewer,
  slug: string,
  closed: boolean,
  now: Temporal.Instant,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const call = await chairedCall(tx, viewer, slug, true);
    if (call.resultsPublishedAt) throw new Refused('call-decided');
    if (closed === (call.scoring.closedAt !== null)) return;
    const round = await tx
      .updateTable('rounds')
      .set({ closed_at: closed ? now : null, closed_by: closed ? viewer.personId : null })
      .where('call_id', '=', call.id)
      .where('number', '=', LONG_LIST)
      .where((eb) => eb.exists(eb.selectFrom('assignments').select('entry_id').where('call_id', '=', call.id)))
      .executeTakeFirst();
    if (round.numUpdatedRows === 0n) throw new Refused('no-run');
    const { rows } = await sql<{ entry: string; juror: string; scores: Record<string, number> }>`
      select n.code as entry, r.person_id as juror, r.scores from reviews r join entries n on n.id = r.entry_id
      where r.call_id = ${call.id} and r.removed_at is null and r.submitted_at is not null order by n.code, r.person_id`.execute(
      tx,
    );
    await prove(tx, call.id, 'scoring', { closed, reviews: rows.length, reviewsHash: sha256(canonical(rows)) }, now);
    const action = closed ? 'scoringClosed' : 'scoringOpened';
    await record(tx, { actor: viewer.personId, feature: 'judging', row: call.id, action, after: { reviews: rows.length } });
  });
}

/** A juror of a call. */
export interface Told {
  call: string;
  person: string;
}

/** Jurors of calls who have reviews left, of those that count: what is before the jury and not in conflict. */
export async function unfinished(db: Db | Transaction, callIds: readonly string[]): Promise<Told[]> {
  const { rows } = await sql<Told>`
    select distinct a.call_id as call, a.person_id as person
    from assignments a join entries n on n.id = a.entry_id and n.state = any (${[...JUDGED]}::text[])
      join jury_members m on m.call_id = a.call_id and m.person_id = a.person_id and m.seat = 'juror' and m.ended_at is null
    where a.call_id = any (${[...callIds]}::uuid[]) and a.withdrawn_at is null
      and not exists (select from reviews r where r.entry_id = a.entry_id and r.person_id = a.person_id and r.removed_at is null and r.submitted_at is not null)
      and not exists (select from juror_conflicts x where x.call_id = a.call_id and x.entry_id = a.entry_id and x.person_id = a.person_id)
    order by 1, 2`.execute(db);
  return rows;
}

/** Reminds whoever has reviews left. Answers how many. Errors: NotFound, NotAllowed, Refused('scoring-closed'). */
export async function remindJurors(db: Db, viewer: Viewer, slug: string, now: Temporal.Instant): Promise<number> {
  return inTransaction(db, async (tx) => {
    const call = await chairedCall(tx, viewer, slug, true);
    if (call.scoring.closedAt || call.resultsPublishedAt) throw new Refused('scoring-closed');
    const jurors = await unfinished(tx, [call.id]);
    await tellJurors(tx, 'judging.reminded', jurors, now);
    const after = { jurors: jurors.length };
    await record(tx, { actor: viewer.personId, feature: 'judging', row: call.id, action: 'jurorsReminded', after });
    return jurors.length;
  });
}

/** Reminds by itself, once before each end: whoever has reviews left three days before it. Answers how many calls. */
export async function sweepScoring(db: Db, now: Temporal.Instant): Promise<number> {
  return inTransaction(db, async (tx) => {
    const { rows } = await sql<{ id: string }>`
      update rounds r set reminded_at = ${now} from calls c
      where c.id = r.call_id and r.number = ${LONG_LIST} and r.reminded_at is null and r.closed_at is null and c.results_published_at is null
        and c.cancelled_at is null and c.scoring_ends_at > ${now} and c.scoring_ends_at <= ${now.add(REMINDED_BEFORE)}
        and exists (select from assignments a where a.call_id = c.id)
      returning c.id`.execute(tx);
    const calls = rows.map(({ id }) => id);
    if (calls.length > 0) await tellJurors(tx, 'judging.reminded', await unfinished(tx, calls), now);
    return rows.length;
  });
}

type Telling = 'judging.assigned' | 'judging.reminded' | 'judging.wishes';

/** Writes to jurors; what the mail says is read when it is sent. */
export async function tellJurors(tx: Transaction, kind: Telling, jurors: readonly Told[], now: Temporal.Instant): Promise<void> {
  if (jurors.length === 0) return;
  const people = await tx
    .selectFrom('people')
    .select(['id', 'email', 'language'])
    .where(
      'id',
      'in',
      jurors.map(({ person }) => person),
    )
    .where('email', 'is not', null)
    .execute();
  const known = new Map(people.map((one) => [one.id, one]));
  const sends = jurors.flatMap(({ call, person }) => {
    const found = known.get(person);
    if (!found) return [];
    const cause = `${kind}:${call}:${person}:${now.epochMilliseconds}`;
    const { email, language } = found;
    return [{ cause, kind, personId: person, address: String(email), language, payload: { callId: call } }];
  });
  await enqueueSends(tx, sends, now);
}
