import { record } from '../../db/changes.ts';
import { type Db, inTransaction, type Transaction } from '../../db/database.ts';
import { emit } from '../../db/outbox.ts';
import type { Viewer } from '../accounts/access.ts';
import { Invalid, NotAllowed, NotFound, Refused } from '../errors.ts';
import { instantOf } from '../events/rules.ts';
import type { Definition } from '../forms/definition.ts';
import { fileIdsIn } from '../forms/uploads.ts';
import { mayManageCall, maySignFor, mayWriteEntry } from './access.ts';
import { canonical, entryProblems, hashOf } from './content.ts';
import { failures } from './eligibility.ts';
import { contentFrom, lockCity, lockEntry, mustBeWritable } from './entries.ts';
import { type EntryDetails, entryById, standingOf } from './entry-queries.ts';
import { type CallDetails, callById } from './queries.ts';
import { isLate } from './rules.ts';

/** What a submission is, in its canonical spelling: what the city wrote, for which call, and the hash of every file in it. */
export function submittedText(entry: EntryDetails, definition: Definition | null): string {
  const named = new Set(definition ? fileIdsIn(definition, entry.answers) : []);
  return canonical({
    format: 'convivium-entry-1',
    call: entry.callId,
    entry: entry.code,
    organisation: entry.organisationId,
    form: entry.formVersionId,
    content: contentFrom(entry),
    endorsedAs: entry.endorsedAt ? entry.endorsedAs : null,
    files: entry.files.filter((file) => named.has(file.id)),
  });
}

/**
 * Submits an entry: complete in every language, eligible, in time. Submitted again unchanged it stays as it is. Errors: Invalid with
 * all that is missing; Refused with the first rule that keeps it out, or with what keeps the call shut; NotFound, NotAllowed.
 */
export async function submitEntry(db: Db, viewer: Viewer, id: string, now: Temporal.Instant): Promise<void> {
  await inTransaction(db, async (tx) => {
    const before = await tx.selectFrom('entries').select(['call_id', 'organisation_id']).where('id', '=', id).executeTakeFirst();
    if (!before) throw new NotFound();
    await lockCity(tx, before.call_id, before.organisation_id);
    const { entry, call, definition } = await lockEntry(tx, viewer, id);
    if (entry.state === 'submitted' && hashOf(submittedText(entry, definition)) === entry.contentHash) return;
    await mustBeWritable(tx, call, entry, now);
    const problems = entryProblems(call, definition, contentFrom(entry));
    if (problems.length > 0) throw new Invalid(problems);
    await mustBeEligible(tx, call, entry);
    const text = submittedText({ ...entry, formVersionId: call.formVersionId }, definition);
    // Whoever was asked to mend what was in time is not late.
    const late = entry.reopenedUntil ? entry.late : isLate(call, now);
    await keep(tx, viewer, { ...entry, formVersionId: call.formVersionId }, text, late, now);
  });
}

async function mustBeEligible(tx: Transaction, call: CallDetails, entry: EntryDetails): Promise<void> {
  const standing = await standingOf(tx, call.id, entry.organisationId, { except: entry.id, moment: 'submission' });
  if (!standing) throw new NotFound();
  const entered = { theme: entry.theme, answers: entry.answers, endorsed: entry.endorsedAt !== null };
  const [failed] = failures(call, standing, entered, 'submission');
  if (failed) throw new Refused(`ineligible-${failed.kind}`, failed.params);
}

async function keep(
  tx: Transaction,
  viewer: Viewer,
  entry: EntryDetails,
  content: string,
  late: boolean,
  now: Temporal.Instant,
): Promise<void> {
  const last = await tx
    .selectFrom('entry_submissions')
    .select((eb) => eb.fn.max('number').as('number'))
    .where('entry_id', '=', entry.id)
    .executeTakeFirst();
  const number = (last?.number ?? 0) + 1;
  const contentHash = hashOf(content);
  await tx
    .insertInto('entry_submissions')
    .values({
      entry_id: entry.id,
      number,
      submitted_at: now,
      submitted_by: viewer.personId,
      late,
      content,
      content_hash: contentHash,
    })
    .execute();
  await tx
    .updateTable('entries')
    .set({
      state: 'submitted',
      submitted_at: now,
      submitted_by: viewer.personId,
      late,
      content_hash: contentHash,
      form_version_id: entry.formVersionId,
      reopened_until: null,
    })
    .where('id', '=', entry.id)
    .execute();
  await record(tx, {
    actor: viewer.personId,
    feature: 'entries',
    row: entry.id,
    action: 'submitted',
    after: { number, contentHash, late },
  });
  await emit(tx, 'calls.submitted', { entry: entry.id, number });
}

/** Takes an entry back, by a contact of its city, until the call is decided. Errors: NotFound, NotAllowed, Refused. */
export async function withdrawEntry(db: Db, viewer: Viewer, id: string, reason: string, now: Temporal.Instant): Promise<void> {
  await inTransaction(db, async (tx) => {
    const { entry, call } = await lockEntry(tx, viewer, id);
    if (!maySignFor(viewer, entry.organisationId)) throw new NotAllowed();
    if (entry.state === 'withdrawn') return;
    if (call.resultsPublishedAt) throw new Refused('call-decided');
    await tx
      .updateTable('entries')
      .set({
        state: 'withdrawn',
        withdrawn_at: now,
        withdrawn_by: viewer.personId,
        withdrawal_reason: reason,
        reopened_until: null,
      })
      .where('id', '=', id)
      .execute();
    await record(tx, {
      actor: viewer.personId,
      feature: 'entries',
      row: id,
      action: 'withdrawn',
      before: { state: entry.state },
      after: { state: 'withdrawn', reason },
    });
    await emit(tx, 'calls.withdrawn', { entry: id });
  });
}

/** Gives a submitted entry back to its writers until a local time of the call's zone. Errors: NotFound, NotAllowed, Refused, Invalid. */
export async function reopenEntry(
  db: Db,
  viewer: Viewer,
  id: string,
  until: Temporal.PlainDateTime,
  now: Temporal.Instant,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const { entry, call } = await lockManaged(tx, viewer, id);
    if (entry.state !== 'submitted') throw new Refused('entry-not-submitted');
    if (call.resultsPublishedAt) throw new Refused('call-decided');
    const at = instantOf(until, call.zone);
    if (Temporal.Instant.compare(at, now) <= 0) throw new Invalid([{ path: 'until', code: 'notLater' }]);
    await tx.updateTable('entries').set({ reopened_until: at, reopened_by: viewer.personId }).where('id', '=', id).execute();
    await record(tx, {
      actor: viewer.personId,
      feature: 'entries',
      row: id,
      action: 'reopened',
      after: { until: at.toString() },
    });
    await emit(tx, 'calls.reopened', { entry: id });
  });
}

/** An entry, locked, for whoever runs its call. Errors: NotFound; NotAllowed for its own writers. */
export async function lockManaged(
  tx: Transaction,
  viewer: Viewer,
  id: string,
): Promise<{ entry: EntryDetails; call: CallDetails }> {
  const locked = await tx.selectFrom('entries').select(['id', 'call_id']).where('id', '=', id).forUpdate().executeTakeFirst();
  const entry = locked && (await entryById(tx, id));
  const call = locked && (await callById(tx, locked.call_id));
  if (!entry || !call) throw new NotFound();
  if (!mayManageCall(viewer, call)) throw mayWriteEntry(viewer, entry) ? new NotAllowed() : new NotFound();
  return { entry, call };
}
