import type { Db } from '../../db/database.ts';
import { type Definition, parseDefinition } from '../forms/definition.ts';
import { versionDefinition } from '../forms/queries.ts';
import { entryProblems } from './content.ts';
import { type Verdict, verdicts } from './eligibility.ts';
import { contentFrom } from './entries.ts';
import { type EntryDetails, standingOf } from './entry-queries.ts';
import type { CallDetails } from './queries.ts';
import { windowRefusal } from './rules.ts';

/** The form of an entry as it was last written: the version it names, or the one in use for one that is still open. */
export async function definitionOf(db: Db, entry: EntryDetails, call: CallDetails): Promise<Definition | null> {
  const id = entry.state === 'draft' || entry.reopenedUntil ? call.formVersionId : entry.formVersionId;
  return id ? parseDefinition((await versionDefinition(db, id)).definition) : null;
}

export interface Check {
  /** What is missing or too long, by path. */
  problems: { path: string; code: string; params?: Record<string, string | number> }[];
  rules: Verdict[];
  /** What keeps the call shut for this entry, or null. */
  shut: string | null;
}

/** What still keeps an entry from being submitted: the same questions that submission asks. */
export async function checkEntry(db: Db, call: CallDetails, entry: EntryDetails, now: Temporal.Instant): Promise<Check> {
  const [definition, standing] = await Promise.all([
    definitionOf(db, entry, call),
    standingOf(db, call.id, entry.organisationId, { except: entry.id, moment: 'submission' }),
  ]);
  const entered = { theme: entry.theme, answers: entry.answers, endorsed: entry.endorsedAt !== null };
  return {
    problems: entryProblems(call, definition, contentFrom(entry)),
    rules: standing ? verdicts(call, standing, entered) : [],
    shut: windowRefusal(call, now, {
      reopenedUntil: entry.reopenedUntil,
      excepted: standing?.exceptions.includes('deadline') ?? false,
    }),
  };
}
