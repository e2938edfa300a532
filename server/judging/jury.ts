import { sql } from 'kysely';
import { record } from '../../db/changes.ts';
import { type Db, inTransaction, type Transaction, violated } from '../../db/database.ts';
import type { Seat } from '../../db/tables/judging.ts';
import type { Viewer } from '../accounts/access.ts';
import { findOrCreatePerson } from '../accounts/actions.ts';
import { Invalid, NotFound, Refused } from '../errors.ts';
import { enqueueSends } from '../sends/actions.ts';
import { runCall } from './found.ts';
import type { MemberWrite } from './input.ts';

export interface Member {
  personId: string;
  name: string;
  email: string | null;
  seat: Seat;
  organisation: { id: string; slug: string; name: string } | null;
  country: string | null;
  languages: string[];
  themes: string[];
  least: number;
  most: number | null;
  endedAt: Temporal.Instant | null;
  assigned: number;
  started: number;
  submitted: number;
  conflicts: number;
}

/** The jury of a call with how far each is. For the chair and whoever runs the call. */
export async function membersOf(db: Db | Transaction, callId: string): Promise<Member[]> {
  const { rows } = await sql<Member>`
    select m.person_id as "personId", p.name, p.email, m.seat, m.country, m.languages, m.themes, m.least, m.most, m.ended_at as "endedAt",
      case when o.id is not null then jsonb_build_object('id', o.id, 'slug', o.slug, 'name', o.name) end as organisation,
      (select count(*)::int from assignments a where a.call_id = m.call_id and a.person_id = m.person_id and a.withdrawn_at is null) as assigned,
      (select count(*)::int from reviews r where r.call_id = m.call_id and r.person_id = m.person_id and r.removed_at is null) as started,
      (select count(*)::int from reviews r where r.call_id = m.call_id and r.person_id = m.person_id and r.removed_at is null
        and r.submitted_at is not null) as submitted,
      (select count(distinct x.entry_id)::int from juror_conflicts x where x.call_id = m.call_id and x.person_id = m.person_id) as conflicts
    from jury_members m join people p on p.id = m.person_id left join organisations o on o.id = m.organisation_id
    where m.call_id = ${callId} order by m.ended_at is not null, m.seat, p.name, p.id`.execute(db);
  return rows;
}

/**
 * Gives somebody a seat and tells them by mail; known by their address or made known. Errors: NotFound, NotAllowed,
 * Invalid, Refused('juror-holds-office'), Refused('juror-seated').
 */
export async function seatMember(
  db: Db,
  viewer: Viewer,
  slug: string,
  input: MemberWrite,
  now: Temporal.Instant,
): Promise<string> {
  try {
    return await inTransaction(db, async (tx) => {
      const call = await runCall(tx, viewer, slug, true);
      if (call.resultsPublishedAt) throw new Refused('call-decided');
      const organisation = await organisationFor(tx, input.organisation);
      const language = input.language ?? 'en';
      const personId = await findOrCreatePerson(
        tx,
        { email: input.email, name: input.name, language, zone: call.zone },
        viewer.personId,
      );
      const seat = {
        seat: input.seat,
        organisation_id: organisation?.id ?? null,
        country: input.country ?? organisation?.country ?? null,
        languages: input.languages,
        themes: input.themes,
        least: input.least ?? 0,
        most: input.most ?? null,
      };
      await tx
        .insertInto('jury_members')
        .values({ call_id: call.id, person_id: personId, ...seat, invited_at: now, invited_by: viewer.personId })
        .onConflict((conflict) =>
          conflict.columns(['call_id', 'person_id']).doUpdateSet({ ...seat, ended_at: null, ended_by: null }),
        )
        .execute();
      if (input.seat === 'juror') await grant(tx, personId, call.id, viewer.personId, now);
      else await revoke(tx, personId, call.id, now);
      await record(tx, {
        actor: viewer.personId,
        feature: 'judging',
        row: call.id,
        action: 'memberSeated',
        after: { personId, ...seat },
      });
      const cause = `judging:invited:${call.id}:${personId}:${now.epochMilliseconds}`;
      await enqueueSends(
        tx,
        [{ cause, kind: 'judging.invited', personId, address: input.email, language, payload: { callId: call.id, personId } }],
        now,
      );
      return personId;
    });
  } catch (error) {
    if (violated(error) === 'jurors_hold_no_office') throw new Refused('juror-holds-office');
    if (violated(error) === 'jury_members_one_chair') throw new Refused('chair-taken');
    throw error;
  }
}

async function organisationFor(tx: Transaction, slug: string | undefined) {
  if (!slug) return null;
  const found = await tx.selectFrom('organisations').select(['id', 'country']).where('slug', '=', slug).executeTakeFirst();
  if (!found) throw new Invalid([{ path: 'organisation', code: 'choice' }]);
  return found;
}

async function grant(tx: Transaction, personId: string, callId: string, by: string, now: Temporal.Instant): Promise<void> {
  await sql`insert into roles (person_id, role, scope_id, granted_by, granted_at)
    select ${personId}, 'juror', ${callId}, ${by}, ${now}::timestamptz
    where not exists (select from roles where person_id = ${personId} and role = 'juror' and scope_id = ${callId} and revoked_at is null)`.execute(
    tx,
  );
}

async function revoke(tx: Transaction, personId: string, callId: string, now: Temporal.Instant): Promise<void> {
  await sql`update roles set revoked_at = ${now} where person_id = ${personId} and role = 'juror' and scope_id = ${callId}
    and revoked_at is null`.execute(tx);
}

/** Takes a seat back. What was written is kept; reviews of theirs that were handed in still count. Errors: NotFound, NotAllowed. */
export async function unseatMember(db: Db, viewer: Viewer, slug: string, personId: string, now: Temporal.Instant): Promise<void> {
  await inTransaction(db, async (tx) => {
    const call = await runCall(tx, viewer, slug, true);
    const ended = await tx
      .updateTable('jury_members')
      .set({ ended_at: now, ended_by: viewer.personId })
      .where('call_id', '=', call.id)
      .where('person_id', '=', personId)
      .where('ended_at', 'is', null)
      .executeTakeFirst();
    if (ended.numUpdatedRows === 0n) throw new NotFound();
    await revoke(tx, personId, call.id, now);
    await record(tx, {
      actor: viewer.personId,
      feature: 'judging',
      row: call.id,
      action: 'memberUnseated',
      before: { personId },
    });
  });
}
