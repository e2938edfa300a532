import { sql } from 'kysely';
import { record } from '../../db/changes.ts';
import { type Db, inTransaction, json, type Transaction } from '../../db/database.ts';
import type { Viewer } from '../accounts/access.ts';
import { Invalid, NotFound, Refused } from '../errors.ts';
import { lockEvent } from '../events/actions.ts';
import { instantOf } from '../events/rules.ts';
import { setPlaces } from '../programme/places.ts';
import type { ChoicesWrite, VisitWrite } from './input.ts';
import { choicesOf } from './queries.ts';

/** Says how an event gives out its visits. Errors: NotFound, NotAllowed, Refused('visits-held' | 'visits-frozen'). */
export async function setChoices(db: Db, viewer: Viewer, slug: string, written: ChoicesWrite): Promise<void> {
  await inTransaction(db, async (tx) => {
    const event = await lockEvent(tx, viewer, slug);
    const before = await choicesOf(tx, event.id);
    if (before?.frozenAt) throw new Refused('visits-frozen');
    // Who has a visit by one way does not lose it to the other.
    if (before && before.mode !== written.mode && (await anyHeld(tx, event.id))) throw new Refused('visits-held');
    const columns = {
      mode: written.mode,
      wishes: written.wishes,
      each: written.each,
      per_city: written.perCity ?? null,
      closes_local: written.closes ?? null,
      closes_at: written.closes ? instantOf(written.closes, event.zone) : null,
    };
    await tx
      .insertInto('visit_choices')
      .values({ event_id: event.id, ...columns, released_at: null, frozen_at: null, frozen_by: null })
      .onConflict((conflict) => conflict.column('event_id').doUpdateSet(columns))
      .execute();
    await placesByMode(tx, event.id);
    await record(tx, {
      ...about(viewer, event.id),
      action: 'visitChoicesSet',
      before: before && { ...before },
      after: { ...written },
    });
  });
}

/** Writes what a session of the programme is as a visit. Errors: NotFound, NotAllowed, Invalid. */
export async function writeVisit(db: Db, viewer: Viewer, slug: string, sessionId: string, written: VisitWrite): Promise<void> {
  await inTransaction(db, async (tx) => {
    const event = await lockEvent(tx, viewer, slug);
    const session = await tx
      .selectFrom('sessions')
      .select('id')
      .where('id', '=', sessionId)
      .where('event_id', '=', event.id)
      .where('kind', '=', 'visit')
      .where('removed_at', 'is', null)
      .executeTakeFirst();
    if (!session) throw new NotFound();
    await holdHost(tx, written.hostOrganisationId ?? null);
    const columns = {
      places: written.places,
      kept: written.kept,
      minimum: written.minimum,
      meeting_point: json(written.meetingPoint),
      accessibility: json(written.accessibility),
      itinerary: json(written.itinerary),
      host_organisation_id: written.hostOrganisationId ?? null,
      host_name: written.hostName,
      host_email: written.hostEmail ?? '',
      host_phone: written.hostPhone,
    };
    await tx
      .insertInto('visits')
      .values({ session_id: sessionId, event_id: event.id, ...columns })
      .onConflict((conflict) => conflict.column('session_id').doUpdateSet(columns))
      .execute();
    await tx
      .insertInto('visit_choices')
      .values({ event_id: event.id } as never)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    await placesByMode(tx, event.id);
    const { hostName: _n, hostEmail: _e, hostPhone: _p, ...audited } = written;
    await record(tx, { ...about(viewer, event.id, sessionId), action: 'visitWritten', after: audited });
  });
}

/** Keeps things as they are: nothing is computed, moved, wished or swapped. Errors: NotFound, NotAllowed. Twice is once. */
export async function setFrozen(db: Db, viewer: Viewer, slug: string, frozen: boolean, now: Temporal.Instant): Promise<void> {
  await inTransaction(db, async (tx) => {
    const event = await lockEvent(tx, viewer, slug);
    const done = await tx
      .updateTable('visit_choices')
      .set(frozen ? { frozen_at: now, frozen_by: viewer.personId } : { frozen_at: null, frozen_by: null })
      .where('event_id', '=', event.id)
      .where('frozen_at', frozen ? 'is' : 'is not', null)
      .returning('event_id')
      .executeTakeFirst();
    if (done) await record(tx, { ...about(viewer, event.id), action: frozen ? 'visitsFrozen' : 'visitsThawed' });
  });
}

/**
 * Visits that are given out by wishes have places that nobody takes; those of whoever comes first are places of the programme, less
 * what is kept for the hosts.
 */
async function placesByMode(tx: Transaction, eventId: string): Promise<void> {
  const choices = await choicesOf(tx, eventId);
  const allotted = choices?.mode === 'wishes';
  const { rows } = await sql<{ id: string; poolId: string | null; places: number; kept: number }>`
    update sessions s set allotted = ${allotted} from visits v where v.session_id = s.id and v.event_id = ${eventId}
    returning s.id, s.pool_id as "poolId", v.places, v.kept`.execute(tx);
  if (allotted && !choices?.releasedAt) return;
  for (const { id, poolId, places, kept } of rows) {
    const capacity = allotted ? places : Math.max(1, places - kept);
    await setPlaces(tx, { id, eventId, poolId }, capacity);
  }
}

async function anyHeld(tx: Transaction, eventId: string): Promise<boolean> {
  const { rows } =
    await sql`select from session_choices c join visits v on v.session_id = c.session_id where v.event_id = ${eventId} limit 1`.execute(
      tx,
    );
  return rows.length > 0;
}

async function holdHost(tx: Transaction, id: string | null): Promise<void> {
  if (id === null) return;
  const found = await tx.selectFrom('organisations').select('id').where('id', '=', id).executeTakeFirst();
  if (!found) throw new Invalid([{ path: 'hostOrganisationId', code: 'choice' }]);
}

const about = (viewer: Viewer, event: string, row = event) => ({ actor: viewer.personId, feature: 'study-visits', row, event });
