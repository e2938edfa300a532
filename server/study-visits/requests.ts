import { sql } from 'kysely';
import { record } from '../../db/changes.ts';
import { type Db, inTransaction } from '../../db/database.ts';
import { emit } from '../../db/outbox.ts';
import type { VisitRequestStep } from '../../db/tables/study-visits.ts';
import { isSecretariat, type Viewer } from '../accounts/access.ts';
import { Invalid, NotFound, Refused } from '../errors.ts';
import type { RequestStepWrite, RequestWrite } from './input.ts';
import { nextSteps } from './rules.ts';

interface City {
  id: string;
  slug: string;
  name: string;
}

export interface RequestStep {
  no: number;
  kind: VisitRequestStep;
  organisationId: string;
  by: string;
  at: Temporal.Instant;
  starts: string | null;
  ends: string | null;
  note: string;
}

export interface VisitRequest {
  id: string;
  guest: City;
  host: City;
  topic: string;
  people: number;
  languages: string[];
  askedAt: Temporal.Instant;
  /** What was said, the last at the end: how it stands. */
  steps: RequestStep[];
}

/** Whom somebody speaks for in a request: nobody sees those of other cities but the secretariat. */
export function sidesOf(viewer: Viewer, request: { guest: { id: string }; host: { id: string } }) {
  return { guest: viewer.contactOf.includes(request.guest.id), host: viewer.contactOf.includes(request.host.id) };
}

/** The requests of a person's cities, asked or received, the newest first; the secretariat, and who writes mails, sees all. One query. */
export async function visitRequests(
  db: Db,
  viewer: Viewer | 'everybody',
  { id, before, limit = 50 }: { id?: string; before?: string | undefined; limit?: number } = {},
): Promise<VisitRequest[]> {
  const all = viewer === 'everybody' || isSecretariat(viewer);
  const own = viewer === 'everybody' ? [] : viewer.contactOf;
  const { rows } = await sql<VisitRequest & { steps: (Omit<RequestStep, 'at'> & { at: string })[] }>`
    select q.id, q.topic, q.people, q.languages, q.asked_at as "askedAt",
      jsonb_build_object('id', g.id, 'slug', g.slug, 'name', g.name) as guest, jsonb_build_object('id', h.id, 'slug', h.slug, 'name', h.name) as host,
      (select jsonb_agg(jsonb_build_object('no', t.no, 'kind', t.kind, 'organisationId', t.organisation_id, 'by', p.name, 'at', t.at,
          'starts', t.starts, 'ends', t.ends, 'note', t.note) order by t.no)
        from visit_request_steps t join people p on p.id = t.by where t.request_id = q.id) as steps
    from visit_requests q join organisations g on g.id = q.guest_id join organisations h on h.id = q.host_id
    where (${all} or q.guest_id = any (${own}::uuid[]) or q.host_id = any (${own}::uuid[]))
      and (${id ?? null}::uuid is null or q.id = ${id ?? null}) and (${before ?? null}::uuid is null or q.id < ${before ?? null})
    order by q.id desc limit ${limit}`.execute(db);
  return rows.map((row) => ({ ...row, steps: row.steps.map((step) => ({ ...step, at: Temporal.Instant.from(step.at) })) }));
}

/** One city asks another to receive it. Returns the request's id. Errors: NotFound, Invalid. */
export async function askForVisit(db: Db, viewer: Viewer, written: RequestWrite, now: Temporal.Instant): Promise<string> {
  if (!viewer.contactOf.includes(written.guestId)) throw new Invalid([{ path: 'guestId', code: 'choice' }]);
  return inTransaction(db, async (tx) => {
    const host = await tx.selectFrom('organisations').select('id').where('id', '=', written.hostId).executeTakeFirst();
    if (!host) throw new Invalid([{ path: 'hostId', code: 'choice' }]);
    const { id } = await tx
      .insertInto('visit_requests')
      .values({
        guest_id: written.guestId,
        host_id: written.hostId,
        topic: written.topic,
        people: written.people,
        languages: [...new Set(written.languages)],
        asked_by: viewer.personId,
        asked_at: now,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await tx
      .insertInto('visit_request_steps')
      .values({
        request_id: id,
        no: 1,
        kind: 'asked',
        organisation_id: written.guestId,
        by: viewer.personId,
        at: now,
        starts: written.starts,
        ends: written.ends,
        note: written.note,
      })
      .execute();
    await emit(tx, 'study-visits.said', { request: id, no: 1 });
    await record(tx, {
      actor: viewer.personId,
      feature: 'study-visits',
      row: id,
      action: 'visitAsked',
      after: { host: written.hostId, topic: written.topic },
    });
    return id;
  });
}

/** What a city says to a request: accepts, proposes other dates, declines, withdraws. Errors: NotFound, Invalid, Refused. */
export async function answerRequest(
  db: Db,
  viewer: Viewer,
  id: string,
  written: RequestStepWrite,
  now: Temporal.Instant,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    await sql`select from visit_requests where id = ${id} for no key update`.execute(tx);
    const [request] = await visitRequests(tx, viewer, { id });
    const last = request?.steps.at(-1);
    if (!request || !last) throw new NotFound();
    const sides = sidesOf(viewer, request);
    if (!nextSteps(last, { guestId: request.guest.id, hostId: request.host.id }, sides).includes(written.kind))
      throw new Refused('visit-step');
    const dates = datesOf(written, last);
    const no = last.no + 1;
    await tx
      .insertInto('visit_request_steps')
      .values({
        request_id: id,
        no,
        kind: written.kind,
        organisation_id: speaker(written.kind, last, request, sides),
        by: viewer.personId,
        at: now,
        ...dates,
        note: written.note,
      })
      .execute();
    await emit(tx, 'study-visits.said', { request: id, no });
    await record(tx, { actor: viewer.personId, feature: 'study-visits', row: id, action: `request-${written.kind}` });
  });
}

// Who is the contact of both cities speaks for the one whose word it is.
function speaker(
  kind: RequestStepWrite['kind'],
  last: RequestStep,
  request: VisitRequest,
  sides: { guest: boolean; host: boolean },
): string {
  if (kind === 'withdrawn') return request.guest.id;
  if (kind === 'declined') return request.host.id;
  return sides.host && last.organisationId === request.guest.id ? request.host.id : request.guest.id;
}

function datesOf({ kind, starts, ends }: RequestStepWrite, last: RequestStep) {
  if (kind === 'declined' || kind === 'withdrawn') return { starts: null, ends: null };
  if (kind === 'accepted' && last.starts && last.ends)
    return { starts: Temporal.PlainDate.from(last.starts), ends: Temporal.PlainDate.from(last.ends) };
  const missing = [...(starts ? [] : ['starts']), ...(ends ? [] : ['ends'])];
  if (!starts || !ends) throw new Invalid(missing.map((path) => ({ path, code: 'required' })));
  if (Temporal.PlainDate.compare(starts, ends) > 0) throw new Invalid([{ path: 'ends', code: 'endsBeforeStarts' }]);
  return { starts, ends };
}
