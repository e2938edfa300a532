import { sql } from 'kysely';
import { record } from '../../db/changes.ts';
import { type Db, inTransaction, json } from '../../db/database.ts';
import type { TieRule } from '../../db/tables/calls.ts';
import type { Viewer } from '../accounts/access.ts';
import { NotFound } from '../errors.ts';
import type { Pair } from './assignment.ts';
import { canonical, sha256 } from './chain.ts';
import { type Criterion, composite } from './composite.ts';
import { computeRanking } from './computing.ts';
import { chairedCall } from './found.ts';
import { prove } from './proof.ts';
import type { Ranking } from './ranking.ts';
import type { Score } from './scoring.ts';
import { type TieVote, tieVotesOf } from './tie-votes.ts';
import { brokenBy, type CutTie, type TieMaterial, tieAtCut, tieMaterial } from './ties.ts';
import { JUDGED } from './visible.ts';

/** Everything that a ranking is computed from: with it anybody gets the same figures. */
export interface RankingInput {
  method: 'additive-mixed-model-reml-1';
  call: string;
  chosen: number;
  seed: number;
  criteria: (Criterion & { key: string; themes: string[] })[];
  reviews: { entry: string; juror: string; theme: string | null; scores: Record<string, number> }[];
  /** Pairs in conflict: no bridge between panels is asked of them. */
  forbidden: Pair[];
  /** What orders entries with the same score, and what the jury voted of them. Rankings kept before there was a rule have none. */
  ties?: { rule: TieRule; votes: string[][] };
}

export interface CallRanking extends Ranking {
  number: number | null;
  computedAt: Temporal.Instant | null;
  inputHash: string;
  names: Record<string, { code: string; title: Record<string, string>; organisation: string; country: string; state: string }>;
  people: Record<string, string>;
  tie: CallTie;
}

/** The tie at the cut line: who is in it, what the call's rule is, what it says of neighbours, and what the jury resolved. */
export interface CallTie extends CutTie {
  rule: TieRule;
  /** Of those with the same score, each with the next: by what they are in this order; null while only a vote can tell. */
  broken: { above: string; below: string; by: 'criterion' | 'vote' | null }[];
  votes: TieVote[];
}

const DEFAULT_CHOSEN = 3;
const DEFAULT_SEED = 1;

/** The scores of a ranking's input: one composite of each complete review, of 0 to 100. */
export function scoresOf(input: RankingInput): Score[] {
  return input.reviews.flatMap(({ entry, juror, theme, scores }) => {
    const asked = input.criteria.filter(({ themes }) => themes.length === 0 || (theme !== null && themes.includes(theme)));
    const score = composite(asked, scores);
    return score === null ? [] : [{ entry, juror, score }];
  });
}

// The last few that were asked for and are not on record: a chair goes to and fro between pages while nothing changes.
const lately = new Map<string, Promise<Ranking>>();
const MOST_LATELY = 8;

function rankingLately(input: RankingInput, hash: string): Promise<Ranking> {
  const known = lately.get(hash);
  if (known) return known;
  const computed = rankingFrom(input);
  lately.set(hash, computed);
  computed.catch(() => lately.delete(hash));
  for (const oldest of [...lately.keys()].slice(0, -MOST_LATELY)) lately.delete(oldest);
  return computed;
}

/** The ranking that an input has: the same each time, to the last digit that is shown. Computed in a thread of its own. */
export function rankingFrom(input: RankingInput): Promise<Ranking> {
  const options = { seed: input.seed, k: input.chosen, scale: 100, leaveOneOut: true };
  return computeRanking(scoresOf(input), options, input.forbidden, materialOf(input));
}

const materialOf = ({ ties, criteria, reviews }: RankingInput): TieMaterial | null =>
  ties ? tieMaterial(ties.rule, criteria, reviews, ties.votes) : null;

function tieOf(input: RankingInput, ranking: Ranking, votes: TieVote[]): CallTie {
  const cut = tieAtCut(ranking);
  const material = materialOf(input);
  const broken = cut.exact.slice(1).map((below, at) => {
    const above = cut.exact[at] as string;
    return { above, below, by: (material && brokenBy(material, above, below)?.by) ?? null };
  });
  return { ...cut, rule: input.ties?.rule ?? 'jury-vote', broken, votes };
}

/** The ranking of a call as of now: as it was kept when nothing changed since, else computed afresh. Errors: NotFound, NotAllowed. */
export async function rankingOf(db: Db, viewer: Viewer, slug: string): Promise<CallRanking> {
  const call = await chairedCall(db, viewer, slug);
  const last = await db
    .selectFrom('rankings')
    .selectAll()
    .where('call_id', '=', call.id)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  const votes = await tieVotesOf(db, call.id);
  const input = await inputOf(db, call, last?.chosen ?? DEFAULT_CHOSEN, last?.seed ?? DEFAULT_SEED, votes);
  const inputHash = sha256(canonical(input));
  const kept = last?.input_hash === inputHash ? last : null;
  const ranking = kept ? (kept.result as Ranking) : await rankingLately(input, inputHash);
  return {
    ...ranking,
    number: kept?.number ?? null,
    computedAt: kept?.computed_at ?? null,
    inputHash,
    ...(await namesOf(db, call.id)),
    tie: tieOf(input, ranking, votes),
  };
}

/** Computes the ranking and keeps it with everything it was computed from. Errors: NotFound, NotAllowed. */
export async function keepRanking(
  db: Db,
  viewer: Viewer,
  slug: string,
  { chosen = DEFAULT_CHOSEN, seed = DEFAULT_SEED }: { chosen?: number | undefined; seed?: number | undefined },
  now: Temporal.Instant,
): Promise<CallRanking> {
  const call = await chairedCall(db, viewer, slug);
  const input = await inputOf(db, call, chosen, seed, await tieVotesOf(db, call.id));
  const text = canonical(input);
  const ranking = await rankingFrom(input);
  await inTransaction(db, async (tx) => {
    await chairedCall(tx, viewer, slug, true);
    const { rows } = await sql<{ number: number }>`
      insert into rankings (call_id, number, seed, chosen, input, input_hash, result, computed_by, computed_at)
      select ${call.id}, coalesce(max(number), 0) + 1, ${seed}::int, ${chosen}::int, ${text}, ${sha256(text)}, ${json(ranking)}, ${viewer.personId}, ${now}::timestamptz
      from rankings where call_id = ${call.id} returning number`.execute(tx);
    const number = rows[0]?.number ?? 1;
    await prove(tx, call.id, 'ranking', { number, inputHash: sha256(text), resultHash: sha256(canonical(ranking)) }, now);
    await record(tx, { actor: viewer.personId, feature: 'judging', row: call.id, action: 'rankingKept', after: { number } });
  });
  return rankingOf(db, viewer, slug);
}

/** What a kept ranking was computed from, for whoever recomputes it. Errors: NotFound, NotAllowed. */
export async function keptRanking(db: Db, viewer: Viewer, slug: string, number: number) {
  const call = await chairedCall(db, viewer, slug);
  const row = await db
    .selectFrom('rankings')
    .selectAll()
    .where('call_id', '=', call.id)
    .where('number', '=', number)
    .executeTakeFirst();
  if (!row) throw new NotFound();
  return {
    number,
    computedAt: row.computed_at,
    inputHash: row.input_hash,
    input: JSON.parse(row.input) as RankingInput,
    result: row.result as Ranking,
  };
}

async function inputOf(
  db: Db,
  call: { id: string; slug: string; tieRule: TieRule },
  chosen: number,
  seed: number,
  voted: TieVote[],
): Promise<RankingInput> {
  const { rows: criteria } = await sql<RankingInput['criteria'][number]>`
    select id, key, weight, scale_min as least, scale_max as most, required, themes from criteria
    where call_id = ${call.id} and removed_at is null order by position, id`.execute(db);
  const { rows: reviews } = await sql<RankingInput['reviews'][number]>`
    select r.entry_id as entry, r.person_id as juror, n.theme, r.scores from reviews r join entries n on n.id = r.entry_id
    where r.call_id = ${call.id} and r.removed_at is null and r.submitted_at is not null and n.state = any (${[...JUDGED]}::text[])
      and not exists (select from juror_conflicts x where x.call_id = r.call_id and x.entry_id = r.entry_id and x.person_id = r.person_id)
    order by r.entry_id, r.person_id`.execute(db);
  const { rows: forbidden } = await sql<Pair>`
    select distinct entry_id as entry, person_id as juror from juror_conflicts where call_id = ${call.id} order by 1, 2`.execute(
    db,
  );
  const ties = { rule: call.tieRule, votes: voted.map((vote) => vote.entries) };
  return { method: 'additive-mixed-model-reml-1', call: call.slug, chosen, seed, criteria, reviews, forbidden, ties };
}

async function namesOf(db: Db, callId: string): Promise<Pick<CallRanking, 'names' | 'people'>> {
  const { rows } = await sql<{
    id: string;
    code: string;
    title: Record<string, string>;
    organisation: string;
    country: string;
    state: string;
  }>`
    select n.id, n.code, n.title, o.name as organisation, o.country, n.state from entries n join organisations o on o.id = n.organisation_id
    where n.call_id = ${callId} and n.state = any (${[...JUDGED]}::text[])`.execute(db);
  const people = await db
    .selectFrom('jury_members as m')
    .innerJoin('people as p', 'p.id', 'm.person_id')
    .select(['p.id', 'p.name'])
    .where('m.call_id', '=', callId)
    .execute();
  return {
    names: Object.fromEntries(rows.map(({ id, ...name }) => [id, name])),
    people: Object.fromEntries(people.map(({ id, name }) => [id, name])),
  };
}
