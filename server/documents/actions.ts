import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { record } from '../../db/changes.ts';
import { type Db, inTransaction, json, type Transaction } from '../../db/database.ts';
import { newId } from '../../db/ids.ts';
import { emit } from '../../db/outbox.ts';
import type { DocumentKind } from '../../db/tables/documents.ts';
import type { Viewer } from '../accounts/access.ts';
import { Invalid, NotFound, Refused } from '../errors.ts';
import type { Words } from './first-words.ts';
import type { JobWrite } from './input.ts';
import { columnOf, type Occasion } from './occasions.ts';
import { onPaper, type Recipient } from './recipients.ts';
import { codeFrom, kindsOf } from './rules.ts';

const about = (viewer: Pick<Viewer, 'personId'>, occasion: Occasion, row = occasion.id) => ({
  actor: viewer.personId,
  feature: 'documents',
  row,
  event: occasion.of === 'event' ? occasion.id : null,
});

/** Orders badges, or the documents of a kind, for all or for some; a worker makes them. Errors: Invalid, Refused('results-first'). */
export async function orderDocuments(
  db: Db,
  viewer: Viewer,
  occasion: Occasion,
  order: JobWrite,
  now: Temporal.Instant,
): Promise<string> {
  const kinds: readonly string[] = kindsOf(occasion);
  if (order.kind === 'badges' ? occasion.of !== 'event' : !kinds.includes(order.kind))
    throw new Invalid([{ path: 'kind', code: 'choice' }]);
  if (order.language && !occasion.languages.includes(order.language)) throw new Invalid([{ path: 'language', code: 'choice' }]);
  // What a jury decided is nobody's before all know it.
  if (occasion.of === 'call' && !occasion.resultsPublishedAt) throw new Refused('results-first');
  return inTransaction(db, async (tx) => {
    const id = newId();
    await tx
      .insertInto('document_jobs')
      .values({
        id,
        event_id: occasion.of === 'event' ? occasion.id : null,
        call_id: occasion.of === 'call' ? occasion.id : null,
        kind: order.kind,
        language: order.language ?? null,
        layout: order.kind === 'badges' ? (order.layout ?? 'a4-8') : null,
        archive: order.kind !== 'badges' && (order.archive ?? false),
        registration_ids: order.registrations ?? null,
        ordered_by: viewer.personId,
        ordered_at: now,
        lacking: json([]),
        ended_at: null,
        file_key: null,
        file_size: null,
        expires_at: null,
      })
      .execute();
    await record(tx, { ...about(viewer, occasion, id), action: 'documentsOrdered', after: { kind: order.kind } });
    await emit(tx, 'documents.make', { job: id });
    return id;
  });
}

/** Issues documents to these people as one statement; whoever has one already keeps it. In the order's transaction. */
export async function issueTo(
  tx: Transaction,
  occasion: Occasion,
  { kind, words, jobId, by, language }: { kind: DocumentKind; words: Words; jobId: string; by: string; language: string | null },
  people: readonly Recipient[],
  now: Temporal.Instant,
): Promise<number> {
  if (people.length === 0) return 0;
  const rows = people.map((who) => {
    const paper = onPaper(words, occasion, who, language ?? who.language);
    return {
      id: newId(),
      kind,
      code: codeFrom(randomBytes(12)),
      event_id: occasion.of === 'event' ? occasion.id : null,
      call_id: occasion.of === 'call' ? occasion.id : null,
      registration_id: who.registrationId,
      person_id: who.personId,
      entry_id: who.entryId,
      job_id: jobId,
      language: paper.language,
      recipient: who.name,
      content: json(paper.content),
      issued_at: now,
      issued_by: by,
      revoked_at: null,
      revoked_by: null,
      revocation_reason: null,
    };
  });
  const made = await tx
    .insertInto('documents')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .execute();
  await record(tx, {
    ...about({ personId: by }, occasion, jobId),
    action: 'documentsIssued',
    after: { kind, documents: made.length },
  });
  return made.length;
}

/** Takes a document back: its code says so from now on, and another may be issued. Errors: NotFound. Twice is once. */
export async function revokeDocument(
  db: Db,
  viewer: Viewer,
  occasion: Occasion,
  id: string,
  reason: string,
  now: Temporal.Instant,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const { rows } = await sql<{ kind: string; revoked_at: Temporal.Instant | null }>`
      select kind, revoked_at from documents where id = ${id} and ${columnOf(occasion)} = ${occasion.id} for no key update`.execute(
      tx,
    );
    if (!rows[0]) throw new NotFound();
    if (rows[0].revoked_at) return;
    await tx
      .updateTable('documents')
      .set({ revoked_at: now, revoked_by: viewer.personId, revocation_reason: reason })
      .where('id', '=', id)
      .execute();
    await record(tx, { ...about(viewer, occasion, id), action: 'documentRevoked', after: { kind: rows[0].kind, reason } });
  });
}

/** Says that these people were there, or no longer says so. Only who is confirmed counts. Answers how many it changed. */
export async function markPresent(
  db: Db,
  viewer: Viewer,
  occasion: Occasion,
  { registrations, present }: { registrations: readonly string[]; present: boolean },
  now: Temporal.Instant,
): Promise<number> {
  return inTransaction(db, async (tx) => {
    const ids = [...registrations];
    const { rows } = await (present
      ? sql`
        insert into document_presences (registration_id, event_id, person_id, marked_by, marked_at)
        select id, event_id, person_id, ${viewer.personId}, ${now} from registrations
        where id = any (${ids}::uuid[]) and event_id = ${occasion.id} and state = 'confirmed'
        on conflict (registration_id) do update set person_id = excluded.person_id, marked_by = excluded.marked_by, marked_at = excluded.marked_at
          where document_presences.person_id <> excluded.person_id returning registration_id`
      : sql`delete from document_presences where registration_id = any (${ids}::uuid[]) and event_id = ${occasion.id} returning registration_id`
    ).execute(tx);
    if (rows.length > 0)
      await record(tx, {
        ...about(viewer, occasion),
        action: present ? 'presenceMarked' : 'presenceRemoved',
        after: { people: rows.length },
      });
    return rows.length;
  });
}
