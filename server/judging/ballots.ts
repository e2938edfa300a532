import { sql } from 'kysely';
import type { Db } from '../../db/database.ts';
import type { Viewer } from '../accounts/access.ts';
import { seatedCall } from './found.ts';
import { FINALIST, visibleTo } from './visible.ts';

export interface Candidate {
  id: string;
  code: string;
  title: Record<string, string>;
  language: string;
  organisation: string;
}

export interface BallotBoard {
  /** Null before it was ever opened. */
  openedAt: Temporal.Instant | null;
  closedAt: Temporal.Instant | null;
  candidates: Candidate[];
  jurors: { name: string; castAt: Temporal.Instant | null }[];
}

const candidate = sql`n.id, n.code, n.title, n.language, o.name as organisation from entries n join organisations o on o.id = n.organisation_id`;

/** How the final stands, for the chair and whoever runs the call: who is in it, and who has cast a ballot (not what is in it). */
export async function ballotBoard(db: Db, callId: string): Promise<BallotBoard> {
  const round = await db
    .selectFrom('rounds')
    .select(['ballot_opened_at as openedAt', 'ballot_closed_at as closedAt'])
    .where('call_id', '=', callId)
    .where('kind', '=', 'final')
    .executeTakeFirst();
  const { rows: candidates } = await sql<Candidate>`
    select ${candidate} where n.call_id = ${callId} and ${FINALIST} order by o.name, n.code`.execute(db);
  const { rows: jurors } = await sql<BallotBoard['jurors'][number]>`
    select p.name, b.cast_at as "castAt" from jury_members m join people p on p.id = m.person_id
      left join ballots b on b.call_id = m.call_id and b.person_id = m.person_id
    where m.call_id = ${callId} and m.seat = 'juror' and (m.ended_at is null or b.cast_at is not null) order by p.name, p.id`.execute(
    db,
  );
  return { openedAt: round?.openedAt ?? null, closedAt: round?.closedAt ?? null, candidates, jurors };
}

export interface OwnBallot {
  open: boolean;
  /** The finalists that this juror may see, in an order of its own for each juror. */
  candidates: Candidate[];
  /** Groups of equally good ones, the best first; null until they cast it. */
  ranking: string[][] | null;
  castAt: Temporal.Instant | null;
}

/** A juror's own ballot. Whoever they are in conflict with is not on it. Errors: NotFound. */
export async function ownBallot(db: Db, viewer: Viewer, slug: string): Promise<OwnBallot> {
  const call = await seatedCall(db, viewer, slug);
  const { rows: rounds } =
    await sql`select from rounds where call_id = ${call.id} and kind = 'final' and closed_at is null`.execute(db);
  const { rows: candidates } = await sql<Candidate>`
    select ${candidate} where n.call_id = ${call.id} and n.state = 'shortlisted' and ${visibleTo(viewer.personId)}
    order by md5(n.code || ${viewer.personId}), n.code`.execute(db);
  const cast = await db
    .selectFrom('ballots')
    .select(['ranking', 'cast_at'])
    .where('call_id', '=', call.id)
    .where('person_id', '=', viewer.personId)
    .executeTakeFirst();
  const may = new Set(candidates.map((one) => one.id));
  const ranking = cast?.ranking.map((group) => group.filter((one) => may.has(one))).filter((group) => group.length > 0) ?? null;
  return { open: rounds.length > 0, candidates: rounds.length > 0 ? candidates : [], ranking, castAt: cast?.cast_at ?? null };
}
