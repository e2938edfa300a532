import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { record } from '../../db/changes.ts';
import { type Db, inTransaction } from '../../db/database.ts';
import { emit } from '../../db/outbox.ts';
import type { Viewer } from '../accounts/access.ts';
import { NotFound, Refused } from '../errors.ts';
import type { VisaWrite } from './input.ts';
import { PASSPORT_DAYS } from './rules.ts';

type Passport = Pick<VisaWrite, 'passport' | 'nationality' | 'born'>;

const keyOf = (secret: string) => Buffer.from(hkdfSync('sha256', secret, '', 'passports', 32));

/** AES-256-GCM (NIST SP 800-38D) under a key of the installation's secret (HKDF, RFC 5869), bound to its registration. */
function seal(secret: string, registrationId: string, passport: Passport): Buffer {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', keyOf(secret), iv).setAAD(Buffer.from(registrationId));
  return Buffer.concat([iv, cipher.update(JSON.stringify(passport), 'utf8'), cipher.final(), cipher.getAuthTag()]);
}

function unseal(secret: string, registrationId: string, sealed: Buffer): Passport {
  const decipher = createDecipheriv('aes-256-gcm', keyOf(secret), sealed.subarray(0, 12))
    .setAAD(Buffer.from(registrationId))
    .setAuthTag(sealed.subarray(-16));
  return JSON.parse(Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]).toString('utf8'));
}

export interface VisaRequest {
  registrationId: string;
  eventId: string;
  personId: string;
  name: string;
  organisation: string | null;
  consulate: string;
  askedAt: Temporal.Instant;
  state: 'asked' | 'approved' | 'refused';
  reason: string | null;
  passport: Passport | null;
}

/** Requests of an event, those not decided first; of one registration when given, for whoever may read passports. One query. */
export async function visaRequests(
  db: Db,
  secret: string,
  of: { eventId: string } | { registrationId: string },
): Promise<VisaRequest[]> {
  const where = 'eventId' in of ? sql`v.event_id = ${of.eventId}` : sql`v.registration_id = ${of.registrationId}`;
  const { rows } = await sql<Omit<VisaRequest, 'passport'> & { sealed: Buffer | null }>`
    select v.registration_id as "registrationId", v.event_id as "eventId", v.person_id as "personId", p.name, o.name as organisation, v.consulate,
      v.asked_at as "askedAt", v.state, v.reason, v.sealed
    from visa_letters v join registrations r on r.id = v.registration_id and r.person_id = v.person_id join people p on p.id = v.person_id
      left join organisations o on o.id = r.organisation_id
    where ${where} order by v.state <> 'asked', v.asked_at limit 1000`.execute(db);
  return rows.map(({ sealed, ...row }) => ({ ...row, passport: sealed && unseal(secret, row.registrationId, sealed) }));
}

/** What is written into letters, by registration. Those that are forgotten are not in it. */
export async function passportsOf(
  db: Db,
  secret: string,
  registrationIds: readonly string[],
): Promise<Map<string, { [Field in keyof Passport]: string }>> {
  const rows = await db
    .selectFrom('visa_letters')
    .select(['registration_id', 'sealed'])
    .where('registration_id', 'in', registrationIds)
    .where('sealed', 'is not', null)
    .execute();
  return new Map(
    rows.map(({ registration_id, sealed }) => [registration_id, unseal(secret, registration_id, sealed ?? Buffer.alloc(0))]),
  );
}

/**
 * Asks for a letter, or corrects what was asked as long as nobody has decided. Errors: NotFound; Refused('not-confirmed',
 * 'visa-decided', 'has-ended').
 */
export async function askVisa(
  db: Db,
  secret: string,
  actor: string,
  registrationId: string,
  { consulate, ...passport }: VisaWrite,
  now: Temporal.Instant,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const found = await tx
      .selectFrom('registrations')
      .innerJoin('events', 'events.id', 'registrations.event_id')
      .select(['registrations.event_id', 'registrations.person_id', 'registrations.state', 'events.ends_at'])
      .where('registrations.id', '=', registrationId)
      .forNoKeyUpdate('registrations')
      .executeTakeFirst();
    if (!found) throw new NotFound();
    if (found.state !== 'confirmed') throw new Refused('not-confirmed');
    if (Temporal.Instant.compare(now, found.ends_at) > 0) throw new Refused('has-ended');
    const sealed = seal(secret, registrationId, passport);
    const { rows } = await sql`
      insert into visa_letters (registration_id, event_id, person_id, sealed, consulate, asked_at)
      values (${registrationId}, ${found.event_id}, ${found.person_id}, ${sealed}, ${consulate}, ${now})
      on conflict (registration_id) do update set person_id = excluded.person_id, sealed = excluded.sealed, consulate = excluded.consulate,
        asked_at = excluded.asked_at, state = 'asked', decided_at = null, decided_by = null, reason = null
      where visa_letters.state <> 'approved' or visa_letters.person_id <> excluded.person_id returning registration_id`.execute(
      tx,
    );
    if (rows.length === 0) throw new Refused('visa-decided');
    // Of a passport nothing is written down a second time.
    await record(tx, {
      actor,
      feature: 'documents',
      row: registrationId,
      event: found.event_id,
      action: 'visaAsked',
      after: { consulate },
    });
  });
}

/** Approves a request, and the letter is made; or refuses it with a reason. Errors: NotFound; Refused('visa-decided'). */
export async function decideVisa(
  db: Db,
  viewer: Viewer,
  eventId: string,
  registrationId: string,
  { state, reason }: { state: 'approved' | 'refused'; reason: string },
  now: Temporal.Instant,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const found = await tx
      .selectFrom('visa_letters')
      .select('state')
      .where('registration_id', '=', registrationId)
      .where('event_id', '=', eventId)
      .forNoKeyUpdate()
      .executeTakeFirst();
    if (!found) throw new NotFound();
    if (found.state !== 'asked') throw new Refused('visa-decided');
    await tx
      .updateTable('visa_letters')
      .set({ state, reason: reason || null, decided_at: now, decided_by: viewer.personId })
      .where('registration_id', '=', registrationId)
      .execute();
    await record(tx, {
      actor: viewer.personId,
      feature: 'documents',
      row: registrationId,
      event: eventId,
      action: `visa-${state}`,
    });
    if (state === 'refused') await emit(tx, 'documents.visa-refused', { registration: registrationId });
  });
}

/** Forgets what passports said 30 days after their event, and at once of whoever no longer takes part. */
export async function forgetPassports(db: Db, now: Temporal.Instant): Promise<void> {
  await sql`
    update visa_letters v set sealed = null from registrations r join events e on e.id = r.event_id
    where r.id = v.registration_id and v.sealed is not null
      and (e.ends_at < ${now.subtract({ hours: 24 * PASSPORT_DAYS })} or r.state in ('cancelled', 'refused') or r.person_id <> v.person_id)`.execute(
    db,
  );
}
