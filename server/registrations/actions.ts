import { type Db, inTransaction, type Transaction } from '../../db/database.ts';
import { emit } from '../../db/outbox.ts';
import type { Viewer } from '../accounts/access.ts';
import { findOrCreatePerson } from '../accounts/actions.ts';
import { Invalid, NotAllowed, Refused } from '../errors.ts';
import { parseDefinition } from '../forms/definition.ts';
import { evaluate } from '../forms/evaluation.ts';
import type { AffiliationWrite } from '../organisations/input.ts';
import { addToRoster } from '../organisations/roster.ts';
import { actsFor, organises } from './access.ts';
import { type Admission, admit, type Member, type Outcome } from './admission.ts';
import type { CategoryContext, EventContext } from './context.ts';
import type { DelegationWrite, RegistrationWrite } from './input.ts';
import { mayRegisterPeople, namesOfRegistered } from './queries.ts';
import { type Asking, categoryRefusal, newReference, refusal } from './rules.ts';

/**
 * Registers one person who is known by who asks: themselves, or anybody by the organiser or their organisation's contact. `event`
 * must have been loaded for that person (`eventContext`), or nobody belongs to its organisation.
 * Errors: Refused with the rule's code, 'allowance', 'no-places', 'already-registered'; Invalid for answers and category.
 */
export async function register(
  db: Db,
  viewer: Viewer,
  event: EventContext,
  input: RegistrationWrite,
  now: Temporal.Instant,
): Promise<Outcome> {
  const runs = organises(viewer, event);
  const asking: Asking = {
    now,
    organises: runs,
    alone: event.organisation === null,
    membership: event.organisation?.membership ?? null,
  };
  refuse(refusal(event, asking));
  const category = categoryOf(event, input.category, 'category', asking);
  const answers = checkAnswers(event, input.answers, 'person', 'answers');
  const other = input.personId !== undefined && input.personId !== viewer.personId;
  if ((other || input.name !== undefined) && !runs && !actsFor(viewer, event.organisation?.id ?? null)) throw new NotAllowed();
  const admission = (personId: string): Admission => ({
    event,
    mode: 'together',
    members: [{ personId, category, answers, contactEmail: other ? viewer.email : null }],
    actor: viewer.personId,
    now,
    approved: runs,
  });
  const { name } = input;
  const [outcome] =
    input.personId === undefined && name !== undefined
      ? await inTransaction(db, async (tx) =>
          admit(tx, admission(await findOrCreatePerson(tx, { ...input, name }, viewer.personId))),
        )
      : await admit(db, admission(knownPerson(viewer, event, input, runs)));
  if (!outcome) throw new Error('a party of one has one outcome');
  refuseOutcome(outcome);
  return outcome;
}

function refuseOutcome(outcome: Outcome): void {
  if (outcome.outcome === 'allowance' || outcome.outcome === 'no-places') throw new Refused(outcome.outcome);
}

// The context was loaded for this person: `belong` is about nobody else.
function knownPerson(viewer: Viewer, event: EventContext, input: RegistrationWrite, runs: boolean): string {
  if (!runs && event.organisation && !event.organisation.belong) throw new Invalid([{ path: 'organisationId', code: 'choice' }]);
  return input.personId ?? viewer.personId;
}

export interface DelegationOutcome {
  delegationId: string;
  outcomes: Outcome[];
}

/**
 * Registers the people of an organisation together: all or nobody, as many as fit, or all who wait together. Whoever is
 * registered already is refused by name. Errors: NotAllowed, Invalid, Refused.
 */
export async function registerDelegation(
  db: Db,
  viewer: Viewer,
  event: EventContext,
  input: DelegationWrite,
  now: Temporal.Instant,
): Promise<DelegationOutcome> {
  const organisation = event.organisation;
  if (!organisation) throw new Invalid([{ path: 'organisationId', code: 'choice' }]);
  const runs = organises(viewer, event);
  if (!runs && !actsFor(viewer, organisation.id)) throw new NotAllowed();
  const asking: Asking = { now, organises: runs, alone: false, membership: organisation.membership };
  refuse(refusal(event, asking));
  const delegationAnswers = checkAnswers(event, input.answers, 'delegation', 'answers');
  const categories = input.people.map((person, index) => categoryOf(event, person.category, `people.${index}.category`, asking));
  const answers = input.people.map((person, index) => checkAnswers(event, person.answers, 'person', `people.${index}.answers`));
  let delegationId = '';
  const outcomes = await inTransaction(db, async (tx) => {
    const personIds = await rosterPeople(tx, viewer, organisation.id, input);
    await refuseRegistered(tx, event.eventId, organisation.id, personIds);
    delegationId = await ensureDelegation(
      tx,
      viewer,
      event,
      { head: input.headPersonId ?? null, answers: delegationAnswers },
      now,
    );
    const members = personIds.map((personId, index): Member => {
      const category = categories[index];
      if (!category) throw new Error('every person has a category');
      return { personId, category, answers: answers[index] ?? {}, contactEmail: viewer.email };
    });
    const result = await admit(tx, {
      event,
      delegationId,
      mode: input.mode,
      members,
      actor: viewer.personId,
      now,
      approved: runs,
    });
    if (result.every((outcome) => outcome.outcome === 'allowance')) throw new Refused('allowance');
    if (result.every((outcome) => outcome.outcome === 'no-places')) throw new Refused('no-places');
    return result;
  });
  return { delegationId, outcomes };
}

async function rosterPeople(tx: Transaction, viewer: Viewer, organisationId: string, input: DelegationWrite): Promise<string[]> {
  const given = input.people.flatMap((person) => person.personId ?? []);
  if (given.length > 0 && !(await mayRegisterPeople(tx, organisationId, given)))
    throw new Invalid([{ path: 'people', code: 'choice' }]);
  const ids: string[] = [];
  for (const [index, person] of input.people.entries())
    ids.push(person.personId ?? (await rosterPerson(tx, viewer, organisationId, person, index)));
  const twice = ids.findIndex((personId, index) => ids.indexOf(personId) !== index);
  if (twice >= 0) throw new Invalid([{ path: `people.${twice}`, code: 'twice' }]);
  return ids;
}

async function rosterPerson(
  tx: Transaction,
  viewer: Viewer,
  organisationId: string,
  person: DelegationWrite['people'][number],
  index: number,
): Promise<string> {
  if (!person.name) throw new Invalid([{ path: `people.${index}.name`, code: 'required' }]);
  const { personId } = await addToRoster(tx, viewer.personId, organisationId, {
    name: person.name,
    email: person.email,
    language: person.language ?? viewer.language,
    zone: viewer.zone,
    title: '',
  } as AffiliationWrite);
  return personId;
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
      })),
    )
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
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

/** The answers as the event's form keeps them. Errors: Invalid under `path`. Without a form there are none. */
export function checkAnswers(
  event: EventContext,
  raw: Record<string, unknown>,
  per: 'person' | 'delegation',
  path: string,
): Record<string, unknown> {
  if (event.definition === null || event.definition === undefined) return {};
  const { answers, errors } = evaluate(parseDefinition(event.definition), raw, { mode: 'final', per });
  if (errors.length > 0) throw new Invalid(errors.map((error) => ({ ...error, path: `${path}.${error.path}` })));
  return answers;
}

/** Tells workers that these registrations have become something else, in the transaction in which they did. */
export function tell(tx: Transaction, what: string, payload: Record<string, unknown>): Promise<void> {
  return emit(tx, `registrations.${what}`, payload);
}
