import { sql } from 'kysely';
import { record } from '../../db/changes.ts';
import { type Db, inTransaction } from '../../db/database.ts';
import type { Viewer } from '../accounts/access.ts';
import { NotFound, Refused } from '../errors.ts';
import { mayManage } from '../events/rules.ts';
import { enqueueSend } from '../sends/actions.ts';
import { FIRST_TEMPLATES } from './first-templates.ts';
import type { MailingWrite } from './input.ts';
import { Audience } from './input.ts';

interface Proposal {
  id: string;
  eventId: string;
  networkId: string | null;
  organisationId: string | null;
  mailingId: string | null;
  version: number | null;
  language: string;
  zone: string;
  answer: string | null;
  name: string | null;
  address: string | null;
  startsAt: Temporal.Instant;
}

/** That somebody proposed another in their place, as the organisers are told of it. */
export interface Proposed {
  slug: string;
  title: Record<string, string>;
  defaultLanguage: string;
  /** Who was invited, and whom they proposed. */
  name: string;
  organisation: string | null;
  substituteName: string;
  note: string;
}

/** A proposal on which nobody has acted yet; undefined once it was taken up or taken back. */
export async function openProposal(db: Db, invitationId: string): Promise<(Proposed & { eventId: string }) | undefined> {
  const { rows } = await sql<Proposed & { eventId: string }>`
    select e.id as "eventId", e.slug, e.title, e.default_language as "defaultLanguage", p.name, o.name as organisation,
      a.substitute_name as "substituteName", coalesce(a.note, '') as note
    from invitations i join events e on e.id = i.event_id join people p on p.id = i.person_id left join organisations o on o.id = i.organisation_id
      join lateral (select * from invitation_answers a where a.invitation_id = i.id order by a.at desc, a.id desc limit 1) a on a.answer = 'substitute'
    where i.id = ${invitationId} and e.cancelled_at is null and not exists (select from invitations s where s.substitute_of = i.id)`.execute(
    db,
  );
  return rows[0];
}

/** Who hears of proposals for an event: its organisers; where it has none, whoever wrote the invitation. */
export async function proposalReaders(db: Db, invitationId: string) {
  const { rows } = await sql<{ personId: string; address: string; language: string }>`
    with organisers as (select r.person_id from invitations i join roles r on r.role = 'organiser' and r.scope_id = i.event_id and r.revoked_at is null
      where i.id = ${invitationId})
    select p.id as "personId", p.email as address, p.language from people p where p.email is not null and p.erased_at is null and p.id in (
      select person_id from organisers
      union select m.owner_id from invitations i join mailings m on m.id = i.mailing_id where i.id = ${invitationId} and not exists (select from organisers))
    order by p.id`.execute(db);
  return rows;
}

/**
 * Invites whom somebody proposed in their place, by the same mailing. A known address is the person who has it; otherwise there is a
 * new one, of the same organisation's language and zone. Returns the new invitation's id; the same when it is done twice.
 * Errors: NotFound, Refused('no-substitute' | 'already-invited').
 */
export async function inviteSubstitute(db: Db, viewer: Viewer, invitationId: string, now: Temporal.Instant): Promise<string> {
  return inTransaction(db, async (tx) => {
    const { rows } = await sql<Proposal>`
      select i.id, i.event_id as "eventId", e.network_id as "networkId", i.organisation_id as "organisationId", i.mailing_id as "mailingId", m.version,
        p.language, p.zone, a.answer, a.substitute_name as name, a.substitute_address as address, e.starts_at as "startsAt"
      from invitations i join events e on e.id = i.event_id join people p on p.id = i.person_id left join mailings m on m.id = i.mailing_id
        left join lateral (select * from invitation_answers a where a.invitation_id = i.id order by a.at desc, a.id desc limit 1) a on true
      where i.id = ${invitationId} for update of i`.execute(tx);
    const [proposal] = rows;
    if (!proposal || !mayManage(viewer, { id: proposal.eventId, networkId: proposal.networkId })) throw new NotFound();
    const made = await tx.selectFrom('invitations').select('id').where('substitute_of', '=', invitationId).executeTakeFirst();
    if (made) return made.id;
    const { answer, name, address } = proposal;
    if (answer !== 'substitute' || !name || !address) throw new Refused('no-substitute');
    const person = await personFor(tx, { name, address, language: proposal.language, zone: proposal.zone });
    const invited = await tx
      .insertInto('invitations')
      .values({
        event_id: proposal.eventId,
        person_id: person.id,
        organisation_id: proposal.organisationId,
        mailing_id: proposal.mailingId,
        substitute_of: invitationId,
        created_by: viewer.personId,
        created_at: now,
      })
      .onConflict((conflict) => conflict.columns(['event_id', 'person_id']).doNothing())
      .returning('id')
      .executeTakeFirst();
    if (!invited) throw new Refused('already-invited');
    if (proposal.mailingId)
      await enqueueSend(
        tx,
        {
          cause: `invitation:${invited.id}`,
          kind: 'mailings.letter',
          personId: person.id,
          address,
          language: person.language,
          payload: { mailing: proposal.mailingId, organisation: proposal.organisationId, version: proposal.version },
          expiresAt: proposal.startsAt,
        },
        now,
      );
    await record(tx, {
      actor: viewer.personId,
      feature: 'mailings',
      row: invited.id,
      action: 'substitute-invited',
      event: proposal.eventId,
      after: { instead: invitationId },
    });
    return invited.id;
  });
}

async function personFor(
  tx: Parameters<Parameters<typeof inTransaction>[1]>[0],
  who: { name: string; address: string; language: string; zone: string },
) {
  const { rows } = await sql<{ id: string; language: string }>`
    select id, language from people where lower(email) = lower(${who.address}) and erased_at is null order by fold(name) = fold(${who.name}) desc, created_at limit 1`.execute(
    tx,
  );
  if (rows[0]) return rows[0];
  return tx
    .insertInto('people')
    .values({ name: who.name, email: who.address, language: who.language, zone: who.zone })
    .returning(['id', 'language'])
    .executeTakeFirstOrThrow();
}

/** The mailing that reminds whoever was invited and has not answered, as a draft to look at. */
export function reminderOf(event: { slug: string; defaultLanguage: string }, name: string): MailingWrite {
  const template = FIRST_TEMPLATES.find(({ id }) => id === 'invitation-reminder');
  const texts = template?.texts ?? {};
  return {
    kind: 'reminder',
    name,
    event: event.slug,
    networkId: undefined,
    questionnaireId: undefined,
    template: undefined,
    defaultLanguage: texts[event.defaultLanguage] ? event.defaultLanguage : 'en',
    audience: Audience.parse({ invitation: 'unanswered' }),
    texts: texts as MailingWrite['texts'],
    fallbacks: template?.fallbacks ?? {},
  };
}
