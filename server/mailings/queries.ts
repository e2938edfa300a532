import { sql } from 'kysely';
import type { Db, Transaction } from '../../db/database.ts';
import type { MailingKind, MailingReach, MailingState, MailingStep, MailingText } from '../../db/tables/mailings.ts';
import type { SendState } from '../../db/tables/sends.ts';
import { NotFound } from '../errors.ts';
import { type Page, pageOf } from '../http/cursor.ts';
import { sendCounts } from '../sends/queries.ts';
import type { MailingsScope } from './access.ts';
import type { AudienceOf } from './audience.ts';
import { Audience } from './input.ts';

type Texts = Record<string, string>;

export interface MailingEvent {
  id: string;
  slug: string;
  title: Texts;
  venue: Texts;
  defaultLanguage: string;
  zone: string;
  startsLocal: Temporal.PlainDateTime;
  endsLocal: Temporal.PlainDateTime;
  startsAt: Temporal.Instant;
  endsAt: Temporal.Instant;
  cancelledAt: Temporal.Instant | null;
}

export interface Mailing extends AudienceOf {
  state: MailingState;
  name: string;
  topic: string | null;
  reach: MailingReach;
  kind: MailingKind;
  eventNetworkId: string | null;
  defaultLanguage: string;
  version: number;
  texts: Record<string, MailingText>;
  fallbacks: Record<string, Texts>;
  schedule: 'moment' | 'morning' | null;
  planned: Temporal.PlainDateTime | null;
  zone: string;
  offsetDays: number | null;
  offsetFrom: 'start' | 'end' | null;
  quietHours: boolean;
  startsAt: Temporal.Instant | null;
  ownerId: string | null;
  owner: string | null;
  createdAt: Temporal.Instant;
  updatedAt: Temporal.Instant;
  startedAt: Temporal.Instant | null;
  frozenAt: Temporal.Instant | null;
  audienceSize: number | null;
  endedAt: Temporal.Instant | null;
  pausedReason: string | null;
  event: MailingEvent | null;
  questionnaireTitle: Texts | null;
  closesAt: Temporal.Instant | null;
}

const columns = sql`
  m.id, m.kind, m.state, m.name, m.topic, m.reach, m.network_id as "networkId", m.event_id as "eventId", e.network_id as "eventNetworkId",
  m.questionnaire_id as "questionnaireId", coalesce(q.privacy = 'anonymous', false) as anonymous, m.audience,
  m.default_language as "defaultLanguage", m.version, x.texts, x.fallbacks, m.schedule, m.planned_local as planned, m.zone,
  m.offset_days as "offsetDays", m.offset_from as "offsetFrom", m.quiet_hours as "quietHours", m.starts_at as "startsAt",
  m.owner_id as "ownerId", w.name as owner, m.created_at as "createdAt", m.updated_at as "updatedAt", m.started_at as "startedAt",
  m.frozen_at as "frozenAt", m.audience_size as "audienceSize", m.ended_at as "endedAt", m.paused_reason as "pausedReason",
  q.title as "questionnaireTitle", q.closes_at as "closesAt",
  e.slug as "eventSlug", e.title as "eventTitle", e.venue as "eventVenue", e.default_language as "eventLanguage", e.zone as "eventZone",
  e.starts_local as "eventStartsLocal", e.ends_local as "eventEndsLocal", e.starts_at as "eventStartsAt", e.ends_at as "eventEndsAt",
  e.cancelled_at as "eventCancelledAt"`;
const tables = sql`mailings m join mailing_texts x on x.mailing_id = m.id and x.version = m.version
  left join events e on e.id = m.event_id left join questionnaires q on q.id = m.questionnaire_id left join people w on w.id = m.owner_id`;

interface Row extends Omit<Mailing, 'event'> {
  eventSlug: string | null;
  eventTitle: Texts;
  eventVenue: Texts;
  eventLanguage: string;
  eventZone: string;
  eventStartsLocal: Temporal.PlainDateTime;
  eventEndsLocal: Temporal.PlainDateTime;
  eventStartsAt: Temporal.Instant;
  eventEndsAt: Temporal.Instant;
  eventCancelledAt: Temporal.Instant | null;
}

function mailingOf(row: Row): Mailing {
  const {
    eventSlug,
    eventTitle,
    eventVenue,
    eventLanguage,
    eventZone,
    eventStartsLocal,
    eventEndsLocal,
    eventStartsAt,
    eventEndsAt,
    eventCancelledAt,
    ...mailing
  } = row;
  const event = mailing.eventId !== null &&
    eventSlug !== null && {
      id: mailing.eventId,
      slug: eventSlug,
      title: eventTitle,
      venue: eventVenue,
      defaultLanguage: eventLanguage,
      zone: eventZone,
      startsLocal: eventStartsLocal,
      endsLocal: eventEndsLocal,
      startsAt: eventStartsAt,
      endsAt: eventEndsAt,
      cancelledAt: eventCancelledAt,
    };
  return { ...mailing, audience: Audience.parse(mailing.audience), event: event || null };
}

/** One mailing with its text as it is now, or as it was in `version`. Errors: NotFound. Whether the viewer may see it is for the caller to ask. */
export async function mailingById(db: Db | Transaction, id: string, version?: number): Promise<Mailing> {
  const from =
    version === undefined
      ? tables
      : sql`mailings m join mailing_texts x on x.mailing_id = m.id and x.version = ${version}
    left join events e on e.id = m.event_id left join questionnaires q on q.id = m.questionnaire_id left join people w on w.id = m.owner_id`;
  const { rows } = await sql<Row>`select ${columns} from ${from} where m.id = ${id}`.execute(db);
  if (!rows[0]) throw new NotFound();
  return mailingOf(rows[0]);
}

export interface MailingFilter {
  state?: MailingState;
  kind?: MailingKind;
  /** Slug of an event. */
  event?: string;
  q?: string;
}

/** Mailings, the newest first. */
export async function mailingPage(
  db: Db,
  scope: MailingsScope,
  filter: MailingFilter,
  { after, limit }: { after?: readonly string[]; limit: number },
): Promise<Page<Mailing>> {
  const conditions = [
    sql`(${scope.all} or (m.reach = 'network' and m.network_id = any (${scope.networkIds}::uuid[])) or
      (m.reach = 'event' and (m.event_id = any (${scope.eventIds}::uuid[]) or e.network_id = any (${scope.networkIds}::uuid[]))))`,
    ...(filter.state ? [sql`m.state = ${filter.state}`] : []),
    ...(filter.kind ? [sql`m.kind = ${filter.kind}`] : []),
    ...(filter.event ? [sql`e.slug = ${filter.event}`] : []),
    ...(filter.q ? [sql`fold(m.name) like '%' || fold(${filter.q}) || '%'`] : []),
    ...(after ? [sql`(m.created_at, m.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`] : []),
  ];
  const { rows } = await sql<Row>`
    select ${columns} from ${tables} where ${sql.join(conditions, sql` and `)} order by m.created_at desc, m.id desc limit ${limit + 1}`.execute(
    db,
  );
  return pageOf(rows.map(mailingOf), limit, (row) => [row.createdAt.toString(), row.id]);
}

export interface Step {
  step: MailingStep;
  by: string | null;
  at: Temporal.Instant;
  reason: string | null;
}

/** What was done with a mailing, by whom, in order. */
export async function stepsOf(db: Db, mailingId: string): Promise<Step[]> {
  const { rows } = await sql<Step>`
    select s.step, p.name as by, s.at, s.reason from mailing_steps s left join people p on p.id = s.by
    where s.mailing_id = ${mailingId} order by s.at, s.id limit 200`.execute(db);
  return rows;
}

const OPEN: readonly SendState[] = ['queued', 'sending', 'deferred', 'uncertain'];

export interface Progress {
  /** How many rows of the ledger it has: always the sum of its states. */
  audience: number;
  counts: Partial<Record<SendState, number>>;
  /** On their way still. */
  open: number;
  /** The first that are still to come, where it waits for mornings. */
  nextAt: Temporal.Instant | null;
}

/** How far a mailing is, counted in the ledger. */
export async function progressOf(db: Db, mailingId: string): Promise<Progress> {
  const counts = await sendCounts(db, mailingId);
  const { rows } = await sql<{ nextAt: Temporal.Instant | null }>`
    select min(not_before) as "nextAt" from sends where mailing_id = ${mailingId} and state in ('queued', 'deferred', 'uncertain')`.execute(
    db,
  );
  return {
    audience: Object.values(counts).reduce((sum, n) => sum + n, 0),
    counts,
    open: OPEN.reduce((sum, state) => sum + (counts[state] ?? 0), 0),
    nextAt: rows[0]?.nextAt ?? null,
  };
}

export interface Failure {
  sendId: string;
  personId: string | null;
  name: string | null;
  address: string;
  state: SendState;
  attempts: number;
  response: string | null;
}

/** Whom it did not reach, and what their server said; the first two hundred. */
export async function failuresOf(db: Db, mailingId: string): Promise<Failure[]> {
  const { rows } = await sql<Failure>`
    select s.id as "sendId", s.person_id as "personId", p.name, s.address, s.state, s.attempts, s.smtp_response as response
    from sends s left join people p on p.id = s.person_id
    where s.mailing_id = ${mailingId} and s.state in ('failed', 'bounced', 'suppressed', 'deferred', 'uncertain') order by s.state, s.id limit 200`.execute(
    db,
  );
  return rows;
}
