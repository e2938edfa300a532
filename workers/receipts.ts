import type { Mail } from '../emails/mailer.ts';
import type { EntryDetails } from '../server/calls/entry-queries.ts';
import { submissionsOf } from '../server/calls/entry-queries.ts';
import type { CallDetails } from '../server/calls/queries.ts';
import type { System } from '../server/system.ts';
import type { Language } from '../web/locales/languages.ts';

export interface ReceiptFile {
  at: Temporal.Instant;
  hash: string;
  late: boolean;
  file: NonNullable<Mail['attachments']>[number];
}

/** The receipt of one submission, with the entry as a PDF. */
export async function receiptAttachment(
  { db }: System,
  _call: CallDetails,
  entry: EntryDetails,
  number: number,
  _language: Language,
): Promise<ReceiptFile | null> {
  const submission = (await submissionsOf(db, entry.id)).find((row) => row.number === number);
  if (!submission) return null;
  const { submittedAt: at, contentHash: hash, late } = submission;
  return {
    at,
    hash,
    late,
    file: { name: `${entry.code}.json`, mediaType: 'application/json', content: Buffer.from(submission.content) },
  };
}
