import { sql } from 'kysely';
import type { Db } from '../../db/database.ts';
import type { RegistrationState } from '../../db/tables/registrations.ts';

/** What a mail about a registration says, as of when it is sent. */
export interface MailFacts {
  id: string;
  state: RegistrationState;
  personId: string;
  name: string;
  language: string;
  /** Of the person, or of their delegation's contact; null when nobody can be written to. */
  address: string | null;
  slug: string;
  title: Record<string, string>;
  venue: Record<string, string>;
  address1: string;
  defaultLanguage: string;
  zone: string;
  startsAt: Temporal.Instant;
  endsAt: Temporal.Instant;
  category: Record<string, string>;
  amount: number;
  currency: string;
  reference: string;
  reason: string | null;
  joinedAt: Temporal.Instant;
  confirmedAt: Temporal.Instant | null;
  changedAt: Temporal.Instant;
  sequence: number;
  offerExpiresAt: Temporal.Instant | null;
  heldUntil: Temporal.Instant | null;
  eventCancelled: boolean;
}

/** Of several registrations in one query. */
export async function mailFacts(db: Db, registrationIds: readonly string[]): Promise<MailFacts[]> {
  if (registrationIds.length === 0) return [];
  const { rows } = await sql<MailFacts>`
    select r.id, r.state, p.id as "personId", p.name, p.language, coalesce(p.email, r.contact_email) as address, e.slug, e.title, e.venue,
      e.address as address1, e.default_language as "defaultLanguage", e.zone, e.starts_at as "startsAt", e.ends_at as "endsAt",
      c.name as category, r.amount, r.currency, r.reference, r.reason, r.joined_at as "joinedAt", r.confirmed_at as "confirmedAt",
      greatest(r.joined_at, r.confirmed_at, r.ended_at, e.updated_at) as "changedAt", r.calendar_sequence + e.sequence as sequence,
      (select f.expires_at from offers f where f.waiting_id = r.waiting_id and num_nonnulls(f.accepted_at, f.declined_at, f.expired_at) = 0) as "offerExpiresAt",
      (select max(s.held_until) from places s where s.registration_id = r.id) as "heldUntil",
      e.cancelled_at is not null as "eventCancelled"
    from registrations r join people p on p.id = r.person_id join events e on e.id = r.event_id join categories c on c.id = r.category_id
    where r.id = any (${registrationIds}::uuid[]) order by r.id`.execute(db);
  return rows;
}

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
