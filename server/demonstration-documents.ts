import type { Viewer } from './accounts/access.ts';
import { markPresent, orderDocuments } from './documents/actions.ts';
import { JobWrite } from './documents/input.ts';
import { occasionById } from './documents/occasions.ts';
import { eventBySlug } from './events/queries.ts';
import type { System } from './system.ts';

const PRESENT = 12;

/** Badges of the congress, and certificates for some who were at a past event; a worker makes both. */
export async function loadDocuments(
  { db, clock }: System,
  viewer: Viewer,
  congress: string,
  past: string | undefined,
): Promise<void> {
  const event = await eventBySlug(db, congress);
  if (event) {
    const occasion = await occasionById(db, { of: 'event', id: event.id });
    await orderDocuments(db, viewer, occasion, JobWrite.parse({ kind: 'badges', layout: 'a4-8' }), clock());
  }
  const ended = past === undefined ? undefined : await eventBySlug(db, past);
  if (!ended) return;
  const people = await db
    .selectFrom('registrations')
    .select('id')
    .where('event_id', '=', ended.id)
    .where('state', '=', 'confirmed')
    .orderBy('id')
    .limit(PRESENT)
    .execute();
  const registrations = people.map(({ id }) => id);
  const occasion = await occasionById(db, { of: 'event', id: ended.id });
  await markPresent(db, viewer, occasion, { registrations, present: true }, clock());
  await orderDocuments(db, viewer, occasion, JobWrite.parse({ kind: 'attendance', registrations }), clock());
}
