import { sql } from 'kysely';
import { record } from '../../db/changes.ts';
import { type Db, inTransaction, type Transaction } from '../../db/database.ts';
import type { Viewer } from '../accounts/access.ts';
import { NotFound, Refused } from '../errors.ts';
import { runCall } from './found.ts';
import { visibleTo } from './visible.ts';

/** A juror says that they cannot judge an entry. From then on it does not exist for them. Errors: NotFound, Refused('call-decided'). */
export async function recuse(db: Db, viewer: Viewer, entryId: string, reason: string, now: Temporal.Instant): Promise<void> {
  await inTransaction(db, async (tx) => {
    const { rows } = await sql<{ callId: string; decided: boolean }>`
      select n.call_id as "callId", c.results_published_at is not null as decided from entries n join calls c on c.id = n.call_id
      where n.id = ${entryId} and ${visibleTo(viewer.personId)}`.execute(tx);
    const entry = rows[0];
    if (!entry) throw new NotFound();
    if (entry.decided) throw new Refused('call-decided');
    await takeOut(tx, { ...entry, entryId, personId: viewer.personId, reason, by: viewer.personId, kind: 'recusal' }, now);
  });
}

/** Whoever runs the call puts a conflict on record that they know of. Errors: NotFound, NotAllowed. */
export async function recordConflict(
  db: Db,
  viewer: Viewer,
  slug: string,
  conflict: { entryId: string; personId: string; reason: string },
  now: Temporal.Instant,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const call = await runCall(tx, viewer, slug, true);
    const { rows } = await sql`select from entries n, jury_members m where n.id = ${conflict.entryId} and n.call_id = ${call.id}
      and m.call_id = ${call.id} and m.person_id = ${conflict.personId}`.execute(tx);
    if (rows.length === 0) throw new NotFound();
    await takeOut(tx, { ...conflict, callId: call.id, by: viewer.personId, kind: 'secretariat' }, now);
  });
}

interface Conflict {
  callId: string;
  entryId: string;
  personId: string;
  reason: string;
  by: string;
  kind: 'recusal' | 'secretariat';
}

// The assignment and the review stay on record, withdrawn and uncounted.
async function takeOut(
  tx: Transaction,
  { callId, entryId, personId, reason, by, kind }: Conflict,
  now: Temporal.Instant,
): Promise<void> {
  await sql`insert into conflicts (call_id, person_id, entry_id, kind, reason, declared_by, declared_at)
    values (${callId}, ${personId}, ${entryId}, ${kind}, ${reason}, ${by}, ${now}) on conflict (entry_id, person_id) do nothing`.execute(
    tx,
  );
  await sql`update assignments set withdrawn_at = ${now}, withdrawn_by = ${by}, withdrawal_reason = ${reason}
    where entry_id = ${entryId} and person_id = ${personId} and withdrawn_at is null`.execute(tx);
  await sql`update reviews set removed_at = ${now}, removal_reason = ${reason}, submitted_at = null
    where entry_id = ${entryId} and person_id = ${personId} and removed_at is null`.execute(tx);
  await record(tx, {
    actor: by,
    feature: 'judging',
    row: entryId,
    action: kind === 'recusal' ? 'recused' : 'conflictRecorded',
    after: { personId, reason },
  });
}
