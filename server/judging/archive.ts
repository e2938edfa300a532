import { buffer } from 'node:stream/consumers';
import { sql } from 'kysely';
import type { Db } from '../../db/database.ts';
import type { Language } from '../../web/locales/languages.ts';
import { translator } from '../../web/locales/translate.ts';
import { entryPdf } from '../calls/entry-pdf.ts';
import { type EntryDetails, entryColumns, entryTables } from '../calls/entry-queries.ts';
import { type CallDetails, callById } from '../calls/queries.ts';
import { type Definition, parseDefinition } from '../forms/definition.ts';
import { exportOf } from '../http/exports.ts';
import type { Storage } from '../storage.ts';
import { ballotBoard } from './ballots.ts';
import { type Decision, decisionsOf } from './decisions.ts';
import { entryReport, judgedWithReviews, type NamedCriterion, scoredCriteria } from './entry-report.ts';
import { membersOf } from './jury.ts';
import { chainOf } from './proof.ts';
import { everyReview, reviewColumns } from './review-sheet.ts';
import { tieVotesOf } from './tie-votes.ts';

const BATCH = 25;

interface ZippedFile {
  /** With slashes between folders. */
  name: string;
  content: Buffer;
}

export interface ArchiveOf {
  db: Db;
  storage: Storage;
  call: { id: string; slug: string; defaultLanguage: string };
  language: Language;
  installation: string;
  now: Temporal.Instant;
}

interface Of extends ArchiveOf {
  details: CallDetails;
  criteria: NamedCriterion[];
  decisions: Decision[];
}

type Submitted = EntryDetails & {
  submissions: { number: number; at: string; hash: string; late: boolean; by: string | null }[];
  keys: Record<string, string>;
};

/** Everything of a call, file after file: its terms, every entry with its files, every review, and how the jury decided. */
export async function* archiveOf(of: ArchiveOf): AsyncGenerator<ZippedFile> {
  const { db, call } = of;
  const details = await callById(db, call.id);
  if (!details) return;
  const whole: Of = { ...of, details, criteria: await scoredCriteria(db, call.id), decisions: await decisionsOf(db, call.id) };
  yield text('README.txt', translator(of.language)('judging.archive.readme', { slug: call.slug }));
  yield asJson('call.json', details);
  yield* entriesOf(whole);
  yield* judgingOf(whole);
}

const text = (name: string, words: string): ZippedFile => ({ name, content: Buffer.from(`${words}\n`, 'utf8') });
const asJson = (name: string, value: unknown) => text(name, JSON.stringify(value, null, 2));

async function* entriesOf(of: Of): AsyncGenerator<ZippedFile> {
  const definitions = new Map<string, Definition>();
  let after = '';
  for (;;) {
    const entries = await nextEntries(of.db, of.call.id, after);
    await readDefinitions(of.db, definitions, entries);
    const judged = new Map(
      (
        await judgedWithReviews(
          of.db,
          of.call.id,
          entries.map(({ code }) => code),
        )
      ).map((one) => [one.id, one]),
    );
    for (const { keys, submissions, ...entry } of entries) {
      const { language, installation, now, details } = of;
      const last = submissions[0];
      const submission = last ? { ...last, at: Temporal.Instant.from(last.at) } : null;
      const definition = (entry.formVersionId && definitions.get(entry.formVersionId)) || null;
      yield asJson(`entries/${entry.code}/entry.json`, { ...entry, submissions });
      const content = await entryPdf({ call: details, entry, definition, submission, language, installation, now });
      yield { name: `entries/${entry.code}/entry.pdf`, content };
      const own = judged.get(entry.id);
      if (own) {
        const { criteria, decisions } = of;
        yield {
          name: `entries/${entry.code}/reviews.pdf`,
          content: await entryReport({ call: details, entry: own, criteria, decisions, language, installation, now }),
        };
      }
      for (const file of entry.files) {
        const key = keys[file.id];
        if (key)
          yield { name: `entries/${entry.code}/files/${safeName(file)}`, content: await buffer(await of.storage.get(key)) };
      }
    }
    const last = entries.at(-1);
    if (!last || entries.length < BATCH) return;
    after = last.code;
  }
}

// Two files of one entry may have the same name; a name must not lead out of its folder.
const safeName = (file: { id: string; name: string }) => `${file.id.slice(-6)}-${file.name.replace(/[^\p{L}\p{N} ._-]/gu, '_')}`;

// Drafts were never handed in: they are their authors' alone.
async function nextEntries(db: Db, callId: string, after: string): Promise<Submitted[]> {
  const { rows } = await sql<Submitted>`
    select ${entryColumns},
      coalesce((select jsonb_agg(jsonb_build_object('number', s.number, 'at', s.submitted_at, 'hash', s.content_hash, 'late', s.late, 'by', p.name)
        order by s.number desc) from entry_submissions s left join people p on p.id = s.submitted_by where s.entry_id = n.id), '[]') as submissions,
      coalesce((select jsonb_object_agg(f.id, f.key) from files f
        where f.owner_kind = 'entry' and f.owner_id = n.id and f.removed_at is null), '{}') as keys
    from ${entryTables} where n.call_id = ${callId} and n.state <> 'draft' and n.code > ${after} order by n.code limit ${BATCH}`.execute(
    db,
  );
  return rows;
}

async function readDefinitions(db: Db, known: Map<string, Definition>, entries: readonly Submitted[]): Promise<void> {
  const wanted = [
    ...new Set(entries.flatMap(({ formVersionId }) => (formVersionId && !known.has(formVersionId) ? [formVersionId] : []))),
  ];
  if (wanted.length === 0) return;
  const rows = await db.selectFrom('form_versions').select(['id', 'definition']).where('id', 'in', wanted).execute();
  for (const { id, definition } of rows) known.set(id, parseDefinition(definition));
}

async function* judgingOf({ db, call, decisions, language }: Of): AsyncGenerator<ZippedFile> {
  const columns = await reviewColumns(db, call, language);
  for (const format of ['xlsx', 'csv'] as const) {
    const body = await exportOf({ format, columns, rows: everyReview(db, call.id) });
    yield { name: `reviews.${format}`, content: Buffer.isBuffer(body) ? body : await buffer(body) };
  }
  yield asJson('jury.json', await membersOf(db, call.id));
  const { rows: conflicts } = await sql`
    select n.code, p.name as juror, x.kind from juror_conflicts x join entries n on n.id = x.entry_id join people p on p.id = x.person_id
    where x.call_id = ${call.id} order by n.code, p.name, x.kind`.execute(db);
  yield asJson('conflicts.json', conflicts);
  const { rows: assignments } = await sql`
    select n.code, p.name as juror, a.published_at as "publishedAt", a.withdrawn_at as "withdrawnAt", a.withdrawal_reason as "withdrawalReason"
    from assignments a join entries n on n.id = a.entry_id join people p on p.id = a.person_id where a.call_id = ${call.id} order by n.code, p.name`.execute(
    db,
  );
  yield asJson('assignments.json', assignments);
  const rankings = await db.selectFrom('rankings').selectAll().where('call_id', '=', call.id).orderBy('number').execute();
  for (const { number, input, input_hash, result, computed_at } of rankings)
    yield asJson(`rankings/${number}.json`, {
      number,
      inputHash: input_hash,
      computedAt: computed_at,
      input: JSON.parse(input),
      result,
    });
  const { rows: notes } = await sql`
    select n.code, d.text, p.name as "writtenBy", d.written_at as "writtenAt" from deliberation_notes d left join entries n on n.id = d.entry_id
      left join people p on p.id = d.written_by where d.call_id = ${call.id} order by d.written_at`.execute(db);
  yield asJson('discussion.json', notes);
  yield asJson('ties.json', await tieVotesOf(db, call.id));
  yield asJson('ballot.json', await ballotBoard(db, call.id));
  yield asJson('decisions.json', decisions);
  const { rows: letters } = await sql`
    select n.code, l.text, l.sent_at as "sentAt" from feedback_letters l join entries n on n.id = l.entry_id
    where l.call_id = ${call.id} order by n.code`.execute(db);
  yield asJson('letters.json', letters);
  const chain = await chainOf(db, call.id);
  yield asJson('chain.json', { format: 'convivium-chain-1', call: call.slug, chain });
}
