import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../../db/database.ts';
import type { InvitationAnswer } from '../../db/tables/mailings.ts';
import { together } from '../../db/together.ts';
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
  asking: { id: string; tokenHash: Buffer } | null;
}

export interface LetterFacts {
  mailing: Mailing;
  recipient: Recipient;
}

/** A letter in the ledger. */
interface ToLetter {
  mailingId: string;
  version: number;
  personId: string;
  organisationId: string | null;
  now: Temporal.Instant;
}

/**
 * What the letter of a mailing to one person says, as of now; undefined when it is no longer true: they have answered or registered
 * meanwhile, the event is off or begun, they are gone. Letters that are asked for in the same moment are read together.
 */
export const letterToSend = together<ToLetter, LetterFacts | undefined>(async (db, letters) => {
  const mailings = Map.groupBy(letters, ({ mailingId, version }) => `${mailingId} ${version}`);
  const facts = await Promise.all([...mailings.values()].map((some) => lettersOf(db, some)));
  const found = new Map(facts.flatMap((some) => [...some]));
  return letters.map((letter) => found.get(letter));
});

async function lettersOf(db: Db, letters: readonly ToLetter[]): Promise<Map<ToLetter, LetterFacts>> {
  const [first] = letters;
  if (!first) return new Map();
  const mailing = await mailingById(db, first.mailingId, first.version);
  const going = letters.filter(({ now }) => !isOver(mailing, now));
  if (going.length === 0) return new Map();
  const [recipients, meant] = await Promise.all([
    recipientsOf(db, mailing, going),
    stillMeant(
      db,
      mailing,
      going.map(({ personId }) => personId),
    ),
  ]);
  return new Map(
    going.flatMap((letter, index) => {
      const recipient = recipients[index];
      return recipient && meant.has(letter.personId) ? [[letter, { mailing, recipient }] as const] : [];
    }),
  );
}

function isOver({ kind, event, closesAt }: Mailing, now: Temporal.Instant): boolean {
  const past = (at: Temporal.Instant | null | undefined) => at != null && Temporal.Instant.compare(at, now) <= 0;
  if (kind === 'questionnaire') return past(closesAt) || Boolean(event?.cancelledAt);
  if (kind === 'invitation' || kind === 'reminder') return Boolean(event?.cancelledAt) || past(event?.startsAt);
  return kind === 'update' && past(event?.endsAt);
}

type Whom = Pick<Recipient, 'personId' | 'organisationId'>;

/** The recipient as the letter shows them. Undefined: there is no such person any more. */
export async function recipientOf(db: Db, mailing: Mailing, whom: Whom): Promise<Recipient | undefined> {
  return (await recipientsOf(db, mailing, [whom]))[0];
}

async function recipientsOf(db: Db, mailing: Mailing, whom: readonly Whom[]): Promise<(Recipient | undefined)[]> {
  const asked = JSON.stringify(whom.map(({ personId, organisationId }, index) => ({ index, personId, organisationId })));
  const { rows } = await sql<Omit<Recipient, 'asking'> & { index: number; askingId: string | null; askingHash: Buffer }>`
    select w.index, p.id as "personId", p.name, o.id as "organisationId", o.name as organisation, o.country, p.language, case when p.zone <> 'UTC' or o.zone is null then p.zone else o.zone end as zone,
      i.id as "invitationId", (select a.answer from invitation_answers a where a.invitation_id = i.id order by a.at desc, a.id desc limit 1) as answer,
      k.id as "askingId", k.token_hash as "askingHash"
    from jsonb_to_recordset(${asked}::jsonb) as w (index int, "personId" uuid, "organisationId" uuid)
      join people p on p.id = w."personId" and p.erased_at is null left join organisations o on o.id = w."organisationId"
      left join invitations i on i.event_id = ${mailing.eventId}::uuid and i.person_id = p.id
      left join askings k on k.questionnaire_id = ${mailing.questionnaireId}::uuid and k.person_id = p.id`.execute(db);
  const found = new Map(
    rows.map(({ index, askingId: id, askingHash: tokenHash, ...recipient }) => [
      index,
      { ...recipient, asking: id === null ? null : { id, tokenHash } },
    ]),
  );
  return whom.map((_, index) => found.get(index));
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
