import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { sql } from 'kysely';
import type { Db } from '../../db/database.ts';
import { newId } from '../../db/ids.ts';
import { askVisa } from '../../server/documents/visa.ts';
import type { System } from '../../server/system.ts';
import type { Things } from './world.ts';

/** A document of an event and one of a call, files made of each, and somebody who asks for a letter for a visa. */
export async function makeDocuments(
  { db, config, clock, storage }: System,
  { event, registration, person, judged, by }: Record<'event' | 'registration' | 'person' | 'judged' | 'by', string>,
): Promise<Things> {
  const { rows } = await sql<{ id: string }>`select call_id as id from entries where id = ${judged}`.execute(db);
  const call = rows[0]?.id ?? '';
  const key = randomUUID();
  await storage.put(key, Readable.from(['%PDF-']));
  const ofEvent = await made(db, { column: 'event_id', of: event, key, by, kind: 'participation', registration, person });
  const ofCall = await made(db, { column: 'call_id', of: call, key, by, kind: 'laureate', entry: judged });
  const visa = { passport: 'X1', nationality: 'Moroccan', born: '1980-01-02', consulate: 'Consulate in Rabat' };
  await askVisa(db, config.secret, person, registration, visa, clock());
  return {
    document: ofEvent.document,
    documentCode: ofEvent.code,
    documentJob: ofEvent.job,
    callDocument: ofCall.document,
    callJob: ofCall.job,
    documentKind: 'participation',
    callDocumentKind: 'thanks',
  };
}

interface Made {
  column: 'event_id' | 'call_id';
  of: string;
  key: string;
  by: string;
  kind: string;
  registration?: string;
  person?: string;
  entry?: string;
}

async function made(db: Db, { column, of, key, by, kind, registration, person, entry }: Made) {
  const [job, document] = [newId(), newId()];
  const code = kind === 'laureate' ? '0'.repeat(11).concat('1') : '0'.repeat(11).concat('2');
  await sql`insert into document_jobs (id, ${sql.ref(column)}, kind, ordered_by, total, done, ended_at, file_key, file_size, expires_at)
    values (${job}, ${of}, ${kind}, ${by}, 1, 1, now(), ${key}, 5, now() + interval '7 days')`.execute(db);
  const content = { occasion: 'Occasion', title: 'Title', body: 'Body', signed: 'The office', recipient: 'Recipient' };
  await sql`insert into documents (id, kind, code, ${sql.ref(column)}, registration_id, person_id, entry_id, job_id, language, recipient, content, issued_at, issued_by)
    values (${document}, ${kind}, ${code}, ${of}, ${registration ?? null}, ${person ?? null}, ${entry ?? null}, ${job}, 'en', 'Recipient',
      ${JSON.stringify(content)}::jsonb, now(), ${by})`.execute(db);
  return { job, document, code };
}
