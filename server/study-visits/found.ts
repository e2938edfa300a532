import type { FastifyRequest } from 'fastify';
import type { Viewer } from '../accounts/access.ts';
import { NotFound } from '../errors.ts';
import { maySee, organises } from '../registrations/access.ts';
import { eventContextById } from '../registrations/context.ts';
import { choicesOf, type Preferences, preferencesOf, type Visit, visitsOf } from './queries.ts';
import { exchangeRefusal, swapRefusal, wishRefusal } from './rules.ts';
import { swapsFor } from './swaps.ts';

/** What somebody reads of one registration's visits, if it may be seen by them at all. Errors: NotFound. */
export async function foundPreferences(request: FastifyRequest, registrationId: string, viewer: Viewer | null, slug?: string) {
  const { db, clock } = request.server.system;
  const found = await preferencesOf(db, registrationId);
  if (!found) throw new NotFound();
  const event = await eventContextById(db, found.event);
  const scope = { eventId: event.eventId, networkId: event.networkId };
  const sees = maySee(viewer, { ...scope, personId: found.person.id, organisationId: found.organisation?.id ?? null });
  if (!sees || (slug !== undefined && slug !== event.slug)) throw new NotFound();
  const choices = await choicesOf(db, event.eventId);
  const visits = (await visitsOf(db, event.eventId)).filter(({ places }) => places !== null);
  return {
    found,
    event,
    choices,
    visits,
    swaps: await swapsFor(db, found),
    refusal: wishRefusal(choices, found.state, clock(), organises(viewer, scope)),
    exchange: exchangeRefusal(choices, found.state),
    swap: swapRefusal(choices, found.state),
  };
}
export type FoundPreferences = Awaited<ReturnType<typeof foundPreferences>>;

/** What everybody may know of a visit: without whom to call at the host's, and how many wish it. */
export function publicVisit({
  hostName: _n,
  hostEmail: _e,
  hostPhone: _p,
  wished: _w,
  wishedFirst: _f,
  waiting: _q,
  ...visit
}: Visit) {
  return visit;
}

/** The same registration for programs. */
export function preferencesJson({ found, visits, swaps, refusal, exchange, swap }: FoundPreferences) {
  const { person, organisation, state, ...rest } = found satisfies Preferences;
  const own = visits.filter(({ id }) => found.visits.includes(id));
  return {
    ...rest,
    state,
    person,
    organisation,
    mayWish: refusal === null,
    mayExchange: exchange === null,
    maySwap: swap === null,
    held: own.map(({ wished: _w, wishedFirst: _f, waiting: _q, ...visit }) => visit),
    swaps,
  };
}
