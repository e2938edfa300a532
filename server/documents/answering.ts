import type { FastifyReply, FastifyRequest } from 'fastify';
import type { DocumentKind } from '../../db/tables/documents.ts';
import { translator } from '../../web/locales/translate.ts';
import { NotFound } from '../errors.ts';
import type { Occasion } from './occasions.ts';
import { papersPdf } from './paper.ts';
import { papersOf, printedBy } from './printing.ts';
import type { DocumentJob, IssuedDocument } from './queries.ts';
import { onPaper, type Recipient, recipients } from './recipients.ts';
import { codeShown, FIELDS } from './rules.ts';
import { templatesOf } from './templates.ts';

const PDF = 'application/pdf';

/** Answers with a file that is nobody else's; `name` without its ending. */
export function sendFileNamed(
  reply: FastifyReply,
  { name, type, inline }: { name: string; type: 'pdf' | 'zip'; inline?: boolean },
  body: unknown,
) {
  const ascii =
    name
      .normalize('NFD')
      .replace(/[^\w .-]/g, '')
      .trim()
      .replace(/\s+/g, '-') || 'document';
  return reply
    .type(type === 'pdf' ? PDF : 'application/zip')
    .header('cache-control', 'private, no-store')
    .header('x-content-type-options', 'nosniff')
    .header('content-disposition', `${inline ? 'inline' : 'attachment'}; filename="${ascii}.${type}"`)
    .send(body);
}

/** The file that an order made. Errors: NotFound when there is none, or no longer. */
export async function sendJobFile(request: FastifyRequest, reply: FastifyReply, occasion: Occasion, job: DocumentJob) {
  const { storage, clock } = request.server.system;
  if (!job.fileKey || !job.expiresAt || Temporal.Instant.compare(clock(), job.expiresAt) >= 0) throw new NotFound();
  const name = `${translator(request.language)(`documents.kind.${job.kind}`)} ${occasion.slug}`;
  return sendFileNamed(reply, { name, type: job.archive ? 'zip' : 'pdf' }, await storage.get(job.fileKey));
}

/** An issued document, as it is printed each time. */
export async function sendDocument(request: FastifyRequest, reply: FastifyReply, document: IssuedDocument) {
  const { db, config } = request.server.system;
  if (document.revokedAt) throw new NotFound();
  const papers = await papersOf(db, config, [document]);
  const made = {
    ...printedBy(config, document.language, document.zone),
    title: document.content.title,
    created: document.issuedAt,
  };
  return sendFileNamed(
    reply,
    { name: `${document.content.title} ${codeShown(document.code)}`, type: 'pdf' },
    await papersPdf(papers, made),
  );
}

/** What would be issued, with a code that is none: to the first who has a right to it, else with the names of the fields. */
export async function sendPreview(
  request: FastifyRequest,
  reply: FastifyReply,
  occasion: Occasion,
  { kind, language }: { kind: DocumentKind; language: string },
) {
  const { db, config, clock } = request.server.system;
  const words = (await templatesOf(db, occasion))[kind];
  const [first] = await recipients(db, occasion, kind);
  const paper = onPaper(words, occasion, first ?? nobodyYet(FIELDS[kind]), language);
  const values = { passport: '000000000', nationality: '–', born: '–' };
  const made = { ...printedBy(config, paper.language, occasion.zone), title: paper.content.title, created: clock() };
  const code = '0'.repeat(12);
  const pdf = await papersPdf(
    [{ kind, code, language: paper.language, content: paper.content, issuedAt: clock(), values }],
    made,
  );
  return sendFileNamed(reply, { name: paper.content.title, type: 'pdf', inline: true }, pdf);
}

const nobodyYet = (fields: readonly string[]): Recipient => ({
  registrationId: null,
  personId: null,
  entryId: null,
  name: '{name}',
  language: 'en',
  organisation: '{organisation}',
  country: null,
  category: null,
  hours: null,
  entry: null,
  consulate: fields.includes('consulate') ? '{consulate}' : null,
  documentId: null,
});
