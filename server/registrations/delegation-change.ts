import { record } from '../../db/changes.ts';
import { type Db, inTransaction, json } from '../../db/database.ts';
import type { Viewer } from '../accounts/access.ts';
import { Invalid, NotFound, Refused } from '../errors.ts';
import { actsFor, organises } from './access.ts';
import { checkAnswers, keepFiles, underVersion } from './answers.ts';
import type { EventContext } from './context.ts';
import type { DelegationChange } from './input.ts';
import { changeableUntil } from './rules.ts';

/**
 * Changes who leads a delegation, and what was answered once for all of it. `newest` was loaded for its organisation.
 * Errors: NotFound, Refused('too-late-to-change'), Invalid.
 */
export async function changeDelegation(
  db: Db,
  viewer: Viewer,
  newest: EventContext,
  change: DelegationChange,
  now: Temporal.Instant,
): Promise<void> {
  const { organisation } = newest;
  const runs = organises(viewer, newest);
  if (!organisation || !(runs || actsFor(viewer, organisation.id))) throw new NotFound();
  if (!runs && Temporal.Instant.compare(now, changeableUntil(newest)) >= 0) throw new Refused('too-late-to-change');
  await inTransaction(db, async (tx) => {
    const before = await tx
      .selectFrom('delegations')
      .select(['id', 'head_person_id', 'answers', 'form_version_id'])
      .where('event_id', '=', newest.eventId)
      .where('organisation_id', '=', organisation.id)
      .forNoKeyUpdate()
      .executeTakeFirst();
    if (!before) throw new NotFound();
    const event = await underVersion(tx, newest, change.formVersionId ?? before.form_version_id);
    const answers = change.answers === undefined ? before.answers : checkAnswers(event, change.answers, 'delegation', 'answers');
    const head = change.headPersonId === undefined ? before.head_person_id : change.headPersonId;
    if (head !== null && head !== before.head_person_id) {
      const member = await tx
        .selectFrom('registrations')
        .select('id')
        .where('event_id', '=', newest.eventId)
        .where('organisation_id', '=', organisation.id)
        .where('person_id', '=', head)
        .where('state', 'in', ['pending', 'confirmed', 'waiting'])
        .executeTakeFirst();
      if (!member) throw new Invalid([{ path: 'headPersonId', code: 'choice' }]);
    }
    await tx
      .updateTable('delegations')
      .set({
        head_person_id: head,
        answers: json(answers),
        form_version_id: change.answers === undefined ? before.form_version_id : event.formVersionId,
      })
      .where('id', '=', before.id)
      .execute();
    if (change.answers !== undefined)
      await keepFiles(tx, event, answers, { kind: 'delegation', id: before.id, uploadedBy: viewer.personId, path: 'answers' });
    await record(tx, {
      actor: viewer.personId,
      feature: 'registrations',
      row: before.id,
      event: newest.eventId,
      action: 'delegationChanged',
      before: { headPersonId: before.head_person_id, answers: before.answers },
      after: { headPersonId: head, answers },
    });
  });
}
