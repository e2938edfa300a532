import { record } from '../../db/changes.ts';
import { type Db, inTransaction } from '../../db/database.ts';
import { emit } from '../../db/outbox.ts';
import type { Viewer } from '../accounts/access.ts';
import { NotAllowed, NotFound, Refused } from '../errors.ts';
import { maySignFor } from './access.ts';
import { lockCall } from './actions.ts';
import type { ExceptionKind } from './eligibility.ts';
import { callBySlug } from './queries.ts';

/**
 * Asks the secretariat to except an organisation from one rule of a call, or from its deadline. Asked twice it is one question, with
 * the later reason. Errors: NotFound, NotAllowed, Refused('exception-granted'). Returns its id.
 */
export async function askException(
  db: Db,
  viewer: Viewer,
  slug: string,
  { organisationId, rule, reason }: { organisationId: string; rule: ExceptionKind; reason: string },
  now: Temporal.Instant,
): Promise<string> {
  return inTransaction(db, async (tx) => {
    const call = await callBySlug(tx, slug);
    if (!call?.publishedAt) throw new NotFound();
    if (!maySignFor(viewer, organisationId)) throw new NotAllowed();
    if (call.cancelledAt) throw new Refused('call-cancelled');
    const row = await tx
      .insertInto('entry_exceptions')
      .values({
        call_id: call.id,
        organisation_id: organisationId,
        rule,
        reason,
        asked_by: viewer.personId,
        asked_at: now,
        decided_by: null,
        decided_at: null,
      })
      .onConflict((conflict) =>
        conflict
          .columns(['call_id', 'organisation_id', 'rule'])
          .where('state', '<>', 'refused')
          .doUpdateSet({ reason, asked_by: viewer.personId, asked_at: now })
          .where('entry_exceptions.state', '=', 'asked'),
      )
      .returning('id')
      .executeTakeFirst();
    if (!row) throw new Refused('exception-granted');
    await record(tx, {
      actor: viewer.personId,
      feature: 'calls',
      row: call.id,
      action: 'exceptionAsked',
      after: { organisationId, rule, reason },
    });
    await emit(tx, 'calls.exception-asked', { exception: row.id });
    return row.id;
  });
}

/** Grants or refuses an exception, with a reason. Errors: NotFound, NotAllowed, Refused('exception-decided'). */
export async function decideException(
  db: Db,
  viewer: Viewer,
  slug: string,
  id: string,
  { decision, reason }: { decision: 'granted' | 'refused'; reason: string },
  now: Temporal.Instant,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const call = await lockCall(tx, viewer, slug);
    const there = await tx
      .selectFrom('entry_exceptions')
      .select(['state', 'organisation_id', 'rule'])
      .where('id', '=', id)
      .where('call_id', '=', call.id)
      .forUpdate()
      .executeTakeFirst();
    if (!there) throw new NotFound();
    if (there.state !== 'asked') throw new Refused('exception-decided');
    await tx
      .updateTable('entry_exceptions')
      .set({ state: decision, decided_by: viewer.personId, decided_at: now, decision: reason })
      .where('id', '=', id)
      .execute();
    await record(tx, {
      actor: viewer.personId,
      feature: 'calls',
      row: call.id,
      action: decision === 'granted' ? 'exceptionGranted' : 'exceptionRefused',
      after: { organisationId: there.organisation_id, rule: there.rule, reason },
    });
    await emit(tx, 'calls.exception-decided', { exception: id });
  });
}

export interface ExceptionRow {
  id: string;
  organisationId: string;
  organisation: string;
  organisationSlug: string;
  rule: string;
  reason: string;
  state: 'asked' | 'granted' | 'refused';
  askedBy: string | null;
  askedAt: Temporal.Instant;
  decidedAt: Temporal.Instant | null;
  decision: string;
}

/** What was asked of a call, undecided first; of these organisations alone when they are given. */
export async function exceptionsOf(db: Db, callId: string, organisationIds?: readonly string[]): Promise<ExceptionRow[]> {
  if (organisationIds?.length === 0) return [];
  return db
    .selectFrom('entry_exceptions as x')
    .innerJoin('organisations as o', 'o.id', 'x.organisation_id')
    .leftJoin('people as p', 'p.id', 'x.asked_by')
    .select([
      'x.id',
      'x.organisation_id as organisationId',
      'o.name as organisation',
      'o.slug as organisationSlug',
      'x.rule',
      'x.reason',
      'x.state',
      'p.name as askedBy',
      'x.asked_at as askedAt',
      'x.decided_at as decidedAt',
      'x.decision',
    ])
    .where('x.call_id', '=', callId)
    .$if(organisationIds !== undefined, (query) => query.where('x.organisation_id', 'in', [...(organisationIds ?? [])]))
    .orderBy((eb) => eb('x.state', '=', 'asked'), 'desc')
    .orderBy('x.asked_at', 'desc')
    .limit(500)
    .execute();
}
