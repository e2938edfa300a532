import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { sql } from 'kysely';
import { type Db, inTransaction, json } from '../../db/database.ts';
import { emit } from '../../db/outbox.ts';
import type { DocumentKind } from '../../db/tables/documents.ts';
import { textIn } from '../../web/locales/text-map.ts';
import type { System } from '../system.ts';
import { zipOf } from '../zip.ts';
import { issueTo } from './actions.ts';
import { badgesOf } from './badge-people.ts';
import { badgesPdf } from './badges.ts';
import { type Occasion, occasionById } from './occasions.ts';
import { type Paper, papersPdf } from './paper.ts';
import { papersOf, printedBy } from './printing.ts';
import { type DocumentJob, jobById, validOf } from './queries.ts';
import { onPaper, recipients } from './recipients.ts';
import { codeShown, FILE_DAYS, isLayout } from './rules.ts';
import { templatesOf } from './templates.ts';

const A_BATCH = 200;
const TELL_EVERY = 100;

/**
 * Does an order: issues what is not issued yet, then makes the file. What a worker that died had issued stays issued, once; the file
 * is made anew. `last`: nobody will try again after this.
 */
export async function runJob(system: System, id: string, last: boolean): Promise<void> {
  const { db, clock } = system;
  const job = await jobById(db, id);
  if (!job || job.endedAt) return;
  try {
    const occasion = await occasionById(
      db,
      job.eventId ? { of: 'event', id: job.eventId } : { of: 'call', id: job.callId ?? '' },
    );
    if (job.kind !== 'badges') await issueAll(db, job, { ...job, kind: job.kind }, occasion, clock);
    await end(system, job, await fileOf(system, job, occasion));
  } catch (error) {
    if (last) await db.updateTable('document_jobs').set({ failed: true, ended_at: clock() }).where('id', '=', id).execute();
    throw error;
  }
}

async function issueAll(
  db: Db,
  job: DocumentJob,
  { kind, language, orderedById: by }: { kind: DocumentKind; language: string | null; orderedById: string },
  occasion: Occasion,
  clock: () => Temporal.Instant,
): Promise<void> {
  const words = (await templatesOf(db, occasion))[kind];
  const all = await recipients(db, occasion, kind, job.registrationIds);
  const without = all.filter(({ documentId }) => documentId === null);
  const judged = without.map((who) => ({ who, fields: onPaper(words, occasion, who, language ?? who.language).lacking }));
  const ready = judged.filter(({ fields }) => fields.length === 0).map(({ who }) => who);
  const lacking = judged.filter(({ fields }) => fields.length > 0).map(({ who, fields }) => ({ name: who.name, fields }));
  await db
    .updateTable('document_jobs')
    .set({ total: all.length - lacking.length, done: 0, lacking: json(lacking.slice(0, 200)) })
    .where('id', '=', job.id)
    .execute();
  for (let from = 0; from < ready.length; from += A_BATCH) {
    const batch = ready.slice(from, from + A_BATCH);
    await inTransaction(db, (tx) => issueTo(tx, occasion, { kind, words, jobId: job.id, by, language }, batch, clock()));
  }
}

interface Made {
  /** In one piece, or as it is made. */
  content: Buffer | AsyncIterable<Buffer>;
  count: number;
}

async function fileOf(system: System, job: DocumentJob, occasion: Occasion): Promise<Made> {
  const { db, config } = system;
  const tell = teller(db, job.id);
  const language = job.language ?? occasion.defaultLanguage;
  const title = textIn(occasion.title, [language], occasion.defaultLanguage);
  if (job.kind === 'badges') {
    const badges = await badgesOf(db, config, occasion, { language, only: job.registrationIds });
    await db.updateTable('document_jobs').set({ total: badges.length, done: 0 }).where('id', '=', job.id).execute();
    const layout = isLayout(job.layout) ? job.layout : 'a4-8';
    const content = await badgesPdf(badges, { layout, event: title, language, created: job.orderedAt }, tell);
    return { content, count: badges.length };
  }
  const documents = await validOf(db, occasion, job.kind, job.registrationIds);
  const papers = await papersOf(db, config, documents);
  const made = { ...printedBy(config, language, occasion.zone), title, created: job.orderedAt };
  await db.updateTable('document_jobs').set({ total: papers.length, done: 0 }).where('id', '=', job.id).execute();
  if (!job.archive) return { content: await papersPdf(papers, made, tell), count: papers.length };
  const print = (paper: Paper) => papersPdf([paper], { ...made, ...printedBy(config, paper.language, occasion.zone) });
  return { content: zipOf(filesOf(papers, print, tell), job.orderedAt), count: papers.length };
}

/** Each paper as a file of its own, printed when it is asked for. */
export async function* filesOf(
  papers: readonly Paper[],
  print: (paper: Paper) => Promise<Buffer>,
  tell: (done: number) => Promise<void>,
): AsyncGenerator<{ name: string; content: Buffer }> {
  for (const [at, paper] of papers.entries()) {
    const name = `${paper.content.recipient.replace(/[\\/:*?"<>|\p{Cc}]/gu, ' ').trim()} ${codeShown(paper.code)}.pdf`;
    yield { name, content: await print(paper) };
    await tell(at + 1);
  }
}

/** Writes down how far it is, now and then. */
function teller(db: Db, id: string): (done: number) => Promise<void> {
  let told = 0;
  return async (done) => {
    if (done - told < TELL_EVERY) return;
    told = done;
    await sql`update document_jobs set done = least(total, ${done}) where id = ${id}`.execute(db);
  };
}

async function end({ db, storage, clock }: System, job: DocumentJob, { content, count }: Made): Promise<void> {
  const key = randomUUID();
  let size = 0;
  const weighed = async function* () {
    for await (const part of Buffer.isBuffer(content) ? [content] : content) {
      size += part.length;
      yield part;
    }
  };
  if (count > 0) await storage.put(key, Readable.from(weighed(), { objectMode: false }));
  const file = count > 0 ? { file_key: key, file_size: size, expires_at: clock().add({ hours: 24 * FILE_DAYS }) } : {};
  await inTransaction(db, async (tx) => {
    await sql`update document_jobs set done = total where id = ${job.id}`.execute(tx);
    await tx
      .updateTable('document_jobs')
      .set({ ...file, ended_at: clock() })
      .where('id', '=', job.id)
      .execute();
    if (job.kind !== 'badges') await emit(tx, 'documents.issued', { job: job.id });
  });
}

/** Removes files whose time is over. */
export async function forgetFiles({ db, storage, clock }: System): Promise<void> {
  const { rows } = await sql<{ id: string; key: string }>`
    select id, file_key as key from document_jobs where file_key is not null and expires_at < ${clock()} limit 500`.execute(db);
  for (const { key } of rows) await storage.remove(key);
  if (rows.length > 0)
    await db
      .updateTable('document_jobs')
      .set({ file_key: null })
      .where(
        'id',
        'in',
        rows.map(({ id }) => id),
      )
      .execute();
}
