import type { Db, Transaction } from '../../db/database.ts';
import { type FieldError, Invalid } from '../errors.ts';
import type { Answers } from '../forms/conditions.ts';
import { type Definition, parseDefinition } from '../forms/definition.ts';
import { evaluate } from '../forms/evaluation.ts';
import { attachFiles, fileIdsIn } from '../forms/uploads.ts';
import type { EventContext } from './context.ts';

/** The questions that the event asks now, or those of the version that was put into this context; null when it asks none. */
export function questionsOf(event: Pick<EventContext, 'definition'>): Definition | null {
  return event.definition === null || event.definition === undefined ? null : parseDefinition(event.definition);
}

/** The answers as the event's form keeps them. Errors: Invalid under `path`. Without a form there are none. */
export function checkAnswers(
  event: Pick<EventContext, 'definition'>,
  raw: Record<string, unknown>,
  per: 'person' | 'delegation',
  path: string,
): Record<string, unknown> {
  const definition = questionsOf(event);
  if (!definition) return {};
  const { answers, errors } = evaluate(definition, raw, { mode: 'final', per });
  if (errors.length > 0) throw new Invalid(errors.map((error) => ({ ...error, path: `${path}.${error.path}` })));
  return answers;
}

/** What is wrong with a person's answers, by path. */
export function answerErrors(event: Pick<EventContext, 'definition'>, raw: Answers): FieldError[] {
  const definition = questionsOf(event);
  if (!definition) return [];
  const { errors } = evaluate(definition, raw, { mode: 'final', per: 'person' });
  return errors.map((error) => ({ ...error, path: `answers.${error.path}` }));
}

/**
 * The same event asking the version of its form under which answers were given: a page that was drawn before the questions changed
 * is judged by what it showed. Errors: Invalid('formVersionId') for a version of another form.
 */
export async function underVersion(
  db: Db | Transaction,
  event: EventContext,
  formVersionId: string | null | undefined,
): Promise<EventContext> {
  if (!formVersionId || formVersionId === event.formVersionId) return event;
  const found = await db
    .selectFrom('form_versions')
    .innerJoin('events', 'events.form_id', 'form_versions.form_id')
    .select(['form_versions.id', 'form_versions.definition'])
    .where('form_versions.id', '=', formVersionId)
    .where('events.id', '=', event.eventId)
    .executeTakeFirst();
  if (!found) throw new Invalid([{ path: 'formVersionId', code: 'choice' }]);
  return { ...event, formVersionId: found.id, definition: found.definition };
}

/** Whether these answers speak of files, which are given to their registration in the transaction that keeps it. */
export function bringsFiles(event: Pick<EventContext, 'definition'>, answers: Answers): boolean {
  const definition = questionsOf(event);
  return definition !== null && fileIdsIn(definition, answers).length > 0;
}

/** The files that answers speak of, also as they were typed: nothing in them is trusted. */
export function filesIn(definition: Definition, raw: Answers): string[] {
  return fileIdsIn(definition, evaluate(definition, raw, { mode: 'draft' }).answers);
}

/** Gives the files of answers to their registration or delegation. Errors: Invalid. */
export async function keepFiles(
  tx: Transaction,
  event: Pick<EventContext, 'definition'>,
  answers: Answers,
  owner: { kind: 'registration' | 'delegation'; id: string; uploadedBy: string | null; path: string },
): Promise<void> {
  const definition = questionsOf(event);
  if (definition) await attachFiles(tx, { definition, answers, path: owner.path }, owner);
}

/** A file of a registration's or delegation's answers; undefined when it is not one of theirs. */
export function fileOf(db: Db, owner: { kind: 'registration' | 'delegation'; id: string }, fileId: string) {
  return db
    .selectFrom('files')
    .select(['id', 'key', 'name', 'media_type as mediaType', 'bytes'])
    .where('id', '=', fileId)
    .where('owner_kind', '=', owner.kind)
    .where('owner_id', '=', owner.id)
    .where('removed_at', 'is', null)
    .executeTakeFirst();
}

/** The names of files that answers speak of: of those of one owner, and of those that this person has just sent. */
export async function fileNames(
  db: Db,
  fileIds: readonly string[],
  of: { ownerId?: string; uploadedBy: string | null },
): Promise<{ id: string; name: string }[]> {
  const ids = fileIds.filter((id) => /^[0-9a-f-]{36}$/i.test(id)).slice(0, 500);
  if (ids.length === 0) return [];
  return db
    .selectFrom('files')
    .select(['id', 'name'])
    .where('id', 'in', ids)
    .where('removed_at', 'is', null)
    .where((eb) =>
      eb.or([
        ...(of.ownerId ? [eb('owner_id', '=', of.ownerId)] : []),
        eb.and([eb('owner_id', 'is', null), eb('uploaded_by', of.uploadedBy === null ? 'is' : '=', of.uploadedBy)]),
      ]),
    )
    .execute();
}
