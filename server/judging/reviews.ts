import { sql } from 'kysely';
import { record } from '../../db/changes.ts';
import { type Db, inTransaction, json, type Transaction } from '../../db/database.ts';
import type { Viewer } from '../accounts/access.ts';
import type { RunCall } from '../calls/access.ts';
import { type FieldError, Invalid, NotAllowed, NotFound, Refused } from '../errors.ts';
import { mayRunJury } from './access.ts';
import { type Criterion, isComplete } from './composite.ts';
import type { ReviewWrite } from './input.ts';
import { mergedReview, type ReviewText } from './merging.ts';
import { holdScoring } from './rounds.ts';
import { visibleTo } from './visible.ts';

export interface RubricCriterion extends Criterion {
  key: string;
  step: number;
}

export interface SavedReview extends ReviewText {
  entry: string;
  juror: string;
  version: number;
  submittedAt: Temporal.Instant | null;
  changedAt: Temporal.Instant;
  complete: boolean;
  /** Keys of the required criteria that have no score yet. */
  missing: string[];
}

/** The criteria that an entry of this theme is scored by. */
export async function rubricOf(db: Db | Transaction, callId: string, theme: string | null): Promise<RubricCriterion[]> {
  const { rows } = await sql<RubricCriterion>`
    select id, key, weight, scale_min as least, scale_max as most, scale_step as step, required from criteria
    where call_id = ${callId} and removed_at is null and (cardinality(themes) = 0 or ${theme}::text = any (themes)) order by position`.execute(
    db,
  );
  return rows;
}

interface Reviewed {
  id: string;
  callId: string;
  theme: string | null;
  decided: boolean;
}

/**
 * Saves what a juror writes, as they write it: what is given is merged into what is there. It is written for nobody else. Errors:
 * NotFound (also for an entry in conflict), NotAllowed, Invalid (`scores.<key>`: scale; `scores.<key>`: required when handed in),
 * Refused('call-decided'), Refused('scoring-closed').
 */
export async function saveReview(
  db: Db,
  viewer: Viewer,
  entryId: string,
  jurorId: string,
  input: ReviewWrite,
  now: Temporal.Instant,
): Promise<SavedReview> {
  if (jurorId !== viewer.personId) throw (await runsCallOf(db, viewer, entryId)) ? new NotAllowed() : new NotFound();
  return inTransaction(db, async (tx) => {
    const entry = await entryToReview(tx, viewer.personId, entryId);
    if (entry.decided) throw new Refused('call-decided');
    await holdScoring(tx, entry.callId);
    const rubric = await rubricOf(tx, entry.callId, entry.theme);
    const change = { ...input, scores: byId(rubric, input.scores) };
    const base = input.base && { ...input.base, scores: byId(rubric, input.base.scores) };
    const row = await lockedReview(tx, entry, viewer.personId, now);
    const before: ReviewText = {
      scores: row.scores,
      commentToJury: row.comment_to_jury,
      commentToApplicant: row.comment_to_applicant,
      notes: row.notes,
    };
    const merged = mergedReview(before, change, base);
    const scores = Object.fromEntries(Object.entries(merged.scores).filter((pair): pair is [string, number] => pair[1] !== null));
    const complete = isComplete(rubric, scores);
    if (input.submitted && !complete)
      throw new Invalid(missingOf(rubric, scores).map((key) => ({ path: `scores.${key}`, code: 'required' })));
    const submittedAt = input.submitted
      ? (row.submitted_at ?? now)
      : complete && input.submitted === undefined
        ? row.submitted_at
        : null;
    const saved = await tx
      .updateTable('reviews')
      .set({
        scores: json(scores),
        comment_to_jury: merged.commentToJury,
        comment_to_applicant: merged.commentToApplicant,
        notes: merged.notes,
        version: row.version + 1,
        changed_at: now,
        submitted_at: submittedAt,
      })
      .where('entry_id', '=', entryId)
      .where('person_id', '=', viewer.personId)
      .returning(['version'])
      .executeTakeFirstOrThrow();
    if (
      (submittedAt === null) !== (row.submitted_at === null) ||
      (row.submitted_at && JSON.stringify(row.scores) !== JSON.stringify(scores))
    )
      await record(tx, {
        actor: viewer.personId,
        feature: 'judging',
        row: entryId,
        action: submittedAt ? 'reviewSubmitted' : 'reviewReopened',
        before: { scores: row.scores },
        after: { scores },
      });
    return savedReview(entryId, viewer.personId, rubric, { ...merged, scores }, saved.version, submittedAt, now);
  });
}

function savedReview(
  entry: string,
  juror: string,
  rubric: readonly RubricCriterion[],
  text: ReviewText,
  version: number,
  submittedAt: Temporal.Instant | null,
  changedAt: Temporal.Instant,
): SavedReview {
  const scores = Object.fromEntries(rubric.map((criterion) => [criterion.key, text.scores[criterion.id] ?? null]));
  const complete = isComplete(rubric, text.scores);
  return { ...text, entry, juror, scores, version, submittedAt, changedAt, complete, missing: missingOf(rubric, text.scores) };
}

async function runsCallOf(db: Db, viewer: Viewer, entryId: string): Promise<boolean> {
  const { rows } = await sql<RunCall>`
    select c.id, c.kind, c.event_id as "eventId", c.results_published_at as "resultsPublishedAt" from entries n join calls c on c.id = n.call_id where n.id = ${entryId} and n.state <> 'draft'`.execute(
    db,
  );
  return rows[0] !== undefined && mayRunJury(viewer, rows[0]);
}

async function entryToReview(tx: Transaction, personId: string, entryId: string): Promise<Reviewed> {
  const { rows } = await sql<Reviewed>`
    select n.id, n.call_id as "callId", n.theme, c.results_published_at is not null as decided
    from entries n join calls c on c.id = n.call_id where n.id = ${entryId} and ${visibleTo(personId)}`.execute(tx);
  if (!rows[0]) throw new NotFound();
  return rows[0];
}

async function lockedReview(tx: Transaction, entry: Reviewed, personId: string, now: Temporal.Instant) {
  await tx
    .insertInto('reviews')
    .values({
      entry_id: entry.id,
      person_id: personId,
      call_id: entry.callId,
      scores: json({}),
      started_at: now,
      changed_at: now,
      version: 0,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const row = await tx
    .selectFrom('reviews')
    .selectAll()
    .where('entry_id', '=', entry.id)
    .where('person_id', '=', personId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  // Whoever was taken off and given it again goes on with what they had.
  if (row.removed_at)
    await tx
      .updateTable('reviews')
      .set({ removed_at: null, removal_reason: '' })
      .where('entry_id', '=', entry.id)
      .where('person_id', '=', personId)
      .execute();
  return row;
}

/** Scores by the criteria's ids; they may come by key or by id. Errors: Invalid for an unknown criterion or one off its scale. */
function byId(
  rubric: readonly RubricCriterion[],
  scores: Record<string, number | null> | undefined,
): Record<string, number | null> {
  const errors: FieldError[] = [];
  const found = Object.entries(scores ?? {}).flatMap(([name, score]): [string, number | null][] => {
    const criterion = rubric.find((one) => one.key === name || one.id === name);
    if (!criterion) errors.push({ path: `scores.${name}`, code: 'unknown' });
    else if (score !== null && !onScale(criterion, score))
      errors.push({
        path: `scores.${criterion.key}`,
        code: 'offScale',
        params: { least: criterion.least, most: criterion.most },
      });
    return criterion ? [[criterion.id, score]] : [];
  });
  if (errors.length > 0) throw new Invalid(errors);
  return Object.fromEntries(found);
}

function onScale({ least, most, step }: RubricCriterion, score: number): boolean {
  const steps = (score - least) / step;
  return score >= least && score <= most && Math.abs(steps - Math.round(steps)) < 1e-6;
}

const missingOf = (rubric: readonly RubricCriterion[], scores: Readonly<Record<string, number | null>>) =>
  rubric.filter((one) => one.required && typeof scores[one.id] !== 'number').map((one) => one.key);

/** One's own review of an entry, empty when not begun. Errors: NotFound, also for an entry in conflict. */
export async function ownReview(db: Db, viewer: Viewer, entryId: string): Promise<SavedReview> {
  return inTransaction(db, async (tx) => {
    const entry = await entryToReview(tx, viewer.personId, entryId);
    const rubric = await rubricOf(tx, entry.callId, entry.theme);
    const row = await tx
      .selectFrom('reviews')
      .selectAll()
      .where('entry_id', '=', entryId)
      .where('person_id', '=', viewer.personId)
      .where('removed_at', 'is', null)
      .executeTakeFirst();
    const text = {
      scores: row?.scores ?? {},
      commentToJury: row?.comment_to_jury ?? '',
      commentToApplicant: row?.comment_to_applicant ?? '',
      notes: row?.notes ?? '',
    };
    return savedReview(
      entryId,
      viewer.personId,
      rubric,
      text,
      row?.version ?? 0,
      row?.submitted_at ?? null,
      row?.changed_at ?? Temporal.Instant.fromEpochMilliseconds(0),
    );
  });
}
