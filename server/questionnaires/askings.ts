import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { type Db, inTransaction, type Transaction } from '../../db/database.ts';
import { enqueueSends, type NewSend } from '../sends/actions.ts';
import { hashToken, linkToken } from '../tokens.ts';
import type { Questionnaire } from './queries.ts';
import { askingTime } from './rules.ts';

/** The token of an asking's link: every mail of it carries the same one, and only its hash is stored. */
export const askingToken = (secret: string, askingId: string): string => linkToken(secret, 'answer', askingId);

export interface Invitee {
  personId: string;
  organisationId?: string | null;
  address: string;
  language: string;
  zone: string;
}

/** Who is to be asked and was not yet, with where mail reaches them: who took part in the event, or who speaks for a city. */
export async function inviteesOf(
  tx: Db | Transaction,
  { id, eventId, kind }: Pick<Questionnaire, 'id' | 'eventId' | 'kind'>,
): Promise<Invitee[]> {
  if (kind === 'self-assessment') return contactsToAsk(tx);
  const { rows } = await sql<Invitee>`
    select distinct on (p.id) p.id as "personId", coalesce(p.email, r.contact_email) as address, p.language, p.zone
    from registrations r join people p on p.id = r.person_id
    where r.event_id = ${eventId} and r.state = 'confirmed' and p.erased_at is null and coalesce(p.email, r.contact_email) is not null
      and not exists (select from askings a where a.questionnaire_id = ${id} and a.person_id = p.id)
    order by p.id`.execute(tx);
  return rows;
}

/** One contact of each organisation, who answers for it. */
async function contactsToAsk(db: Db | Transaction): Promise<Invitee[]> {
  const { rows } = await sql<Invitee>`
    select distinct on (o.id) o.id as "organisationId", p.id as "personId", p.email as address, p.language, p.zone
    from organisations o join affiliations a on a.organisation_id = o.id and a.is_contact and a.ended_at is null
      join people p on p.id = a.person_id
    where p.email is not null and p.erased_at is null order by o.id, a.id`.execute(db);
  // Who is the contact of two is asked for the first; the link is theirs alone.
  const seen = new Set<string>();
  return rows.filter(({ personId }) => !seen.has(personId) && seen.add(personId));
}

/** Asks these people: one asking each, and a mail in their own morning. In random order, so that ids and tokens tell nothing. */
export async function ask(
  tx: Transaction,
  questionnaire: Questionnaire,
  invitees: readonly Invitee[],
  { secret, now }: { secret: string; now: Temporal.Instant },
): Promise<void> {
  const rows = invitees.map((invitee) => {
    const id = randomUUID();
    return { ...invitee, id, hash: hashToken(askingToken(secret, id)).toString('hex') };
  });
  const today = now.toZonedDateTimeISO('UTC').toPlainDate();
  await sql`
    insert into askings (id, questionnaire_id, person_id, organisation_id, token_hash, asked_on)
    select id, ${questionnaire.id}::uuid, "personId", "organisationId", decode(hash, 'hex'), ${today}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as new (id uuid, "personId" uuid, "organisationId" uuid, hash text) order by id
    on conflict do nothing`.execute(tx);
  await enqueueSends(
    tx,
    rows.map((row) => sendOf(questionnaire, row, 0, now)),
    now,
  );
}

function sendOf(questionnaire: Questionnaire, row: Invitee & { id: string }, reminder: number, now: Temporal.Instant): NewSend {
  const { eventEndsAt, event, closesAt } = questionnaire;
  return {
    cause: `questionnaire:${row.id}:${reminder}`,
    kind: reminder === 0 ? 'questionnaires.asked' : 'questionnaires.reminder',
    personId: row.personId,
    address: row.address,
    language: row.language,
    payload: { asking: row.id },
    notBefore: askingTime(event && eventEndsAt ? { endsAt: eventEndsAt, zone: event.zone } : null, row.zone, now),
    expiresAt: closesAt,
  };
}

/** Asks who has joined the event since it opened. Answers how many. */
export function askNewcomers(
  db: Db,
  questionnaire: Questionnaire,
  deed: { secret: string; now: Temporal.Instant },
): Promise<number> {
  return inTransaction(db, async (tx) => {
    const invitees = await inviteesOf(tx, questionnaire);
    if (invitees.length > 0) await ask(tx, questionnaire, invitees, deed);
    return invitees.length;
  });
}

/**
 * Reminds whoever has not answered, in their own day; nobody twice for the same reminder. Days count from the asking, and from the
 * end of the event where it was asked before. Answers how many.
 */
export function remind(db: Db, questionnaire: Questionnaire, now: Temporal.Instant): Promise<number> {
  return inTransaction(db, async (tx) => {
    const today = now.toZonedDateTimeISO('UTC').toPlainDate();
    const ended = questionnaire.eventEndsAt?.toZonedDateTimeISO('UTC').toPlainDate() ?? null;
    const { rows } = await sql<Invitee & { id: string; reminders: number }>`
      with due as (
        update askings a set reminders = reminders + 1 from people p, (select ${questionnaire.reminderDays}::int[] as days) plan
        where a.questionnaire_id = ${questionnaire.id} and p.id = a.person_id and not a.answered
          and not exists (select from answer_inbox i where i.questionnaire_id = a.questionnaire_id and i.token_hash = a.token_hash)
          and a.reminders < cardinality(plan.days)
          and greatest(a.asked_on, ${ended}::date) + plan.days[a.reminders + 1] <= ${today}::date
        returning a.id, a.person_id, a.reminders)
      select due.id, due.reminders, p.id as "personId", p.language, p.zone, coalesce(p.email,
        (select r.contact_email from registrations r where r.event_id = ${questionnaire.eventId} and r.person_id = p.id and r.state = 'confirmed')) as address
      from due join people p on p.id = due.person_id where p.erased_at is null`.execute(tx);
    const reachable = rows.filter((row) => row.address !== null);
    await enqueueSends(
      tx,
      reachable.map((row) => sendOf(questionnaire, row, row.reminders, now)),
      now,
    );
    return reachable.length;
  });
}
