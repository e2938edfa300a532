import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../../db/database.ts';
import type { InvitationAnswer } from '../../db/tables/mailings.ts';
import { stillMeant } from './audience.ts';
import { type Mailing, mailingById } from './queries.ts';

/** Whom a letter of a mailing is for. */
export interface Recipient {
  personId: string;
  name: string;
  organisationId: string | null;
  organisation: string | null;
  country: string | null;
  language: string;
  zone: string;
  invitationId: string | null;
  answer: InvitationAnswer | null;
  askingId: string | null;
}

export interface LetterFacts {
  mailing: Mailing;
  recipient: Recipient;
}

/**
 * What the letter of a mailing to one person says, as of now; undefined when it is no longer true: they have answered or registered
 * meanwhile, the event is off or begun, they are gone.
 */
export async function letterToSend(
  db: Db,
  of: { mailingId: string; version: number; personId: string; organisationId: string | null },
  now: Temporal.Instant,
): Promise<LetterFacts | undefined> {
  const mailing = await mailingById(db, of.mailingId, of.version);
  if (isOver(mailing, now)) return undefined;
  const recipient = await recipientOf(db, mailing, of);
  if (!recipient || !(await stillMeant(db, mailing, of.personId))) return undefined;
  return { mailing, recipient };
}

function isOver({ kind, event, closesAt }: Mailing, now: Temporal.Instant): boolean {
  const past = (at: Temporal.Instant | null | undefined) => at != null && Temporal.Instant.compare(at, now) <= 0;
  if (kind === 'questionnaire') return past(closesAt) || Boolean(event?.cancelledAt);
  if (kind === 'invitation' || kind === 'reminder') return Boolean(event?.cancelledAt) || past(event?.startsAt);
  return kind === 'update' && past(event?.endsAt);
}

/** The recipient as the letter shows them. Undefined: there is no such person any more. */
export async function recipientOf(
  db: Db,
  mailing: Mailing,
  { personId, organisationId }: { personId: string; organisationId: string | null },
): Promise<Recipient | undefined> {
  const { rows } = await sql<Recipient>`
    select p.id as "personId", p.name, o.id as "organisationId", o.name as organisation, o.country, p.language, case when p.zone <> 'UTC' or o.zone is null then p.zone else o.zone end as zone,
      i.id as "invitationId", (select a.answer from invitation_answers a where a.invitation_id = i.id order by a.at desc, a.id desc limit 1) as answer,
      k.id as "askingId"
    from people p left join organisations o on o.id = ${organisationId}::uuid
      left join invitations i on i.event_id = ${mailing.eventId}::uuid and i.person_id = p.id
      left join askings k on k.questionnaire_id = ${mailing.questionnaireId}::uuid and k.person_id = p.id
    where p.id = ${personId} and p.erased_at is null`.execute(db);
  return rows[0];
}

/** Somebody of the audience to preview with: who was asked for, else the first by name who reads in `language`. */
export async function sampleOf(
  db: Db,
  mailing: Mailing,
  audience: RawBuilder<unknown>,
  { personId, language }: { personId?: string; language?: string },
) {
  const { rows } = await sql<{ personId: string; organisationId: string | null }>`
    select a.person_id as "personId", a.organisation_id as "organisationId" from (${audience}) a
    where ${personId === undefined ? sql`a.address is not null` : sql`a.person_id = ${personId}`}
    order by ${language === undefined ? sql`` : sql`a.language <> ${language},`} fold(a.name), a.person_id limit 1`.execute(db);
  return rows[0] && recipientOf(db, mailing, rows[0]);
}
