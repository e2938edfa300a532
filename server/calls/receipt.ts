import { createHash } from 'node:crypto';
import type { Db } from '../../db/database.ts';
import { filesByIds } from '../forms/queries.ts';
import type { Storage } from '../storage.ts';
import { hashOf } from './content.ts';
import type { EntryDetails } from './entry-queries.ts';
import { submissionsOf } from './entry-queries.ts';
import { definitionOf } from './judged.ts';
import type { CallDetails } from './queries.ts';
import { submittedText } from './submission.ts';

export interface Receipt {
  entry: string;
  code: string;
  submissions: { number: number; submittedAt: Temporal.Instant; by: string | null; late: boolean; contentHash: string }[];
  /** Whether what is kept is still, byte for byte, what the hash of the last submission was made of. */
  verification: {
    /** The text that was submitted gives the hash. */
    text: boolean;
    /** The entry as it is now gives the same text. */
    entry: boolean;
    /** Every file gives the hash that the text names. */
    files: boolean;
  } | null;
}

/** What was submitted when, and whether all of it still gives the hashes that were mailed. */
export async function receiptOf(
  { db, storage }: { db: Db; storage: Storage },
  call: CallDetails,
  entry: EntryDetails,
): Promise<Receipt> {
  const submissions = await submissionsOf(db, entry.id);
  const [last] = submissions;
  return {
    entry: entry.id,
    code: entry.code,
    submissions: submissions.map(({ number, submittedAt, by, late, contentHash }) => ({
      number,
      submittedAt,
      by,
      late,
      contentHash,
    })),
    verification: last
      ? {
          text: hashOf(last.content) === last.contentHash,
          entry: submittedText(entry, await definitionOf(db, entry, call)) === last.content,
          files: await filesMatch({ db, storage }, last.content),
        }
      : null,
  };
}

async function filesMatch({ db, storage }: { db: Db; storage: Storage }, content: string): Promise<boolean> {
  const { files } = JSON.parse(content) as { files: { id: string; sha256: string }[] };
  const kept = await filesByIds(
    db,
    files.map((file) => file.id),
  );
  for (const { id, sha256 } of files) {
    const key = kept.find((file) => file.id === id)?.key;
    if (!key || (await storedHash(storage, key)) !== sha256) return false;
  }
  return true;
}

async function storedHash(storage: Storage, key: string): Promise<string | null> {
  try {
    const hash = createHash('sha256');
    for await (const chunk of await storage.get(key)) hash.update(chunk as Buffer);
    return hash.digest('hex');
  } catch {
    return null;
  }
}
