import { sql } from 'kysely';
import { record } from '../../db/changes.ts';
import { type Db, inTransaction, SHARED, type Transaction } from '../../db/database.ts';
import { emit } from '../../db/outbox.ts';
import type { InvitationAnswer } from '../../db/tables/mailings.ts';
import type { Viewer } from '../accounts/access.ts';
import { NotFound, Refused } from '../errors.ts';
import { eventBySlug } from '../events/queries.ts';
import { mayManage } from '../events/rules.ts';
import { decodeCursor, type Page, pageOf } from '../http/cursor.ts';
import type { AnswerWrite } from './input.ts';
import { invitationIn } from './invitation-links.ts';

type Texts = Record<string, string>;

/** What the link of an invitation opens. */
export interface Invited {
  id: string;
  eventId: string;
  slug: string;
  title: Texts;
  venue: Texts;
  defaultLanguage: string;
  zone: string;
  startsAt: Temporal.Instant;
  endsAt: Temporal.Instant;
  cancelledAt: Temporal.Instant | null;
  personId: string;
  name: string;
  address: string | null;
  language: string;
  organisation: string | null;
  country: string | null;
  answer: InvitationAnswer | null;
  substituteName: string | null;
  note: string;
  answeredAt: Temporal.Instant | null;
  registered: boolean;
}

/** Whom a link invites, and to what. Reads only. Errors: NotFound. */
export async function invitedBy(db: Db | Transaction, secret: string, token: string): Promise<Invited> {
  const id = invitationIn(secret, token);
  if (!id) throw new NotFound();
  const { rows } = await sql<Invited>`${SHARED}
    select i.id, e.id as "eventId", e.slug, e.title, e.venue, e.default_language as "defaultLanguage", e.zone, e.starts_at as "startsAt",
      e.ends_at as "endsAt", e.cancelled_at as "cancelledAt", p.id as "personId", p.name, p.email as address, p.language,
      o.name as organisation, o.country, a.answer, a.substitute_name as "substituteName", coalesce(a.note, '') as note, a.at as "answeredAt",
      exists (select from registrations r where r.event_id = e.id and r.person_id = p.id and r.state in ('pending', 'confirmed', 'waiting')) as registered
    from invitations i join events e on e.id = i.event_id join people p on p.id = i.person_id left join organisations o on o.id = i.organisation_id
      left join lateral (select * from invitation_answers a where a.invitation_id = i.id order by a.at desc, a.id desc limit 1) a on true
    where i.id = ${id} and p.erased_at is null`.execute(db);
  if (!rows[0]) throw new NotFound();
  return rows[0];
}

/**
 * Answers an invitation, by its link or (with `viewer`) for somebody who said so elsewhere. The last answer holds; the same twice is
 * one. Errors: Refused('cancelled' | 'invitation-over').
 */
export async function answerInvitation(
  db: Db,
  invitation: Pick<Invited, 'id'>,
  { answer, substituteName, substituteAddress, note }: AnswerWrite,
  { now, by = null }: { now: Temporal.Instant; by?: string | null },
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const { rows } = await sql<{
      eventId: string;
      endsAt: Temporal.Instant;
      cancelledAt: Temporal.Instant | null;
      answer: string | null;
      name: string | null;
      note: string | null;
    }>`
      select e.id as "eventId", e.ends_at as "endsAt", e.cancelled_at as "cancelledAt", a.answer, a.substitute_name as name, a.note
      from invitations i join events e on e.id = i.event_id
        left join lateral (select * from invitation_answers a where a.invitation_id = i.id order by a.at desc, a.id desc limit 1) a on true
      where i.id = ${invitation.id} for update of i`.execute(tx);
    const [before] = rows;
    if (!before) throw new NotFound();
    if (before.cancelledAt) throw new Refused('cancelled');
    if (Temporal.Instant.compare(before.endsAt, now) <= 0) throw new Refused('invitation-over');
    if (before.answer === answer && (before.name ?? undefined) === substituteName && before.note === note) return;
    const substitute = answer === 'substitute' ? { substitute_name: substituteName, substitute_address: substituteAddress } : {};
    await tx
      .insertInto('invitation_answers')
      .values({ invitation_id: invitation.id, answer, note, by, at: now, ...substitute })
      .execute();
    await emit(tx, 'mailings.answered', { invitation: invitation.id });
    await record(tx, {
      actor: by,
      feature: 'mailings',
      row: invitation.id,
      action: answer,
      event: before.eventId,
      before: { answer: before.answer },
      after: { answer },
    });
  });
}

export const INVITATION_STATES = ['none', 'accepted', 'declined', 'substitute'] as const;
export type InvitationState = (typeof INVITATION_STATES)[number];

export interface InvitationRow {
  id: string;
  personId: string;
  name: string;
  organisation: string | null;
  country: string | null;
  answer: InvitationState;
  answeredAt: Temporal.Instant | null;
  note: string;
  substituteName: string | null;
  substituteAddress: string | null;
  /** Whether the one who was proposed has been invited. */
  substituteInvited: boolean;
  registered: boolean;
  invitedAt: Temporal.Instant;
}

/** The event whose invitations these are, if this viewer runs it. Errors: NotFound. */
export async function invitationsEvent(db: Db, viewer: Viewer | null, slug: string) {
  const event = await eventBySlug(db, slug);
  if (!event || !mayManage(viewer, event)) throw new NotFound();
  return event;
}

const last = sql`left join lateral (select * from invitation_answers a where a.invitation_id = i.id order by a.at desc, a.id desc limit 1) a on true`;

/** Who was invited to an event and what they answered, by name. */
export async function invitationPage(
  db: Db,
  eventId: string,
  { answer, after, limit, q = '' }: { answer?: InvitationState; after?: readonly string[]; limit: number; q?: string },
): Promise<Page<InvitationRow>> {
  const { rows } = await sql<InvitationRow & { key: string }>`
    select i.id, p.id as "personId", p.name, o.name as organisation, o.country, coalesce(a.answer, 'none') as answer, a.at as "answeredAt",
      coalesce(a.note, '') as note, a.substitute_name as "substituteName", a.substitute_address as "substituteAddress",
      exists (select from invitations s where s.substitute_of = i.id) as "substituteInvited", i.created_at as "invitedAt", fold(p.name) as key,
      exists (select from registrations r where r.event_id = i.event_id and r.person_id = p.id and r.state in ('pending', 'confirmed', 'waiting')) as registered
    from invitations i join people p on p.id = i.person_id left join organisations o on o.id = i.organisation_id ${last}
    where i.event_id = ${eventId} and ${answer === undefined ? sql`true` : sql`coalesce(a.answer, 'none') = ${answer}`}
      and ${q === '' ? sql`true` : sql`(fold(p.name) like '%' || fold(${q}) || '%' or fold(coalesce(o.name, '')) like '%' || fold(${q}) || '%')`}
      and ${after ? sql`(fold(p.name), i.id) > (${after[0]}, ${after[1]}::uuid)` : sql`true`}
    order by fold(p.name), i.id limit ${limit + 1}`.execute(db);
  const page = pageOf(rows, limit, (row) => [row.key, row.id]);
  return { ...page, items: page.items.map(({ key: _key, ...row }) => row as InvitationRow) };
}

/** All of them, read in batches. */
export async function* everyInvitation(
  db: Db,
  eventId: string,
  filter: { answer?: InvitationState; q?: string },
): AsyncGenerator<InvitationRow> {
  let after: string[] | undefined;
  do {
    const page = await invitationPage(db, eventId, { ...filter, after, limit: 1000 });
    yield* page.items;
    after = page.next === null ? undefined : decodeCursor(page.next, 2);
  } while (after);
}

/** How many answered what. */
export async function invitationCounts(db: Db, eventId: string): Promise<Record<InvitationState, number>> {
  const { rows } = await sql<{ answer: InvitationState; n: number }>`
    select coalesce(a.answer, 'none') as answer, count(*)::int as n from invitations i ${last} where i.event_id = ${eventId} group by 1`.execute(
    db,
  );
  const counts = { none: 0, accepted: 0, declined: 0, substitute: 0 };
  for (const { answer, n } of rows) counts[answer] = n;
  return counts;
}
