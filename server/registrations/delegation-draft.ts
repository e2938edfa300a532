import { sql } from 'kysely';
import { z } from 'zod';
import { type Db, inTransaction, json } from '../../db/database.ts';
import type { Viewer } from '../accounts/access.ts';
import { type FieldError, Invalid, NotFound, Refused } from '../errors.ts';
import { priceOf } from '../events/rules.ts';
import { parse } from '../http/input.ts';
import type { Outcome } from './admission.ts';
import { checkAnswers } from './answers.ts';
import type { EventContext } from './context.ts';
import { registerDelegationIn } from './delegation.ts';
import { DELEGATION_MODES, DelegationWrite } from './input.ts';

const text = z.string().max(500).catch('').default('');
const raw = z.record(z.string().max(100), z.unknown()).catch({}).default({});

/** What somebody has chosen and typed so far: kept as it is, judged when it is submitted. */
export const DraftContent = z.object({
  people: z
    .array(
      z.object({
        personId: z.uuid().optional().catch(undefined),
        name: text,
        email: text,
        language: text,
        category: text,
        answers: raw,
      }),
    )
    .max(200)
    .catch([])
    .default([]),
  head: z.number().int().min(0).max(199).nullable().catch(null).default(null),
  mode: z.enum(DELEGATION_MODES).catch('as-many-as-fit').default('as-many-as-fit'),
  answers: raw,
  formVersionId: z.uuid().nullable().catch(null).default(null),
});
export type DraftContent = z.output<typeof DraftContent>;
export type DraftPerson = DraftContent['people'][number];

export interface Draft {
  id: string;
  content: DraftContent;
}

interface Whose {
  eventId: string;
  organisationId: string;
  personId: string;
}

/** What this person is putting together, or undefined. */
export async function openDraft(db: Db, { eventId, organisationId, personId }: Whose): Promise<Draft | undefined> {
  const found = await db
    .selectFrom('delegation_drafts')
    .select(['id', 'content'])
    .where('event_id', '=', eventId)
    .where('organisation_id', '=', organisationId)
    .where('person_id', '=', personId)
    .where('submitted_at', 'is', null)
    .executeTakeFirst();
  return found && { id: found.id, content: DraftContent.parse(found.content) };
}

/** Keeps what was typed, over what was there. */
export async function keepDraft(db: Db, whose: Whose, content: DraftContent, now: Temporal.Instant): Promise<void> {
  await sql`
    insert into delegation_drafts (event_id, organisation_id, person_id, content, created_at, changed_at)
    values (${whose.eventId}, ${whose.organisationId}, ${whose.personId}, ${json(content)}, ${now}, ${now})
    on conflict (event_id, organisation_id, person_id) where submitted_at is null
    do update set content = excluded.content, changed_at = excluded.changed_at`.execute(db);
}

/** The delegation that a draft asks for. Errors: Invalid with every category and answer that is wrong. */
export function delegationIn(event: EventContext, content: DraftContent): DelegationWrite {
  const organisationId = event.organisation?.id ?? '';
  const errors: FieldError[] = [];
  const collect = (work: () => unknown) => {
    try {
      work();
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      errors.push(...error.errors);
    }
  };
  content.people.forEach((person, index) => {
    if (!event.categories.some(({ key }) => key === person.category))
      errors.push({ path: `people.${index}.category`, code: person.category === '' ? 'required' : 'choice' });
    collect(() => checkAnswers(event, person.answers, 'person', `people.${index}.answers`));
  });
  collect(() => checkAnswers(event, content.answers, 'delegation', 'answers'));
  if (errors.length > 0) throw new Invalid(errors);
  const { head, formVersionId, ...rest } = content;
  const people = rest.people.map(({ personId, ...person }) =>
    personId ? { personId, category: person.category, answers: person.answers } : person,
  );
  return parse(DelegationWrite, {
    ...rest,
    people,
    organisationId,
    ...(head === null ? {} : { head }),
    ...(formVersionId ? { formVersionId } : {}),
  });
}

export interface DraftResult {
  delegationId: string;
  outcomes: Outcome[];
}

/** Whether a draft can be submitted as it is. */
export function isComplete(event: EventContext, content: DraftContent): boolean {
  try {
    return delegationIn(event, content).people.length > 0;
  } catch (error) {
    if (error instanceof Invalid) return false;
    throw error;
  }
}

/** What these people cost who joins at `now`, in minor units of the event's currency. A category that is not there costs nothing. */
export function totalOf(event: EventContext, content: DraftContent, now: Temporal.Instant): number {
  const joining = { at: now, country: event.organisation?.country ?? null };
  const price = new Map(event.categories.map((category) => [category.key, priceOf(category, event, joining)]));
  return content.people.reduce((sum, { category }) => sum + (price.get(category) ?? 0), 0);
}

/**
 * Submits a draft, once: whoever submits it again, by a second press or after Back, gets the answer of the first time.
 * `shown` is the total that the person was shown: another one, as when the late prices began meanwhile, is told before it is owed.
 * Errors: NotFound, Refused('price-changed') and those of `registerDelegation`; then nothing has happened, and the draft is as it was.
 */
export function submitDraft(
  db: Db,
  viewer: Viewer,
  event: EventContext,
  draftId: string,
  now: Temporal.Instant,
  shown?: number,
): Promise<DraftResult> {
  return inTransaction(db, async (tx) => {
    const draft = await tx
      .selectFrom('delegation_drafts')
      .select(['id', 'content', 'submitted_at', 'result'])
      .where('id', '=', draftId)
      .where('event_id', '=', event.eventId)
      .where('organisation_id', '=', event.organisation?.id ?? '')
      .where('person_id', '=', viewer.personId)
      .forUpdate()
      .executeTakeFirst();
    if (!draft) throw new NotFound();
    if (draft.submitted_at) return draft.result as DraftResult;
    const content = DraftContent.parse(draft.content);
    if (shown !== undefined && shown !== totalOf(event, content, now)) throw new Refused('price-changed');
    const result = await registerDelegationIn(tx, viewer, event, delegationIn(event, content), now);
    await tx
      .updateTable('delegation_drafts')
      .set({ submitted_at: now, result: json(result), content: json({}) })
      .where('id', '=', draftId)
      .execute();
    return result;
  });
}

/** What became of a draft. Errors: NotFound for one that is not submitted, or somebody else's. */
export async function draftResult(db: Db, draftId: string, whose: Whose): Promise<DraftResult> {
  const found = await db
    .selectFrom('delegation_drafts')
    .select('result')
    .where('id', '=', draftId)
    .where('event_id', '=', whose.eventId)
    .where('organisation_id', '=', whose.organisationId)
    .where('person_id', '=', whose.personId)
    .where('submitted_at', 'is not', null)
    .executeTakeFirst();
  if (!found) throw new NotFound();
  return found.result as DraftResult;
}

/** Forgets what nobody has touched since `before`. */
export async function forgetDrafts(db: Db, before: Temporal.Instant): Promise<void> {
  await db.deleteFrom('delegation_drafts').where('changed_at', '<', before).execute();
}
