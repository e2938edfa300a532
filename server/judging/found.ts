import { sql } from 'kysely';
import type { Db, Transaction } from '../../db/database.ts';
import type { SeeOthers, TieRule } from '../../db/tables/calls.ts';
import type { Seat } from '../../db/tables/judging.ts';
import type { Viewer } from '../accounts/access.ts';
import { NotAllowed, NotFound } from '../errors.ts';
import { mayRunJury, type Standing, standingIn } from './access.ts';

/** The round in which jurors score the long list. It opens with the assignments, and closes when the chair says so. */
export interface ScoringRound {
  /** Until when jurors are asked to score, local to the call's zone. */
  endsLocal: Temporal.PlainDateTime | null;
  endsAt: Temporal.Instant | null;
  openedAt: Temporal.Instant | null;
  closedAt: Temporal.Instant | null;
  /** Whether jurors are being asked what they would like to read. */
  wishes: boolean;
}

export interface JudgedCall {
  id: string;
  slug: string;
  kind: 'award' | 'experiences';
  eventId: string | null;
  title: Record<string, string>;
  defaultLanguage: string;
  zone: string;
  seeOthers: SeeOthers;
  tieRule: TieRule;
  conflictSameCountry: boolean;
  publishedAt: Temporal.Instant | null;
  closesAt: Temporal.Instant;
  resultsPublishedAt: Temporal.Instant | null;
  scoring: ScoringRound;
  /** The viewer's own seat, while it lasts. */
  seat: Seat | null;
  standing: Standing;
}

/** The call as whoever judges it or has its judging run knows it. Errors: NotFound for everybody else. */
export async function judgedCall(db: Db | Transaction, viewer: Viewer, slug: string, lock = false): Promise<JudgedCall> {
  const { rows } = await sql<Omit<JudgedCall, 'standing' | 'scoring'> & ScoringRound>`
    select c.id, c.slug, c.kind, c.event_id as "eventId", c.title, c.default_language as "defaultLanguage", c.zone, c.see_others as "seeOthers", c.tie_rule as "tieRule",
      c.conflict_same_country as "conflictSameCountry", c.published_at as "publishedAt", c.closes_at as "closesAt",
      c.results_published_at as "resultsPublishedAt", c.scoring_ends_local as "endsLocal", c.scoring_ends_at as "endsAt",
      r.opened_at as "openedAt", r.closed_at as "closedAt", coalesce(r.wishes_opened_at is not null and r.wishes_closed_at is null, false) as wishes,
      (select m.seat from jury_members m where m.call_id = c.id and m.person_id = ${viewer.personId} and m.ended_at is null) as seat
    from calls c left join rounds r on r.call_id = c.id and r.number = 1 where c.slug = ${slug} ${lock ? sql`for no key update of c` : sql``}`.execute(
    db,
  );
  if (!rows[0]) throw new NotFound();
  const { endsLocal, endsAt, openedAt, closedAt, wishes, ...call } = rows[0];
  const standing = standingIn(viewer, call, call.seat);
  if (!standing) throw new NotFound();
  return { ...call, scoring: { endsLocal, endsAt, openedAt, closedAt, wishes }, standing };
}

/** The same for whoever runs it. Errors: NotFound; NotAllowed for those who judge. */
export async function runCall(db: Db | Transaction, viewer: Viewer, slug: string, lock = false): Promise<JudgedCall> {
  const call = await judgedCall(db, viewer, slug, lock);
  if (call.standing !== 'office' || !mayRunJury(viewer, call)) throw new NotAllowed();
  return call;
}

/** The same for the chair and whoever runs it. Errors: NotFound; NotAllowed for jurors. */
export async function chairedCall(db: Db | Transaction, viewer: Viewer, slug: string, lock = false): Promise<JudgedCall> {
  const call = await judgedCall(db, viewer, slug, lock);
  if (call.standing === 'juror') throw new NotAllowed();
  return call;
}

/** The same for its jurors. Errors: NotFound for everybody else. */
export async function seatedCall(db: Db | Transaction, viewer: Viewer, slug: string): Promise<JudgedCall> {
  const call = await judgedCall(db, viewer, slug);
  if (call.standing !== 'juror') throw new NotFound();
  return call;
}
