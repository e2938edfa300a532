import { sql } from 'kysely';
import type { Db } from '../../db/database.ts';
import { manageUrl } from '../registrations/manage-links.ts';

export interface Addressed {
  documentId: string;
  personId: string;
  address: string;
  language: string;
}

const ADDRESSED = sql`
  select d.id as "documentId", p.id as "personId", coalesce(p.email, r.contact_email) as address, p.language, p.name
  from documents d join people p on p.id = d.person_id left join registrations r on r.id = d.registration_id
  where d.revoked_at is null and p.erased_at is null and coalesce(p.email, r.contact_email) is not null
  union all
  select d.id, p.id, p.email, p.language, p.name
  from documents d join entries n on n.id = d.entry_id join affiliations a on a.organisation_id = n.organisation_id and a.is_contact and a.ended_at is null
    join people p on p.id = a.person_id
  where d.revoked_at is null and d.person_id is null and p.erased_at is null and p.email is not null`;

/** Who hears of the documents that an order issued: each person, and the contacts of each city. */
export async function issuedMails(db: Db, jobId: string): Promise<Addressed[]> {
  const { rows } = await sql<Addressed>`
    select a.* from (${ADDRESSED}) a join documents d on d.id = a."documentId" where d.job_id = ${jobId}`.execute(db);
  return rows;
}

/** One of them as the mail says it; null when it was revoked since. */
export async function issuedMail(db: Db, config: { publicUrl: string; secret: string }, documentId: string, personId: string) {
  const { rows } = await sql<{
    name: string;
    title: string;
    occasion: string;
    recipient: string;
    code: string;
    registrationId: string | null;
    state: string | null;
    endsAt: Temporal.Instant | null;
  }>`
    select a.name, d.content->>'title' as title, d.content->>'occasion' as occasion, d.recipient, d.code, d.registration_id as "registrationId", r.state,
      e.ends_at as "endsAt"
    from (${ADDRESSED}) a join documents d on d.id = a."documentId" left join registrations r on r.id = d.registration_id and r.person_id = d.person_id
      left join events e on e.id = d.event_id
    where d.id = ${documentId} and a."personId" = ${personId} limit 1`.execute(db);
  const found = rows[0];
  if (!found) return null;
  const { registrationId, endsAt, ...words } = found;
  // By the link of their own registration nobody has to sign in; what is of a city is on the contact's page.
  const managed = registrationId && endsAt && found.state === 'confirmed' ? { id: registrationId, personId } : null;
  return { ...words, url: managed ? `${manageUrl(config, managed)}/documents` : `${config.publicUrl}/documents` };
}

/** Whom a refused request is answered to; null when they have no address. */
export async function visaMail(db: Db, registrationId: string) {
  const { rows } = await sql<{
    personId: string;
    address: string;
    language: string;
    name: string;
    reason: string;
    title: Record<string, string>;
    defaultLanguage: string;
  }>`
    select p.id as "personId", coalesce(p.email, r.contact_email) as address, p.language, p.name, coalesce(v.reason, '–') as reason, e.title,
      e.default_language as "defaultLanguage"
    from visa_letters v join registrations r on r.id = v.registration_id and r.person_id = v.person_id join people p on p.id = v.person_id
      join events e on e.id = v.event_id
    where v.registration_id = ${registrationId} and v.state = 'refused' and coalesce(p.email, r.contact_email) is not null`.execute(
    db,
  );
  return rows[0] ?? null;
}
