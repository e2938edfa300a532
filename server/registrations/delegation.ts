import { type Db, inTransaction, type Transaction } from '../../db/database.ts';
import type { Viewer } from '../accounts/access.ts';
import { Invalid, NotAllowed, Refused } from '../errors.ts';
import { actsFor, organises } from './access.ts';
import { categoryOf, refuse, tell } from './actions.ts';
import { admit, type Member, type Outcome } from './admission.ts';
import { checkAnswers, keepFiles, underVersion } from './answers.ts';
import type { EventContext } from './context.ts';
import type { DelegationWrite } from './input.ts';
import { addNewcomers } from './newcomers.ts';
import { mayRegisterPeople, namesOfRegistered } from './queries.ts';
import { type Asking, newReference, refusal } from './rules.ts';

export interface DelegationOutcome {
  delegationId: string;
  outcomes: Outcome[];
}

/**
 * Registers the people of an organisation together: all or nobody, as many as fit, or all who wait together. Whoever is
 * registered already is refused by name. Errors: NotAllowed, Invalid, Refused.
 */
export function registerDelegation(
  db: Db,
  viewer: Viewer,
  event: EventContext,
  input: DelegationWrite,
  now: Temporal.Instant,
): Promise<DelegationOutcome> {
  return inTransaction(db, (tx) => registerDelegationIn(tx, viewer, event, input, now));
}

/** The same within a transaction that does more. */
export async function registerDelegationIn(
  tx: Transaction,
  viewer: Viewer,
  newest: EventContext,
  input: DelegationWrite,
  now: Temporal.Instant,
): Promise<DelegationOutcome> {
  const organisation = newest.organisation;
  if (!organisation) throw new Invalid([{ path: 'organisationId', code: 'choice' }]);
  const runs = organises(viewer, newest);
  if (!runs && !actsFor(viewer, organisation.id)) throw new NotAllowed();
  const asking: Asking = { now, organises: runs, alone: false, membership: organisation.membership };
  refuse(refusal(newest, asking));
  const event = await underVersion(tx, newest, input.formVersionId);
  const delegationAnswers = checkAnswers(event, input.answers, 'delegation', 'answers');
  const categories = input.people.map((person, index) => categoryOf(event, person.category, `people.${index}.category`, asking));
  const answers = input.people.map((person, index) => checkAnswers(event, person.answers, 'person', `people.${index}.answers`));
  const personIds = await rosterPeople(tx, viewer, organisation.id, input);
  await refuseRegistered(tx, event.eventId, organisation.id, personIds);
  const head = input.headPersonId ?? (input.head === undefined ? null : (personIds[input.head] ?? null));
  const delegationId = await ensureDelegation(tx, viewer, event, { head, answers: delegationAnswers }, now);
  const members = personIds.map((personId, index): Member => {
    const category = categories[index];
    if (!category) throw new Error('every person has a category');
    return { personId, category, answers: answers[index] ?? {}, contactEmail: viewer.email };
  });
  const outcomes = await admit(tx, {
    event,
    delegationId,
    mode: input.mode,
    members,
    actor: viewer.personId,
    now,
    approved: runs,
  });
  if (outcomes.every(({ outcome }) => outcome === 'allowance')) throw new Refused('allowance');
  if (outcomes.every(({ outcome }) => outcome === 'no-places')) throw new Refused('no-places');
  await keepFiles(tx, event, delegationAnswers, {
    kind: 'delegation',
    id: delegationId,
    uploadedBy: viewer.personId,
    path: 'answers',
  });
  const out = outcomes.filter(({ outcome }) => outcome === 'allowance' || outcome === 'no-places');
  for (const { registrationId, personId } of outcomes.filter((outcome) => !out.includes(outcome))) {
    const index = personIds.indexOf(personId);
    const owner = { kind: 'registration' as const, id: registrationId, uploadedBy: viewer.personId };
    await keepFiles(tx, event, answers[index] ?? {}, { ...owner, path: `people.${index}.answers` });
  }
  await tell(tx, 'delegation-registered', {
    delegation: delegationId,
    by: viewer.personId,
    refused: out.map(({ personId, outcome }) => ({ personId, code: outcome })),
  });
  return { delegationId, outcomes };
}

async function rosterPeople(tx: Transaction, viewer: Viewer, organisationId: string, input: DelegationWrite): Promise<string[]> {
  const given = input.people.flatMap((person) => person.personId ?? []);
  if (given.length > 0 && !(await mayRegisterPeople(tx, organisationId, given)))
    throw new Invalid([{ path: 'people', code: 'choice' }]);
  const nameless = input.people.findIndex((person) => !person.personId && !person.name);
  if (nameless >= 0) throw new Invalid([{ path: `people.${nameless}.name`, code: 'required' }]);
  const fresh = input.people.flatMap(({ personId, name, email, language }) =>
    personId || !name ? [] : [{ name, email, language }],
  );
  const added = (await addNewcomers(tx, viewer, organisationId, fresh)).values();
  const ids = input.people.map((person) => person.personId ?? String(added.next().value));
  const twice = ids.findIndex((personId, index) => ids.indexOf(personId) !== index);
  if (twice >= 0) throw new Invalid([{ path: `people.${twice}`, code: 'twice' }]);
  return ids;
}

async function refuseRegistered(tx: Transaction, eventId: string, organisationId: string, personIds: string[]): Promise<void> {
  const names = await namesOfRegistered(tx, eventId, organisationId, personIds);
  if (names.length > 0) throw new Refused('people-registered', { names: names.join(', ') });
}

async function ensureDelegation(
  tx: Transaction,
  viewer: Viewer,
  event: EventContext,
  delegation: { head: string | null; answers: Record<string, unknown> },
  now: Temporal.Instant,
): Promise<string> {
  const answers = JSON.stringify(delegation.answers);
  const { id } = await tx
    .insertInto('delegations')
    .values({
      event_id: event.eventId,
      organisation_id: event.organisation?.id ?? '',
      head_person_id: delegation.head,
      answers: answers as never,
      form_version_id: event.formVersionId,
      reference: newReference(event.slug),
      created_by: viewer.personId,
      created_at: now,
    })
    .onConflict((conflict) =>
      conflict.columns(['event_id', 'organisation_id']).doUpdateSet((eb) => ({
        head_person_id: eb.fn.coalesce('excluded.head_person_id', 'delegations.head_person_id'),
        answers: answers === '{}' ? eb.ref('delegations.answers') : eb.ref('excluded.answers'),
        form_version_id: answers === '{}' ? eb.ref('delegations.form_version_id') : eb.ref('excluded.form_version_id'),
      })),
    )
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}
