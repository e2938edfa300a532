import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { record } from '../../db/changes.ts';
import { type Db, inTransaction, json, type Transaction } from '../../db/database.ts';
import type { Viewer } from '../accounts/access.ts';
import { type FieldError, Invalid, NotAllowed, NotFound, Refused } from '../errors.ts';
import { type Definition, parseDefinition } from '../forms/definition.ts';
import { evaluate } from '../forms/evaluation.ts';
import { versionInUse } from '../forms/queries.ts';
import { attachFiles } from '../forms/uploads.ts';
import { mayManageCall, maySignFor, mayWriteEntry } from './access.ts';
import { type Content, changedFields, merge, readTranslation } from './content.ts';
import { failures } from './eligibility.ts';
import { contentAt, type EntryDetails, entryById, standingOf } from './entry-queries.ts';
import type { EntryWrite } from './input.ts';
import { type CallDetails, callById, callBySlug } from './queries.ts';
import { entryCode, isWritable, windowRefusal } from './rules.ts';

/** Two entries of one organisation to one call take turns: together they could go beyond what the call takes. */
export const lockCity = (tx: Transaction, callId: string, organisationId: string) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${callId} || ${organisationId}, 0))`.execute(tx);

/**
 * Starts a draft. Errors: NotFound for a call that is not published, NotAllowed for who is no contact, Refused with the first rule
 * that keeps the organisation out (`ineligible-<rule>`) or with what keeps the call shut; Invalid. Returns the entry's id.
 */
export async function startEntry(
  db: Db,
  viewer: Viewer,
  slug: string,
  start: { organisationId: string; theme?: string; language?: string },
  now: Temporal.Instant,
): Promise<string> {
  return inTransaction(db, async (tx) => {
    const call = await callBySlug(tx, slug);
    if (!call?.publishedAt) throw new NotFound();
    if (!maySignFor(viewer, start.organisationId)) throw new NotAllowed();
    await lockCity(tx, call.id, start.organisationId);
    const standing = await standingOf(tx, call.id, start.organisationId, { except: null, moment: 'start' });
    if (!standing) throw new NotFound();
    const excepted = standing.exceptions.includes('deadline');
    const shut = windowRefusal(call, now, { reopenedUntil: null, excepted });
    if (shut) throw new Refused(shut);
    const theme = start.theme ?? null;
    if (theme !== null && !call.themes.some(({ key }) => key === theme)) throw new Invalid([{ path: 'theme', code: 'choice' }]);
    const [failed] = failures(call, standing, theme === null ? null : { theme, answers: {}, endorsed: false }, 'start');
    if (failed) throw new Refused(`ineligible-${failed.kind}`, failed.params);
    const content = blank(call, theme, languageFor(call, viewer, start.language));
    return insert(tx, viewer, call, start.organisationId, content, now);
  });
}

function languageFor(call: CallDetails, viewer: Viewer, asked: string | undefined): string {
  if (asked !== undefined && !call.languages.includes(asked)) throw new Invalid([{ path: 'language', code: 'choice' }]);
  return asked ?? (call.languages.includes(viewer.language) ? viewer.language : call.defaultLanguage);
}

const blank = (call: CallDetails, theme: string | null, language: string): Content => ({
  language,
  languages: [...new Set([language, ...call.requiredLanguages])],
  theme,
  modality: null,
  title: {},
  summary: {},
  mayPublish: false,
  answers: {},
  translations: {},
});

async function insert(
  tx: Transaction,
  viewer: Viewer,
  call: CallDetails,
  organisationId: string,
  content: Content,
  now: Temporal.Instant,
): Promise<string> {
  for (let attempt = 0; attempt < 5; attempt++) {
    const row = await tx
      .insertInto('entries')
      .values({
        ...columnsOf(content),
        code: entryCode(randomBytes(6)),
        call_id: call.id,
        organisation_id: organisationId,
        form_version_id: call.formVersionId,
        created_by: viewer.personId,
        created_at: now,
        changed_by: viewer.personId,
        changed_at: now,
      } as never)
      .onConflict((conflict) => conflict.columns(['call_id', 'code']).doNothing())
      .returning('id')
      .executeTakeFirst();
    if (!row) continue;
    await keepVersion(tx, row.id, 1, viewer.personId, [], content, now);
    await record(tx, { actor: viewer.personId, feature: 'entries', row: row.id, action: 'started', after: { call: call.slug } });
    return row.id;
  }
  throw new Error('no free entry code');
}

function columnsOf(content: Content) {
  return {
    language: content.language,
    languages: content.languages,
    theme: content.theme,
    modality: content.modality,
    title: json(content.title),
    summary: json(content.summary),
    may_publish: content.mayPublish,
    answers: json(content.answers),
    translations: json(content.translations),
  };
}

export interface Saved {
  version: number;
  /** What is not as it should be of what was typed: kept out, or too long and kept. */
  problems: FieldError[];
}

/** Somebody else has changed the same fields since: nothing was saved, and this is what is there now. */
export class EditConflict extends Refused {
  readonly fields: string[];
  readonly theirs: EntryDetails;
  constructor(fields: string[], theirs: EntryDetails) {
    super('entry-changed-meanwhile', { by: theirs.changedBy ?? '' });
    this.fields = fields;
    this.theirs = theirs;
  }
}

/**
 * Keeps what is mentioned of a draft. Fields that others changed meanwhile stay theirs unless this writer changed them too.
 * Errors: NotFound, Refused for one that can no longer be written, EditConflict, Invalid for files of others.
 */
export async function saveEntry(db: Db, viewer: Viewer, id: string, write: EntryWrite, now: Temporal.Instant): Promise<Saved> {
  return inTransaction(db, async (tx) => {
    const { entry, call, definition } = await lockEntry(tx, viewer, id);
    await mustBeWritable(tx, call, entry, now);
    const base = write.version === entry.version ? contentFrom(entry) : await contentAt(tx, id, write.version);
    const { content: mine, problems } = written(call, definition, base ?? contentFrom(entry), write);
    const { merged, conflicts } = merge(base, mine, contentFrom(entry));
    if (conflicts.length > 0) throw new EditConflict(conflicts, entry);
    const fields = changedFields(contentFrom(entry), merged);
    if (definition)
      await attachFiles(
        tx,
        { definition, answers: merged.answers, path: 'answers' },
        { kind: 'entry', id, uploadedBy: viewer.personId },
      );
    if (fields.length === 0) return { version: entry.version, problems };
    const version = entry.version + 1;
    await tx
      .updateTable('entries')
      .set({
        ...columnsOf(merged),
        form_version_id: call.formVersionId,
        version,
        changed_by: viewer.personId,
        changed_at: now,
      } as never)
      .where('id', '=', id)
      .execute();
    await keepVersion(tx, id, version, viewer.personId, fields, merged, now);
    return { version, problems };
  });
}

/** What a write makes of the content it was made from, with what of it was not as it should be. Errors: Invalid. */
function written(
  call: CallDetails,
  definition: Definition | null,
  base: Content,
  write: EntryWrite,
): { content: Content; problems: FieldError[] } {
  const problems: FieldError[] = [];
  const choice = <Value>(
    given: Value | undefined,
    allowed: readonly { key: string }[],
    path: string,
    otherwise: Value,
  ): Value => {
    if (given === undefined) return otherwise;
    if (given === null || allowed.some(({ key }) => key === given)) return given;
    problems.push({ path, code: 'choice' });
    return otherwise;
  };
  const language = write.language !== undefined && call.languages.includes(write.language) ? write.language : base.language;
  const asked = (write.languages ?? base.languages).filter((tag) => call.languages.includes(tag));
  const answers = write.answers === undefined || !definition ? undefined : evaluate(definition, write.answers, { mode: 'draft' });
  problems.push(...(answers?.errors ?? []).map((error) => ({ ...error, path: `answers.${error.path}` })));
  const translations = { ...base.translations };
  for (const [tag, texts] of Object.entries(write.translations ?? {})) {
    if (!definition || !call.languages.includes(tag)) continue;
    const read = readTranslation(definition, texts);
    translations[tag] = read.answers;
    problems.push(...read.errors.map((error) => ({ ...error, path: `translations.${tag}.${error.path}` })));
  }
  const content = {
    language,
    languages: [...new Set([language, ...call.requiredLanguages, ...asked])],
    theme: choice(write.theme, call.themes, 'theme', base.theme),
    modality: choice(write.modality, call.modalities, 'modality', base.modality),
    title: mapWith(base.title, write.title, call.languages),
    summary: mapWith(base.summary, write.summary, call.languages),
    mayPublish: write.mayPublish ?? base.mayPublish,
    answers: answers ? answers.answers : base.answers,
    translations,
  };
  return { content, problems };
}

function mapWith(base: Record<string, string>, given: Record<string, string> | undefined, languages: readonly string[]) {
  const texts = { ...base };
  for (const [tag, text] of Object.entries(given ?? {})) {
    const tidy = text.normalize('NFC').replace(/\r\n?/g, '\n').trim();
    if (!languages.includes(tag)) continue;
    if (tidy === '') delete texts[tag];
    else texts[tag] = tidy;
  }
  return texts;
}

export function contentFrom(entry: EntryDetails): Content {
  const { language, languages, theme, modality, title, summary, mayPublish, answers, translations } = entry;
  return { language, languages, theme, modality, title, summary, mayPublish, answers, translations };
}

// Of one person's sitting the last version is enough once it is over two hours: what others may still write against is there.
async function keepVersion(
  tx: Transaction,
  entryId: string,
  version: number,
  by: string,
  fields: string[],
  content: Content,
  now: Temporal.Instant,
): Promise<void> {
  await tx
    .insertInto('entry_versions')
    .values({
      entry_id: entryId,
      version,
      changed_by: by,
      started_at: now,
      changed_at: now,
      fields,
      content: json(content) as never,
    })
    .execute();
  await sql`
    delete from entry_versions v using entry_versions later
    where v.entry_id = ${entryId} and later.entry_id = v.entry_id and later.version = v.version + 1 and v.changed_at < ${now.subtract({ hours: 2 })}
      and later.changed_by = v.changed_by and later.changed_at < v.changed_at + interval '10 minutes'
      and later.fields @> v.fields`.execute(tx);
}

/** An entry to be written, with its call and form, locked. Errors: NotFound, NotAllowed for who may only see it. */
export async function lockEntry(
  tx: Transaction,
  viewer: Viewer,
  id: string,
): Promise<{ entry: EntryDetails; call: CallDetails; definition: Definition | null }> {
  const locked = await tx.selectFrom('entries').select(['id', 'call_id']).where('id', '=', id).forUpdate().executeTakeFirst();
  const entry = locked && (await entryById(tx, id));
  const call = locked && (await callById(tx, locked.call_id));
  if (!entry || !call) throw new NotFound();
  if (!mayWriteEntry(viewer, entry)) throw mayManageCall(viewer, call) ? new NotAllowed() : new NotFound();
  const version = call.formId ? await versionInUse(tx, call.formId) : undefined;
  return { entry, call, definition: version ? parseDefinition(version.definition) : null };
}

/** Errors: Refused('entry-not-writable'), or with what keeps the call shut. */
export async function mustBeWritable(
  tx: Transaction,
  call: CallDetails,
  entry: EntryDetails,
  now: Temporal.Instant,
): Promise<void> {
  if (!isWritable(entry, now)) throw new Refused('entry-not-writable');
  const standing = await standingOf(tx, call.id, entry.organisationId, { except: entry.id, moment: 'start' });
  const excepted = standing?.exceptions.includes('deadline') ?? false;
  const shut = windowRefusal(call, now, { reopenedUntil: entry.reopenedUntil, excepted });
  if (shut) throw new Refused(shut);
}
