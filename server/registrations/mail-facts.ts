import { sql } from 'kysely';
import type { Db } from '../../db/database.ts';
import type { RegistrationState } from '../../db/tables/registrations.ts';
import { together } from '../../db/together.ts';

/** What a mail about a registration says, as of when it is sent. */
export interface MailFacts {
  id: string;
  state: RegistrationState;
  personId: string;
  name: string;
  language: string;
  /** Of whoever reads it. */
  readerZone: string;
  /** Of the person, or of their delegation's contact; null when nobody can be written to. */
  address: string | null;
  /** The person has no address of their own: their contact reads it. */
  forContact: boolean;
  eventId: string;
  slug: string;
  title: Record<string, string>;
  venue: Record<string, string>;
  eventAddress: string;
  onlineUrl: string | null;
  latitude: number | null;
  longitude: number | null;
  defaultLanguage: string;
  zone: string;
  startsAt: Temporal.Instant;
  endsAt: Temporal.Instant;
  cancellationReason: Record<string, string>;
  organisation: { id: string; slug: string; name: string } | null;
  category: Record<string, string>;
  amount: number;
  paid: number;
  currency: string;
  reference: string;
  paymentDetails: Record<string, string>;
  reason: string | null;
  reasonCode: string | null;
  endedBy: string | null;
  approvalBy: 'organisation' | 'organiser';
  joinedAt: Temporal.Instant;
  confirmedAt: Temporal.Instant | null;
  changedAt: Temporal.Instant;
  sequence: number;
  /** Parties that joined the queue before theirs. */
  ahead: number | null;
  offerExpiresAt: Temporal.Instant | null;
  /** When the last offer ended that nobody took. */
  lastOfferEndedAt: Temporal.Instant | null;
  heldUntil: Temporal.Instant | null;
  eventCancelled: boolean;
}

/** Of several registrations in one query. Somebody without an address is written to in their contact's language and zone. */
export async function mailFacts(db: Db, registrationIds: readonly string[]): Promise<MailFacts[]> {
  if (registrationIds.length === 0) return [];
  const { rows } = await sql<MailFacts>`
    select r.id, r.state, p.id as "personId", p.name, coalesce(k.language, p.language) as language, coalesce(k.zone, p.zone) as "readerZone",
      coalesce(p.email, r.contact_email) as address, p.email is null as "forContact", e.id as "eventId", e.slug, e.title, e.venue,
      e.address as "eventAddress", e.online_url as "onlineUrl", e.latitude, e.longitude, e.default_language as "defaultLanguage", e.zone,
      e.starts_at as "startsAt", e.ends_at as "endsAt", e.cancellation_reason as "cancellationReason",
      case when o.id is not null then jsonb_build_object('id', o.id, 'slug', o.slug, 'name', o.name) end as organisation,
      c.name as category, r.amount, r.currency, r.reference, e.payment_details as "paymentDetails",
      coalesce((select sum(y.amount)::int from payments y where y.registration_id = r.id and y.removed_at is null), 0) as paid,
      r.reason, r.reason_code as "reasonCode", r.ended_by as "endedBy", r.approval_by as "approvalBy",
      r.joined_at as "joinedAt", r.confirmed_at as "confirmedAt",
      greatest(r.joined_at, r.confirmed_at, r.ended_at, e.updated_at) as "changedAt", r.calendar_sequence + e.sequence as sequence,
      case when r.state = 'waiting' then (select count(*)::int from waitings a join waitings w on w.id = r.waiting_id
        where a.event_id = r.event_id and a.ended_at is null and a.rank < w.rank) end as ahead,
      (select f.expires_at from offers f where f.waiting_id = r.waiting_id and num_nonnulls(f.accepted_at, f.declined_at, f.expired_at) = 0) as "offerExpiresAt",
      (select max(f.expires_at) from offers f where f.waiting_id = r.waiting_id and f.expired_at is not null) as "lastOfferEndedAt",
      (select max(s.held_until) from places s where s.registration_id = r.id) as "heldUntil",
      e.cancelled_at is not null as "eventCancelled"
    from registrations r join people p on p.id = r.person_id join events e on e.id = r.event_id join categories c on c.id = r.category_id
    left join organisations o on o.id = r.organisation_id
    left join people k on p.email is null and k.id = r.created_by and k.email = r.contact_email
    where r.id = any (${registrationIds}::uuid[]) order by r.id`.execute(db);
  return rows;
}

/** Of one registration; those that are asked for in the same moment are read together. Undefined when there is none. */
export const mailFact = together<string, MailFacts | undefined>(async (db, ids) => {
  const facts = new Map((await mailFacts(db, ids)).map((fact) => [fact.id, fact]));
  return ids.map((id) => facts.get(id));
});

/** The registrations of a waiting party. */
export async function membersOfWaiting(db: Db, waitingId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('registrations')
    .select('id')
    .where('waiting_id', '=', waitingId)
    .where('state', '=', 'waiting')
    .orderBy('id')
    .execute();
  return rows.map((row) => row.id);
}

/** Everybody who is to hear that an event has moved or is cancelled. */
export async function registrationsToTell(db: Db, eventId: string): Promise<{ cancelled: boolean; registrations: string[] }> {
  const event = await db.selectFrom('events').select('cancelled_at').where('id', '=', eventId).executeTakeFirst();
  const rows = await db
    .selectFrom('registrations')
    .select('id')
    .where('event_id', '=', eventId)
    .where('state', 'in', ['pending', 'confirmed', 'waiting'])
    .orderBy('id')
    .execute();
  return { cancelled: event?.cancelled_at != null, registrations: rows.map((row) => row.id) };
}

/** Who left and who came in a replacement, named as their organisation knows them; undefined when there is none. */
export async function replacementFacts(db: Db, replacementId: string) {
  const { rows } = await sql<{
    registrationId: string;
    from: { id: string; name: string; email: string | null; language: string; zone: string };
    to: { id: string; name: string };
  }>`
    select x.registration_id as "registrationId",
      jsonb_build_object('id', f.id, 'name', f.name, 'email', f.email, 'language', f.language, 'zone', f.zone) as "from",
      jsonb_build_object('id', t.id, 'name', coalesce((select a.known_as from affiliations a where a.person_id = t.id
        and a.organisation_id = r.organisation_id and a.ended_at is null), t.name)) as "to"
    from replacements x join registrations r on r.id = x.registration_id
    join people f on f.id = x.from_person_id join people t on t.id = x.to_person_id
    where x.id = ${replacementId}`.execute(db);
  return rows[0];
}

/** One payment that stands, for its receipt. */
export function paymentFacts(db: Db, paymentId: string) {
  return db
    .selectFrom('payments')
    .select(['amount', 'currency', 'received_on as receivedOn'])
    .where('id', '=', paymentId)
    .where('removed_at', 'is', null)
    .executeTakeFirst();
}

/** The contacts of an organisation who can be written to. */
export function contactsOf(db: Db, organisationId: string) {
  return db
    .selectFrom('affiliations')
    .innerJoin('people', 'people.id', 'affiliations.person_id')
    .select(['people.id', 'people.name', 'people.email', 'people.language', 'people.zone'])
    .where('affiliations.organisation_id', '=', organisationId)
    .where('affiliations.is_contact', '=', true)
    .where('affiliations.ended_at', 'is', null)
    .where('people.email', 'is not', null)
    .where('people.erased_at', 'is', null)
    .orderBy('people.id')
    .execute();
}

/** Whoever a summary of a delegation goes to. */
export function readerOf(db: Db, personId: string) {
  return db
    .selectFrom('people')
    .select(['id', 'name', 'email', 'language', 'zone'])
    .where('id', '=', personId)
    .where('erased_at', 'is', null)
    .executeTakeFirst();
}
