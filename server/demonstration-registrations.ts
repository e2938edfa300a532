import { type Db, inTransaction } from '../db/database.ts';
import type { Viewer } from './accounts/access.ts';
import { AffiliationWrite } from './organisations/input.ts';
import { addToRoster } from './organisations/roster.ts';
import { eventContext } from './registrations/context.ts';
import { registerDelegation } from './registrations/delegation.ts';
import { DelegationWrite } from './registrations/input.ts';
import { recordPayment } from './registrations/payments.ts';

const OFFICES = ['Education Department', 'Culture Department', 'Mayor’s Office', 'Youth Council'];

/**
 * Delegations that have registered for an event over the last weeks, the earlier ones have paid. `cities` are names and ids; the two
 * whose contacts can sign in have not registered yet.
 */
export async function loadDelegations(
  db: Db,
  viewer: Viewer,
  slug: string,
  cities: readonly { id: string; name: string }[],
  now: Temporal.Instant,
): Promise<void> {
  for (const [at, city] of cities.entries()) {
    const people = await inTransaction(db, async (tx) => {
      const ids: string[] = [];
      for (const office of OFFICES.slice(0, 1 + (at % OFFICES.length))) {
        const email = `${office} ${city.name}`
          .normalize('NFD')
          .toLowerCase()
          .replace(/[^a-z]+/g, '-');
        const input = { name: `${office}, ${city.name}`, email: `${email}@example.org`, language: 'en', zone: 'Europe/Madrid' };
        ids.push((await addToRoster(tx, viewer.personId, city.id, AffiliationWrite.parse({ ...input, title: office }))).personId);
      }
      return ids;
    });
    const day = now.subtract({ hours: 24 * (cities.length - at) * 2 });
    const delegation = DelegationWrite.parse({
      organisationId: city.id,
      mode: 'as-many-as-fit',
      people: people.map((personId) => ({ personId, category: 'member' })),
    });
    const event = await eventContext(db, slug, city.id, people);
    const { outcomes } = await registerDelegation(db, viewer, event, delegation, day);
    if (at % 3 === 0)
      for (const { registrationId } of outcomes)
        await recordPayment(db, viewer, registrationId, { receivedOn: day.toZonedDateTimeISO('Europe/Madrid').toPlainDate() });
  }
}
