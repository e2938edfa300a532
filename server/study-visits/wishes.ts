import { sql } from 'kysely';
import { record } from '../../db/changes.ts';
import { type Db, inTransaction, type Transaction } from '../../db/database.ts';
import type { Viewer } from '../accounts/access.ts';
import { Invalid, NotFound, Refused } from '../errors.ts';
import { actsFor, maySee, organises } from '../registrations/access.ts';
import { eventContextById } from '../registrations/context.ts';
import type { PreferencesWrite } from './input.ts';
import { choicesOf, preferencesOf } from './queries.ts';
import { wishRefusal } from './rules.ts';

/**
 * Puts what somebody wishes in place of what was there: by themselves, their delegation's contact or an organiser. Errors: NotFound,
 * Refused, Invalid.
 */
export async function statePreferences(
  db: Db,
  viewer: Viewer,
  registrationId: string,
  written: PreferencesWrite,
  now: Temporal.Instant,
): Promise<void> {
  await inTransaction(db, (tx) => state(tx, viewer, registrationId, written, now));
}

/** The same for several of one delegation at once: all or none. */
export async function stateDelegation(
  db: Db,
  viewer: Viewer,
  people: readonly { registration: string; written: PreferencesWrite }[],
  together: { eventId: string; organisationId: string; wanted: boolean },
  now: Temporal.Instant,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    for (const { registration, written } of people)
      await state(tx, viewer, registration, written, now).catch((error: unknown) => {
        throw error instanceof Invalid
          ? new Invalid(error.errors.map((one) => ({ ...one, path: `people.${registration}` })))
          : error;
      });
    await goTogether(tx, viewer, together, now);
  });
}

/** Asks that all of an organisation go to the same visits, or no longer. Errors: NotFound, Refused. */
export async function setTogether(
  db: Db,
  viewer: Viewer,
  asked: { eventId: string; organisationId: string; wanted: boolean },
  now: Temporal.Instant,
): Promise<void> {
  await inTransaction(db, (tx) => goTogether(tx, viewer, asked, now));
}

async function state(
  tx: Transaction,
  viewer: Viewer,
  id: string,
  written: PreferencesWrite,
  now: Temporal.Instant,
): Promise<void> {
  await sql`select from registrations where id = ${id} for no key update`.execute(tx);
  const found = await preferencesOf(tx, id);
  if (!found) throw new NotFound();
  const event = await eventContextById(tx, found.event);
  const scope = { eventId: event.eventId, networkId: event.networkId };
  if (!maySee(viewer, { ...scope, personId: found.person.id, organisationId: found.organisation?.id ?? null }))
    throw new NotFound();
  const choices = await choicesOf(tx, event.eventId);
  const why = wishRefusal(choices, found.state, now, organises(viewer, scope));
  if (why) throw new Refused(why);
  await holdWishes(tx, event.eventId, written.wishes, choices?.wishes ?? 0);
  await tx.deleteFrom('visit_wishes').where('registration_id', '=', id).execute();
  await sql`insert into visit_wishes (registration_id, rank, event_id, session_id)
    select ${id}, rank, ${event.eventId}, wish from unnest(${written.wishes}::uuid[]) with ordinality t(wish, rank)`.execute(tx);
  const languages = [...new Set(written.languages)];
  await tx
    .insertInto('visit_preferences')
    .values({ registration_id: id, event_id: event.eventId, languages, stated_by: viewer.personId, stated_at: now })
    .onConflict((conflict) =>
      conflict.column('registration_id').doUpdateSet({ languages, stated_by: viewer.personId, stated_at: now }),
    )
    .execute();
  await record(tx, {
    actor: viewer.personId,
    feature: 'study-visits',
    row: id,
    event: event.eventId,
    action: 'wishesStated',
    before: { wishes: found.wishes, languages: found.languages },
    after: { wishes: written.wishes, languages },
  });
}

async function holdWishes(tx: Transaction, eventId: string, wishes: readonly string[], most: number): Promise<void> {
  if (wishes.length > most) throw new Invalid([{ path: 'wishes', code: 'tooMany', params: { max: most } }]);
  if (new Set(wishes).size !== wishes.length) throw new Invalid([{ path: 'wishes', code: 'visitTwice' }]);
  const { rows } = await sql<{ id: string }>`select v.session_id as id from visits v join sessions s on s.id = v.session_id
    where v.event_id = ${eventId} and s.removed_at is null and s.kind = 'visit' and v.session_id = any (${wishes}::uuid[])`.execute(
    tx,
  );
  if (rows.length !== wishes.length) throw new Invalid([{ path: 'wishes', code: 'choice' }]);
}

async function goTogether(
  tx: Transaction,
  viewer: Viewer,
  { eventId, organisationId, wanted }: { eventId: string; organisationId: string; wanted: boolean },
  now: Temporal.Instant,
): Promise<void> {
  const event = await eventContextById(tx, eventId);
  const runs = organises(viewer, { eventId, networkId: event.networkId });
  if (!runs && !actsFor(viewer, organisationId)) throw new NotFound();
  const why = wishRefusal(await choicesOf(tx, eventId), 'confirmed', now, runs);
  if (why) throw new Refused(why);
  const changed = wanted
    ? await tx
        .insertInto('visit_togethers')
        .values({ event_id: eventId, organisation_id: organisationId, asked_by: viewer.personId, asked_at: now })
        .onConflict((conflict) => conflict.doNothing())
        .returning('organisation_id')
        .executeTakeFirst()
    : await tx
        .deleteFrom('visit_togethers')
        .where('event_id', '=', eventId)
        .where('organisation_id', '=', organisationId)
        .returning('organisation_id')
        .executeTakeFirst();
  if (!changed) return;
  const action = wanted ? 'togetherAsked' : 'togetherTakenBack';
  await record(tx, { actor: viewer.personId, feature: 'study-visits', row: organisationId, event: eventId, action });
}
