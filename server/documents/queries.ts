import { sql } from 'kysely';
import { type Db, SHARED, type Transaction } from '../../db/database.ts';
import type { DocumentKind, Lacking, OnPaper } from '../../db/tables/documents.ts';
import { columnOf, type Occasion } from './occasions.ts';
import { PRESENT } from './presence.ts';

export interface IssuedDocument {
  id: string;
  kind: DocumentKind;
  code: string;
  eventId: string | null;
  callId: string | null;
  registrationId: string | null;
  personId: string | null;
  entryId: string | null;
  /** Of an entry: whose contacts may have it. */
  organisationId: string | null;
  language: string;
  recipient: string;
  content: OnPaper;
  zone: string;
  issuedAt: Temporal.Instant;
  issuedBy: string | null;
  revokedAt: Temporal.Instant | null;
  revocationReason: string | null;
}

const columns = sql`d.id, d.kind, d.code, d.event_id as "eventId", d.call_id as "callId", d.registration_id as "registrationId", d.person_id as "personId",
  d.entry_id as "entryId", n.organisation_id as "organisationId", d.language, d.recipient, d.content, coalesce(e.zone, c.zone) as zone,
  d.issued_at as "issuedAt", b.name as "issuedBy", d.revoked_at as "revokedAt", d.revocation_reason as "revocationReason"`;
const tables = sql`documents d left join events e on e.id = d.event_id left join calls c on c.id = d.call_id left join entries n on n.id = d.entry_id
  left join people b on b.id = d.issued_by`;

export async function documentById(db: Db | Transaction, id: string): Promise<IssuedDocument | undefined> {
  return (await sql<IssuedDocument>`select ${columns} from ${tables} where d.id = ${id}`.execute(db)).rows[0];
}

/** What was issued of an event or a call, the latest first, at most `limit`. */
export async function issuedOf(
  db: Db,
  occasion: Occasion,
  { kind, search, after, limit }: { kind?: DocumentKind; search: string; after?: string; limit: number },
): Promise<IssuedDocument[]> {
  const { rows } = await sql<IssuedDocument>`
    select ${columns} from ${tables} where d.${columnOf(occasion)} = ${occasion.id}
      ${kind ? sql`and d.kind = ${kind}` : sql``} ${search ? sql`and fold(d.recipient) like '%' || fold(${search}) || '%'` : sql``}
      ${after ? sql`and d.id < ${after}` : sql``}
    order by d.id desc limit ${limit}`.execute(db);
  return rows;
}

/** The valid documents of a kind, by name: of these registrations alone when they are given. */
export async function validOf(
  db: Db | Transaction,
  occasion: Occasion,
  kind: DocumentKind,
  only: readonly string[] | null,
): Promise<IssuedDocument[]> {
  const { rows } = await sql<IssuedDocument>`
    select ${columns} from ${tables} where d.${columnOf(occasion)} = ${occasion.id} and d.kind = ${kind} and d.revoked_at is null
      ${only ? sql`and d.registration_id = any (${[...only]}::uuid[])` : sql``}
    order by fold(d.recipient), d.id`.execute(db);
  return rows;
}

/** What one person has: their own documents and, as a contact, those of their cities' entries. Valid ones only. */
export async function documentsFor(db: Db, personId: string, contactOf: readonly string[]): Promise<IssuedDocument[]> {
  const { rows } = await sql<IssuedDocument>`
    select ${columns} from ${tables} where d.revoked_at is null
      and (d.person_id = ${personId} or n.organisation_id = any (${[...contactOf]}::uuid[])) order by d.id desc limit 500`.execute(
    db,
  );
  return rows;
}

export async function documentsOfRegistration(db: Db, registrationId: string, personId: string): Promise<IssuedDocument[]> {
  const { rows } = await sql<IssuedDocument>`
    select ${columns} from ${tables} where d.revoked_at is null and d.registration_id = ${registrationId} and d.person_id = ${personId}
    order by d.id desc limit 50`.execute(db);
  return rows;
}

/** What everybody may know of a document by its code. */
export interface Verified {
  code: string;
  kind: DocumentKind;
  recipient: string;
  occasion: string;
  issuedAt: Temporal.Instant;
  revokedAt: Temporal.Instant | null;
  zone: string;
}

export async function verified(db: Db, code: string): Promise<Verified | undefined> {
  const { rows } = await sql<Verified>`${SHARED}
    select d.code, d.kind, d.recipient, d.content->>'occasion' as occasion, d.issued_at as "issuedAt", d.revoked_at as "revokedAt",
      coalesce(e.zone, c.zone) as zone
    from documents d left join events e on e.id = d.event_id left join calls c on c.id = d.call_id where d.code = ${code}`.execute(
    db,
  );
  return rows[0];
}

export interface DocumentJob {
  id: string;
  kind: DocumentKind | 'badges';
  language: string | null;
  layout: string | null;
  archive: boolean;
  registrationIds: string[] | null;
  orderedAt: Temporal.Instant;
  orderedBy: string;
  orderedById: string;
  eventId: string | null;
  callId: string | null;
  total: number;
  done: number;
  lacking: Lacking[];
  endedAt: Temporal.Instant | null;
  failed: boolean;
  fileKey: string | null;
  fileSize: number | null;
  expiresAt: Temporal.Instant | null;
}

const jobColumns = sql`j.id, j.kind, j.language, j.layout, j.archive, j.registration_ids as "registrationIds", j.ordered_at as "orderedAt", p.name as "orderedBy",
  j.ordered_by as "orderedById", j.event_id as "eventId", j.call_id as "callId", j.total, j.done, j.lacking, j.ended_at as "endedAt", j.failed,
  j.file_key as "fileKey", j.file_size as "fileSize", j.expires_at as "expiresAt"`;

export async function jobById(db: Db | Transaction, id: string): Promise<DocumentJob | undefined> {
  const { rows } =
    await sql<DocumentJob>`select ${jobColumns} from document_jobs j join people p on p.id = j.ordered_by where j.id = ${id}`.execute(
      db,
    );
  return rows[0];
}

/** The last that were ordered, the latest first. */
export async function jobsOf(db: Db, occasion: Occasion): Promise<DocumentJob[]> {
  const { rows } = await sql<DocumentJob>`
    select ${jobColumns} from document_jobs j join people p on p.id = j.ordered_by
    where j.${columnOf(occasion)} = ${occasion.id} order by j.id desc limit 20`.execute(db);
  return rows;
}

export interface Attendee {
  registrationId: string;
  name: string;
  organisation: string | null;
  marked: boolean;
  present: boolean;
}

/** Who is confirmed, by name from `after` on, and whether they are known to have been there. */
export async function attendees(
  db: Db,
  eventId: string,
  { search, after, limit }: { search: string; after?: readonly unknown[]; limit: number },
): Promise<Attendee[]> {
  const { rows } = await sql<Attendee>`
    select r.id as "registrationId", p.name, o.name as organisation,
      exists (select from document_presences m where m.registration_id = r.id and m.person_id = p.id) as marked,
      exists (select from ${PRESENT} h where h.event_id = r.event_id and h.registration_id = r.id and h.person_id = p.id) as present
    from registrations r join people p on p.id = r.person_id left join organisations o on o.id = r.organisation_id
    where r.event_id = ${eventId} and r.state = 'confirmed'
      ${search ? sql`and fold(p.name || ' ' || coalesce(o.name, '')) like '%' || fold(${search}) || '%'` : sql``}
      ${after ? sql`and (fold(p.name), r.id) > (fold(${after[0]}), ${after[1]}::uuid)` : sql``}
    order by fold(p.name), r.id limit ${limit}`.execute(db);
  return rows;
}
