import type { Viewer } from '../accounts/access.ts';

/** What a place in a category costs. Amounts in minor units of the event's currency. */
export interface Priced {
  priceEarly: number;
  priceLate: number | null;
  priceReduced: number | null;
}

/**
 * The price of a category for who joins at `at`: the reduced one for the event's list of countries, else the late one from its
 * day on, else the early one.
 */
export function priceOf(
  category: Priced,
  event: { lateFrom: Temporal.Instant | null; reducedCountries: readonly string[] },
  joining: { at: Temporal.Instant; country: string | null },
): number {
  if (category.priceReduced !== null && joining.country !== null && event.reducedCountries.includes(joining.country))
    return category.priceReduced;
  const late = event.lateFrom !== null && Temporal.Instant.compare(joining.at, event.lateFrom) >= 0;
  return late ? (category.priceLate ?? category.priceEarly) : category.priceEarly;
}

/** The instant of a planned local time. A time that a clock change skips becomes the one an hour later, as clocks do. */
export function instantOf(local: Temporal.PlainDateTime, zone: string): Temporal.Instant {
  return local.toZonedDateTime(zone, { disambiguation: 'compatible' }).toInstant();
}

/** The next moment at which the event's page changes by time alone: registration opens or closes, the price rises, it begins or ends. */
export function nextChange(moments: readonly (Temporal.Instant | null)[], now: Temporal.Instant): Temporal.Instant | null {
  const ahead = moments.filter(
    (moment): moment is Temporal.Instant => moment !== null && Temporal.Instant.compare(moment, now) > 0,
  );
  return ahead.toSorted(Temporal.Instant.compare)[0] ?? null;
}

/** Who may create events of a network: secretariat and its coordinators. */
export function mayCreate(viewer: Viewer | null, networkId: string | null): boolean {
  return (
    viewer?.roles.some(
      ({ role, scopeId }) =>
        role === 'admin' || role === 'secretariat' || (role === 'coordinator' && scopeId === networkId && networkId !== null),
    ) ?? false
  );
}

/** Who may change an event: whoever may create it, and its organisers. */
export function mayManage(viewer: Viewer | null, event: { id: string; networkId: string | null }): boolean {
  return (
    mayCreate(viewer, event.networkId) ||
    (viewer?.roles.some(({ role, scopeId }) => role === 'organiser' && scopeId === event.id) ?? false)
  );
}

export type EventState = 'draft' | 'published' | 'closed' | 'past' | 'cancelled';

/** What an event is at a moment, in one word. */
export function stateOf(
  event: {
    publishedAt: Temporal.Instant | null;
    closedAt: Temporal.Instant | null;
    cancelledAt: Temporal.Instant | null;
    endsAt: Temporal.Instant;
  },
  now: Temporal.Instant,
): EventState {
  if (event.cancelledAt) return 'cancelled';
  if (!event.publishedAt) return 'draft';
  if (Temporal.Instant.compare(event.endsAt, now) < 0) return 'past';
  return event.closedAt ? 'closed' : 'published';
}

/** Whether there is any network, or none, in which this person may create events. */
export function createsEvents(viewer: Viewer | null): boolean {
  return viewer?.roles.some(({ role }) => role === 'admin' || role === 'secretariat' || role === 'coordinator') ?? false;
}
