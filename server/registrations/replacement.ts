import { type Transaction, violated } from '../../db/database.ts';
import type { Viewer } from '../accounts/access.ts';
import { findOrCreatePerson } from '../accounts/actions.ts';
import { Invalid, Refused } from '../errors.ts';
import { organises } from './access.ts';
import { tell } from './actions.ts';
import { recordChange } from './admission.ts';
import type { EventContext } from './context.ts';
import type { Locked } from './ending.ts';
import type { RegistrationChange } from './input.ts';
import { endManageLinks } from './manage-links.ts';
import { addNewcomers, type Newcomer } from './newcomers.ts';

/** Another person in the same registration: the place, the price and the rank stay; a row says who came and who left. */
export async function replace(
  tx: Transaction,
  viewer: Viewer,
  registration: Locked,
  event: EventContext,
  person: NonNullable<RegistrationChange['person']>,
): Promise<void> {
  if (!person.personId && !person.name) throw new Invalid([{ path: 'person.name', code: 'required' }]);
  const to =
    person.personId ?? (await newcomer(tx, viewer, registration.organisation_id, { ...person, name: person.name ?? '' }));
  if (to === registration.person_id) return;
  if (person.personId && !organises(viewer, event) && registration.organisation_id)
    await mustBelong(tx, person.personId, registration.organisation_id);
  try {
    await tx
      .updateTable('registrations')
      .set((eb) => ({
        person_id: to,
        contact_email: viewer.personId === to ? null : viewer.email,
        calendar_sequence: eb('calendar_sequence', '+', 1),
      }))
      .where('id', '=', registration.id)
      .execute();
  } catch (error) {
    if (violated(error) === 'registrations_once') throw new Refused('already-registered');
    throw error;
  }
  const replacement = await tx
    .insertInto('replacements')
    .values({ registration_id: registration.id, from_person_id: registration.person_id, to_person_id: to, by: viewer.personId })
    .returning('id')
    .executeTakeFirstOrThrow();
  await endManageLinks(tx, registration.id);
  await recordChange(tx, registration, {
    actor: viewer.personId,
    action: 'replaced',
    before: { personId: registration.person_id },
    after: { personId: to },
  });
  await tell(tx, 'replaced', { registration: registration.id, replacement: replacement.id });
}

// Somebody by name: on the roster of the organisation, if the registration has one.
async function newcomer(tx: Transaction, viewer: Viewer, organisationId: string | null, person: Newcomer): Promise<string> {
  if (organisationId === null) return findOrCreatePerson(tx, person, viewer.personId);
  const [added] = await addNewcomers(tx, viewer, organisationId, [person]);
  if (!added) throw new Error('a newcomer is somebody');
  return added;
}

async function mustBelong(tx: Transaction, personId: string, organisationId: string): Promise<void> {
  const row = await tx
    .selectFrom('affiliations')
    .select('id')
    .where('person_id', '=', personId)
    .where('organisation_id', '=', organisationId)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  if (!row) throw new Invalid([{ path: 'person.personId', code: 'choice' }]);
}
