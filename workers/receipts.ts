import type { Mail } from '../emails/mailer.ts';
import { entryPdf } from '../server/calls/entry-pdf.ts';
import type { EntryDetails } from '../server/calls/entry-queries.ts';
import { submissionsOf } from '../server/calls/entry-queries.ts';
import { definitionOf } from '../server/calls/judged.ts';
import type { CallDetails } from '../server/calls/queries.ts';
import type { System } from '../server/system.ts';
import type { Language } from '../web/locales/languages.ts';

export interface ReceiptFile {
  at: Temporal.Instant;
  hash: string;
  late: boolean;
  file: NonNullable<Mail['attachments']>[number];
}

/** The receipt of one submission, with the entry as a PDF; null for a submission that is not there. */
export async function receiptAttachment(
  { db, config, clock }: System,
  call: CallDetails,
  entry: EntryDetails,
  number: number,
  language: Language,
): Promise<ReceiptFile | null> {
  const submission = (await submissionsOf(db, entry.id)).find((row) => row.number === number);
  if (!submission) return null;
  const { submittedAt: at, contentHash: hash, late, by } = submission;
  const definition = await definitionOf(db, entry, call);
  const installation = config.installationName;
  const content = await entryPdf({
    call,
    entry,
    definition,
    submission: { number, at, hash, late, by },
    language,
    installation,
    now: clock(),
  });
  return { at, hash, late, file: { name: `${entry.code}.pdf`, mediaType: 'application/pdf', content } };
}
