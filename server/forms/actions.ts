import { record } from '../../db/changes.ts';
import { type Db, inTransaction, json, type Transaction } from '../../db/database.ts';
import { newId } from '../../db/ids.ts';
import { Invalid, Refused } from '../errors.ts';
import { checkDefinition } from './checks.ts';
import { type Definition, parseDefinition } from './definition.ts';
import { formDetail, versionInUse } from './queries.ts';
import { changedKinds, structureOf } from './structure.ts';
import { completenessOf } from './texts.ts';

interface Deed {
  /** The person who does it; null for the system itself. */
  actor: string | null;
  now: Temporal.Instant;
}

/** A new form with its first draft. Nobody sees it until it is put into use. Errors: Invalid. Returns the id. */
export async function createForm(db: Db | Transaction, definition: unknown, { actor, now }: Deed): Promise<string> {
  const draft = parseDefinition(definition);
  const id = newId(now);
  await db
    .insertInto('forms')
    .values({
      id,
      kind: draft.kind,
      name: json(draft.title),
      draft: json(draft),
      draft_changed_by: actor,
      draft_changed_at: now,
      created_by: actor,
      created_at: now,
    })
    .execute();
  await record(db, { actor, feature: 'forms', row: id, action: 'created', after: { kind: draft.kind, title: draft.title } });
  return id;
}

/**
 * Keeps a draft; `seen` is the number of the draft that it was made from. It may still lack things that putting into use demands.
 * Errors: Invalid for what is no definition; Refused('form-changed-meanwhile'), Refused('form-key-fixed').
 */
export async function saveDraft(db: Db, formId: string, definition: unknown, seen: number, deed: Deed): Promise<number> {
  const draft = parseDefinition(definition);
  return inTransaction(db, (tx) => keepDraft(tx, formId, draft, seen, deed));
}

async function keepDraft(
  tx: Transaction,
  formId: string,
  draft: Definition,
  seen: number | null,
  { actor, now }: Deed,
): Promise<number> {
  const form = await formDetail(tx, formId);
  mustFit(form.kind, draft);
  if (form.answersExist && form.definition) mustKeepKinds(parseDefinition(form.definition), draft);
  const saved = await tx
    .updateTable('forms')
    .set((eb) => ({
      draft: json(draft),
      name: json(draft.title),
      draft_number: eb('draft_number', '+', 1),
      draft_changed_by: actor,
      draft_changed_at: now,
    }))
    .where('id', '=', formId)
    .$if(seen !== null, (query) => query.where('draft_number', '=', seen ?? 0))
    .returning('draft_number')
    .executeTakeFirst();
  if (!saved) throw new Refused('form-changed-meanwhile');
  await record(tx, { actor, feature: 'forms', row: formId, action: 'draftChanged' });
  return saved.draft_number;
}

function mustFit(kind: string, draft: Definition): void {
  if (draft.kind !== kind) throw new Invalid([{ path: 'kind', code: 'choice' }]);
}

function mustKeepKinds(before: Definition, after: Definition): void {
  const [key] = changedKinds(before, after);
  if (key !== undefined) throw new Refused('form-key-fixed', { key });
}

/**
 * Puts the draft into use as a new version: the same structure in other words is a revision of it. Errors: Invalid with what the
 * checks find; Refused('form-incomplete') when translations are missing and `incomplete` is not confirmed. Returns the version.
 */
export async function putIntoUse(
  db: Db,
  formId: string,
  { incomplete, seen, ...deed }: Deed & { incomplete: boolean; seen?: number },
) {
  return inTransaction(db, async (tx) => {
    const { draft, draft_number } = await tx
      .selectFrom('forms')
      .select(['draft', 'draft_number'])
      .where('id', '=', formId)
      .forNoKeyUpdate()
      .executeTakeFirstOrThrow();
    if (seen !== undefined && seen !== draft_number) throw new Refused('form-changed-meanwhile');
    return newVersion(tx, formId, parseDefinition(draft), incomplete, deed);
  });
}

/** Draft and version at once, as programs send it. Errors: as of saveDraft and putIntoUse. */
export async function saveDefinition(
  db: Db,
  formId: string,
  definition: unknown,
  { incomplete, ...deed }: Deed & { incomplete: boolean },
) {
  const draft = parseDefinition(definition);
  return inTransaction(db, async (tx) => {
    await keepDraft(tx, formId, draft, null, deed);
    return newVersion(tx, formId, draft, incomplete, deed);
  });
}

async function newVersion(tx: Transaction, formId: string, draft: Definition, incomplete: boolean, { actor, now }: Deed) {
  const problems = checkDefinition(draft);
  if (problems.length > 0) throw new Invalid(problems);
  const lacking = completenessOf(draft).filter(({ missing }) => missing.length > 0);
  if (lacking.length > 0 && !incomplete)
    throw new Refused('form-incomplete', { languages: lacking.map(({ language }) => language).join(', ') });
  const before = await tx
    .selectFrom('form_versions')
    .select(['version', 'major', 'revision', 'definition'])
    .where('form_id', '=', formId)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  const same = before !== undefined && structureOf(parseDefinition(before.definition)) === structureOf(draft);
  const number = {
    version: (before?.version ?? 0) + 1,
    major: (before?.major ?? 0) + (same ? 0 : 1),
    revision: same ? before.revision + 1 : 0,
  };
  const { id } = await tx
    .insertInto('form_versions')
    .values({
      form_id: formId,
      ...number,
      definition: json({ ...draft, version: number.version }),
      created_by: actor,
      created_at: now,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await record(tx, { actor, feature: 'forms', row: formId, action: 'putIntoUse', after: number });
  return { id, ...number };
}

/**
 * A new form whose draft is in use at once. Missing translations are allowed; readers get the default language.
 * Errors: Invalid with what the checks find. Returns the id.
 */
export async function createFormInUse(tx: Transaction, definition: unknown, deed: Deed): Promise<string> {
  const draft = parseDefinition(definition);
  const id = await createForm(tx, draft, deed);
  await newVersion(tx, id, draft, true, deed);
  return id;
}

/** A form of its own with the same questions: for the next edition of an event. Returns its id, already in use if the other was. */
export async function copyForm(tx: Transaction, formId: string, { actor, now }: Deed): Promise<string> {
  const inUse = await versionInUse(tx, formId);
  const form = await formDetail(tx, formId);
  const definition = parseDefinition(inUse?.definition ?? form.draft);
  const id = await createForm(tx, definition, { actor, now });
  if (inUse) await newVersion(tx, id, definition, true, { actor, now });
  return id;
}
