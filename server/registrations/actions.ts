import { type Db, inTransaction, type Transaction } from '../../db/database.ts';
import { emit } from '../../db/outbox.ts';
import type { Viewer } from '../accounts/access.ts';
import { findOrCreatePerson } from '../accounts/actions.ts';
import { Invalid, NotAllowed, Refused } from '../errors.ts';
import { actsFor, organises } from './access.ts';
import { type Admission, admit, type Outcome } from './admission.ts';
import { bringsFiles, checkAnswers, keepFiles, underVersion } from './answers.ts';
import type { CategoryContext, EventContext } from './context.ts';
import type { RegistrationWrite } from './input.ts';
import { type Asking, categoryRefusal, refusal } from './rules.ts';

/**
 * Registers one person who is known by who asks: themselves, or anybody by the organiser or their organisation's contact. `event`
 * must have been loaded for that person (`eventContext`), or nobody belongs to its organisation. Who names an organisation to which
 * they do not belong is pending until it says yes.
 * Errors: Refused with the rule's code, 'allowance', 'no-places', 'already-registered'; Invalid for answers and category.
 */
export async function register(
  db: Db,
  viewer: Viewer,
  newest: EventContext,
  input: RegistrationWrite,
  now: Temporal.Instant,
): Promise<Outcome> {
  const runs = organises(viewer, newest);
  const asking: Asking = {
    now,
    organises: runs,
    alone: newest.organisation === null,
    membership: newest.organisation?.membership ?? null,
  };
  refuse(refusal(newest, asking));
  const event = await underVersion(db, newest, input.formVersionId);
  const category = categoryOf(event, input.category, 'category', asking);
  const other = input.personId !== undefined && input.personId !== viewer.personId;
  // Whom the organiser registers by hand answers the questions later, where the organiser cannot.
  const byHand = runs && (other || input.name !== undefined) && Object.keys(input.answers).length === 0;
  const answers = byHand ? {} : checkAnswers(event, input.answers, 'person', 'answers');
  if ((other || input.name !== undefined) && !runs && !actsFor(viewer, event.organisation?.id ?? null)) throw new NotAllowed();
  const stranger = !runs && input.name === undefined && event.organisation !== null && !event.organisation.belong;
  // The context was loaded for this person: `belong` is about nobody else.
  if (stranger && other) throw new Invalid([{ path: 'organisationId', code: 'choice' }]);
  const admission = (personId: string): Admission => ({
    event,
    mode: 'together',
    members: [{ personId, category, answers, contactEmail: other || input.name !== undefined ? viewer.email : null }],
    actor: viewer.personId,
    now,
    approved: runs,
    approvalBy: stranger ? 'organisation' : undefined,
  });
  const { name } = input;
  const whole = (input.personId === undefined && name !== undefined) || bringsFiles(event, answers);
  const [outcome] = whole
    ? await inTransaction(db, async (tx) => {
        const personId =
          input.personId ??
          (name === undefined ? viewer.personId : await findOrCreatePerson(tx, { ...input, name }, viewer.personId));
        const outcomes = await admit(tx, admission(personId));
        for (const { registrationId, outcome } of outcomes) {
          if (outcome === 'allowance' || outcome === 'no-places') throw new Refused(outcome);
          const owner = { kind: 'registration' as const, id: registrationId, uploadedBy: viewer.personId, path: 'answers' };
          await keepFiles(tx, event, answers, owner);
        }
        return outcomes;
      })
    : await admit(db, admission(input.personId ?? viewer.personId));
  if (!outcome) throw new Error('a party of one has one outcome');
  if (outcome.outcome === 'allowance' || outcome.outcome === 'no-places') throw new Refused(outcome.outcome);
  return outcome;
}

export function refuse(code: string | null): void {
  if (code) throw new Refused(code);
}

export function categoryOf(event: EventContext, key: string, path: string, asking: Asking): CategoryContext {
  const category = event.categories.find((candidate) => candidate.key === key);
  if (!category) throw new Invalid([{ path, code: 'choice' }]);
  refuse(categoryRefusal(category.openTo, asking));
  return category;
}

/** Tells workers that these registrations have become something else, in the transaction in which they did. */
export function tell(tx: Transaction, what: string, payload: Record<string, unknown>): Promise<void> {
  return emit(tx, `registrations.${what}`, payload);
}
